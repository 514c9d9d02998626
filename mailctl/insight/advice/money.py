"""Findings about debts, payments, orders that wait, and money that is left over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec

from mailctl.domain.answers import DAYS_TO_ANSWER
from mailctl.domain.debits import SELLER
from mailctl.domain.money import LARGEST_CENTS, typed_amount
from mailctl.domain.orders import DAYS_TO_TRY
from mailctl.domain.payments import MethodKind
from mailctl.domain.text import counted
from mailctl.errors import (
    BalanceTooLowError,
    CustomerInDebtError,
    MailctlError,
    OrderNotPayableError,
)
from mailctl.hints import command, named
from mailctl.insight.advice.debits import undebitable
from mailctl.insight.advice.finding import (
    Finding,
    Severity,
    away,
    days_left,
    in_days,
    money,
)
from mailctl.insight.advice.people import add_bank
from mailctl.store import customers
from mailctl.store.queries import named_credits
from mailctl.store.queries.advice import money as stored
from mailctl.store.queries.advice import people
from mailctl.store.queries.advice.money import (
    CustomerDebt,
    UnansweredPayment,
    UnaskedPayments,
    WaitingOrder,
)
from mailctl.store.queries.advice.scope import Scope

DAYS_UNTIL_URGENT = 2
DAYS_TO_EXPORT = 3
DAYS_TO_WONDER = 3


def credit(customer: str, cents: int) -> str:
    """The command that records money received, up to the most that one command accepts."""
    amount = typed_amount(min(cents, LARGEST_CENTS))
    return command("prepaid", "credit", named("customer", customer), amount)


def debts(scope: Scope) -> Iterator[Finding]:
    """Debts, each with the days left, and what could not be collected."""
    spares = people.spare_methods(scope)
    for debt in stored.debts(scope):
        if debt.missing_cents > debt.pending_cents:
            yield _debt(scope, debt)
        if debt.failed_cents and debt.is_open:
            spare = next(iter(spares.get(debt.customer, [])), None)
            yield Finding(
                code="collection-failed",
                severity=Severity.WARNING,
                customer=debt.customer,
                subject=f"customer/{debt.customer}",
                message=f"{money(scope, debt.failed_cents)} of {debt.customer} could not be "
                "collected, and will not be tried again until a payment method is added or chosen"
                f"{f': {spare.label} could be used' if spare else ''}.",
                command=command("method", "default", spare.id)
                if spare
                else add_bank(debt.customer, "--default"),
            )


def _debt(scope: Scope, debt: CustomerDebt) -> Finding:
    on = debt.deletes_on if debt.suspended else debt.last_on
    if not (debt.suspended or debt.to_suspend):
        on = None
    severity = Severity.WARNING
    if on is not None:
        # Until then it is an invoice that is being paid as invoices are.
        is_urgent = debt.is_overdue or debt.suspended or days_left(scope, on) <= DAYS_UNTIL_URGENT
        severity = Severity.URGENT if is_urgent else Severity.INFO
    return Finding(
        code="debt",
        severity=severity,
        customer=debt.customer,
        subject=f"customer/{debt.customer}",
        message=f"{debt.customer} owes {money(scope, debt.missing_cents)}"
        f"{_consequence(scope, debt)}. Once the money has arrived:",
        command=credit(debt.customer, debt.missing_cents),
        due_on=on,
    )


def _consequence(scope: Scope, debt: CustomerDebt) -> str:
    """What happens on which day if no money arrives."""
    if debt.suspended:
        assert debt.deletes_on is not None
        accounts = counted(debt.suspended, "account is suspended", "accounts are suspended")
        suspended = f"; {accounts} for it and "
        if days_left(scope, debt.deletes_on) >= 0:
            return f"{suspended}will be deleted {in_days(scope, debt.deletes_on)}"
        # A deletion waits for the notice of its suspension (rules 6).
        return (
            f"{suspended}should have been deleted {in_days(scope, debt.deletes_on)}; the deletion "
            "waits until the customer has been notified"
        )
    day = debt.last_on
    if day is None:
        return ", with no due date; nothing is suspended for it"
    how = "payable by" if day == debt.due_on else "with a grace until"
    text = f", {how} {day} ({away(scope, day)})"
    if debt.is_overdue:
        text = f", overdue since {day} ({away(scope, day)})"
    if not debt.to_suspend:
        return f"{text}; no account is left to suspend for it"
    if debt.is_overdue:
        return f"{text}; the next tick suspends what is unpaid"
    return f"{text}; after that, what is unpaid is suspended"


def left_over(scope: Scope) -> Iterator[Finding]:
    """What is to be paid back to closed customers."""
    for one in stored.left_over(scope):
        yield Finding(
            code="balance-left",
            severity=Severity.INFO,
            customer=one.customer,
            subject=f"customer/{one.customer}",
            message=f"{one.customer} is closed and has {money(scope, one.cents)} left. Once it has "
            "been paid back:",
            command=command(
                "prepaid",
                "refund",
                named("customer", one.customer),
                typed_amount(one.cents),
                "--reason",
                "left at the end",
                "--yes",
            ),
        )


def waiting_orders(scope: Scope) -> Iterator[Finding]:
    """Orders to be paid, or to be cancelled where they can no longer be paid."""
    for order in stored.waiting_orders(scope):
        if named_credits.is_there(scope.reader, order.number):
            yield _held_up(scope, order)
            continue
        try:
            _check_payable(scope, order, with_its_money=True)
        except MailctlError as refused:
            text, fix = refused.message, ("order", "cancel", order.number)
            yield _order(order, f"cannot be paid now: {text}.", *fix)
        else:
            yield _awaited(scope, order)


def _check_payable(scope: Scope, order: WaitingOrder, *, with_its_money: bool = False) -> None:
    """Raise what refuses the order's payment, from the balance or once its money has arrived."""
    # Costs a fifth of `advise`, which finds no such order as a rule.
    from mailctl.actions import orders
    from mailctl.billing.bank_words import Received

    received = Received() if with_its_money else None
    orders.plan_pay(scope.reader, number=order.number, received=received)


