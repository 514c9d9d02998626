"""What the engine asks of a store's database: `sqlite/` and `postgresql/` each have a class for it.

Statements are written once: what both databases run is given to `execute`, and each connection
takes it as its own database wants it. What they cannot say alike is a named function here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import sqlite3
    from contextlib import AbstractContextManager

    SqliteConnection = sqlite3.Connection

EMPTY: Mapping[str, object] = {}


class Cursor(Protocol):
    """The rows of a statement: whole numbers, texts and None."""

    @property
    def description(self) -> Any:
        """A sequence for each column, which begins with its name."""

    @property
    def rowcount(self) -> int:
        """How many rows a change concerned."""

    def fetchone(self) -> Any:
        """The next row; None where there is none."""

    def fetchmany(self, size: int = ...) -> list[Any]:
        """The next rows; none at the end."""

    def fetchall(self) -> list[Any]:
        """All other rows."""

    def __iter__(self) -> Iterator[Any]: ...


class Columns(Protocol):
    """Columns of a table whose changes are recorded, and SQL for the rows that count."""

    @property
    def name(self) -> str:
        """What they are called together."""

    @property
    def table(self) -> str:
        """The table's name."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names."""

    def counted(self, row: str, /) -> str:
        """SQL for whether a row counts, given what stands before a column's name."""


class Connection(Protocol):
    """A connection to the database of a store."""

    @property
    def is_sealed(self) -> bool:
        """Whether what is written is added to the seals; a copy in memory needs none."""

    @property
    def overwrites(self) -> bool:
        """Whether mailctl overwrites what was erased; a server does so by itself, in time."""

    @property
    def rows_of_a_part(self) -> int:
        """How many rows of a large set one statement changes at most."""

    def execute(self, sql: str, parameters: Mapping[str, object] = ..., /) -> Cursor:
        """Run one statement with named parameters."""

    def executemany(self, sql: str, parameters: Iterable[Mapping[str, object]], /) -> object:
        """Run one statement once for each set of named values."""

    def add_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /
    ) -> None:
        """Add many rows, each as values in the order of the columns, to a table in their order."""

    def stream(self, sql: str, parameters: Mapping[str, object] = ..., /) -> Cursor:
        """Run a query whose rows are many: only a batch of them is in memory."""

    def columns(self) -> Iterable[tuple[str, str]]:
        """Every column of every table of the store: table and name, in their order."""

    def json_array(self, columns: Iterable[str]) -> str:
        """SQL for a row as the bytes of one JSON array."""

    def record_changes(self, parts: Sequence[Columns]) -> None:
        """Record in the table `touched` what statements add to parts, and what they remove."""

    def keep_little(self) -> None:
        """Keep few pages in memory from now on: what writes much and reads little needs no more."""

    def unguarded(self, *tables: str) -> AbstractContextManager[None]:
        """A block that adds rows to tables without a guard (a trigger) looking at each.

        For statements over large sets, whose caller has compared the whole set with what the guards
        ask: a guard that is asked a million times is a tenth of a tick.
        """

    def faults(self) -> Iterator[str]:
        """What the database itself finds wrong with the store's rows."""

    def unlooked_at(self) -> str | None:
        """What `faults` cannot look at, as a sentence; None where it looks at everything."""

    def lost_references(self) -> Iterator[str]:
        """Every row that names one that is not there."""

    def differences(self) -> Iterator[str]:
        """Every table, index and guard that is not as in a new store."""

    def version(self) -> str:
        """The database that keeps the store: `SQLite 3.40.1`, `PostgreSQL 15.18`."""

    def size(self) -> int:
        """How many bytes the store takes."""

    def fill(self, memory: SqliteConnection) -> None:
        """Copy the store, as this connection sees it, into an empty database of SQLite."""
