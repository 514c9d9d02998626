"""Stores compared with each other: every row of every table, but for the moment and the dice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests import on_server
from tests.store.plain import opened

# What tells when a row was recorded, the salt of a digest, and what is computed from them.
OF_THE_MOMENT = frozenset(("recorded_at", "digest", "last_tick_at", "salt", "personal_digest"))
SEALS_OF_THE_MOMENT = ("clock", "journal_personal")
"""The seals of the tables that hold such columns; what a batch says of all seals follows them."""

Dump = dict[str, list[dict[str, Any]]]


def dump(store: Path) -> Dump:
    """Every table's rows in an order that they alone decide."""
    with opened(store) as base:
        found: Dump = {}
        for (table,) in base.execute(
            on_server.TABLES
            if isinstance(store, on_server.Place)
            else "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall():
            cursor = base.execute(f'SELECT * FROM "{table}"')
            names = [part[0] for part in cursor.description]
            found[table] = [
                {
                    name: value
                    for name, value in zip(names, row, strict=True)
                    if name not in OF_THE_MOMENT and (table, name) != ("batch", "state")
                }
                for row in cursor
            ]
    for rows in found.values():
        rows.sort(key=repr)
    found["seal"] = [row for row in found.get("seal", ()) if row["name"] not in SEALS_OF_THE_MOMENT]
    return found


def differing(left: Dump, right: Dump) -> list[str]:
    """The tables in which two stores differ."""
    return [table for table in left.keys() | right.keys() if left.get(table) != right.get(table)]
