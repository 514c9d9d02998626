"""Making a new store on a server: complete, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import AlreadyExistsError, StoreForeignError
from mailctl.store.engine import seals
from mailctl.store.engine.dialect import quoted
from mailctl.store.engine.postgresql import blockers, catalogue, locks, looking
from mailctl.store.engine.postgresql.connection import (
    CHANGE,
    PRIMARY,
    ServerConnection,
    connected,
)
from mailctl.store.engine.postgresql.errors import createdb, mapped_errors
from mailctl.store.engine.postgresql.outcome import trace_of
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.transaction import Transaction
from mailctl.values import fields

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server
    from mailctl.store.engine.reader import StoreInfo

OLDEST_SERVER = 15
_PATIENCE_SECONDS = 10.0
_LOCALES = frozenset(("C.UTF-8", "C.utf8"))
_DATABASE = """
    SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text
    FROM pg_database
    WHERE datname = current_database()
"""
_SCHEMA = """
    SELECT
        (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid)
        + (SELECT count(*) FROM pg_proc p WHERE p.pronamespace = n.oid)
    FROM pg_namespace n
    WHERE n.nspname = $1
"""


@contextmanager
def created(server: Server, info: StoreInfo, today: date) -> Iterator[Transaction]:
    """A new store, open for its first change; it is there when that succeeds.

    Raises AlreadyExistsError where its schema holds something, StoreForeignError where the server
    or its database is of a kind that no store can be on.
    """
    with mapped_errors(server), begun(server, "init") as connection:
        connection.execute(
            """
            INSERT INTO store (id, created_at, clock, timezone, seller_country, currency)
            VALUES (1, :created_at, :clock, :timezone, :seller_country, :currency)
            """,
            fields(info),
        )
        connection.execute("INSERT INTO clock (id, reached_on) VALUES (1, :day)", {"day": today})
        seals.begin(connection)
        transaction = Transaction(server, connection, command="init", dry_run=False)
        yield transaction
        transaction.finish()
        commit(connection, "init")


@contextmanager
def begun(server: Server, command: str) -> Iterator[ServerConnection]:
    """The tables of a store without rows, in a transaction that the caller commits."""
    with opened(server, command) as connection:
        locks.take(connection.raw, server, _PATIENCE_SECONDS)
        _check_empty(connection)
        try:
            make(connection)
            yield connection
            # What was not committed is undone: psycopg would commit it. A commit that was found,
            # though its answer was lost, has left no connection.
            if not connection.raw.closed:
                connection.raw.rollback()
        except psycopg.errors.UniqueViolation as error:
            # Another process has made it at the same time.
            raise _taken(server) from error


def commit(connection: ServerConnection, command: str) -> None:
    """Commit a new store with all its rows; DiskFailedError where it is not there."""
    after = trace_of(connection.raw)

    def found(raw: psycopg.Connection) -> bool:
        row = raw.execute(_SCHEMA, [connection.server.schema]).fetchone()
        # A seal has a key that no other store has: what was there before has others.
        try:
            return bool(row and row[0]) and trace_of(raw) == after
        except psycopg.errors.UndefinedTable:
            return False

    looking.commit(connection.raw, connection.server, command, found)


def check_free(server: Server) -> None:
    """Raise what `created` would raise before it makes anything."""
    with mapped_errors(server), opened(server) as connection:
        _check_empty(connection)


@contextmanager
def opened(
    server: Server, command: str = "init", *, how: str = CHANGE, wait: float = _PATIENCE_SECONDS
) -> Iterator[ServerConnection]:
    """A transaction of a database in which a store can be; StoreForeignError for any other."""
    with connected(server, application=f"mailctl {command}", wait=wait, attributes=PRIMARY) as raw:
        check_server(raw, server)
        connection = ServerConnection(raw, server, is_sealed=True)
        connection.begin(how, wait=wait)
        encoding, *locales, provider = raw.execute(_DATABASE).fetchone() or ("", "", "", "")
        # Texts are sorted byte by byte, as in a file, and all letters have small ones.
        if encoding != "UTF8" or not ({*locales} <= _LOCALES or provider == "b"):
            raise StoreForeignError(
                f"the database of {server} is in {encoding}, sorted as {locales[0]} does: a store "
                "needs UTF8 and C.UTF-8",
                hint=f"a database of its own: {createdb('NAME')}",
            )
        try:
            yield connection
        except psycopg.errors.LockNotAvailable as error:
            raise blockers.busy(raw, server) from error


def _check_empty(connection: ServerConnection) -> None:
    server = connection.server
    row = connection.raw.execute(_SCHEMA, [server.schema]).fetchone()
    if row is not None and row[0]:
        raise _taken(server)


def check_server(raw: psycopg.Connection, server: Server) -> None:
    """Raise StoreForeignError for a PostgreSQL that is too old."""
    version = raw.info.server_version // 10_000
    if version < OLDEST_SERVER:
        raise StoreForeignError(
            f"the server of {server} is PostgreSQL {version}: a store needs {OLDEST_SERVER} or "
            "newer",
            hint="have the store on a newer server",
        )


def _taken(server: Server) -> AlreadyExistsError:
    return AlreadyExistsError(
        f"there is something in the schema {server.schema} of {server} already",
        hint="mailctl status, or give another schema: ?schema=NAME",
    )


def make(connection: ServerConnection) -> None:
    """Make the schema, unless an administrator has made it, empty, for this role."""
    schema = quoted(connection.server.schema)
    row = connection.raw.execute(_SCHEMA, [connection.server.schema]).fetchone()
    if row is None:
        connection.raw.execute(f"CREATE SCHEMA {schema}")
    catalogue.make(connection)
    connection.raw.execute(
        f"COMMENT ON SCHEMA {schema} IS '{catalogue.comment(migrations.VERSION)}'"
    )
