"""Step 2: accounts are suspended from the day after their invoice's due date (SPEC 9)."""

from __future__ import annotations

from mailctl.domain.lifecycle import SuspendedFor, deletes_on
from mailctl.effects import account_sets
from mailctl.store.engine.dialect import HOLDS_FOR_DEBT
from mailctl.store.engine.transaction import Transaction


def run(transaction: Transaction) -> int:
    """Suspend the active accounts that have a line on an overdue invoice; how many."""
    account_sets.empty(transaction, "chosen")
    # From the customers with overdue invoices, who are few, to those of their accounts that are
    # still active: a debt that stays makes no day expensive.
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT a.id, c.id, a.address FROM (SELECT DISTINCT o.customer_id FROM invoice_open o "
        "WHERE o.open_cents > 0 AND o.is_covered = 0 AND o.due_on < :today) d "
        "CROSS JOIN customer c CROSS JOIN platform p CROSS JOIN account a "
        "WHERE c.id = d.customer_id AND p.customer_id = c.id AND a.platform_id = p.id "
        "AND a.state = 'active' AND c.id NOT IN (SELECT customer_id FROM set_aside) "
        f"AND EXISTS ({HOLDS_FOR_DEBT})",
        {"today": transaction.today.isoformat()},
    )
    count = account_sets.chosen(transaction)
    if count:
        retention = transaction.setting_number("retention-days")
        reason = SuspendedFor.DEBT
        account_sets.suspend(transaction, reason, deletes_on(transaction.today, reason, retention))
    return count
