"""A schema that is being made as a copy of a store: nobody sees it before its one commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import StoreDamagedError
from mailctl.store.engine import moved
from mailctl.store.engine.postgresql import creation, integrity
from mailctl.store.engine.postgresql.errors import first_line, mapped_errors
from mailctl.store.engine.transaction import Transaction

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.connection import ServerConnection
    from mailctl.store.engine.postgresql.server import Server
    from mailctl.store.engine.sqlite.tables import Table

_REFERENCES = """
    SELECT c.relname, r.conname, pg_get_constraintdef(r.oid)
    FROM pg_constraint r
    JOIN pg_class c ON c.oid = r.conrelid
    WHERE r.connamespace = current_schema()::regnamespace AND r.contype = 'f'
"""
_INDEXES = """
    SELECT n.relname, pg_get_indexdef(n.oid)
    FROM pg_index i
    JOIN pg_class n ON n.oid = i.indexrelid
    WHERE n.relnamespace = current_schema()::regnamespace
        AND NOT EXISTS (SELECT 1 FROM pg_constraint r WHERE r.conindid = n.oid AND r.contype <> 'f')
"""
_TABLES = """
    SELECT relname
    FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
"""


class DraftSchema:
    """A store's schema; its indexes and references are put aside until all rows are there."""

    def __init__(self, connection: ServerConnection) -> None:
        self.connection = connection
        self._server = connection.server
        self._raw = connection.raw
        self._tables = [name for (name,) in self._raw.execute(_TABLES).fetchall()]
        self._references = self._raw.execute(_REFERENCES).fetchall()
        self._indexes = self._raw.execute(_INDEXES).fetchall()
        for table, name, _ in self._references:
            self._raw.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in self._indexes:
            self._raw.execute(f"DROP INDEX {name}")
        self._guard("DISABLE")

    def _guard(self, how: str) -> None:
        for table in self._tables:
            self._raw.execute(f"ALTER TABLE {table} {how} TRIGGER USER")

    def put(self, table: Table, batches: Iterable[Sequence[Sequence[object]]]) -> None:
        """Add rows to a table."""
        into = f"COPY {table.name} ({', '.join(table.columns)}) FROM STDIN"
        try:
            with self._raw.cursor() as cursor, cursor.copy(into) as copy:
                for rows in batches:
                    for row in rows:
                        copy.write_row(row)
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            raise _not_fitting(table.name, first_line(error)) from error

    def complete(self) -> None:
        """Make the indexes and references, which all rows must fit, and turn the guards on."""
        try:
            for _, definition in self._indexes:
                self._raw.execute(definition)
            for table, name, definition in self._references:
                self._raw.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        except psycopg.IntegrityError as error:
            raise _not_fitting(error.diag.table_name or "store", first_line(error)) from error
        self._guard("ENABLE")
        self._raw.execute(f"ANALYZE {', '.join(self._tables)}")
        for lost in integrity.lost_of_guarded(self._raw):
            raise _not_fitting("invoice_line", lost)

    def publish(self, place: str) -> None:
        """Mark it as a copy, and commit."""
        transaction = Transaction(
            self._server, self.connection, command="store copy", dry_run=False
        )
        moved.mark(transaction, place, is_copy=True)
        transaction.finish()
        creation.commit(self.connection, "store copy")


def _not_fitting(table: str, why: str) -> StoreDamagedError:
    return StoreDamagedError(
        f"the store cannot be copied: a row of its {table} does not fit: {why}",
        hint="mailctl store check",
    )


@contextmanager
def draft_schema(server: Server) -> Iterator[DraftSchema]:
    """A draft of a store in a schema; AlreadyExistsError where something is in it."""
    with mapped_errors(server), creation.begun(server, "store copy") as connection:
        yield DraftSchema(connection)
