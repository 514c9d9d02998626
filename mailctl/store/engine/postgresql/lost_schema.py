"""Reading what can still be read of a schema that may be damaged: each question by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import psycopg

from mailctl.errors import StoreForbiddenError, StoreForeignError
from mailctl.store.engine import seals, verification
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.postgresql import catalogue, creation
from mailctl.store.engine.postgresql.connection import SNAPSHOT
from mailctl.store.engine.postgresql.damage import UNEXPECTED
from mailctl.store.engine.postgresql.errors import first_line, is_lost, mapped_errors
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.sqlite.lost_file import Rows, Salvage, why_elsewhere

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.connection import ServerConnection
    from mailctl.store.engine.postgresql.server import Server

Made = TypeVar("Made")
_IDENTITY = """
    SELECT obj_description(n.oid, 'pg_namespace'),
        (SELECT count(*) FROM pg_class c WHERE c.relnamespace = n.oid)
        + (SELECT count(*) FROM pg_proc p WHERE p.pronamespace = n.oid),
        pg_has_role(n.nspowner, 'MEMBER'),
        has_database_privilege(n.nspowner, current_database(), 'CREATE')
    FROM pg_namespace n
    WHERE n.nspname = $1
"""
# Which way a file is read, past an index or through it, is nothing to a server.
_WAY = re.compile(r"\b(?:NOT INDEXED|INDEXED BY \w+)")
_PASSING = ("08", "25", "40", "42501", "53", "55", "57")
"""Locks, limits, rights and lost connections: what says nothing of the rows."""


class LostSchema(Salvage):
    """A transaction that answers what it can: a table that cannot be read costs only itself."""

    def __init__(self, server: ServerConnection, why: str | None = None) -> None:
        self._server = server
        self._why = why

    def rows(self, *ways: str, parameters: Mapping[str, object] = EMPTY) -> Rows | None:
        """The rows of the first of these queries that can be answered; None where none can."""
        for sql in ways:
            plain = _WAY.sub("", sql)
            found = self._tried(lambda sql=plain: self._read(sql, parameters))  # type: ignore[misc]
            if not isinstance(found, Exception):
                return found
        return None

    def _read(self, sql: str, parameters: Mapping[str, object]) -> Rows:
        return list(self._server.execute(sql, parameters).fetchall())

    def up_to_fault(self, sql: str) -> Rows:
        """The rows of a query, up to the batch with the first that cannot be read."""
        found: Rows = []

        def read() -> None:
            found.extend(self._server.stream(_WAY.sub("", sql)))

        self._tried(read)
        return found

    def fault(self) -> str | None:
        """Why it proves nothing; None where it is whole, as mailctl wrote it, and the store."""
        found = self._tried(lambda: next(self._faults(), None))
        if isinstance(found, psycopg.Error):
            return first_line(found)
        return str(found) or type(found).__name__ if isinstance(found, Exception) else found

    def _tried(self, read: Callable[[], Made]) -> Made | Exception:
        """What reading gives, or the fault that it met; the transaction goes on."""
        raw = self._server.raw
        raw.execute("SAVEPOINT salvage")
        try:
            found = read()
        except UNEXPECTED as error:
            if isinstance(error, psycopg.Error) and (
                is_lost(error) or (error.sqlstate or "").startswith(_PASSING)
            ):
                raise
            raw.execute("ROLLBACK TO SAVEPOINT salvage")
            return error
        raw.execute("RELEASE SAVEPOINT salvage")
        return found

    def _faults(self) -> Iterator[str]:
        db = self._server
        if self._why is not None:
            yield self._why
        row = db.raw.execute(_IDENTITY, [db.server.schema]).fetchone()
        version = catalogue.version_of(row[0] if row else None)
        if version != migrations.VERSION:
            yield f"it has schema {version}, not {migrations.VERSION}"
        yield from db.faults()
        yield from db.lost_references()
        if reason := verification.verify(db).reason:
            yield reason
        for part in seals.broken(db):
            yield f"its table {part.table} was changed by another program"
        yield from db.differences()


@contextmanager
def salvaged(server: Server, wait: float) -> Iterator[LostSchema | None]:
    """A store in a schema, as far as it can be read; None where nothing is.

    StoreForeignError for what is another program's, StoreForbiddenError where this role could not
    replace it.
    """
    with (
        mapped_errors(server),
        creation.opened(server, "store restore", how=SNAPSHOT, wait=wait) as connection,
    ):
        yield found(connection)
        connection.raw.execute("ROLLBACK")


def found(connection: ServerConnection) -> LostSchema | None:
    """The store of the transaction's schema, as far as it can be read; None where nothing is."""
    server = connection.server
    row = connection.raw.execute(_IDENTITY, [server.schema]).fetchone()
    comment, objects, is_ours, may_make = row or (None, 0, True, _may_make(connection))
    if objects and catalogue.version_of(comment) is None:
        raise StoreForeignError(
            f"the schema {server.schema} of {server} is another program's, and is not replaced",
            hint="check --store",
        )
    if not is_ours:
        raise StoreForbiddenError(
            f"this role does not own the schema {server.schema} of {server}, and cannot replace it",
            hint="use the role that owns the store",
        )
    if not may_make:
        raise StoreForbiddenError(
            f"the role that owns the store at {server} may make no schema in that database",
            hint="GRANT CREATE ON DATABASE NAME TO ROLE, for as long as the restore takes",
        )
    if not objects:
        return None
    return LostSchema(connection, why_elsewhere(LostSchema(connection), server))


def _may_make(connection: ServerConnection) -> bool:
    row = connection.raw.execute(
        "SELECT has_database_privilege(current_database(), 'CREATE')"
    ).fetchone()
    return bool(row and row[0])
