"""Step 2: accounts are suspended from the day after their invoice's due date (rules 9)."""

from __future__ import annotations

from mailctl.domain.states import SuspendedFor
from mailctl.effects import suspensions
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import (
    is_held_for_debt,
    is_uncovered,
)
from mailctl.store.temp_tables import AccountSet, CustomerSet, is_outside


def run(transaction: Transaction, excluded: CustomerSet) -> int:
    """Suspend the active accounts that have a line on an overdue invoice; how many."""
    with AccountSet(transaction, "overdue_account") as accounts:
        # From the customers with overdue invoices, who are few, to those of their accounts that
        # are still active: a debt that stays makes no day expensive.
        accounts.fill(
            f"""
            WITH debtor AS (
                SELECT DISTINCT o.customer_id
                FROM invoice_open o
                WHERE {is_uncovered("o")} AND o.due_on < :today
            )
            SELECT a.id, c.id, a.address
            FROM debtor d
                CROSS JOIN customer c
                CROSS JOIN platform p
                CROSS JOIN account a
            WHERE c.id = d.customer_id
                AND p.customer_id = c.id
                AND a.platform_id = p.id
                AND a.state = 'active'
                AND {is_outside(excluded, "c.id")}
                AND {is_held_for_debt("a.id")}
            """
        )
        if accounts:
            suspensions.suspend(transaction, accounts, SuspendedFor.DEBT)
        return len(accounts)
