"""What the journal says of a change."""

from __future__ import annotations

from mailctl.store.engine.transaction import Transaction


def renewals_changed(tx: Transaction) -> list[str]:
    """The addresses of the accounts whose renewal was changed in this transaction, in its order."""
    return tx.texts(
        """
        SELECT coalesce(a.address, 'blank')
        FROM journal j
        JOIN account a ON 'account/' || a.id = j.subject
        WHERE j.kind = 'renewal-changed' AND j.batch = :batch
        ORDER BY j.seq
        """,
        {"batch": tx.batch.id},
    )
