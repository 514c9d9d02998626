"""A store's file, opened: to read a snapshot of it, or to change it in one transaction.

Every change is taken with BEGIN IMMEDIATE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    StoreBusyError,
    StoreDamagedError,
    StoreForeignError,
)
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite import migrations, store_file
from mailctl.store.engine.sqlite.connection import (
    LITESTREAMS,
    READERS_CACHE_KIB,
    WRITERS_CACHE_KIB,
    Connection,
    configure,
    keep_in_log,
)
from mailctl.store.engine.sqlite.damage import damage_detected
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.stores import Store, check_writable, older, refuse_newer
from mailctl.store.engine.transaction import Transaction

# What only changes need, or upgrades, is loaded by them.
if TYPE_CHECKING:
    from mailctl.store.engine.upgraded import Upgrade

APPLICATION_ID = 0x4D43544C

# A write that fails leaves no whole commit in the log; after a sync that fails it may be there.
_UNWRITTEN = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")


class FileStore(Store):
    """A store's file; each use opens it."""

    location: Path

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A snapshot of the file."""
        with mapped_errors(self.location, self._held_by), self._reading() as connection:
            yield Reader(self.location, connection)

    @contextmanager
    def write(
        self,
        command: str,
        *,
        dry_run: bool = False,
        accept_gap: bool = False,
        takes_moved: bool = False,
    ) -> Iterator[Transaction]:
        """A transaction of the file's one writer."""
        from mailctl.store.engine.signals import handle_deferred
        from mailctl.store.engine.sqlite.writer_lock import WriterNote

        handle_deferred()
        with (
            mapped_errors(self.location),
            self._changing(command, dry_run=dry_run) as connection,
            WriterNote(self.location).named(command),
        ):
            transaction = Transaction(self.location, connection, command=command, dry_run=dry_run)
            check_writable(transaction, accept_gap=accept_gap, takes_moved=takes_moved)
            try:
                yield transaction
                transaction.finish()
            except BaseException:
                roll_back(connection)
                raise
            if dry_run:
                connection.execute("ROLLBACK")
            else:
                self._commit(connection, command)
                Store.committed += 1
                if transaction.erases or transaction.erasing_since_on is not None:
                    from mailctl.store.engine.sqlite import overwriting

                    wait = self.wait if transaction.erases else 0
                    traces_left = not overwriting.finish(transaction, connection, wait)
                    transaction.traces_left = traces_left

    @contextmanager
    def kept_open(self) -> Iterator[Store]:
        """The file, opened once for many uses."""
        from mailctl.store.engine.sqlite.kept_file import KeptFile

        kept = KeptFile(self.location, wait=self.wait, upgraded=self._upgraded)
        try:
            yield kept
        finally:
            kept.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection in a transaction that reads."""
        self._check_version(upgrades=self._upgraded is not None, command="store upgrade")
        with self._connected("ro") as connection:
            connection.execute("BEGIN")
            self._check_identity(connection)
            yield connection

    @contextmanager
    def _changing(self, command: str, *, dry_run: bool) -> Iterator[Connection]:
        """A connection in the transaction of the one writer."""
        from mailctl.store.engine.sqlite.writer_lock import take_lock

        self._check_version(upgrades=not dry_run, command=command)
        place = store_file.place_of(self.location)
        with (
            self._log_kept() if dry_run else nullcontext(),
            self._connected("rw") as connection,
        ):
            self._check_identity(connection)
            take_lock(connection, self.location, self.wait)
            if store_file.place_of(self.location) != place:
                raise StoreBusyError(
                    f"the store {self.location} was replaced while `{command}` waited for it; "
                    "nothing was done",
                    hint="mailctl status, then try again",
                )
            # It may have been upgraded by whoever was waited for.
            self._check_not_newer(connection)
            yield connection

    def _commit(self, connection: Connection, command: str) -> None:
        from mailctl.store.engine.signals import uninterrupted

        try:
            with uninterrupted():
                connection.execute("COMMIT")
        except (sqlite3.OperationalError, MemoryError) as error:
            roll_back(connection)
            if getattr(error, "sqlite_errorname", "") in _UNWRITTEN:
                raise
            raise DiskFailedError(
                f"the commit of `{command}` failed ({str(error) or 'out of memory'}): "
                "whether it took place is unknown",
                hint="mailctl journal list, to see whether it is there; then run it again if not",
            ) from error
        keep_in_log(connection)

    def _held_by(self) -> str:
        from mailctl.store.engine.sqlite.writer_lock import WriterNote

        return WriterNote(self.location).described()

    def _check_version(self, *, upgrades: bool, command: str) -> None:
        """Upgrade an older store, or refuse it before SQLite makes a file beside it."""
        version = self._version()
        if version >= migrations.VERSION:
            return
        from mailctl.store.engine.sqlite import upgrade

        if not upgrades:
            raise older(self.location, version, migrations.VERSION)
        done = upgrade.upgrade(self.location, self.wait, command)
        if self._upgraded is not None and done.is_needed:
            self._upgraded(done)

    def upgrade(self, command: str, *, dry_run: bool) -> Upgrade:
        """Bring an older store to this version; a dry run tries it on a copy in memory."""
        from mailctl.store.engine.sqlite import upgrade
        from mailctl.store.engine.upgraded import Upgrade

        version = self._version()
        with mapped_errors(self.location):
            refuse_newer(self.location, version, migrations.VERSION)
            if version == migrations.VERSION:
                return Upgrade(from_version=version, version=version, copy=None)
            if dry_run:
                return upgrade.tried(self.location, self.wait)
            done = upgrade.upgrade(self.location, self.wait, command)
        Store.committed += 1
        return done

    def _version(self) -> int:
        header = store_file.inspected(self.location)
        if header.application_id == APPLICATION_ID and not store_file.has_log(self.location):
            return header.version
        # SQLite must say: the newest header may be in the log.
        with mapped_errors(self.location), self._opened("ro") as connection:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application_id != APPLICATION_ID:
            raise StoreForeignError(
                f"{self.location} is a database of another program",
                hint="mailctl --store PATH init",
            )
        return int(version)

    @contextmanager
    def _opened(self, mode: str) -> Iterator[Connection]:
        factory = Connection
        if mode == "ro" and store_file.has_journal(self.location):
            # Half a change, whose program was killed: who only reads cannot undo it.
            mode = "rw"
        elif mode == "rw":
            from mailctl.store.engine.sqlite.recording import RecordingConnection

            factory = RecordingConnection
        connection = sqlite3.connect(
            f"{self.location.absolute().as_uri()}?mode={mode}",
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
        if not store_file.has_log(self.location):
            yield
            return
        with self._opened("ro") as last:
            last.execute("PRAGMA schema_version")
            yield

    @contextmanager
    def _connected(self, mode: str) -> Iterator[Connection]:
        cache = READERS_CACHE_KIB if mode == "ro" else WRITERS_CACHE_KIB
        with self._opened(mode) as connection, damage_detected(self.location, connection):
            configure(connection, cache_kib=cache)
            yield connection

    def _check_not_newer(self, connection: Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        refuse_newer(self.location, version, migrations.VERSION)

    def _check_identity(self, connection: Connection) -> None:
        self._check_not_newer(connection)
        (tables,) = connection.execute(
            f"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT IN {LITESTREAMS}"
        ).fetchone()
        if tables < migrations.TABLES:
            raise StoreDamagedError(
                f"{self.location} has lost tables that every store has", hint=PUT_A_COPY_BACK
            )


def roll_back(connection: Connection) -> None:
    """End the transaction that is open, if one is."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
