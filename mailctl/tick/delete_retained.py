"""Step 5: suspended accounts past their retention are deleted for good (SPEC 6)."""

from __future__ import annotations

from mailctl.effects import account_sets
from mailctl.store import telling
from mailctl.store.engine.transaction import Transaction

_PAST = (
    f"{telling.PAST_RETENTION} AND p.customer_id NOT IN (SELECT customer_id FROM set_aside) AND "
)
_UNTOLD = f"(:holds = 1 AND {telling.UNTOLD})"


def run(transaction: Transaction) -> tuple[int, int]:
    """Delete them; how many, and how many are held because their notice has not been sent.

    Nobody's mailbox goes before its suspension was told, as `telling.holds` says.
    """
    facts = {"today": transaction.today.isoformat(), "holds": int(telling.holds(transaction))}
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
