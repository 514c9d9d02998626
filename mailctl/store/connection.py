"""Opening a store: to read a snapshot of it, or to change it in one transaction.

Every change is taken with BEGIN IMMEDIATE and carries its journal rows inside; a dry run is the
same transaction, rolled back.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from mailctl import clock
from mailctl.clock import ClockKind
from mailctl.domain.settings import setting_named
from mailctl.errors import (
    DiskFailedError,
    GapTooLongError,
    StoreDamagedError,
    StoreExposedError,
    StoreForeignError,
    StoreMissingError,
    StoreNewerError,
)
from mailctl.store import journal, migrations
from mailctl.store.holder import Holder
from mailctl.store.signals import hear_what_was_deferred, uninterrupted
from mailctl.store.sql import mapped_errors

APPLICATION_ID = 0x4D43544C
SQLITE_HEADER = b"SQLite format 3\x00"
OTHERS = 0o077
WRITERS_CACHE_KIB = 65_536
READERS_CACHE_KIB = 2_000
"""A tick comes back to its pages; a list passes each once, however long it is."""
PATIENCE_SECONDS = 0.05
"""How long one try for the lock may last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreInfo:
    """What `init` fixed for good."""

    created_at: str
    clock: ClockKind
    timezone: str
    seller_country: str
    currency: str


class Reader:
    """A store that is open for reading: one snapshot, one today."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.warnings: list[str] = []
        found = self.row(
            "SELECT created_at, clock, timezone, seller_country, currency, reached_on "
            "FROM store CROSS JOIN clock"
        )
        if found is None:
            raise StoreDamagedError(f"the store {path} has lost its clock", hint="restore a backup")
        self.info = StoreInfo(
            created_at=str(found[0]),
            clock=ClockKind(str(found[1])),
            timezone=str(found[2]),
            seller_country=str(found[3]),
            currency=str(found[4]),
        )
        self.reached_on = date.fromisoformat(str(found[5]))
        self.today = clock.today(
            self.info.clock, reached=self.reached_on, timezone=self.info.timezone
        )
        self._warn_of_an_early_clock()

    def _warn_of_an_early_clock(self) -> None:
        if self.info.clock is ClockKind.MANUAL:
            return
        real = clock.real_today(self.info.timezone)
        if real < self.reached_on:
            self.warnings.append(
                f"the system's clock says {real}, but this store was written on {self.reached_on}; "
                f"today stays {self.reached_on} until the clock has caught up"
            )

    def execute(
        self, sql: str, parameters: Mapping[str, object] | tuple[object, ...] = ()
    ) -> sqlite3.Cursor:
        """Run one statement."""
        return self.connection.execute(sql, parameters)

    def row(
        self, sql: str, parameters: Mapping[str, object] | tuple[object, ...] = ()
    ) -> tuple[object, ...] | None:
        """The first row of a query, or None."""
        found: tuple[object, ...] | None = self.connection.execute(sql, parameters).fetchone()
        return found

    def number(self, sql: str, parameters: Mapping[str, object] | tuple[object, ...] = ()) -> int:
        """The one integer that a query gives; 0 where it gives none."""
        found = self.row(sql, parameters)
        return int(str(found[0])) if found and found[0] is not None else 0

    @cached_property
    def _settings(self) -> dict[str, str]:
        return {str(name): str(value) for name, value in self.execute("SELECT * FROM setting")}

    def setting(self, name: str) -> str:
        """A setting in its kept form: the store's own value, or the default."""
        return self._settings.get(name, setting_named(name).default)

    def setting_number(self, name: str) -> int:
        """A setting that is days, a count, or cents."""
        return int(self.setting(name))

    def forget_settings(self) -> None:
        """Read the settings anew; for whoever has changed one."""
        self.__dict__.pop("_settings", None)


