"""`mailctl order`: purchase orders, from the order to its delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.commands.account_order import show_terms
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.input_files import numbers_in
from mailctl.cli.input.options import (
    BankReference,
    CustomerFilter,
    IdempotencyKey,
    Limit,
    OrderArgument,
    OrderArguments,
    PlatformFilter,
    Since,
    Until,
    ValueDate,
)
from mailctl.cli.render.consequences import consequences
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.money import money
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.domain.text import counted
from mailctl.values import replace

if TYPE_CHECKING:
    from mailctl.actions.orders import CancelPlan, OrderPaid, OrdersCancelled, PayPlan

app = typer.Typer(
    help="""Purchase orders: for accounts, extensions, reopenings, credits and debts.

    An order that awaits its payment has no effect until `order pay`, and reserves nothing.
    """
)

Open = Annotated[bool, typer.Option("--open", help="Only those that await their payment.")]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Only those of a kind: accounts, extension, reopening, prepaid-credit or debt.",
        parser=parse.choice(*OrderKind),
        autocompletion=completers.among(*OrderKind),
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="not-paid, delivered or cancelled.",
        parser=parse.choice(*OrderStatus),
        autocompletion=completers.among(*OrderStatus),
    ),
]
Received = Annotated[
    bool, typer.Option("--received", help="The money has arrived: record the order's total first.")
]


@app.command("list")
@reading("order", many=True)
def list_orders(
    run: Run,
    *,
    open_: Open = False,
    status: Status = None,
    customer: CustomerFilter = None,
    platform: PlatformFilter = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List orders by their number; --since and --until are the days on which they were placed.

    Examples:
      mailctl order list --open
      mailctl order list --customer acme --kind accounts -o csv

    """
    from mailctl.store import orders

    run.list(
        lambda db: orders.listing(
            known(db, customer=customer, platform=platform),
            is_open=open_,
            status=status,
            customer=customer,
            platform=platform,
            kind=kind,
            since=since,
            until=until,
            limit=limit,
        )
    )


@app.command("show")
@reading("order")
def show(run: Run, order: OrderArgument) -> None:
    """Show an order: its lines, its steps, and what it waits for.

    Examples:
      mailctl order show 17
      mailctl order show 17 --json

    """
    from mailctl.store import orders

    run.show("order", lambda db: orders.show(db, order), has_page=True)


@app.command("pay")
@changing("order")
def pay(
    run: Run,
    order: OrderArgument,
    *,
    received: Received = False,
    reference: BankReference = None,
    value_date: ValueDate = None,
    key: IdempotencyKey = None,
) -> None:
    """Pay an order that awaits its payment: from the balance, or with --received from new money.

    Everything is checked again as of today, then the order is billed and delivered. Paying the
    order of a credit or of a debt records the money.

    Examples:
      mailctl order pay 17
      mailctl order pay 17 --received --reference 2026-0117-0042

    """
    from mailctl.actions import orders
    from mailctl.actions import received as came

    money = came.where_received(
        f"mailctl order pay {order}", reference, value_date, is_received=received
    )
    run.change_as_planned(
        lambda db: orders.plan_pay(db, number=order, received=money, key=key),
        orders.pay,
        show=_show,
        say=_paid,
    )


def _show(plan: PayPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    total = money(plan.total_cents, output.currency)
    if plan.terms:
        if plan.records_money:
            output.note(f"{total} are recorded as received first")
        # With that money there is no debt to warn of.
        show_terms(replace(plan.terms, before_cents=plan.after_cents + plan.total_cents), output)
    elif plan.records_money:
        after = money(plan.after_cents, output.currency)
        output.note(f"{total} are recorded as received; the balance is {after} after it")
    return f"Pay order {plan.order.number} of {plan.order.customer}, {total}?"


def _paid(result: OrderPaid, did: Tense) -> str:
    order = result.order
    if not result.changed:
        return f"The key was given before: order {order.number} stands, and nothing was changed."
    text = f"{did('Paid', 'pay')} order {order.number}, {did.money(order.total_cents)}"
    if order.invoice:
        text += f": invoice {order.invoice}"
    text += f". The balance of {order.customer} is {did.money(result.balance_cents)}."
    return text + consequences(result, would=did.would)


@app.command("cancel")
@changing("order")
def cancel(run: Run, order: OrderArguments) -> None:
    """Cancel orders that await their payment; a debt ends only when it is paid.

    Of several orders all are cancelled, or none; it asks before.

    Examples:
      mailctl order cancel 17
      mailctl order cancel 17 18 --yes

    """
    from mailctl.actions import orders

    numbers = numbers_in("order", order)
    run.change_several(
        lambda db: orders.plan_cancel(db, numbers=numbers.ids, many=numbers.many),
        orders.cancel,
        many=numbers.many,
        show=_show_cancel,
        say=_cancelled,
    )


def _show_cancel(plan: CancelPlan, output: Output) -> str | None:
    if not plan.waiting:
        return None
    output.plan(
        [
            {
                "order": one.number,
                "customer": one.customer,
                "kind": str(one.kind),
                "total_cents": one.total_cents,
            }
            for one in plan.waiting
        ],
        by=("kind",),
    )
    return f"Cancel {counted(len(plan.waiting), 'order')}?"


def _cancelled(result: OrdersCancelled, did: Tense) -> str:
    if result.many:
        if not result.cancelled:
            return "None of the orders named awaits its payment; nothing was changed."
        orders = counted(result.cancelled, "order")
        return f"{did('Cancelled', 'cancel')} {orders}, which had no effect."
    number = result.item["number"]
    if not result.changed:
        return f"Order {number} is cancelled already."
    return f"{did('Cancelled', 'cancel')} order {number}; it had no effect."
