"""Step 1: orders whose money has arrived are paid; unpaid ones expire (rules 7, rules 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import DAYS_TO_TRY
from mailctl.errors import OrderNotPayableError
from mailctl.store import notices, orders
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import Order
from mailctl.store.queries import named_credits
from mailctl.store.temp_tables import CustomerSet

if TYPE_CHECKING:
    from mailctl.billing.order_payment import Tried


@dataclass(slots=True, kw_only=True)
class Ended:
    """What became of the orders: how many were cancelled, and what the paid ones billed, gross."""

    cancelled: int = 0
    invoices: int = 0
    billed_cents: int = 0


def run(transaction: Transaction, excluded: CustomerSet) -> Ended:
    """Try the orders whose named money has arrived; cancel and announce those past their validity.

    An order whose money has arrived is cancelled only if it can never be paid (order-not-payable)
    or after 30 days; the money stays on the balance. A debt order is valid without end.
    """
    # Costs more to import than a tick with nothing due takes.
    from mailctl.billing.order_payment import pay_named

    ended, waiting = Ended(), set()
    there = [order.customer_id for order in named_credits.orders(transaction)]
    aside = excluded.ids()
    for customer_id in dict.fromkeys(customer for customer in there if customer not in aside):
        for one in pay_named(transaction, customer_id):
            order = one.order
            if one.refused is None:
                _count(order, ended)
            elif _is_over(transaction, one):
                _cancel(transaction, order, ended, why=one.refused.message)
            else:
                waiting.add(order.number)
    for order in orders.past_validity(transaction):
        if order.number not in waiting and order.customer_id not in aside:
            _cancel(transaction, order, ended)
    return ended


def _count(order: Order, ended: Ended) -> None:
    if order.platform is not None:
        ended.invoices += 1
        ended.billed_cents += order.total_cents


def _is_over(transaction: Transaction, one: Tried) -> bool:
    if isinstance(one.refused, OrderNotPayableError):
        return True
    until = one.order.valid_until_on
    assert until is not None, "a debt order is not tried"
    return transaction.today >= until + timedelta(days=DAYS_TO_TRY)


def _cancel(
    transaction: Transaction, order: Order, ended: Ended, *, why: str | None = None
) -> None:
    orders.cancel(transaction, order.number)
    transaction.record("order-expired", f"order/{order.number}", {"why": why} if why else None)
    # What came for it, whole or in part, stays on the balance; the letter says so.
    came = named_credits.named_cents(transaction, order.number)
    notices.queue(
        transaction,
        order.customer_id,
        NoticeKind.ORDER_EXPIRED,
        order_number=order.number,
        amount_cents=came if came > 0 else None,
    )
    ended.cancelled += 1
