"""Putting a new file in the place of a store's: while nobody has that open, and at one stroke.

The old file is kept beside, under a name of its own, with a log that could not be merged into it. A
log beside a new file would be taken for the new file's: it is taken away before.

A process that waits for the lock of the old file gets it once that is out of the way, and then
finds another file at the path (`FileStore`). Whoever opens the old one by its new name finds the
mark that it is elsewhere; until the stroke the mark names the very place where it is, and means
nothing. So a kill at any point leaves the one store or the other.
"""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path

from mailctl import clock
from mailctl.errors import DiskFailedError, MailctlError, PlanChangedError, StoreBusyError
from mailctl.store.engine import moved
from mailctl.store.engine.signals import uninterrupted
from mailctl.store.engine.sqlite import creation
from mailctl.store.engine.sqlite.connection import Connection, configure
from mailctl.store.engine.sqlite.recording import RecordingConnection
from mailctl.store.engine.sqlite.store_file import beside, has_log, sync_folder
from mailctl.store.engine.sqlite.writer_lock import PATIENCE_SECONDS, opened_by
from mailctl.store.engine.symptoms import SYMPTOMS
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

LOGS = ("-wal", "-journal")
# The bytes of a file that SQLite locks: who waits to write, who writes, and all who read.
_LOCKS_BEGIN, _LOCKS = 0x40000000, 512
# Every write after it gives a file a later time than this.
_BEFORE_NS = 10_000_000_000


class Left(Value):
    """A file as it was when its last user left it."""

    place: tuple[int, int]
    size: int
    changed_ns: int
    shown_ns: int


@contextmanager
def alone(path: Path, wait: float) -> Iterator[Connection | None]:
    """A connection to the store that nobody else has open; None where SQLite cannot open it.

    Within it this process opens the file in no other way. Raises StoreBusyError, which says who has
    it, after `wait` seconds.
    """
    deadline = time.monotonic() + wait
    while True:
        with closing(
            sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw",
                uri=True,
                isolation_level=None,
                timeout=0,
                factory=RecordingConnection,
            )
        ) as connection:
            try:
                # Set before the first read it also keeps out who would only read.
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                configure(connection)
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                if not _is_busy(error):
                    break
            else:
                yield connection
                return
        _wait(path, deadline)
    yield None


