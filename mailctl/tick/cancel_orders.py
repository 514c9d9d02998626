"""Step 1: orders whose money has come are paid; those that nobody paid end (SPEC 7, SPEC 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mailctl.domain.orders import DAYS_TO_TRY
from mailctl.errors import OrderNotPayableError
from mailctl.store import notices, orders
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import named_credits

if TYPE_CHECKING:
    from mailctl.actions.orders import Tried


@dataclass(slots=True, kw_only=True)
class Ended:
    """What became of the orders: how many were cancelled, and what the paid ones billed, gross."""

    cancelled: int = 0
    invoices: int = 0
    billed_cents: int = 0


def run(transaction: Transaction) -> Ended:
    """Try the orders whose named money is there; cancel what is past its validity, and tell.

    One whose money is there ends only where it can never be paid (order-not-payable) or after 30
    days; the money stays on the balance. A debt order has no end of validity.
    """
    # Costs more to import than a tick with nothing due takes.
    from mailctl.actions.orders import pay_named

    ended, waiting = Ended(), set()
    there = [order.customer_id for order in named_credits.orders(transaction)]
    aside = orders.set_aside(transaction)
    for customer_id in dict.fromkeys(customer for customer in there if customer not in aside):
        for one in pay_named(transaction, customer_id):
            if one.refused is None:
                _count(transaction, one.number, ended)
            elif _is_over(transaction, one):
                _cancel(transaction, one.number, customer_id, ended, why=one.refused.message)
            else:
                waiting.add(one.number)
    for number, customer_id in orders.past_validity(transaction):
        if number not in waiting and customer_id not in aside:
            _cancel(transaction, number, customer_id, ended)
    return ended


def _count(transaction: Transaction, number: int, ended: Ended) -> None:
    order = orders.find(transaction, number)
    if order.platform is not None:
        ended.invoices += 1
        ended.billed_cents += order.total_cents


def _is_over(transaction: Transaction, one: Tried) -> bool:
    if isinstance(one.refused, OrderNotPayableError):
        return True
    until = orders.find(transaction, one.number).valid_until_on
    assert until is not None, "a debt order is not tried"
    return transaction.today >= until + timedelta(days=DAYS_TO_TRY)


def _cancel(
    transaction: Transaction, number: int, customer_id: int, ended: Ended, *, why: str | None = None
) -> None:
    orders.cancel(transaction, number)
    transaction.record("order-expired", f"order/{number}", {"why": why} if why else None)
    # What came for it, whole or in part, stays on the balance; the letter says so.
    came = named_credits.named_cents(transaction, number)
    notices.queue(
        transaction,
        customer_id,
        "order-expired",
        order_number=number,
        amount_cents=came if came > 0 else None,
    )
    ended.cancelled += 1
