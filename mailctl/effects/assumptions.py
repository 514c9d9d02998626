"""What a forecast assumes, written to its copy of the store."""

from __future__ import annotations

from mailctl import clock
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unsent

_OTHERS = (
    """
    UPDATE account SET state = 'deleted', deleted_on = :today
    WHERE state <> 'deleted'
        AND platform_id IN (SELECT p.id FROM platform p WHERE p.customer_id <> :customer)
    """,
    """
    UPDATE invoice_open SET open_cents = 0, paid_on = :today
    WHERE open_cents > 0 AND customer_id <> :customer
    """,
    """
    UPDATE purchase_order SET status = 'cancelled', ended_on = :today
    WHERE status = 'not-paid' AND customer_id <> :customer
    """,
    "UPDATE payment SET status = 'cancelled' WHERE status = 'pending' AND customer_id <> :customer",
)


def leave_out_others(transaction: Transaction, customer_id: int) -> None:
    """Remove what is due for all other customers: customers do not affect each other."""
    values = {"customer": customer_id}
    for statement in _OTHERS:
        transaction.execute(statement, values)


def send_notices(transaction: Transaction) -> None:
    """Mark every notice as sent."""
    transaction.execute(
        f"UPDATE notice SET sent_at = :now WHERE {is_unsent('notice')}", {"now": clock.stamp()}
    )
