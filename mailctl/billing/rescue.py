"""Rescue: accounts suspended for debt work again the moment that nothing overdue holds them."""

from __future__ import annotations

from mailctl.store import sets
from mailctl.store.connection import Transaction
from mailctl.store.sql import OVERDUE

HELD = (
    "SELECT 1 FROM invoice_line l JOIN invoice_open o ON o.invoice_id = l.invoice_id "
    f"JOIN customer oc ON oc.id = o.customer_id WHERE l.account_id = a.id "
    f"AND {OVERDUE.format('oc')} AND NOT EXISTS (SELECT 1 FROM credit_line k "
    "WHERE k.account_id = l.account_id AND k.period_start_on = l.period_start_on)"
)
"""Whether an overdue invoice has a line of account `a` that is not credited."""


def lift_suspensions(transaction: Transaction) -> int:
    """Reopen accounts suspended for debt that no overdue invoice holds any more; how many.

    A suspension for expiry is never lifted by money (SPEC 9).
    """
    sets.empty(transaction, "chosen", "told")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT a.id, p.customer_id, a.address FROM settling s "
        "JOIN platform p ON p.customer_id = s.customer_id "
        "JOIN account a ON a.platform_id = p.id AND a.state = 'suspended' "
        f"WHERE a.suspended_for = 'debt' AND NOT EXISTS ({HELD})",
        {"today": transaction.today.isoformat()},
    )
    count = sets.chosen(transaction)
    if count:
        sets.reopen(transaction)
    return count
