"""A store on a server, opened: to read a snapshot of it, or to change it in one transaction.

Who reads has a snapshot (REPEATABLE READ, READ ONLY): every statement of a command sees the same
moment, whatever is written meanwhile, and nobody waits for it.

Who writes takes locks first (locks.py), and then every statement sees what was committed up to it
(READ COMMITTED). Taking a lock inside a snapshot would be wrong: the snapshot would be older than
the lock, and show things as they were before the last writer ended. What a change reads before its
first write is of customers that it holds; after it nobody else writes. So its reads are as
consistent as a snapshot's. Where one was not all the same, because a name was lost to another or a
lock was out of order, the change is undone, and starts again.

A commit that was not answered is looked for (commits.py, outcome.py).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

import psycopg
from psycopg.pq import TransactionStatus

from mailctl.errors import (
    PUT_A_COPY_BACK,
    StoreDamagedError,
    StoreForeignError,
    StoreMissingError,
)
from mailctl.store.engine.again import StartAgainError
from mailctl.store.engine.postgresql import blockers, catalogue, locks, looking
from mailctl.store.engine.postgresql.connection import (
    CHANGE,
    PRIMARY,
    SNAPSHOT,
    ServerConnection,
    connected,
    readers_choice,
)
from mailctl.store.engine.postgresql.creation import check_server
from mailctl.store.engine.postgresql.damage import UNEXPECTED, damage_detected
from mailctl.store.engine.postgresql.errors import AGAIN, mapped_errors, refusal
from mailctl.store.engine.postgresql.locks import Locks
from mailctl.store.engine.postgresql.outcome import Trace, is_there, trace_of
from mailctl.store.engine.postgresql.server import Server
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.scopes import Scope, scope_of
from mailctl.store.engine.signals import handle_deferred
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.stores import Store, check_writable, older, refuse_newer
from mailctl.store.engine.transaction import Transaction
from mailctl.store.engine.upgraded import Upgrade

_IDENTITY = """
    SELECT obj_description(n.oid, 'pg_namespace'),
        (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind = 'r')
    FROM pg_namespace n
    WHERE n.nspname = $1
