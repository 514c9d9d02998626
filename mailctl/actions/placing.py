"""Placing an order of terms: kept until it is paid, or billed and delivered at once (rules 7)."""

from __future__ import annotations

from mailctl.actions import undo, undo_money
from mailctl.actions.result import Result
from mailctl.billing import order_plans
from mailctl.billing.order_delivery import carry_out
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.addresses import domain_of
from mailctl.domain.lifecycle import Platform
from mailctl.domain.money import money
from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.effects import domain_claims
from mailctl.store import command_keys, notices, orders, platforms
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import Order, OrderLine


class OrderPlaced(Result):
    """An order that was placed, its lines, and the balance that it leaves."""

    thing: str = "order"
    order: Order
    lines: tuple[OrderLine, ...]
    balance_cents: int


def repeated(reader: Reader, where: Platform, kind: OrderKind, number: int) -> OrderPlan:
    """The plan of a command that was given before under the same key: nothing."""
    return order_plans.priced(reader, where, kind, (), repeats=number)


def place(transaction: Transaction, plan: OrderPlan) -> OrderPlaced:
    """Keep an order; unless it awaits its payment, bill and deliver it in the same transaction."""
    if plan.repeats is not None:
        return _placed(transaction, plan, plan.repeats)
    where = platforms.find(transaction, plan.platform)
    if plan.awaits:
        # Nothing is claimed until it is paid, so nothing else would notice.
        names = {domain_of(line.address) for line in plan.lines if line.address}
        domain_claims.check_again(transaction, where, names)
    number = orders.add(
        transaction,
        customer_id=where.customer_id,
        platform_id=where.id,
        kind=plan.kind,
        net_cents=plan.net_cents,
        tax_cents=plan.tax_cents,
        awaits=plan.awaits,
    )
    if plan.awaits:
        _keep(transaction, where, plan, number)
    else:
        carry_out(transaction, plan, number)
    command_keys.keep(transaction, plan.key, number)
    return _placed(transaction, plan, number)


def _keep(transaction: Transaction, where: Platform, plan: OrderPlan, number: int) -> None:
    orders.set_lines(transaction, number, plan.lines)
    transaction.record(
        "order-kept", f"order/{number}", {"kind": plan.kind, "total_cents": plan.total_cents}
    )
    notices.queue(
        transaction,
        where.customer_id,
        NoticeKind.ORDER_AWAITING_PAYMENT,
        order_number=number,
        amount_cents=plan.total_cents,
    )


def _placed(transaction: Transaction, plan: OrderPlan, number: int) -> OrderPlaced:
    """The order, with a warning where it made a debt."""
    warnings: tuple[str, ...] = ()
    if plan.after_cents < 0 and plan.repeats is None:
        short = money(-plan.after_cents, transaction.info.currency)
        warnings = (f"{plan.customer} is {short} short now; the invoice is due on {plan.due_on}",)
    order, lines = orders.find(transaction, number), orders.lines_of(transaction, number)
    return OrderPlaced(
        items=(orders.show(transaction, number, lines),),
        changed=plan.repeats is None,
        warnings=warnings,
        order=order,
        lines=lines,
        balance_cents=plan.after_cents,
        undo=undo.by("order", "cancel", number)
        if order.status is OrderStatus.NOT_PAID
        else undo_money.of_terms(transaction, order, lines),
    )