class Transaction(Reader):
    """A store that is open for one change; `today` was read after the lock was held."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, command: str, dry_run: bool
    ) -> None:
        super().__init__(path, connection)
        self.command = command
        self.dry_run = dry_run
        self.batch = journal.Batch(connection)
        # Set where what was removed must not be found in the file either.
        self.overwrite_after = False

    def record(
        self,
        kind: str,
        subject: str,
        details: Mapping[str, object] | None = None,
        personal: Mapping[str, object] | None = None,
    ) -> None:
        """Add a journal row; what names a person goes into `personal`, which can be erased."""
        self.batch.record(self.today, kind, subject, details or {}, personal or {})

    def close_batch(self) -> None:
        """Chain what was recorded since the last batch (SPEC 13); nothing where nothing was."""
        self.batch.close(self.today, self.command)

    def move_clock(self, day: date) -> None:
        """Let the store's clock reach a day."""
        self.execute("UPDATE clock SET reached_on = :day WHERE id = 1", {"day": day.isoformat()})
        self.reached_on = day
        self.today = day

    def finish(self) -> None:
        """Close the batch, and let a wall clock reach the day of this write."""
        if self.batch.is_open():
            self.close_batch()
            if self.reached_on != self.today:
                self.move_clock(self.today)


class Store:
    """A store at a path; every use opens it anew."""

    committed: ClassVar[int] = 0
    """How many changes this process has committed: whoever cannot tell of one must know."""

    def __init__(self, path: Path, *, wait: float = 10.0) -> None:
        self.path = path
        self.wait = wait

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent snapshot, for reading only."""
        with mapped_errors(self.path, self._held_by()), self._connected("ro") as connection:
            connection.execute("BEGIN")
            yield Reader(self.path, connection)

    @contextmanager
    def write(
        self, command: str, *, dry_run: bool = False, accept_gap: bool = False
    ) -> Iterator[Transaction]:
        """One transaction that changes the store; rolled back on an error and on a dry run.

        Raises StoreBusyError when another command holds the store for longer than `wait` seconds,
        GapTooLongError when the real date is too far after the last write (SPEC 2), and
        DiskFailedError when a commit failed, whose outcome is unknown then.
        """
        hear_what_was_deferred()
        with mapped_errors(self.path), self._connected("rw") as connection:
            self._take_lock(connection)
            with Holder(self.path).named(command):
                transaction = Transaction(self.path, connection, command=command, dry_run=dry_run)
                if not accept_gap:
                    _check_gap(transaction)
                try:
                    yield transaction
                    transaction.finish()
                except BaseException:
                    _roll_back(connection)
                    raise
                if dry_run:
                    connection.execute("ROLLBACK")
                else:
                    self._commit(connection, command)
                    Store.committed += 1
                    if transaction.overwrite_after:
                        _overwrite(connection)

    def _take_lock(self, connection: sqlite3.Connection) -> None:
        # Many short tries instead of a long one: between them, signals are heard.
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_SECONDS * 1000)}")
        tries = max(1, round(self.wait / PATIENCE_SECONDS))
        for left in reversed(range(tries)):
            try:
                connection.execute("BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname == "SQLITE_BUSY" and left:
                    continue
                with mapped_errors(self.path, self._held_by()):
                    raise
        connection.execute(f"PRAGMA busy_timeout = {int(self.wait * 1000)}")

    def _commit(self, connection: sqlite3.Connection, command: str) -> None:
        try:
            with uninterrupted():
                connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            _roll_back(connection)
            raise DiskFailedError(
                f"the commit of `{command}` failed ({error}): whether it took place is unknown",
                hint="mailctl journal list, to see whether it is there; then run it again if not",
            ) from error

    def _held_by(self) -> str:
        return Holder(self.path).described()

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        _check_file(self.path)
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=self.wait,
        )
        try:
            cache = READERS_CACHE_KIB if mode == "ro" else WRITERS_CACHE_KIB
            with damage_told(self.path, connection):
                configure(connection, cache_kib=cache)
                self._check_identity(connection)
                yield connection
        finally:
            connection.close()

    def _check_identity(self, connection: sqlite3.Connection) -> None:
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application_id != APPLICATION_ID:
            raise StoreForeignError(
                f"{self.path} is a database of another program", hint="mailctl --store PATH init"
            )
        if version > migrations.VERSION:
            raise StoreNewerError(
                f"{self.path} was written by a newer mailctl (schema {version}, this one knows "
                f"{migrations.VERSION})",
                hint="pip install --upgrade mailctl",
            )
        if version < migrations.VERSION:
            migrations.upgrade(self.path, self.wait)
        (tables,) = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
        ).fetchone()
        if tables < migrations.TABLES:
            raise StoreDamagedError(
                f"{self.path} has lost tables of a mailctl store", hint="restore a backup"
            )


def configure(connection: sqlite3.Connection, *, cache_kib: int = WRITERS_CACHE_KIB) -> None:
    """What every connection needs; the measures are in CONTRIBUTING.md."""
    connection.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
        f"PRAGMA cache_size = -{cache_kib}; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
        "PRAGMA recursive_triggers = ON; PRAGMA wal_autocheckpoint = 20000;"
    )
    # SQLite's own knows the alphabet of ASCII alone; other databases know all.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: object) -> str | None:
    return None if text is None else str(text).lower()


def _check_file(path: Path) -> None:
    try:
        # Not to wait for somebody at the other end of a pipe that stands in the store's place.
        with open(path, "rb", opener=_without_waiting) as file:
            mode = os.fstat(file.fileno()).st_mode
            header = file.read(16) if stat.S_ISREG(mode) else b""
    except IsADirectoryError:
        raise StoreForeignError(f"{path} is not a file", hint="mailctl --store PATH init") from None
    except PermissionError:
        raise DiskFailedError(
            f"the store {path} cannot be opened by this user", hint="run as the store's owner"
        ) from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _missing(path) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _missing(path) from None
        raise DiskFailedError(
            f"the store {path} cannot be read: {error.strerror}", hint="mend the disk"
        ) from None
    if header != SQLITE_HEADER:
        raise StoreForeignError(
            f"{path} is not a mailctl store", hint="give another --store PATH, or restore a backup"
        )
    if mode & OTHERS:
        raise StoreExposedError(f"other users may open the store {path}", hint=f"chmod 600 {path}")


@contextmanager
def damage_told(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """What nobody expected may come of a damaged store: look, before it is called a bug."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AssertionError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and _is_of_use(error):
            raise
        reason = _damage(connection)
        if reason is None:
            raise
        raise StoreDamagedError(
            f"the store {path} is damaged: {reason}", hint="restore a backup"
        ) from error


