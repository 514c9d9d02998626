"""Step 2: accounts are suspended from the day after their invoice's due date (SPEC 9)."""

from __future__ import annotations

from mailctl.domain.lifecycle import SuspendedFor, deletes_on
from mailctl.store import sets
from mailctl.store.connection import Transaction
from mailctl.store.sql import OVERDUE


def run(transaction: Transaction) -> int:
    """Suspend the active accounts that have a line on an overdue invoice; how many."""
    sets.empty(transaction, "chosen")
    # CROSS JOIN keeps the overdue invoices, which are few, as the outer loop.
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT DISTINCT a.id, c.id, a.address FROM invoice_open o "
        "CROSS JOIN customer c CROSS JOIN invoice_line l CROSS JOIN account a "
        f"WHERE {OVERDUE.format('c')} AND c.id = o.customer_id "
        "AND l.invoice_id = o.invoice_id AND a.id = l.account_id AND a.state = 'active' "
        "AND NOT EXISTS (SELECT 1 FROM credit_line k WHERE k.account_id = l.account_id "
        "AND k.period_start_on = l.period_start_on) "
        "AND c.id NOT IN (SELECT customer_id FROM set_aside)",
        {"today": transaction.today.isoformat()},
    )
    count = sets.chosen(transaction)
    if count:
        retention = transaction.setting_number("retention-days")
        reason = SuspendedFor.DEBT
        sets.suspend(transaction, reason, deletes_on(transaction.today, reason, retention))
    return count
