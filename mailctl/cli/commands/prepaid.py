"""`mailctl prepaid`: the customers' prepaid accounts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import (
    AwaitPayment,
    BankReference,
    CustomerArgument,
    IdempotencyKey,
    Limit,
    Reason,
    Received,
    Since,
    Until,
    ValueDate,
)
from mailctl.cli.render.consequences import active_again, consequences
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.money import money
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.prepaid import CreditRecorded, PrepaidChanged, TakingPlan

app = typer.Typer(
    help="""The customers' prepaid accounts.

    Every invoice is debited from one. Its balance may go below 0; money that arrives settles the
    oldest invoice first.
    """
)

Amount = Annotated[
    int, typer.Argument(metavar="AMOUNT", help="Such as 10, 10.50 or 10,50.", parser=parse.amount)
]
ForOrder = Annotated[
    int | None,
    typer.Option(
        "--order",
        metavar="NUMBER",
        help="The order that the money pays for.",
        parser=parse.number("order"),
    ),
]
Seq = Annotated[
    int,
    typer.Argument(
        metavar="SEQ",
        help="The movement's number in the statement.",
        parser=parse.number("row"),
        autocompletion=completers.movements,
    ),
]
ReverseReason = Annotated[
    str | None,
    typer.Option(
        "--reason", metavar="REASON", help="Why; needed for a credit.", parser=parse.free_text
    ),
]
ReturnedCode = Annotated[
    str | None,
    typer.Option(
        "--returned",
        metavar="CODE",
        help="The bank or gateway took the payment back for this reason, such as AM04.",
        parser=parse.free_text,
        autocompletion=completers.return_codes,
    ),
]
Mistake = Annotated[
    bool,
    typer.Option("--mistake", help="The payment was settled by mistake: its money never arrived."),
]
GraceUntil = Annotated[
    date,
    typer.Option("--until", metavar="DATE", help="Up to this day, included.", parser=parse.day),
]
Units = Annotated[
    int,
    typer.Argument(
        metavar="UNITS",
        help="Whole units of the currency; 0 is off.",
        parser=parse.whole(0, 9_999_999),
    ),
]


@app.command("show")
@reading("prepaid")
def show(run: Run, customer: CustomerArgument) -> None:
    """Show a prepaid account: its balance, and since when a debt exists and when it is due.

    Examples:
      mailctl prepaid show acme
      mailctl prepaid show acme --json

    """
    from mailctl.store import ledger

    run.show("prepaid", lambda db: ledger.show(db, customer), has_page=True)


@app.command("statement")
@reading("statement", many=True)
def statement(
    run: Run,
    customer: CustomerArgument,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List every movement of a prepaid account, with the balance before and after.

    Examples:
      mailctl prepaid statement acme
      mailctl prepaid statement acme --since 2026-01-01 -o csv

    """
    from mailctl.store import ledger

    run.list(lambda db: ledger.statement(db, customer, since=since, until=until, limit=limit))


@app.command("credit")
@changing("prepaid")
def credit(
    run: Run,
    customer: CustomerArgument,
    amount: Amount,
    *,
    await_payment: AwaitPayment = False,
    order: ForOrder = None,
    received: Received = False,
    reference: BankReference = None,
    value_date: ValueDate = None,
    key: IdempotencyKey = None,
) -> None:
    """Record money received; it settles the oldest invoices and ends suspensions for debt.

    With --received any amount is accepted. With --order the money is for that order, which is paid
    as soon as all of its money is there. With --await-payment only an order is made; `mailctl order
    pay` records its money later.

    Examples:
      mailctl prepaid credit acme 5.98 --received --reference 2026-0117-0042
      mailctl prepaid credit acme 4.79 --order 17

    """
    from mailctl.actions import prepaid
    from mailctl.actions import received as came

    if received and await_payment:
        raise UsageError(
            "money that has arrived is not awaited: give --received or --await-payment, not both",
            hint=f"mailctl prepaid credit {customer} AMOUNT --received",
        )
    money_that_came = came.where_received(
        f"mailctl prepaid credit {customer} AMOUNT", reference, value_date, is_received=received
    )
    run.change(
        lambda tx: prepaid.credit(
            tx,
            customer=customer,
            cents=amount,
            order=order,
            await_payment=await_payment,
            received=money_that_came,
            key=key,
        ),
        _awaited if await_payment else _credited,
    )


def _credited(result: CreditRecorded, did: Tense) -> str:
    what = f"{did.money(result.cents)} to {result.customer} (order {result.order})"
    if not result.changed:
        return f"The key was given before: it credited {what}. Nothing was changed."
    text = (
        f"{did('Credited', 'credit')} {what}; the balance is {did.money(result.balance_cents)}."
        + consequences(result, would=did.would)
    )
    if result.pay_by_on:
        return f"{text} What is still owed {_due(result, result.pay_by_on)}."
    return f"{text}{_collected(result, did)}"


def _collected(result: PrepaidChanged, did: Tense) -> str:
    """What pending payments ask for, where they cover a debt."""
    pending = int(str(result.item["pending_cents"]))
    is_owed = result.balance_cents < 0 and pending
    return f" {did.money(pending)} is being collected." if is_owed else ""


def _due(result: PrepaidChanged, day: date) -> str:
    return f"{'was' if day < result.today else 'is'} due on {day}"


