"""The locks of one change on a server (rules 19).

There are three sorts, and each change takes them in this order:

1. The store: shared by most changes, held alone by those that concern all customers, as a tick.
2. Customers: whoever plans from a customer's facts holds the customer, until the end.
3. The head of the journal's chain: it is taken before the first row is written. From there on
   nobody else writes: numbers, keys and the day are read again, and follow each other.

Nobody waits out of this order, nor for a customer while holding one with a higher key: such a lock
is tried without waiting, and where it is not free the change starts again with all that it has come
to know, in order. So no two changes can wait for each other.

All are advisory locks of PostgreSQL's, held by a transaction and given up with it, however the
transaction ends. Who reads takes none.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import StoreBusyError
from mailctl.store.engine.again import StartAgainError
from mailctl.store.engine.postgresql.blockers import described
from mailctl.store.engine.postgresql.outcome import Trace, trace_of
from mailctl.store.engine.scopes import Scope
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server

_STORE = 0x4D43544C
_HEAD = _STORE + 1
"""Advisory locks are numbers that all programs of a database share: mailctl's begin so."""
_SCHEMA = "hashtext($1)"
_CUSTOMER = f"({_SCHEMA}::bigint << 32) | ($2::bigint & 4294967295)"
MOST_CUSTOMERS = 100
"""A server has room for some thousand locks: who needs more customers takes the whole store."""


class WaitedTooLongError(Exception):
    """Another change has held a lock for longer than this one may wait; not a refusal yet.

    A refusal would be taken for one of the thing that was looked for.
    """


class _Lock(Value):
    """A lock: the arguments of PostgreSQL's functions, and how the server shows it."""

    arguments: str
    parameters: tuple[str, ...]
    shown: str

    def sql(self, function: str) -> str:
        """SQL that takes it."""
        return f"SELECT {function}({self.arguments})"


