"""Rescue: accounts suspended for debt work again the moment that nothing overdue holds them."""

from __future__ import annotations

from mailctl.effects import account_sets, reminders
from mailctl.store.engine.dialect import HOLDS_FOR_DEBT
from mailctl.store.engine.transaction import Transaction


def lift_suspensions(transaction: Transaction) -> int:
    """Reopen accounts suspended for debt that no overdue invoice holds any more; how many.

    A suspension for expiry is never lifted by money (SPEC 9).
    """
    account_sets.empty(transaction, "chosen")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        # From the customers, who are few, to their accounts: else every account is looked at.
        "SELECT a.id, p.customer_id, a.address FROM settling s "
        "CROSS JOIN platform p CROSS JOIN account a WHERE p.customer_id = s.customer_id "
        "AND a.platform_id = p.id AND a.state = 'suspended' AND a.suspended_for = 'debt' "
        f"AND NOT EXISTS ({HOLDS_FOR_DEBT})",
        {"today": transaction.today.isoformat()},
    )
    count = account_sets.chosen(transaction)
    if count:
        account_sets.reopen(transaction)
        transaction.execute(
            "INSERT INTO lifted (account_id) SELECT account_id FROM chosen WHERE true "
            "ON CONFLICT (account_id) DO NOTHING"
        )
        reminders.tell_chosen(transaction)
    return count
