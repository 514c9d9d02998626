"""Step 4: accounts that have expired and were not renewed are suspended (SPEC 6)."""

from __future__ import annotations

from mailctl.domain.lifecycle import SuspendedFor, deletes_on
from mailctl.effects import account_sets
from mailctl.store.engine.transaction import Transaction


def run(transaction: Transaction) -> int:
    """Suspend them; how many. Those that renew have moved on in the step before.

    Those that were lifted from a debt today wait for the next step (SPEC 9).
    """
    account_sets.empty(transaction, "chosen")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT a.id, p.customer_id, a.address FROM account a CROSS JOIN platform p "
        "WHERE p.id = a.platform_id AND a.next_on <= :today AND a.state = 'active' "
        "AND a.id NOT IN (SELECT account_id FROM lifted) "
        "AND p.customer_id NOT IN (SELECT customer_id FROM set_aside) ORDER BY +a.id",
        {"today": transaction.today.isoformat()},
    )
    count = account_sets.chosen(transaction)
    if count:
        retention = transaction.setting_number("retention-days")
        reason = SuspendedFor.EXPIRED
        account_sets.suspend(transaction, reason, deletes_on(transaction.today, reason, retention))
    return count
