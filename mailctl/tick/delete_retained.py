"""Step 5: suspended accounts past their retention are deleted for good (SPEC 6)."""

from __future__ import annotations

from mailctl.effects import account_sets, held_deletions
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unannounced

_PAST = f"""
    {held_deletions.PAST_RETENTION}
    AND p.customer_id NOT IN (SELECT customer_id FROM set_aside)
    AND
"""
_UNTOLD = f"(:holds = 1 AND {is_unannounced('n')})"


def run(transaction: Transaction) -> tuple[int, int]:
    """Delete them; how many, and how many are held because their notice has not been sent.

    Nobody's mailbox is deleted before its suspension was announced (`held_deletions.are_held`).
    """
    holds = held_deletions.are_held(transaction)
    facts = {"today": transaction.today.isoformat(), "holds": int(holds)}
    account_sets.empty(transaction, "chosen")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        f"SELECT a.id, p.customer_id, a.address {_PAST} NOT {_UNTOLD} ORDER BY +a.id",
        facts,
    )
    count = account_sets.chosen(transaction)
    if count:
        account_sets.delete(transaction)
    return count, transaction.number(f"SELECT count(*) {_PAST} {_UNTOLD}", facts)
