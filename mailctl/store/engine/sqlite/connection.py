"""A connection to a file of SQLite, and what SQLite alone says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailctl.store.engine import connection

WRITERS_CACHE_KIB = 65_536
IMPORTS_CACHE_KIB = 4_000
READERS_CACHE_KIB = 2_000
"""A tick comes back to its pages; an import adds many; a list reads each once, however long."""
GLIMPSE_SECONDS = 0.2
LITESTREAMS = ("_litestream_lock", "_litestream_seq")
"""Tables that Litestream makes in every file that it replicates: no part of the store."""

# A date is kept as its text, and given to statements as it is.
sqlite3.register_adapter(date, date.isoformat)

_COLUMNS = f"""
    SELECT m.name, i.name
    FROM sqlite_master m
    JOIN pragma_table_info(m.name) i
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT IN {LITESTREAMS}
    ORDER BY m.name, i.cid
"""

# By their names: a trigger that somebody else made stays, and does what it was made for.
_GUARDS = """
    SELECT name, sql
    FROM main.sqlite_master
    WHERE type = 'trigger' AND name IN (:table || '_kept_r', :table || '_late')
"""


class Connection(sqlite3.Connection):
    """A connection to a store's file, or to a copy of it in memory."""

    is_sealed = False
    overwrites = True
    rows_of_a_part = 5_000

    stream = sqlite3.Connection.execute

    def add_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /
    ) -> None:
        """Add many rows, each as values in the order of the columns, to a table in their order."""
        values = ", ".join("?" * len(columns))
        self.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)

    def columns(self) -> list[tuple[str, str]]:
        """Every column of every table of the store: table and name, in their order."""
        return self.execute(_COLUMNS).fetchall()

    def json_array(self, columns: Iterable[str]) -> str:
        """SQL for a row as the bytes of one JSON array."""
        return f"CAST(json_array({', '.join(columns)}) AS BLOB)"

    def record_changes(self, parts: Sequence[connection.Columns]) -> None:
        """What is not sealed is not recorded."""

    def keep_little(self) -> None:
        """Keep few pages in memory from now on; the others wait in the log until the commit."""
        self.execute(f"PRAGMA cache_size = -{IMPORTS_CACHE_KIB}")

    @contextmanager
    def unguarded(self, *tables: str) -> Iterator[None]:
        """Lift the guards of new rows within the transaction: nobody sees the store without them.

        They are put back as they were; an error undoes the transaction, and so their removal.
        """
        guards = [
            (name, sql)
            for table in tables
            for name, sql in self.execute(_GUARDS, {"table": table}).fetchall()
        ]
        for name, _ in guards:
            self.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in guards:
            self.execute(sql)

    def faults(self) -> Iterator[str]:
        """What SQLite finds wrong: in its pages, its indexes, and by the tables' conditions.

        SQLite leaves the conditions out where a file is opened with mode=ro (seen in 3.40), so this
        looks through a connection that could write and is told not to.
        """
        (path,) = self.execute("SELECT file FROM pragma_database_list WHERE seq = 0").fetchone()
        uri = f"{Path(path).as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True)) as looking:
            looking.execute("PRAGMA query_only = ON")
            for (message,) in looking.execute("PRAGMA integrity_check").fetchall():
                if message != "ok":
                    yield in_one_line(str(message))

    def unlooked_at(self) -> None:
        """Nothing: SQLite compares every index with its table."""

    def lost_references(self) -> Iterator[str]:
        """Every row that names one that is not there."""
        for table, row, parent, _ in self.execute("PRAGMA foreign_key_check").fetchall():
            where = "" if row is None else f" row {row}"
            yield f"{table}{where} names a {parent} that is not there"

    def differences(self) -> Iterator[str]:
        """Every table, index and guard that is not as in a new store."""
        from mailctl.store.engine.sqlite import migrations

        return migrations.differences(self)

    def version(self) -> str:
        """The database that keeps the store."""
        return f"SQLite {sqlite3.sqlite_version}"

    def size(self) -> int:
        """How many bytes the file has; the log beside it is not counted."""
        (path,) = self.execute("SELECT file FROM pragma_database_list WHERE seq = 0").fetchone()
        return Path(path).stat().st_size

    def fill(self, memory: sqlite3.Connection) -> None:
        """Copy the store, as this connection sees it, into an empty database."""
        self.backup(memory)


def in_one_line(message: str) -> str:
    """What SQLite finds wrong with pages, without the line that names its database."""
    lines = [line for line in message.splitlines() if not line.startswith("***")]
    return "; ".join(lines) or message


def configure(connection: sqlite3.Connection, *, cache_kib: int = WRITERS_CACHE_KIB) -> None:
    """Set what every connection needs; the measurements are in CONTRIBUTING.md."""
    connection.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
        f"PRAGMA cache_size = -{cache_kib}; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
        "PRAGMA recursive_triggers = ON; PRAGMA wal_autocheckpoint = 20000;"
    )
    # SQLite's own lower() knows ASCII only; other databases know all letters, one by one.
    connection.create_function("lower", 1, _lower, deterministic=True)


def keep_in_log(connection: sqlite3.Connection) -> None:
    """Let a store be in WAL mode again, if another program took it out or copied it without.

    Only there nothing that was acknowledged is lost by a power cut. It is done after a commit, so
    it fails without a word where somebody reads: the next commit does it.
    """
    with suppress(sqlite3.OperationalError):
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = WAL")


def _lower(text: object) -> str | None:
    if text is None:
        return None
    letters = str(text)
    return letters.lower() if letters.isascii() else "".join(one.lower()[0] for one in letters)


@contextmanager
def glimpsed(path: Path) -> Iterator[Connection]:
    """A connection for one quick look, without any check; RuntimeError where that fails."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(
            sqlite3.connect(uri, uri=True, timeout=GLIMPSE_SECONDS, factory=Connection)
        ) as connection:
            yield connection
    except sqlite3.Error as error:
        raise RuntimeError(str(error)) from error


def engine_version() -> str:
    """The version of the database that this process runs."""
    return sqlite3.sqlite_version