def _awaited(scope: Scope, order: WaitingOrder) -> Finding:
    """An order that waits for its money, or for the rest of it."""
    came = max(named_credits.named_cents(scope.reader, order.number), 0)
    if came == 0:
        text = f"waits for {money(scope, order.total_cents)}, payable by {order.valid_until_on}"
        words: tuple[object, ...] = ("order", "pay", order.number, "--received", "--yes")
        return _order(order, f"{text}. Once the money has arrived:", *words)
    balance = customers.find(scope.reader, order.customer).balance_cents
    rest = max(order.total_cents - came, order.total_cents - balance)
    text = (
        f"is for {money(scope, order.total_cents)}, payable by {order.valid_until_on}; "
        f"{money(scope, rest)} is still missing. Once it has arrived:"
    )
    words = ("prepaid", "credit", named("customer", order.customer), typed_amount(rest))
    return _order(order, text, *words, "--order", order.number)


def _held_up(scope: Scope, order: WaitingOrder) -> Finding:
    """An order whose money has arrived: the next tick pays it, or something holds it up."""
    until = order.valid_until_on + timedelta(days=DAYS_TO_TRY)
    text = f"is paid for ({money(scope, order.total_cents)})"
    missing = order.total_cents - customers.find(scope.reader, order.customer).balance_cents
    try:
        _check_payable(scope, order)
    except (BalanceTooLowError, CustomerInDebtError) as refused:
        text += f", but cannot be carried out: {refused.message}. Once the rest has arrived:"
        words = ("prepaid", "credit", named("customer", order.customer), typed_amount(missing))
        return _order(order, text, *words, "--received", due_on=until)
    except OrderNotPayableError as refused:
        # It would cost something else by now than what was paid: the tick does not wait (rules 9).
        text += (
            f", but cannot be carried out: {refused.message}. The next tick cancels it, and the "
            "money stays on the balance. To cancel it now:"
        )
        until = scope.today + timedelta(days=1)
        return _order(order, text, "order", "cancel", order.number, due_on=until)
    except MailctlError as refused:
        text += (
            f", but cannot be carried out: {refused.message}. It is cancelled on {until}, and the "
            "money stays on the balance. To cancel it now:"
        )
        return _order(order, text, "order", "cancel", order.number, due_on=until)
    text += ", and the next tick carries it out."
    return _order(order, text, "order", "pay", order.number, "--yes", due_on=until)


def _order(order: WaitingOrder, text: str, *words: object, due_on: date | None = None) -> Finding:
    # An order may be left unpaid; but a customer who has paid waits for it.
    until = order.valid_until_on if due_on is None else due_on
    return Finding(
        code="order-unpaid",
        severity=Severity.INFO if due_on is None else Severity.WARNING,
        customer=order.customer,
        subject=f"order/{order.number}",
        message=f"Order {order.number} of {order.customer} {text}",
        command=command(*words),
        due_on=until,
    )


def payments(scope: Scope) -> Iterator[Finding]:
    """Payments that nobody asked for, and those without an answer."""
    not_by = {account.method_id for account, _ in undebitable(scope)}
    for unasked in stored.unasked(scope, before_on=scope.ago(DAYS_TO_EXPORT), not_by=not_by):
        yield _unasked(scope, unasked)
    for unanswered in stored.unanswered(scope, before_on=scope.ago(DAYS_TO_WONDER)):
        yield _unanswered(scope, unanswered)


def _unasked(scope: Scope, one: UnaskedPayments) -> Finding:
    missing = [name for name in SELLER if not scope.reader.setting(name)]
    by_bank = one.kind == MethodKind.BANK and scope.reader.info.currency == "EUR"
    is_sepa = by_bank and not missing and find_spec("sepaxml") is not None
    form, ending = ("sepa", "xml") if is_sepa else ("csv", "csv")
    lacks = (
        f" A SEPA file needs {' and '.join(missing)} in the settings."
        if by_bank and missing
        else ""
    )
    return Finding(
        code="payment-not-exported",
        severity=Severity.WARNING,
        customer=one.customer,
        subject=f"payment/{one.kind}",
        message=f"{counted(one.payments, 'payment')} by {one.kind}, {money(scope, one.cents)}, "
        f"{'has' if one.payments == 1 else 'have'} waited to be exported since {one.since_on}: "
        f"the money counts as on its way, but nobody has been asked for it.{lacks}",
        command=command(
            *("payment", "export", "--kind", one.kind, "--format", form),
            *("--to", f"{one.kind}-{scope.today}.{ending}"),
        ),
    )


def _unanswered(scope: Scope, one: UnansweredPayment) -> Finding:
    is_late = -days_left(scope, one.exported_on) >= DAYS_TO_ANSWER
    by_bank = one.kind == MethodKind.BANK
    looked_up = (
        "Take in the bank's statement, if you have not: mailctl bank import FILE."
        if by_bank
        else "Look at the gateway's report."
    )
    return Finding(
        code="payment-unanswered",
        severity=Severity.WARNING if is_late else Severity.INFO,
        customer=one.customer,
        subject=f"payment/{one.id}",
        message=f"Payment {one.id} of {one.customer}, {money(scope, one.cents)}, was exported on "
        f"{one.exported_on} and has had no answer: the money counts as on its way, and is not "
        f"collected again. {looked_up} If the money did not arrive: mailctl "
        f"payment fail {one.id} --reason T. If it did:",
        command=command("payment", "settle", one.id),
    )
