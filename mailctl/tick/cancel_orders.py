"""Step 1: orders that nobody paid are cancelled on the day after their validity (SPEC 7)."""

from __future__ import annotations

from mailctl.store import notices
from mailctl.store.connection import Transaction


def run(transaction: Transaction) -> int:
    """Cancel them, and tell; how many. A debt order has no end of validity."""
    found = transaction.execute(
        "SELECT o.number, o.customer_id FROM purchase_order o WHERE o.status = 'not-paid' "
        "AND o.valid_until_on < :today "
        "AND o.customer_id NOT IN (SELECT customer_id FROM set_aside) ORDER BY o.number",
        {"today": transaction.today.isoformat()},
    ).fetchall()
    for number, customer_id in found:
        transaction.execute(
            "UPDATE purchase_order SET status = 'cancelled', ended_on = :today "
            "WHERE number = :number",
            {"today": transaction.today.isoformat(), "number": number},
        )
        transaction.record("order-expired", f"order/{number}")
        notices.queue(transaction, customer_id, "order-expired", order_number=number)
    return len(found)