"""
_CANCEL_SECONDS = 2.0
_MOST_STARTS = 5
"""Whoever started so often takes the whole store, so that it comes to an end."""

Made = TypeVar("Made")


class ServerStore(Store):
    """A store in a schema of a server; each use opens it."""

    location: Server

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A snapshot of the schema."""
        choice = readers_choice(self.location)
        with self._begun("mailctl", SNAPSHOT, attributes=choice) as connection:
            self._check_identity(connection.raw)
            with damage_detected(self.location, connection):
                yield self._reader(connection)

    def _reader(self, connection: ServerConnection) -> Reader:
        """The snapshot; in one from before a restore the new schema's tables are empty."""
        try:
            return Reader(self.location, connection)
        except StoreDamagedError:
            connection.raw.execute("ROLLBACK")
            connection.begin(SNAPSHOT, wait=self.wait)
            return Reader(self.location, connection)

    @contextmanager
    def write(
        self,
        command: str,
        *,
        dry_run: bool = False,
        accept_gap: bool = False,
        takes_moved: bool = False,
    ) -> Iterator[Transaction]:
        """A transaction under the lock of the store, which cannot start again by itself."""
        handle_deferred()
        deadline = self._deadline()
        with self._changing(command) as connection:
            held = Locks(connection.raw, self.location, deadline)
            try:
                with self._transaction(
                    connection, command, held, Scope.WHOLE, dry_run=dry_run
                ) as tx:
                    check_writable(tx, accept_gap=accept_gap, takes_moved=takes_moved)
                    yield tx
            except StartAgainError as again:
                # Another program was in the way: whoever typed the command may start it again.
                raise again.__cause__ or again from None

    def change(
        self,
        command: str,
        body: Callable[[Transaction], Made],
        *,
        dry_run: bool = False,
        accept_gap: bool = False,
        takes_moved: bool = False,
    ) -> Made:
        """What `body` makes in one transaction, under the locks that the command needs."""
        handle_deferred()
        scope, known = scope_of(command), frozenset[int]()
        deadline, starts = self._deadline(), 0
        with self._changing(command) as connection:
            while True:
                held = Locks(connection.raw, self.location, deadline)
                starts += 1
                try:
                    with self._transaction(
                        connection, command, held, scope, known, dry_run=dry_run
                    ) as tx:
                        check_writable(tx, accept_gap=accept_gap, takes_moved=takes_moved)
                        made = body(tx)
                    break
                except StartAgainError as again:
                    if starts > 2 * _MOST_STARTS:
                        raise again.__cause__ or again from None
                    connection.raw.execute("ROLLBACK")
                    connection.begin(CHANGE, wait=self.wait)
                    known |= again.customers
                    if again.whole or starts >= _MOST_STARTS:
                        scope = Scope.WHOLE
        return made

    def _deadline(self) -> float:
        return time.monotonic() + self.wait

    @contextmanager
    def _changing(self, command: str) -> Iterator[ServerConnection]:
        """A connection for a change; StoreBusyError where a lock is not given in time."""
        with self._begun(f"mailctl {command}", CHANGE, attributes=PRIMARY) as connection:
            try:
                yield connection
            except locks.WaitedTooLongError as error:
                raise locks.busy(self.location, error) from None

    @contextmanager
    def _transaction(
        self,
        connection: ServerConnection,
        command: str,
        held: Locks,
        scope: Scope,
        known: frozenset[int] = frozenset(),
        *,
        dry_run: bool,
    ) -> Iterator[Transaction]:
        """What is done in a transaction that has begun, under these locks; then it is committed."""
        held.enter(scope)
        self._check_identity(connection.raw)
        held.begin(scope, known)
        with damage_detected(self.location, connection), _conflicts_noticed(self.location, held):
            transaction = Transaction(
                self.location, connection, command=command, dry_run=dry_run, locks=held
            )
            connection.before_write = None if held.has_head else transaction.last_step
            yield transaction
            transaction.finish()
            connection.before_write = None
        if dry_run:
            connection.raw.execute("ROLLBACK")
        else:
            self._commit(connection.raw, command, held.before)
            Store.committed += 1

    def _commit(self, raw: psycopg.Connection, command: str, before: Trace | None) -> None:
        if before is None:
            # Nothing was written: what was read is confirmed, and nothing is to be looked for.
            before = trace_of(raw)
        after = trace_of(raw)

        def found(other: psycopg.Connection) -> bool:
            return is_there(other, command, before, after)

        looking.commit(raw, self.location, command, found)

    def upgrade(self, command: str, *, dry_run: bool) -> Upgrade:  # noqa: ARG002 - as on a file
        """Say that a store is of this version: no older ones were released on a server."""
        with self.read():
            return Upgrade(from_version=migrations.VERSION, version=migrations.VERSION, copy=None)

    @contextmanager
    def kept_open(self) -> Iterator[Store]:
        """The store over one connection."""
        from mailctl.store.engine.postgresql.kept_connection import KeptServer

        kept = KeptServer(self.location, wait=self.wait, upgraded=self._upgraded)
        try:
            yield kept
        finally:
            kept.close()

    @contextmanager
    def _begun(self, application: str, how: str, *, attributes: str) -> Iterator[ServerConnection]:
        """A connection in a transaction."""
        with mapped_errors(self.location):
            connection = self._opened(application, attributes)
            try:
                connection.begin(how, wait=self.wait)
                yield connection
            except psycopg.errors.LockNotAvailable as error:
                raise blockers.busy(connection.raw, self.location) from error
            finally:
                close(connection.raw)

    def _opened(self, application: str, attributes: str) -> ServerConnection:
        raw = connected(
            self.location, application=application, wait=self.wait, attributes=attributes
        )
        try:
            check_server(raw, self.location)
        except BaseException:
            close(raw)
            raise
        return ServerConnection(raw, self.location, is_sealed=True)

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


def close(raw: psycopg.Connection) -> None:
    """End a connection: what was not committed is undone, whether the server hears of it or not."""
    with suppress(psycopg.Error):
        if raw.info.transaction_status is TransactionStatus.ACTIVE:
            # A signal has ended a statement: the server need not go on with it.
            raw.cancel_safe(timeout=_CANCEL_SECONDS)
        raw.close()


@contextmanager
def _conflicts_noticed(server: Server, held: Locks) -> Iterator[None]:
    """Let a change that met another one start again; nobody else is there to a whole lock's."""
    try:
        yield
    except UNEXPECTED as error:
        if isinstance(error, psycopg.Error):
            if error.sqlstate in AGAIN or isinstance(error, psycopg.errors.UniqueViolation):
                if not held.is_whole or error.sqlstate in AGAIN:
                    raise StartAgainError(customers=held.customers) from error
                raise
            if refusal(error, server) is not None:
                raise
        if held.is_whole:
            raise
        # Whether it is a bug is found out where nobody else can have caused it.
        raise StartAgainError(whole=True) from error
