"""Step 4: accounts that have expired and were not renewed are suspended (rules 6)."""

from __future__ import annotations

from mailctl.domain.states import SuspendedFor
from mailctl.effects import suspensions
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet, CustomerSet, is_outside


def run(transaction: Transaction, excluded: CustomerSet, *, lifted: tuple[int, ...]) -> int:
    """Suspend them; how many. Those that renew have moved on in the step before.

    Those that were `lifted` from a debt today wait for the next step (rules 9).
    """
    with (
        AccountSet(transaction, "account_to_wait", lifted) as waiting,
        AccountSet(transaction, "expired_account") as accounts,
    ):
        accounts.fill(
            f"""
            SELECT a.id, p.customer_id, a.address
            FROM account a
                CROSS JOIN platform p
            WHERE p.id = a.platform_id
                AND a.next_on <= :today
                AND a.state = 'active'
                AND a.id NOT IN (SELECT account_id FROM {waiting})
                AND {is_outside(excluded, "p.customer_id")}
            ORDER BY +a.id
            """
        )
        if accounts:
            suspensions.suspend(transaction, accounts, SuspendedFor.EXPIRED)
        return len(accounts)