def _awaited(result: CreditRecorded, did: Tense) -> str:
    if not result.changed:
        return f"The key was given before: order {result.order} stands. Nothing was changed."
    return (
        f"{did('Kept', 'keep')} order {result.order} of {did.money(result.cents)}. When the "
        f"money has arrived: mailctl order pay {result.order}"
    )


@app.command("refund")
@changing("prepaid")
def refund(
    run: Run,
    customer: CustomerArgument,
    amount: Amount,
    *,
    reason: Reason,
    key: IdempotencyKey = None,
) -> None:
    """Pay money back, at most the balance.

    Examples:
      mailctl prepaid refund acme 12.50 --reason 'closing the account'
      mailctl prepaid refund acme 12.50 --reason goodwill --key refund-17 --yes

    """
    from mailctl.actions import prepaid

    run.change_as_planned(
        lambda db: prepaid.plan_refund(db, customer=customer, cents=amount, reason=reason, key=key),
        lambda tx, _: prepaid.refund(tx, customer=customer, cents=amount, reason=reason, key=key),
        show=_show_refund,
        say=_refunded,
    )


def _show_refund(plan: TakingPlan, output: Output) -> str | None:
    if plan.repeats:
        return None
    return f"Pay {_show_balances(plan, output)} back to {plan.customer}?"


def _show_balances(plan: TakingPlan, output: Output) -> str:
    """Show the balance before and after; the amount, for the question."""
    before, after = (money(c, output.currency) for c in (plan.before_cents, plan.after_cents))
    output.note(f"balance {before}, after it {after}")
    return money(plan.cents, output.currency)


def _refunded(result: PrepaidChanged, did: Tense) -> str:
    what = f"{did.money(result.cents)} to {result.customer}"
    if not result.changed:
        return f"The key was given before: it refunded {what}. Nothing was changed."
    return f"{did('Refunded', 'refund')} {what}.{_balance(result, did)}"


def _balance(result: PrepaidChanged, did: Tense) -> str:
    """The balance, and by when the first of a debt is to be paid, or what is being collected."""
    text = f" The balance is {did.money(result.balance_cents)}"
    if result.pay_by_on:
        return f"{text}; it {_due(result, result.pay_by_on)}."
    return f"{text}.{_collected(result, did)}"


@app.command("reverse")
@changing("prepaid")
def reverse(
    run: Run,
    customer: CustomerArgument,
    seq: Seq,
    *,
    reason: ReverseReason = None,
    returned: ReturnedCode = None,
    mistake: Mistake = False,
) -> None:
    """Undo, once, a credit or payment that was entered wrongly or returned by the bank.

    An invoice that this opens again is due the customer's payment days after today, the first time.
    For a settled payment, say what happened: --returned does the same as `mailctl payment return`;
    with --mistake the payment is pending again, nobody is notified and no try is counted.

    Examples:
      mailctl prepaid reverse acme 4 --reason typo
      mailctl prepaid reverse acme 5 --returned AM04 --dry-run

    """
    from mailctl.actions import reversing

    run.change_as_planned(
        lambda db: reversing.plan_reverse(
            db, customer=customer, seq=seq, reason=reason, returned=returned, by_mistake=mistake
        ),
        lambda tx, _: reversing.reverse(
            tx, customer=customer, seq=seq, reason=reason, returned=returned, by_mistake=mistake
        ),
        show=lambda plan, output: (
            f"Take {_show_balances(plan, output)}, row {seq}, back from {customer}?"
        ),
        say=_reversed,
    )


def _reversed(result: PrepaidChanged, did: Tense) -> str:
    what = f"{did.money(result.cents)} of {result.customer}"
    return f"{did('Reversed', 'reverse')} {what}.{_balance(result, did)}"


@app.command("grace")
@changing("prepaid")
def grace(run: Run, customer: CustomerArgument, *, until: GraceUntil, reason: Reason) -> None:
    """Give a customer until a day to pay: until then no invoice is overdue.

    Suspensions for debt end at once.

    Examples:
      mailctl prepaid grace acme --until 2026-03-31 --reason 'transfer announced'
      mailctl prepaid grace acme --until 2026-03-31 --reason goodwill --json

    """
    from mailctl.actions import prepaid

    run.change(lambda tx: prepaid.grace(tx, customer=customer, until=until, reason=reason), _graced)


def _graced(result: PrepaidChanged, did: Tense) -> str:
    return (
        f"{did('Extended', 'extend')} {result.customer}'s deadline to "
        f"{result.item['grace_until_on']}.{active_again(result.reopened)}"
    )


@app.command("alert")
@changing("prepaid")
def alert(run: Run, customer: CustomerArgument, units: Units) -> None:
    """Notify a customer when the balance falls below an amount in whole units; 0 is off.

    Examples:
      mailctl prepaid alert acme 20
      mailctl prepaid alert acme 0

    """
    from mailctl.actions import prepaid

    run.change(lambda tx: prepaid.alert(tx, customer=customer, units=units), _alerted)


def _alerted(result: PrepaidChanged, did: Tense) -> str:
    who = result.customer
    if not result.cents:
        return f"{who} is not notified of a low balance."
    if not result.changed:
        return f"The alert of {who} is {did.money(result.cents)} already."
    return f"{did('Set', 'set')} the alert of {who}: a notice below {did.money(result.cents)}."
