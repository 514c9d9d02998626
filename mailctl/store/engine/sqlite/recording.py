"""A connection that records what is written through it, for the seals."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mailctl.store.engine.sqlite.connection import Connection

if TYPE_CHECKING:
    from sqlite3 import _Parameters

    from mailctl.store.engine.connection import Columns

_WRITTEN = re.compile(r'\b(?:INTO|UPDATE|DELETE\s+FROM)\s+(?:main\.)?"?(\w+)', re.IGNORECASE)


class RecordingConnection(Connection):
    """It records changes of the tables that a statement writes to, by temporary triggers.

    They are made just before the statement: making all of them takes longer than many commands do.
    Where a savepoint or a statement is undone, what they recorded is undone with it.
    """

    is_sealed = True
    _unwatched: dict[str, list[tuple[int, Columns]]] | None = None
    _seen: set[str]

    def execute(self, sql: str, parameters: _Parameters = (), /) -> sqlite3.Cursor:
        """Run a statement."""
        if self._unwatched:
            self._look_at(sql)
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[_Parameters], /) -> sqlite3.Cursor:
        """Run a statement for each set of values."""
        if self._unwatched:
            self._look_at(sql)
        return super().executemany(sql, parameters)

    def record_changes(self, parts: Sequence[Columns]) -> None:
        """Record in the table `touched` what statements add to parts, and what they remove."""
        unwatched: dict[str, list[tuple[int, Columns]]] = {}
        for number, part in enumerate(parts):
            unwatched.setdefault(part.table, []).append((number, part))
        self.execute(
            "CREATE TEMP TABLE touched (part INTEGER NOT NULL, sign INTEGER NOT NULL, content BLOB)"
        )
        self._seen = set()
        self._unwatched = unwatched

    def _look_at(self, sql: str) -> None:
        """Watch the tables that a statement is about to write to."""
        assert self._unwatched is not None
        if sql in self._seen:
            return
        self._seen.add(sql)
        if sql.lstrip().startswith(("SELECT", "CREATE")):
            return
        for table in self._unwatched.keys() & set(_WRITTEN.findall(sql)):
            for number, part in self._unwatched.pop(table):
                for statement in self._triggers(number, part):
                    super().execute(statement)

    def _triggers(self, number: int, part: Columns) -> tuple[str, str, str]:
        columns = ", ".join(part.columns)
        old, new = ([f"{row}.{name}" for name in part.columns] for row in ("OLD", "NEW"))
        into = "INSERT INTO touched (part, sign, content)"
        gone = f"SELECT {number}, -1, {self.json_array(old)} WHERE {part.counted('OLD.')}"
        come = f"SELECT {number}, 1, {self.json_array(new)} WHERE {part.counted('NEW.')}"
        differs = f"({', '.join(old)}) IS NOT ({', '.join(new)})"
        return (
            f"""
            CREATE TEMP TRIGGER touched_{number}_i AFTER INSERT ON main.{part.table}
            BEGIN {into} {come}; END
            """,
            f"""
            CREATE TEMP TRIGGER touched_{number}_d AFTER DELETE ON main.{part.table}
            BEGIN {into} {gone}; END
            """,
            f"""
            CREATE TEMP TRIGGER touched_{number}_u AFTER UPDATE OF {columns} ON main.{part.table}
            WHEN {differs}
            BEGIN {into} {gone} UNION ALL {come}; END
            """,
        )