def _is_busy(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _wait(path: Path, deadline: float) -> None:
    if time.monotonic() > deadline:
        raise StoreBusyError(
            f"the store {path} is in use{opened_by(path)}",
            hint="stop what runs by itself (cron, the timers, litestream), then again",
        )
    time.sleep(PATIENCE_SECONDS)


def settle(path: Path) -> None:
    """Undo what a killed replacement had begun: a second name of the store, a log taken away."""
    real = beside(path, "")
    try:
        there = real.stat()
    except (OSError, ValueError):
        return
    for name in kept_beside(path):
        with suppress(OSError):
            if not os.path.samestat(name.lstat(), there):
                continue
            for end in LOGS:
                log = name.with_name(f"{name.name}{end}")
                if log.exists() and not beside(path, end).exists():
                    log.rename(beside(path, end))
                log.unlink(missing_ok=True)
            name.unlink()


def kept_beside(path: Path) -> list[Path]:
    """The stores that were replaced at a place, and are kept beside it."""
    real = beside(path, "")
    kept = re.compile(rf"{re.escape(real.name + moved.REPLACED)}[0-9TZ]+(-[0-9]+)?")
    try:
        names = os.listdir(real.parent)  # noqa: PTH208 - names alone are wanted
    except OSError:
        return []
    return [real.with_name(name) for name in sorted(names) if kept.fullmatch(name)]


def take_leave(path: Path, connection: Connection | None) -> Left | None:
    """Mark the old store, merge its log into it, and close it; None where that cannot be done.

    What is told of it then proves that nobody has written to it since.
    """
    if connection is None:
        return None
    real = beside(path, "")
    with closing(connection), suppress(sqlite3.Error):
        _mark(connection, real)
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            return None
        found = real.stat()
        changed_ns = found.st_mtime_ns - _BEFORE_NS
        os.utime(real, ns=(found.st_atime_ns, changed_ns))
        return Left(
            place=(found.st_dev, found.st_ino),
            size=found.st_size,
            changed_ns=changed_ns,
            shown_ns=found.st_mtime_ns,
        )
    return None


def _mark(connection: Connection, real: Path) -> None:
    """Let the old store say that the store is at this place: it will be at another itself.

    One that is too damaged for that is changed by nobody anyway.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        transaction = Transaction(real, connection, command="store restore", dry_run=False)
        moved.mark(transaction, str(real), is_copy=False)
        transaction.finish()
        connection.execute("COMMIT")
    except (sqlite3.Error, MailctlError, *SYMPTOMS):
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


@contextmanager
def _locked(real: Path, wait: float) -> Iterator[None]:
    """Keep everybody out of a file, whether SQLite could open it or not.

    Within it this process neither opens nor closes that file: the lock would be lost.
    """
    deadline = time.monotonic() + wait
    number = os.open(real, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        while True:
            try:
                fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCKS, _LOCKS_BEGIN)
                break
            except (BlockingIOError, PermissionError):
                _wait(real, deadline)
        yield
    finally:
        os.close(number)


def replace(path: Path, draft: Path, left: Left | None, wait: float) -> Path | None:
    """Give a complete draft the place of the store; where that is kept, None if nothing was there.

    PlanChangedError where somebody has written to the store since `left` was told. Raises
    StoreBusyError, DiskFailedError, and AlreadyExistsError where a store appeared.
    """
    real = beside(path, "")
    try:
        if not real.exists():
            kept = _kept_name(real)
            is_kept = _link_logs(real, kept)
            _take_logs_away(real)
            creation.publish(draft, real)
            return kept if is_kept else None
        with _locked(real, wait), uninterrupted():
            if left is not None and not _is_as_left(real, left):
                raise PlanChangedError(
                    f"the store {path} was written to meanwhile; nothing was done",
                    hint="stop what runs by itself (cron, the timers), then again",
                )
            kept = _kept_name(real)
            _link_logs(real, kept)
            os.link(real, kept)
            sync_folder(real.parent)
            _take_logs_away(real)
            draft.rename(real)
        sync_folder(real.parent)
    except OSError as error:
        raise DiskFailedError(
            f"the store {path} could not be replaced: {error.strerror}",
            hint="check the disk and the folder, then run the same command again",
        ) from None
    if left is not None:
        with suppress(OSError):
            os.utime(kept, ns=(left.shown_ns, left.shown_ns))
    return kept


def _is_as_left(real: Path, left: Left) -> bool:
    found = real.stat()
    return (
        not has_log(real)
        and left.place == (found.st_dev, found.st_ino)
        and ((found.st_size, found.st_mtime_ns) == (left.size, left.changed_ns))
    )


def _kept_name(real: Path) -> Path:
    """A name beside the store that nothing has."""
    stamp = re.sub(r"[-:]", "", clock.stamp())
    name = f"{real.name}{moved.REPLACED}{stamp}"
    tries = (real.with_name(f"{name}{f'-{n}' * (n > 1)}") for n in count(1))
    return next(
        path for path in tries if not any(os.path.lexists(f"{path}{end}") for end in ("", *LOGS))
    )


def _link_logs(real: Path, kept: Path) -> bool:
    """Give the logs that could not be merged a second name; whether there are any."""
    is_any = False
    for end in LOGS:
        log = beside(real, end)
        if log.exists() and log.stat().st_size:
            os.link(log, kept.with_name(f"{kept.name}{end}"))
            is_any = True
    if is_any:
        sync_folder(real.parent)
    return is_any


def _take_logs_away(real: Path) -> None:
    # Without its log an index of one would say that changes were lost.
    for end in ("-shm", *LOGS):
        beside(real, end).unlink(missing_ok=True)
    sync_folder(real.parent)
