"""Opening a store: to read a snapshot of it, or to change it in one transaction.

Every change is taken with BEGIN IMMEDIATE and carries its journal rows inside; a dry run is the
same transaction, rolled back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
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
    StoreForeignError,
    StoreNewerError,
)
from mailctl.store.engine import journal, location, migrations, overwriting, seals, upgrade
from mailctl.store.engine.damage import damage_told
from mailctl.store.engine.dialect import mapped_errors
from mailctl.store.engine.signals import hear_what_was_deferred, uninterrupted
from mailctl.store.engine.writers_note import Holder, take_lock

APPLICATION_ID = 0x4D43544C
WRITERS_CACHE_KIB = 65_536
READERS_CACHE_KIB = 2_000
"""A tick comes back to its pages; a list passes each once, however long it is."""


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
            "SELECT created_at, clock, timezone, seller_country, currency, reached_on, "
            "erasing_since_on FROM store CROSS JOIN clock"
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
        self.erasing_since_on = None if found[6] is None else str(found[6])
        try:
            self.today = clock.today(
                self.info.clock, reached=self.reached_on, timezone=self.info.timezone
            )
        except (LookupError, ValueError, OSError) as error:
            raise StoreDamagedError(
                f"the store {path} is in the time zone {self.info.timezone!r}, which is not known",
                hint="restore a backup; if only this machine lacks it: pip install tzdata",
            ) from error
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
        # What is only imagined is on a plain connection, and needs no seals.
        watch = seals.Watch(connection) if isinstance(connection, seals.Connection) else None
        self.batch = journal.Batch(connection, watch)
        self.erases = False
        """Whether what was removed must not be found in the file either."""
        self.traces_left = False
        """Told after the commit: others read the store, and what was erased is still in it."""

    def record(
        self,
        kind: str,
        subject: str,
        details: Mapping[str, object] | None = None,
        personal: Mapping[str, object] | None = None,
    ) -> None:
        """Add a journal row; what names a person goes into `personal`, which can be erased."""
        self.batch.record(self.today, kind, subject, details or {}, personal or {})

    def close_batch(self) -> bool:
        """Chain what was written since the last batch (SPEC 13); whether anything was."""
        return self.batch.close(self.today, self.command)

    def renew_seal_key(self) -> None:
        """Let no seal of before tell what a row that was removed may have held (SPEC 4)."""
        self.batch.add_up()
        seals.renew_key(self.connection)

    def move_clock(self, day: date) -> None:
        """Let the store's clock reach a day."""
        self.execute("UPDATE clock SET reached_on = :day WHERE id = 1", {"day": day.isoformat()})
        self.reached_on = day
        self.today = day

    def finish(self) -> None:
        """Close the batch, and let a wall clock reach the day of this write."""
        if self.close_batch() and self.reached_on != self.today:
            self.move_clock(self.today)
        self.batch.add_up()


