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

_WRITES = re.compile(
    r"\b(INSERT|REPLACE|DELETE|UPDATE)\s+(?:INTO\s+|FROM\s+)?(?:main\.)?(\w+)|\bDO\s+(UPDATE)\b",
    re.IGNORECASE,
)
_EVENTS = {
    "INSERT": ("INSERT",),
    "UPDATE": ("UPDATE",),
    "DELETE": ("DELETE",),
    "REPLACE": ("INSERT", "DELETE", "UPDATE"),
}


class RecordingConnection(Connection):
    """It records changes of the tables that a statement writes to, by temporary triggers.

    They are made just before the statement: making all of them takes longer than many commands do.
    No table of a store is written to because of another: the guards of the schema only refuse, and
    no reference removes or changes rows. Where a savepoint or a statement is undone, what they
    recorded is undone with it.
    """

    is_sealed = True
    _parts: dict[str, list[tuple[int, Columns]]] | None = None
    _watched: set[tuple[str, str]]
    _seen: set[str]
    _columns: list[tuple[str, str]] | None = None

    def columns(self) -> list[tuple[str, str]]:
        """Every column of every table, as they were when this was first asked."""
        if self._columns is None:
            self._columns = super().columns()
        return self._columns

    def execute(self, sql: str, parameters: _Parameters = (), /) -> sqlite3.Cursor:
        """Run a statement."""
        if self._parts is not None and sql not in self._seen:
            self._look_at(sql)
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[_Parameters], /) -> sqlite3.Cursor:
        """Run a statement for each set of values."""
        if self._parts is not None and sql not in self._seen:
            self._look_at(sql)
        return super().executemany(sql, parameters)

    def record_changes(self, parts: Sequence[Columns]) -> None:
        """Record in the table `touched` what statements add to parts, and what they remove."""
        if self._parts is not None:
            return
        self.execute(
            "CREATE TEMP TABLE touched (part INTEGER NOT NULL, sign INTEGER NOT NULL, content BLOB)"
        )
        self._seen, self._watched, self._parts = set(), set(), {}
        for number, part in enumerate(parts):
            self._parts.setdefault(part.table, []).append((number, part))

    def _look_at(self, sql: str) -> None:
        """Watch what a statement is about to do to tables."""
        assert self._parts is not None
        self._seen.add(sql)
        if sql.lstrip().startswith("SELECT"):
            return
        table = ""
        for verb, named, upsert in _WRITES.findall(sql):
            table = named or table
            for event in _EVENTS[(verb or upsert).upper()]:
                if table in self._parts and (table, event) not in self._watched:
                    self._watched.add((table, event))
                    for number, part in self._parts[table]:
                        super().execute(self._trigger(number, part, event))

    def _trigger(self, number: int, part: Columns, event: str) -> str:
        old, new = ([f"{row}.{name}" for name in part.columns] for row in ("OLD", "NEW"))
        gone = f"SELECT {number}, -1, {self.json_array(old)} WHERE {part.counted('OLD.')}"
        come = f"SELECT {number}, 1, {self.json_array(new)} WHERE {part.counted('NEW.')}"
        when, rows = "", {"INSERT": come, "DELETE": gone}.get(event, f"{gone} UNION ALL {come}")
        if event == "UPDATE":
            event = f"UPDATE OF {', '.join(part.columns)}"
            when = f"WHEN ({', '.join(old)}) IS NOT ({', '.join(new)})"
        return f"""
            CREATE TEMP TRIGGER touched_{number}_{event[0]} AFTER {event} ON main.{part.table}
            {when} BEGIN INSERT INTO touched (part, sign, content) {rows}; END
        """
