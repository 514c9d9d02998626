"""Stores as the mailctl of each released schema kept them, with rows in every table.

`rows-N.sql` was written by the mailctl of that time, at the end of a long life: names in other
scripts, an erased customer, returned money, sent and refused letters, kept prices.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from mailctl.store.engine.sqlite.migrations import statements

HERE = Path(__file__).parent
VERSIONS = sorted(int(path.stem.removeprefix("rows-")) for path in HERE.glob("rows-*.sql"))


def schema(version: int) -> str:
    """The tables, indexes and guards of a released schema."""
    return (HERE / f"schema-{version}.sql").read_text("utf-8")


def kept(path: Path, version: int) -> None:
    """Make the store of a version at a path, as it lay there: in WAL mode, and settled."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("BEGIN")
        parts = statements(schema(version))
        tables = [part for part in parts if part.startswith("CREATE TABLE")]
        for part in [*tables, *statements((HERE / f"rows-{version}.sql").read_text("utf-8"))]:
            base.execute(part)
        for part in parts:
            if part not in tables:
                base.execute(part)
        base.execute("COMMIT")
    path.chmod(0o600)
