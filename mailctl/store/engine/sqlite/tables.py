"""The tables of this version's schema, their columns and their keys, in every database alike."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from mailctl.store.engine.sqlite import migrations
from mailctl.values import Value

_COLUMNS = """
    SELECT m.name, i.name, i.pk
    FROM sqlite_master m
    JOIN pragma_table_info(m.name) i
    WHERE m.type = 'table'
    ORDER BY m.rowid, i.cid
"""


class Table(Value):
    """A table; what the database computes is not among its columns."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


def tables() -> tuple[Table, ...]:
    """Every table of a store, in the order of the schema."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(migrations.schema())
        found = fresh.execute(_COLUMNS).fetchall()
    return tuple(
        Table(
            name=name,
            columns=tuple(column for table, column, _ in found if table == name),
            key=tuple(
                column
                for table, column, place in sorted(found, key=lambda row: row[2])
                if table == name and place
            ),
        )
        for name in dict.fromkeys(table for table, _, _ in found)
    )
