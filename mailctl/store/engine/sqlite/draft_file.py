"""A file that is being made as a copy of a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from mailctl.errors import StoreDamagedError
from mailctl.store.engine import moved
from mailctl.store.engine.sqlite import creation, migrations
from mailctl.store.engine.sqlite.connection import Connection, configure
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.file_store import APPLICATION_ID
from mailctl.store.engine.sqlite.recording import RecordingConnection
from mailctl.store.engine.sqlite.store_file import sync_file
from mailctl.store.engine.sqlite.tables import Table
from mailctl.store.engine.transaction import Transaction

# Nothing is kept of a draft that is not complete: until then it needs neither a log nor syncs.
_HASTY = """
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
    PRAGMA cache_size = -32768;
"""
_IDENTITY = f"""
    PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {migrations.VERSION};
    PRAGMA journal_mode = WAL;
"""


class DraftFile:
    """A store beside its place, in one transaction that begins with its tables."""

    def __init__(self, path: Path, draft: Path, connection: Connection) -> None:
        self.connection = connection
        self._path = path
        self._draft = draft
        texts = migrations.statements(migrations.schema())
        self._later = [text for text in texts if not text.startswith("CREATE TABLE")]
        connection.executescript(_HASTY)
        connection.execute("BEGIN")
        for text in texts:
            if text not in self._later:
                connection.execute(text)

    def put(self, table: Table, batches: Iterable[Sequence[Sequence[object]]]) -> None:
        """Add rows to a table."""
        insert = f"""
            INSERT INTO {table.name} ({", ".join(table.columns)})
            VALUES ({", ".join("?" for _ in table.columns)})
        """
        try:
            for rows in batches:
                self.connection.executemany(insert, rows)
        except sqlite3.IntegrityError as error:
            raise _not_fitting(f"a row of its {table.name} does not fit: {error}") from error

    def complete(self) -> None:
        """Make the indexes and guards, and see that every reference leads to a row."""
        try:
            for text in self._later:
                self.connection.execute(text)
        except sqlite3.IntegrityError as error:
            raise _not_fitting(f"two of its rows do not fit: {error}") from error
        for lost in self.connection.lost_references():
            raise _not_fitting(lost)

    def publish(self, place: str) -> None:
        """Mark it as a copy, let the disk have it, and give it its name."""
        self.connection.execute("COMMIT")
        self.connection.executescript(_IDENTITY)
        configure(self.connection)
        self.connection.execute("BEGIN IMMEDIATE")
        transaction = Transaction(self._draft, self.connection, command="store copy", dry_run=False)
        moved.mark(transaction, place, is_copy=True)
        transaction.finish()
        self.connection.execute("COMMIT")
        creation.check_whole(self.connection, self._draft)
        self.connection.close()
        sync_file(self._draft)
        creation.publish(self._draft, self._path)


def _not_fitting(why: str) -> StoreDamagedError:
    return StoreDamagedError(f"the store cannot be copied: {why}", hint="mailctl store check")


@contextmanager
def draft_file(path: Path) -> Iterator[DraftFile]:
    """A draft of a store at a path; AlreadyExistsError where something is there."""
    with (
        creation.drafted(path) as draft,
        mapped_errors(path),
        closing(
            sqlite3.connect(draft, isolation_level=None, factory=RecordingConnection)
        ) as connection,
    ):
        yield DraftFile(path, draft, connection)
