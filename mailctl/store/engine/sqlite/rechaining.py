"""The chain is computed again, once, when a store is upgraded to version 3 (`old_chain.py`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from mailctl.store.engine import chain, journal, old_chain, seals, verification
from mailctl.store.engine.sqlite.connection import Connection

KIND = "journal-rechained"
"""The kind of the journal row that records it: the batches before its own got new digests."""


def check_old(connection: Connection) -> None:
    """Raise IntegrityError where the old chain does not fit: rechaining would hide that."""
    found = old_chain.verify(connection)
    if found.broken is not None:
        raise sqlite3.IntegrityError(
            f"its journal is broken at transaction {found.broken}: {found.reason}"
        )


def rechain(
    connection: Connection, since_4: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> None:
    """Give every batch its new digest, seal the tables, and record that in the journal.

    The details of that row keep the old head. The tables are those of version 3 so far, unless
    `since_4` has the columns that they have besides.
    """
    clock = connection.execute("SELECT reached_on FROM clock").fetchone()
    if clock is None:
        return
    old_head = connection.execute("SELECT digest FROM batch ORDER BY id DESC LIMIT 1").fetchone()
    batches = _digest_again(connection, since_4)
    seals.begin(connection)
    batch = journal.Batch(connection)
    day = date.fromisoformat(clock[0])
    details = {"transactions": batches, "old_head": old_head[0] if old_head else None}
    batch.record(day, KIND, "store", details, {})
    batch.close(day, "upgrade")


def _digest_again(connection: Connection, since_4: Mapping[str, tuple[str, ...]]) -> int:
    (guard,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'batch_kept_u'"
    ).fetchone()
    connection.execute("DROP TRIGGER batch_kept_u")
    head, start, number = "", chain.Ends(), 0
    for number, batch in enumerate(verification.batches(connection), start=1):
        head, counts = chain.digest(
            connection, head, batch.facts, start, batch.ends, since_4=since_4
        )
        start = batch.ends
        values = {**{f"{table}_rows": rows for table, rows in counts.items()}, "digest": head}
        connection.execute(
            f"UPDATE batch SET {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :id",
            {**values, "id": number},
        )
    connection.execute(guard)
    return number
