"""What a forecast assumes, written to its copy of the store."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl import clock
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unsent, renews_unjoined
from mailctl.store.temp_tables import CustomerSet

_NEVER = "9999-12-31"


def leave_out_others(transaction: Transaction, customer_id: int) -> None:
    """Remove what is due for all other customers: customers do not affect each other."""
    values = {"customer": customer_id}
    transaction.execute(
        """
        UPDATE account SET state = 'deleted', deleted_on = :today
        WHERE state <> 'deleted'
            AND platform_id IN (SELECT p.id FROM platform p WHERE p.customer_id <> :customer)
        """,
        values,
    )
    _leave_out_money(transaction, "<> :customer", values)


def leave_out_renewals(transaction: Transaction, customers: CustomerSet) -> None:
    """Remove the terms to come and the money of these customers; what ends goes on."""
    transaction.execute(
        f"""
        UPDATE account SET expires_on = '{_NEVER}'
        WHERE state = 'active'
            AND {renews_unjoined("account")}
            AND platform_id IN (
                SELECT p.id
                FROM platform p
                JOIN {customers} s ON s.customer_id = p.customer_id
            )
        """
    )
    _leave_out_money(transaction, f"IN (SELECT s.customer_id FROM {customers} s)", EMPTY)


def _leave_out_money(transaction: Transaction, whose: str, values: Mapping[str, object]) -> None:
    """Remove what is due for customers besides their accounts."""
    transaction.execute(
        f"""
        UPDATE invoice_open SET open_cents = 0, paid_on = :today
        WHERE open_cents > 0 AND customer_id {whose}
        """,
        values,
    )
    transaction.execute(
        f"""
        UPDATE purchase_order SET status = 'cancelled', ended_on = :today
        WHERE status = 'not-paid' AND customer_id {whose}
        """,
        values,
    )
    transaction.execute(
        f"""
        UPDATE payment SET status = 'cancelled'
        WHERE status = 'pending' AND customer_id {whose}
        """,
        values,
    )


def send_notices(transaction: Transaction) -> None:
    """Mark every notice as sent."""
    transaction.execute(
        f"UPDATE notice SET sent_at = :now WHERE {is_unsent('notice')}", {"now": clock.stamp()}
    )