def _is_of_use(error: sqlite3.Error) -> bool:
    """Whether SQLite itself says what is wrong: busy, full, damaged, refused by a trigger."""
    return getattr(error, "sqlite_errorname", "SQLITE_ERROR") != "SQLITE_ERROR"


def _damage(connection: sqlite3.Connection) -> str | None:
    try:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        found = journal.verify(connection)
    except (sqlite3.Error, ValueError, TypeError) as error:
        return str(error)
    if said != "ok":
        return str(said)
    return found.reason or migrations.difference(connection)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _missing(path: Path) -> StoreMissingError:
    return StoreMissingError(
        f"there is no store at {path}", hint="mailctl init, or give --store PATH"
    )


def _check_gap(transaction: Transaction) -> None:
    """A wrong system clock must not pull the store's clock into the future (SPEC 2)."""
    days = (transaction.today - transaction.reached_on).days
    if transaction.info.clock is ClockKind.WALL and days > transaction.setting_number("gap-days"):
        raise GapTooLongError(
            f"today is {transaction.today}, {days} days after the store's last write on "
            f"{transaction.reached_on}",
            hint="check the system's clock (date); if it is right: mailctl tick --accept-gap",
        )


def _overwrite(connection: sqlite3.Connection) -> None:
    """Leave nothing of removed rows in the file: secure_delete has zeroed their pages already."""
    # The change itself is committed: a reader in the way only leaves this to the next time.
    with suppress(sqlite3.OperationalError):
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
