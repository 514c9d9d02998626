"""The file of a backup: filled from a snapshot, then read again from the disk and compared.

It has no log beside it: so it may be copied like any file, and lie in a folder that nobody writes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl.errors import DiskFailedError, MailctlError, StoreDamagedError
from mailctl.store.engine import digests, moved
from mailctl.store.engine.location import place_of
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.sqlite.connection import READERS_CACHE_KIB, Connection, configure
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.file_store import APPLICATION_ID
from mailctl.store.engine.sqlite.recording import RecordingConnection
from mailctl.store.engine.sqlite.store_file import sync_file
from mailctl.store.engine.sqlite.tables import tables
from mailctl.store.engine.transaction import Transaction

if TYPE_CHECKING:
    from mailctl.store.engine.backups import Told
    from mailctl.store.engine.digests import Row
    from mailctl.store.engine.sqlite.tables import Table

# Nothing is kept of a draft that is not complete: until then it needs no syncs.
_HASTY = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
_IDENTITY = f"""
    PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {migrations.VERSION};
    PRAGMA journal_mode = DELETE;
"""


def fill(source: Reader, draft: Path, made_at: str) -> None:
    """Copy what a reader sees into an empty file, marked as a copy; the disk has it then."""
    with (
        _errors_named(source, draft.parent),
        closing(
            sqlite3.connect(draft, isolation_level=None, factory=RecordingConnection)
        ) as connection,
    ):
        connection.executescript(_HASTY)
        source.connection.fill(connection)
        if source.erasing_since_on is not None:
            # What was erased is still in the store's pages, and so in these.
            connection.execute("VACUUM")
        connection.executescript(_IDENTITY)
        configure(connection)
        connection.execute("BEGIN IMMEDIATE")
        transaction = Transaction(draft, connection, command="store backup", dry_run=False)
        moved.mark(transaction, place_of(source.location), is_copy=True, moved_at=made_at)
        transaction.finish()
        connection.execute("COMMIT")
    sync_file(draft)
    _forget(draft)


def _forget(draft: Path) -> None:
    """Let the file be read from the disk next, not from memory, where the system can do that."""
    number = os.open(draft, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(number)


@contextmanager
def _errors_named(source: Reader, place: object) -> Iterator[None]:
    """What fails is the disk at a place; what is damaged is the store, whose pages are there."""
    from mailctl.store.engine import backups

    try:
        with mapped_errors(place):
            yield
    except StoreDamagedError as error:
        if isinstance(error.__cause__, sqlite3.Error):
            raise backups.damaged(source.location, str(error.__cause__)) from None
        raise


@contextmanager
def opened(source: Reader, draft: Path) -> Iterator[Connection]:
    """A connection that reads a draft of a backup of that store."""
    uri = f"{draft.as_uri()}?mode=ro"
    with (
        _errors_named(source, draft.parent),
        closing(sqlite3.connect(uri, uri=True, isolation_level=None, factory=Connection)) as copy,
    ):
        configure(copy, cache_kib=READERS_CACHE_KIB)
        yield copy


def compare(source: Reader, copy: Connection, told: Told) -> int:
    """See that each row of a store is in its copy, and no others; how many there are.

    Raises DiskFailedError where they differ, StoreDamagedError where the store cannot be read.
    """
    compared = [table for table in tables() if table.name != moved.TABLE]
    total = sum(digests.count_of(copy, table) for table in compared)
    seen = 0
    for table in compared:
        for mine, its in zip_longest(_of_source(source, table), _of_copy(copy, table)):
            if mine != its:
                raise _not_as_written(table)
            seen += len(mine)
            told("compared", seen, total)
    return seen


def _of_source(source: Reader, table: Table) -> Iterator[list[Row]]:
    with _errors_named(source, source.location):
        yield from digests.rows_of(source.connection, table)


def _of_copy(copy: Connection, table: Table) -> Iterator[list[Row]]:
    try:
        yield from digests.rows_of(copy, table)
    except sqlite3.DatabaseError as error:
        raise _not_as_written(table) from error


def _not_as_written(table: Table) -> DiskFailedError:
    return DiskFailedError(
        f"the table {table.name} of the backup is not as it was written; it was not kept",
        hint="check the disk, or take another",
    )


def identity(path: Path) -> tuple[str, str] | None:
    """Whose backup a file is, and when it was made; None where it is none."""
    from mailctl.store.engine import backups

    # As it is: nothing beside it has any say.
    uri = f"{path.as_uri()}?immutable=1"
    try:
        with closing(
            sqlite3.connect(uri, uri=True, isolation_level=None, factory=Connection)
        ) as connection:
            (number,) = connection.execute("PRAGMA application_id").fetchone()
            if number != APPLICATION_ID:
                return None
            reader = Reader(path, connection)
            found = reader.moved
            if found is None or not found.is_copy:
                return None
            return backups.mark_of(reader), found.moved_at
    except (sqlite3.Error, MailctlError, ValueError, TypeError):
        return None
