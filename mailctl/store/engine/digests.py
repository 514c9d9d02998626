"""What a table holds, in one digest that is the same in every database.

It is the SHA-256 of a JSON array of the table's rows, in order of its key; the values are written
as in the journal's chain (chain.py). A store's own mark of where it is now is left out: a copy has
another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from mailctl.store.engine import moved
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.store.engine.connection import Connection
    from mailctl.store.engine.sqlite.tables import Table

BATCH = 2_000
"""How many rows are in memory at a time."""

Row = Sequence[object]


class TableDigest(Value):
    """How many rows a table has, and their digest."""

    name: str
    rows: int
    digest: str


class Running:
    """The digest of a table whose rows come batch by batch."""

    def __init__(self, table: str) -> None:
        from hashlib import sha256

        self._table = table
        self._document = sha256(b"[")
        self._rows = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Take the next rows."""
        text = json.dumps(rows, separators=(",", ":"), default=repr)[1:-1]
        self._document.update(f",{text}".encode() if self._rows else text.encode())
        self._rows += len(rows)

    def whole(self) -> TableDigest:
        """The digest, after the last row."""
        document = self._document.copy()
        document.update(b"]")
        return TableDigest(name=self._table, rows=self._rows, digest=document.hexdigest())


def rows_of(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """A table's rows in order of its key, in batches."""
    cursor = connection.stream(
        f"""
        SELECT {", ".join(table.columns)}
        FROM {table.name}
        {_compared(table)}
        ORDER BY {", ".join(table.key)}
        """
    )
    while rows := cursor.fetchmany(BATCH):
        yield rows


def count_of(connection: Connection, table: Table) -> int:
    """How many rows `rows_of` gives."""
    cursor = connection.execute(f"SELECT count(*) FROM {table.name} {_compared(table)}")
    return int(cursor.fetchone()[0])


def _compared(table: Table) -> str:
    """SQL: the seal of the mark moves with the mark."""
    return f"WHERE name <> '{moved.TABLE}'" if table.name == "seal" else ""


def of_table(
    connection: Connection, table: Table, seen: Callable[[int], None] = lambda _: None
) -> TableDigest:
    """The digest of a table as it stands; `seen` is told of each batch how many rows it has."""
    running = Running(table.name)
    for rows in rows_of(connection, table):
        running.add(rows)
        seen(len(rows))
    return running.whole()