class Store:
    """A store at a path; every use opens it anew."""

    committed: ClassVar[int] = 0
    """How many changes this process has committed: whoever cannot tell of one must know."""

    def __init__(
        self,
        path: Path,
        *,
        wait: float = 10.0,
        upgraded: Callable[[upgrade.Upgrade], None] | None = None,
    ) -> None:
        self.path = path
        self.wait = wait
        self._upgraded = upgraded

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent snapshot, for reading only.

        StoreOlderError where the store is older than this program, unless a change is to follow:
        `upgraded` was given then, and is told.
        """
        with mapped_errors(self.path, self._held_by()):
            self._check_version(upgrades=self._upgraded is not None, command="store upgrade")
            with self._connected("ro") as connection:
                connection.execute("BEGIN")
                yield Reader(self.path, connection)

    @contextmanager
    def write(
        self, command: str, *, dry_run: bool = False, accept_gap: bool = False
    ) -> Iterator[Transaction]:
        """One transaction that changes the store; rolled back on an error and on a dry run.

        An older store is upgraded first; a dry run refuses it (StoreOlderError).
        Raises StoreBusyError when another command holds the store for longer than `wait` seconds,
        GapTooLongError when the real date is too far after the last write (SPEC 2), and
        DiskFailedError when a commit failed, whose outcome is unknown then.
        """
        hear_what_was_deferred()
        self._check_version(upgrades=not dry_run, command=command)
        with (
            mapped_errors(self.path),
            self._log_kept() if dry_run else nullcontext(),
            self._connected("rw") as connection,
        ):
            take_lock(connection, self.path, self.wait)
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
                    if transaction.erases or transaction.erasing_since_on is not None:
                        wait = self.wait if transaction.erases else 0
                        transaction.traces_left = not overwriting.finish(transaction, wait)

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

    def _check_version(self, *, upgrades: bool, command: str) -> None:
        """Upgrade an older store, or refuse it before SQLite makes a file beside it."""
        version = self._version()
        if version >= migrations.VERSION:
            return
        if not upgrades:
            raise upgrade.older(self.path, version)
        done = upgrade.upgrade(self.path, self.wait, command)
        if self._upgraded is not None and done.is_needed:
            self._upgraded(done)

    def upgrade(self, command: str, *, dry_run: bool) -> upgrade.Upgrade:
        """Bring an older store to this version; a dry run tries it on a copy in memory."""
        version = self._version()
        with mapped_errors(self.path):
            _refuse_newer(self.path, version)
            if version == migrations.VERSION:
                return upgrade.Upgrade(from_version=version, version=version, copy=None)
            if dry_run:
                return upgrade.tried(self.path, self.wait)
            done = upgrade.upgrade(self.path, self.wait, command)
        Store.committed += 1
        return done

    def _version(self) -> int:
        looked = location.look(self.path)
        if looked.application_id == APPLICATION_ID and not location.has_log(self.path):
            return looked.version
        # What SQLite says of it counts: the log may hold the header of today.
        with mapped_errors(self.path), self._opened("ro") as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application_id != APPLICATION_ID:
            raise StoreForeignError(
                f"{self.path} is a database of another program", hint="mailctl --store PATH init"
            )
        return int(version)

    @contextmanager
    def _opened(self, mode: str) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=self.wait,
            factory=seals.Connection,
        )
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _log_kept(self) -> Iterator[None]:
        """Let a dry run leave every byte: the last to close a store moves its log into the file."""
        if not location.has_log(self.path):
            yield
            return
        with self._opened("ro") as last:
            last.execute("PRAGMA schema_version")
            yield

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        cache = READERS_CACHE_KIB if mode == "ro" else WRITERS_CACHE_KIB
        with self._opened(mode) as connection, damage_told(self.path, connection):
            configure(connection, cache_kib=cache)
            self._check_identity(connection)
            yield connection

    def _check_identity(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        _refuse_newer(self.path, version)
        (tables,) = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
        ).fetchone()
        if tables < migrations.TABLES:
            raise StoreDamagedError(
                f"{self.path} has lost tables that every store has", hint="restore a backup"
            )


def _refuse_newer(path: Path, version: int) -> None:
    if version > migrations.VERSION:
        raise StoreNewerError(
            f"{path} was written by a newer mailctl (schema {version}, this one knows "
            f"{migrations.VERSION})",
            hint="pip install --upgrade mailctl",
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


def _check_gap(transaction: Transaction) -> None:
    """A wrong system clock must not pull the store's clock into the future (SPEC 2)."""
    days = (transaction.today - transaction.reached_on).days
    if transaction.info.clock is ClockKind.WALL and days > transaction.setting_number("gap-days"):
        raise GapTooLongError(
            f"today is {transaction.today}, {days} days after the store's last write on "
            f"{transaction.reached_on}",
            hint="check the system's clock (date); if it is right: mailctl tick --accept-gap",
        )


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
