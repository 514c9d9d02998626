"""What the planner must know of tables that a transaction fills itself.

The server counts the rows of a table some time after a transaction that filled it, and never those
of a temporary table. Until then it takes them for empty, and joins them row by row. Autovacuum,
which sees no row that is not committed, tells it the same of a table that somebody else has left;
a table that was analysed here is closed to it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import psycopg

FEW = 200
"""So many rows are joined quickly however it is done."""
MANY = 1_000
"""So many new rows of a kept table are not like those before: they are of a day not yet seen."""
_GROWTH = 4
_BY_KEY = frozenset(("journal",))
"""What is only read by its key, whatever it holds."""

_MADE = re.compile(r"\s*CREATE TEMP TABLE (?:IF NOT EXISTS )?(\w+)")
_FILLED = re.compile(r"\bINSERT INTO (\w+)")


class Statistics:
    """Has a table analysed when a statement adds many rows to it, and when it has added fourfold.

    Each statement counts for itself: its rows are of a kind, or of a day, that no other wrote.
    """

    def __init__(self, raw: psycopg.Connection) -> None:
        self._raw = raw
        self._passing: set[str] = set()
        self._added: Counter[str] = Counter()
        self._enough: dict[str, int] = {}

    def look_at(self, sql: str, rows: int) -> None:
        """Take notice of a statement that was run, and of how many rows it added."""
        made, filled = _tables(sql)
        if made:
            self._passing.add(made)
        elif filled and rows > 0:
            self._count(sql, filled, rows)

    def added(self, table: str, rows: int) -> None:
        """Take notice of rows that were added otherwise."""
        self._count(table, table, rows)

    def _count(self, by: str, table: str, rows: int) -> None:
        if table in _BY_KEY:
            return
        self._added[by] += rows
        if self._added[by] >= self._enough.get(by, FEW if table in self._passing else MANY):
            self._raw.execute(f"ANALYZE {table}")
            self._enough[by] = self._added[by] * _GROWTH


@lru_cache(maxsize=2_000)
def _tables(sql: str) -> tuple[str, str]:
    """The temporary table that a statement makes, and the table that it adds rows to; or ''."""
    made, filled = _MADE.match(sql), _FILLED.search(sql)
    return made[1] if made else "", filled[1] if filled else ""
