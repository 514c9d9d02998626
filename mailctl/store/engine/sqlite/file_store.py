"""Opening a store: to read a snapshot of it, or to change it in one transaction.

Every change is taken with BEGIN IMMEDIATE and carries its journal rows inside; a dry run is the
same transaction, rolled back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from mailctl.clock import ClockKind
from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    GapTooLongError,
    StoreDamagedError,
    StoreForeignError,
    StoreNewerError,
)
from mailctl.store.engine.dialect import mapped_errors
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite import migrations, store_file
from mailctl.store.engine.sqlite.damage import damage_detected
from mailctl.store.engine.transaction import Transaction

# What only changes need, or upgrades, is loaded by them.
if TYPE_CHECKING:
    from mailctl.store.engine.sqlite.upgrade import Upgrade

APPLICATION_ID = 0x4D43544C
WRITERS_CACHE_KIB = 65_536
READERS_CACHE_KIB = 2_000
"""A tick comes back to its pages; a list reads each once, however long it is."""


class Store:
    """A store at a path; each use opens it."""

    committed: ClassVar[int] = 0
    """How many changes this process has committed: output that fails after one must say so."""

    def __init__(
        self,
        path: Path,
        *,
        wait: float = 10.0,
        upgraded: Callable[[Upgrade], None] | None = None,
    ) -> None:
        self.path = path
        self.wait = wait
        self._upgraded = upgraded

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent snapshot, for reading only.

        Raises StoreOlderError where the store is older than this program, unless a change is to
        follow: `upgraded` is given then, and called.
        """
        with mapped_errors(self.path, self._held_by):
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
        GapTooLongError when the real date is too far after the last write (rules 2), and
        DiskFailedError when the commit fails: its outcome is then unknown.
        """
        from mailctl.store.engine.signals import handle_deferred
        from mailctl.store.engine.sqlite.writer_lock import WriterNote, take_lock

        handle_deferred()
        self._check_version(upgrades=not dry_run, command=command)
        with (
            mapped_errors(self.path),
            self._log_kept() if dry_run else nullcontext(),
            self._connected("rw") as connection,
        ):
            take_lock(connection, self.path, self.wait)
            with WriterNote(self.path).named(command):
                transaction = Transaction(self.path, connection, command=command, dry_run=dry_run)
                if transaction.moved is not None:
                    from mailctl.store.engine import moved

                    raise moved.refusal(self.path, transaction.moved)
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
                        from mailctl.store.engine.sqlite import overwriting

                        wait = self.wait if transaction.erases else 0
                        transaction.traces_left = not overwriting.finish(transaction, wait)

    def _commit(self, connection: sqlite3.Connection, command: str) -> None:
        from mailctl.store.engine.signals import uninterrupted

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
        from mailctl.store.engine.sqlite.writer_lock import WriterNote

        return WriterNote(self.path).described()

    def _check_version(self, *, upgrades: bool, command: str) -> None:
        """Upgrade an older store, or refuse it before SQLite makes a file beside it."""
        version = self._version()
        if version >= migrations.VERSION:
            return
        from mailctl.store.engine.sqlite import upgrade

        if not upgrades:
            raise upgrade.older(self.path, version)
        done = upgrade.upgrade(self.path, self.wait, command)
        if self._upgraded is not None and done.is_needed:
            self._upgraded(done)

    def upgrade(self, command: str, *, dry_run: bool) -> Upgrade:
        """Bring an older store to this version; a dry run tries it on a copy in memory."""
        from mailctl.store.engine.sqlite import upgrade

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
        header = store_file.inspected(self.path)
        if header.application_id == APPLICATION_ID and not store_file.has_log(self.path):
            return header.version
        # SQLite must say: the newest header may be in the log.
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
        factory = sqlite3.Connection
        if mode == "rw":
            from mailctl.store.engine import seals

            factory = seals.Connection
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=self.wait,
            factory=factory,
        )
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def _log_kept(self) -> Iterator[None]:
        """Keep every byte as it is in a dry run: the last to close a store merges its log."""
        if not store_file.has_log(self.path):
            yield
            return
        with self._opened("ro") as last:
            last.execute("PRAGMA schema_version")
            yield

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        cache = READERS_CACHE_KIB if mode == "ro" else WRITERS_CACHE_KIB
        with self._opened(mode) as connection, damage_detected(self.path, connection):
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
                f"{self.path} has lost tables that every store has", hint=PUT_A_COPY_BACK
            )


def _refuse_newer(path: Path, version: int) -> None:
    if version > migrations.VERSION:
        raise StoreNewerError(
            f"{path} was written by a newer mailctl (schema {version}, this one knows "
            f"{migrations.VERSION})",
            hint="pip install --upgrade mailctl",
        )


def configure(connection: sqlite3.Connection, *, cache_kib: int = WRITERS_CACHE_KIB) -> None:
    """Set what every connection needs; the measurements are in CONTRIBUTING.md."""
    connection.executescript(
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;"
        f"PRAGMA cache_size = -{cache_kib}; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;"
        "PRAGMA recursive_triggers = ON; PRAGMA wal_autocheckpoint = 20000;"
    )
    # SQLite's own lower() knows ASCII only; other databases know all letters.
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: object) -> str | None:
    return None if text is None else str(text).lower()


def _check_gap(transaction: Transaction) -> None:
    """A wrong system clock must not move the store's clock into the future (rules 2)."""
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
