"""Making a new store: complete, or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from mailctl.errors import AlreadyExistsError, DiskFailedError
from mailctl.store.engine import drafts, seals
from mailctl.store.engine.reader import StoreInfo
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.sqlite.connection import configure
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.exposure import check_folders
from mailctl.store.engine.sqlite.file_store import APPLICATION_ID
from mailctl.store.engine.sqlite.recording import RecordingConnection
from mailctl.store.engine.transaction import Transaction
from mailctl.values import fields


@contextmanager
def created(path: Path, info: StoreInfo, today: date) -> Iterator[Transaction]:
    """A new store, open for its first change; it appears at its path when that succeeds.

    Raises AlreadyExistsError where something is at the path, DiskFailedError where no store can be
    made, StoreExposedError where others may write its folder or one above.
    """
    with drafted(path) as draft:
        with mapped_errors(path):
            yield from _filled(draft, info, today)
        publish(draft, path)


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """An empty file beside a path where nothing is, under a name that nobody opens."""
    # What a killed process left may be a second name of the very store at the path.
    drafts.clear(path)
    check_free(path)
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Another process may have made it first.
            check_folders(path, os.geteuid())
            draft = stack.enter_context(drafts.draft(path))
        except OSError as error:
            raise DiskFailedError(
                f"no store can be made at {path}: {error.strerror}",
                hint="mailctl --store PATH init",
            ) from None
        yield draft


def check_free(path: Path) -> None:
    """Raise AlreadyExistsError where something is at the path, DiskFailedError where none can be.

    And StoreExposedError where others may write the folder, or one above.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        check_folders(path, os.geteuid())
        return
    except (OSError, ValueError) as error:
        raise DiskFailedError(
            f"no store can be made at {path}: {getattr(error, 'strerror', None) or error}",
            hint="mailctl --store PATH init",
        ) from None
    raise AlreadyExistsError(
        f"there is something at {path} already", hint="mailctl status, or give --store PATH"
    )


def _filled(draft: Path, info: StoreInfo, today: date) -> Iterator[Transaction]:
    connection = sqlite3.connect(draft, isolation_level=None, factory=RecordingConnection)
    try:
        configure(connection)
        migrations.build(connection, APPLICATION_ID)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            """
            INSERT INTO store (id, created_at, clock, timezone, seller_country, currency)
            VALUES (1, :created_at, :clock, :timezone, :seller_country, :currency)
            """,
            fields(info),
        )
        connection.execute(
            "INSERT INTO clock (id, reached_on) VALUES (1, :day)", {"day": today.isoformat()}
        )
        seals.begin(connection)
        transaction = Transaction(draft, connection, command="init", dry_run=False)
        yield transaction
        transaction.finish()
        connection.execute("COMMIT")
        check_whole(connection, draft)
    finally:
        connection.close()


def check_whole(connection: sqlite3.Connection, draft: Path) -> None:
    """Raise DiskFailedError unless the store is complete: a full disk may show only now."""
    busy, written, moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy or written != moved:
        raise DiskFailedError(f"the new store at {draft} could not be written", hint="free space")


def publish(draft: Path, path: Path) -> None:
    """Give a draft that is complete its name; AlreadyExistsError where one has it meanwhile."""
    try:
        drafts.give_name(draft, path)
    except FileExistsError:
        raise AlreadyExistsError(
            f"there is something at {path} already", hint="mailctl status"
        ) from None
    except OSError as error:
        raise DiskFailedError(
            f"no store can be made at {path}: {error.strerror}", hint="mailctl --store PATH init"
        ) from None
    try:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise DiskFailedError(
            f"the folder of {path} cannot be written: {error.strerror}", hint="check the disk"
        ) from None
