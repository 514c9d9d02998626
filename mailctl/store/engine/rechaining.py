"""The chain made anew, once, when a store comes to version 3: see `store/engine/old_chain.py`."""

from __future__ import annotations

import sqlite3
from datetime import date

from mailctl.store.engine import chain, journal, old_chain, seals

KIND = "journal-rechained"
"""The journal row that says so; the batches before its own have the digests of then no more."""


def check_old(connection: sqlite3.Connection) -> None:
    """Raise IntegrityError where the old chain does not fit: to chain it anew would hide that."""
    found = old_chain.verify(connection)
    if found.broken is not None:
        raise sqlite3.IntegrityError(
            f"its journal is broken at transaction {found.broken}: {found.reason}"
        )


def rechain(connection: sqlite3.Connection) -> None:
    """Give every batch its digest of today, seal the tables, and say in the journal what was done.

    The old head stays in the details of the row that says so.
    """
    clock = connection.execute("SELECT reached_on FROM clock").fetchone()
    if clock is None:
        return
    old_head = connection.execute("SELECT digest FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    batches = _digest_anew(connection)
    seals.begin(connection)
    batch = journal.Batch(connection)
    day = date.fromisoformat(clock[0])
    details = {"transactions": batches, "old_head": old_head[0] if old_head else None}
    batch.record(day, KIND, "store", details, {})
    batch.close(day, "upgrade")


def _digest_anew(connection: sqlite3.Connection) -> int:
    (guard,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'batch_kept_u'"
    ).fetchone()
    connection.execute("DROP TRIGGER batch_kept_u")
    head, start, number = "", chain.Ends(0, 0, 0), 0
    for number, batch in enumerate(chain.batches(connection), start=1):
        head, counts = chain.digest(connection, head, batch.facts, start, batch.ends)
        start = batch.ends
        values = {**{f"{table}_rows": rows for table, rows in counts.items()}, "digest": head}
        connection.execute(
            f"UPDATE batch SET {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :id",
            {**values, "id": number},
        )
    connection.execute(guard)
    return number
