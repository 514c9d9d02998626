"""A store on a server, opened: to read a snapshot of it, or to change it in one transaction.

Who reads has a snapshot (REPEATABLE READ, READ ONLY): every statement of a command sees the same
moment, whatever is written meanwhile, and nobody waits for it.

Who writes takes the lock of the store first (lock.py), and then every statement sees what was
committed up to it (READ COMMITTED). Taking the lock inside a snapshot would be wrong: the snapshot
would be older than the lock, and show the store as it was before the last writer ended. Since all
writers hold the lock, nothing changes between the statements of one, and its reads are as
consistent as a snapshot's.

A commit that was not answered is looked for (commits.py, outcome.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    MailctlError,
    StoreDamagedError,
    StoreForeignError,
    StoreMissingError,
)
from mailctl.store.engine.postgresql import catalogue, commits, lock
from mailctl.store.engine.postgresql.connection import (
    PRIMARY,
    ServerConnection,
    connected,
    readers_choice,
    set_path,
)
from mailctl.store.engine.postgresql.creation import check_server
from mailctl.store.engine.postgresql.damage import damage_detected
from mailctl.store.engine.postgresql.errors import mapped_errors
from mailctl.store.engine.postgresql.outcome import Trace, is_there, trace_of
from mailctl.store.engine.postgresql.server import Server
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.signals import handle_deferred
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.stores import Store, check_writable, older, refuse_newer
from mailctl.store.engine.transaction import Transaction
from mailctl.store.engine.upgraded import Upgrade

_SNAPSHOT = "ISOLATION LEVEL REPEATABLE READ READ ONLY"
_CHANGE = "ISOLATION LEVEL READ COMMITTED READ WRITE"
_IDENTITY = """
    SELECT obj_description(n.oid, 'pg_namespace'),
        (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind = 'r')
    FROM pg_namespace n
    WHERE n.nspname = $1
"""


class ServerStore(Store):
    """A store in a schema of a server; each use opens it."""

    location: Server

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A snapshot of the schema."""
        choice = readers_choice(self.location)
        with self._connected("mailctl", is_sealed=False, attributes=choice) as connection:
            connection.begin(_SNAPSHOT)
            self._check_identity(connection.raw)
            with damage_detected(self.location, connection):
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
        """A transaction under the lock of the store."""
        handle_deferred()
        with self._connected(
            f"mailctl {command}", is_sealed=True, attributes=PRIMARY
        ) as connection:
            connection.begin(_CHANGE)
            lock.take(connection.raw, self.location, self.wait)
            self._check_identity(connection.raw)
            with damage_detected(self.location, connection):
                before = trace_of(connection.raw)
                transaction = Transaction(
                    self.location, connection, command=command, dry_run=dry_run
                )
                check_writable(transaction, accept_gap=accept_gap, takes_moved=takes_moved)
                yield transaction
                transaction.finish()
            if dry_run:
                connection.raw.execute("ROLLBACK")
            else:
                self._commit(connection.raw, command, before)
                Store.committed += 1

    def _commit(self, raw: psycopg.Connection, command: str, before: Trace) -> None:
        after = trace_of(raw)

        def connect() -> psycopg.Connection:
            try:
                return connected(
                    self.location, application=f"mailctl {command}", wait=1, attributes=PRIMARY
                )
            except MailctlError as error:
                raise psycopg.OperationalError(error.message) from error

        def found(other: psycopg.Connection) -> bool:
            other.execute(set_path(self.location))
            lock.take(other, self.location, commits.LOOKS_FOR_SECONDS)
            return is_there(other, command, before, after)

        if not commits.commit(raw, command, connect=connect, found=found):
            raise DiskFailedError(
                f"the connection was lost at the commit of `{command}`, and nothing was changed",
                hint="try again",
            )

    def upgrade(self, command: str, *, dry_run: bool) -> Upgrade:  # noqa: ARG002 - as on a file
        """Say that a store is of this version: no older ones were released on a server."""
        with self.read():
            return Upgrade(from_version=migrations.VERSION, version=migrations.VERSION, copy=None)

    @contextmanager
    def _connected(
        self, application: str, *, is_sealed: bool, attributes: str
    ) -> Iterator[ServerConnection]:
        with mapped_errors(self.location):
            raw = connected(
                self.location, application=application, wait=self.wait, attributes=attributes
            )
            try:
                check_server(raw, self.location)
                yield ServerConnection(raw, self.location, is_sealed=is_sealed)
            finally:
                # What was not committed is undone by the server, whether it hears of it or not.
                with suppress(psycopg.Error):
                    raw.close()

    def _check_identity(self, raw: psycopg.Connection) -> None:
        row = raw.execute(_IDENTITY, [self.location.schema]).fetchone()
        if row is None:
            raise StoreMissingError(
                f"there is no store at {self.location}: it has no schema {self.location.schema}",
                hint="check the name; for a new store: mailctl init",
            )
        comment, tables = row
        version = catalogue.version_of(comment)
        if version is None:
            raise StoreForeignError(
                f"the schema {self.location.schema} of {self.location} is another program's",
                hint="give another schema: ?schema=NAME",
            )
        refuse_newer(self.location, version, migrations.VERSION)
        if version < migrations.VERSION:
            raise older(self.location, version, migrations.VERSION)
        if tables < migrations.TABLES:
            raise StoreDamagedError(
                f"{self.location} has lost tables that every store has", hint=PUT_A_COPY_BACK
            )
