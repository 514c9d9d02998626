"""Step 5: suspended accounts past their retention are deleted for good (rules 6)."""

from __future__ import annotations

from mailctl.effects import deletions, held_deletions
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unannounced
from mailctl.store.temp_tables import AccountSet, CustomerSet, is_outside

_WAITS = f"(:holds = 1 AND {is_unannounced('n')})"


def run(transaction: Transaction, excluded: CustomerSet) -> tuple[int, int]:
    """Delete them; how many, and how many are held because their notice has not been sent.

    Nobody's mailbox is deleted before its suspension was announced (`held_deletions.are_held`).
    """
    holds = held_deletions.are_held(transaction)
    facts = {"holds": int(holds)}
    past = f"{held_deletions.PAST_RETENTION} AND {is_outside(excluded, 'p.customer_id')}"
    with AccountSet(transaction, "account_past_retention") as accounts:
        accounts.fill(
            f"SELECT a.id, p.customer_id, a.address {past} AND NOT {_WAITS} ORDER BY +a.id", facts
        )
        if accounts:
            deletions.delete(transaction, accounts)
        deleted = len(accounts)
    return deleted, transaction.number(f"SELECT count(*) {past} AND {_WAITS}", facts)