class Locks:
    """The locks that one transaction holds; each is waited for until `deadline` at most."""

    def __init__(self, raw: psycopg.Connection, server: Server, deadline: float) -> None:
        self._raw = raw
        self._server = server
        self._deadline = deadline
        self._customers: set[int] = set()
        self.is_whole = False
        """Whether nobody else plans a change, either."""
        self.has_head = False
        """Whether nobody else writes until the end of the transaction."""
        self.before: Trace | None = None
        """What the store showed when that began."""

    @property
    def customers(self) -> frozenset[int]:
        """The customers that are held."""
        return frozenset(self._customers)

    def enter(self, scope: Scope) -> None:
        """Take the lock of the store, as a change of that scope holds it.

        StoreBusyError where a restore has replaced the store meanwhile: what was to be changed
        was read in the old one.
        """
        self.is_whole = scope is Scope.WHOLE
        shared = not self.is_whole
        if self._is_taken(self._of_store(), shared=shared):
            return
        before = self._place()
        self.take_store(shared=shared)
        if before is not None and self._place() != before:
            raise StoreBusyError(
                f"the store {self._server} was replaced while this command waited for it; nothing "
                "was done",
                hint="mailctl status, then try again",
            )

    def _place(self) -> object:
        """What tells the schema from another of the same name; None where there is none."""
        sql = "SELECT oid FROM pg_namespace WHERE nspname = $1"
        row = self._raw.execute(sql, [self._server.schema]).fetchone()
        return row and row[0]

    def begin(self, scope: Scope, known: Iterable[int] = ()) -> None:
        """Take what else a change begins with in a store that it has entered, and that is there.

        `known` are customers that it will hold, as is known.
        """
        if self.is_whole:
            self._is_last()
            return
        for customer in sorted(known):
            self._wait_for(self._of_customer(customer))
            self._customers.add(customer)
        if scope is Scope.IN_TURN:
            self.take_head()

    def take_store(self, *, shared: bool = False) -> None:
        """Take the lock of the store, whether there is a store yet or not."""
        self._wait_for(self._of_store(), shared=shared)

    def hold(self, customers: Iterable[int]) -> bool:
        """Hold customers; whether one of them was not held before.

        What was read of it may then be old. StartAgainError where waiting for it would be out of
        order, and where they are too many.
        """
        if self.is_whole:
            return False
        new = sorted(set(customers) - self._customers)
        if len(new) + len(self._customers) > MOST_CUSTOMERS:
            raise StartAgainError(whole=True)
        for customer in new:
            lock = self._of_customer(customer)
            if not self.has_head and customer > max(self._customers, default=0):
                self._wait_for(lock)
            elif not self._is_taken(lock):
                raise StartAgainError(customers=self._customers.union(new))
            self._customers.add(customer)
        return bool(new)

    def take_head(self) -> None:
        """Take the head of the chain: nobody else writes from now on."""
        self._wait_for(self._of_head())
        self._is_last()

    def _is_last(self) -> None:
        self.has_head = True
        self.before = trace_of(self._raw)

    def take_whole(self) -> None:
        """Hold the store alone, whatever was begun with; StartAgainError where it is shared."""
        if not self.is_whole:
            raise StartAgainError(whole=True)

    def _wait_for(self, lock: _Lock, *, shared: bool = False) -> None:
        if self._is_taken(lock, shared=shared):
            return
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise WaitedTooLongError(_holder(self._raw, lock))
        try:
            self._raw.execute(f"SET LOCAL lock_timeout = {max(1, int(left * 1000))}")
            function = f"pg_advisory_xact_lock{'_shared' if shared else ''}"
            self._raw.execute(lock.sql(function), lock.parameters)
        except psycopg.errors.LockNotAvailable:
            self._raw.execute("ROLLBACK")
            raise WaitedTooLongError(_holder(self._raw, lock)) from None

    def _is_taken(self, lock: _Lock, *, shared: bool = False) -> bool:
        """Take a lock if it is free; whether it was."""
        function = f"pg_try_advisory_xact_lock{'_shared' if shared else ''}"
        row = self._raw.execute(lock.sql(function), lock.parameters).fetchone()
        return bool(row and row[0])

    def _of_store(self) -> _Lock:
        return _of_schema(_STORE, self._server)

    def _of_head(self) -> _Lock:
        return _of_schema(_HEAD, self._server)

    def _of_customer(self, customer: int) -> _Lock:
        return _Lock(
            arguments=_CUSTOMER,
            parameters=(self._server.schema, str(customer)),
            shown=f"""
            l.objsubid = 1
            AND l.classid::bigint = {_SCHEMA}::bigint & 4294967295
            AND l.objid::bigint = $2::bigint & 4294967295
            """,
        )


def _of_schema(number: int, server: Server) -> _Lock:
    return _Lock(
        arguments=f"{number}, {_SCHEMA}",
        parameters=(server.schema,),
        shown=f"""
        l.objsubid = 2
        AND l.classid::bigint = {number}
        AND l.objid::bigint = {_SCHEMA}::bigint & 4294967295
        """,
    )


def take(raw: psycopg.Connection, server: Server, wait: float) -> None:
    """Take the lock of the whole store, in the transaction that was just begun.

    Raises StoreBusyError, which names the other writer, after `wait` seconds.
    """
    try:
        Locks(raw, server, time.monotonic() + wait).take_store()
    except WaitedTooLongError as error:
        raise busy(server, error) from None


def busy(server: Server, error: WaitedTooLongError) -> StoreBusyError:
    """The refusal where a lock was waited for too long."""
    return StoreBusyError(f"the store {server} is busy{error}", hint="try again, or give --wait S")


def _holder(raw: psycopg.Connection, lock: _Lock) -> str:
    """`: mailctl tick, process 4711 of the server, since …`, as far as the server tells."""
    row = raw.execute(
        f"""
        SELECT a.application_name, a.pid,
            to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        FROM pg_locks l
        JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory'
            AND l.granted
            AND l.pid <> pg_backend_pid()
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND {lock.shown}
        ORDER BY a.xact_start LIMIT 1
        """,
        lock.parameters,
    ).fetchone()
    if row is None:
        return ""
    return f": {described(*row)}"
