"""Upgrading an older store: first a copy beside it, then all migrations in one transaction.

Reading commands and dry runs refuse an older store; commands that change the store upgrade it first
(docs/cli.md).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from mailctl.errors import AlreadyExistsError, DiskFailedError, StoreDamagedError
from mailctl.store.engine import drafts
from mailctl.store.engine.signals import uninterrupted
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.sqlite.connection import Connection, keep_in_log
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.store_file import beside, has_log, sync_file, sync_folder
from mailctl.store.engine.sqlite.writer_lock import WriterNote, take_lock
from mailctl.store.engine.upgraded import Upgrade


def copy_of(path: Path) -> Path:
    """Where the store is copied before it is brought to this version."""
    return beside(path, f".before-schema-{migrations.VERSION}")


def copies(path: Path) -> list[Path]:
    """The copies of a store that upgrades have kept beside it."""
    real = beside(path, "")
    kept = re.compile(rf"{re.escape(real.name)}\.before-schema-[0-9]+")
    return sorted(found for found in real.parent.iterdir() if kept.fullmatch(found.name))


def upgrade(path: Path, wait: float, command: str) -> Upgrade:
    """Bring a store to this version; does nothing where another process did so meanwhile.

    The copy is made under the lock, so that no change falls between the two. A failed upgrade
    leaves the store as it was, and no copy. Raises StoreBusyError, DiskFailedError, and
    StoreDamagedError where the store holds rows that no version allows.
    """
    with mapped_errors(path), closing(_connected(path, wait)) as connection:
        take_lock(connection, path, wait)
        with WriterNote(path).named(command):
            version = _version(connection)
            if version >= migrations.VERSION:
                return Upgrade(from_version=version, version=version, copy=None)
            with _copied(path, wait) as publish:
                _migrated(path, connection)
                publish()
                with uninterrupted():
                    connection.execute("COMMIT")
                keep_in_log(connection)
    return Upgrade(from_version=version, version=migrations.VERSION, copy=copy_of(path))


def without_copy(path: Path) -> None:
    """Bring a draft to this version, which is thrown away where that fails."""
    with mapped_errors(path), closing(_connected(path, 0)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) < migrations.VERSION:
            _migrated(path, connection)
        connection.execute("COMMIT")


def tried(path: Path, wait: float) -> Upgrade:
    """What `upgrade` would do, tried on a copy in memory."""
    with mapped_errors(path), closing(_in_memory()) as copy:
        with closing(_source(path, wait)) as source:
            source.backup(copy)
        version = _version(copy)
        if version >= migrations.VERSION:
            return Upgrade(from_version=version, version=version, copy=None)
        copy.execute("BEGIN")
        _migrated(path, copy)
    return Upgrade(from_version=version, version=migrations.VERSION, copy=copy_of(path))


def _migrated(path: Path, connection: Connection) -> None:
    if _version(connection) < 1:
        raise _not_upgradable(path, "no mailctl wrote a schema 0")
    try:
        migrations.migrate(connection)
    except sqlite3.IntegrityError as error:
        raise _not_upgradable(path, str(error)) from error
    except sqlite3.OperationalError as error:
        # A table or an index is missing, or another's is there. Any other failure explains itself.
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        raise _not_upgradable(path, str(error)) from error
    lost = next(migrations.lost_tables(connection), None)
    if lost is not None:
        raise _not_upgradable(path, f"its table {lost} is missing")
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling:
        raise _not_upgradable(path, f"a row of {dangling[0]} names one that is not there")


def _not_upgradable(path: Path, reason: str) -> StoreDamagedError:
    return StoreDamagedError(
        f"the store {path} cannot be upgraded, and is as it was: {reason}",
        hint="run `mailctl store check` of the mailctl that wrote it, or restore a backup: "
        "mailctl store restore BACKUP",
    )


@contextmanager
def _copied(path: Path, wait: float) -> Iterator[Callable[[], None]]:
    """Make a complete, synced copy of the store; the function yielded gives it its name."""
    final = copy_of(path)

    def publish() -> None:
        with _disk_errors_named(final):
            # An earlier upgrade's copy is replaced; nothing else is.
            if final.is_symlink() or (final.exists() and not final.is_file()):
                raise AlreadyExistsError(
                    f"the store would be copied to {final} before its upgrade, and there is "
                    "something else",
                    hint=f"move {final} away",
                )
            draft.replace(final)
            sync_folder(final.parent)

    with ExitStack() as stack:
        with _disk_errors_named(final):
            draft = stack.enter_context(drafts.draft(beside(path, "")))
            with (
                closing(_source(path, wait)) as source,
                closing(sqlite3.connect(draft, isolation_level=None)) as copy,
            ):
                source.backup(copy)
            sync_file(draft)
        yield publish


@contextmanager
def _disk_errors_named(final: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskFailedError(
            f"the store cannot be copied to {final}, so it was not upgraded: {error.strerror}",
            hint="free space, or run as the owner of the store's folder",
        ) from None


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _source(path: Path, wait: float) -> Connection:
    # Read-only connections leave the log where it is, but make one where none was.
    return _connected(path, wait, mode="ro" if has_log(path) else "rw")


def _in_memory() -> Connection:
    return sqlite3.connect(":memory:", isolation_level=None, factory=Connection)


def _connected(path: Path, wait: float, mode: str = "rw") -> Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=wait,
        factory=Connection,
    )
    connection.executescript(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
    )
    return connection
