"""Putting a new schema in the place of a store's: under its whole lock, in one transaction.

The old schema is kept under another name, and says that the store is elsewhere. A command that
waits for the lock meanwhile finds another schema under the name, and is refused (`Locks.enter`). A
kill at any point leaves the old store: the server undoes what was not committed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from mailctl import clock
from mailctl.errors import MailctlError, PlanChangedError
from mailctl.store.engine import copying, moved
from mailctl.store.engine.dialect import quoted
from mailctl.store.engine.postgresql import blockers, creation, locks, lost_schema
from mailctl.store.engine.postgresql.connection import CHANGE, ServerConnection
from mailctl.store.engine.postgresql.damage import UNEXPECTED
from mailctl.store.engine.postgresql.draft_schema import DraftSchema
from mailctl.store.engine.postgresql.errors import is_lost, mapped_errors
from mailctl.store.engine.sqlite.file_store import FileStore
from mailctl.store.engine.transaction import Transaction

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.lost_schema import LostSchema
    from mailctl.store.engine.postgresql.server import Server

_COMMAND = "store restore"
_LONGEST_NAME = 63
# What a store's first table is comes first: whoever reads a store begins there.
_TABLES = """
    SELECT string_agg(format('%I.%I', n.nspname, c.relname), ', ' ORDER BY c.relname <> 'store')
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relkind = 'r'
"""
_OWNER = """
    SELECT pg_get_userbyid(nspowner)
    FROM pg_namespace
    WHERE nspname = $1 AND pg_get_userbyid(nspowner) <> current_user
"""
# Functions that search a schema by its name.
_FUNCTIONS = """
    SELECT oid::regprocedure::text
    FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND proconfig IS NOT NULL
"""
_GRANTS = """
    WITH granted AS (
        SELECT format('SCHEMA %I', $2::text) AS what, '' AS part, a.*
        FROM pg_namespace n
        CROSS JOIN aclexplode(n.nspacl) a
        WHERE n.nspname = $1 AND a.grantee <> n.nspowner
        UNION ALL
        SELECT format('TABLE %I.%I', $2::text, c.relname), g.part, a.*
        FROM pg_class c
        JOIN pg_class o
            ON o.relname = c.relname AND o.relnamespace = to_regnamespace(quote_ident($2::text))
        CROSS JOIN LATERAL (
            SELECT '' AS part, c.relacl AS acl
            UNION ALL
            SELECT format(' (%I)', t.attname), t.attacl
            FROM pg_attribute t
            JOIN pg_attribute u ON u.attrelid = o.oid AND u.attname = t.attname
            WHERE t.attrelid = c.oid AND NOT t.attisdropped
        ) g
        CROSS JOIN aclexplode(g.acl) a
        WHERE c.relnamespace = to_regnamespace(quote_ident($1::text))
            AND c.relkind = 'r'
            AND a.grantee <> c.relowner
    )
    SELECT format(
        'GRANT %s%s ON %s TO %s%s', privilege_type, part, what,
        CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
        CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
    )
    FROM granted
    WHERE grantee = 0 OR EXISTS (SELECT 1 FROM pg_roles r WHERE r.oid = grantee)
"""


class HeldSchema:
    """A store's place on a server, in the transaction in which nobody else uses it."""

    def __init__(self, connection: ServerConnection, wait: float) -> None:
        self._connection = connection
        self._raw = connection.raw
        self._server = connection.server
        self._wait = wait
        self.salvage: LostSchema | None = lost_schema.found(connection)
        self.is_there = self.salvage is not None
        row = self._raw.execute(_OWNER, [self._server.schema]).fetchone()
        if row is not None:
            # Whoever owned the old store owns the new one.
            self._raw.execute(f"SET LOCAL ROLE {quoted(row[0])}")
        if self.is_there:
            self._raw.execute("SAVEPOINT alone")
            self._keep_out(self._server.schema)
            self._raw.execute("ROLLBACK TO SAVEPOINT alone")

    def _keep_out(self, schema: str) -> None:
        """Have the old tables alone: whoever reads them would go on in others."""
        (tables,) = self._raw.execute(_TABLES, [schema]).fetchone() or (None,)
        if tables is None:
            return
        self._raw.execute(f"SET LOCAL lock_timeout = {max(1, int(self._wait * 1000))}")
        try:
            self._raw.execute(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE")
        except psycopg.errors.LockNotAvailable as error:
            raise blockers.busy(self._raw, self._server, or_reads=True) from error

    def replace(self, draft: Path) -> str | None:
        """Give a complete draft the place of the store; where that is kept, if there was one."""
        name = self._kept_name() if self.is_there else None
        if name is not None:
            self._put_aside(name)
        connection = ServerConnection(self._raw, self._server, is_sealed=True)
        creation.make(connection)
        schema = DraftSchema(connection)
        with FileStore(draft).read() as reader:
            copying.fill(reader, schema)
        if name is not None:
            for (grant,) in self._raw.execute(_GRANTS, [name, self._server.schema]).fetchall():
                self._raw.execute(grant)
            self._keep_out(name)
        creation.commit(connection, _COMMAND)
        return self._server.with_schema(name) if name is not None else None

    def _kept_name(self) -> str:
        """A name for the old schema that nothing has."""
        end = f"{moved.REPLACED_SCHEMA}{re.sub(r'[-:]', '', clock.stamp()).lower()}"
        number = 1
        while True:
            last = end if number == 1 else f"{end}_{number}"
            name = f"{self._server.schema[: _LONGEST_NAME - len(last)]}{last}"
            if not self._raw.execute(
                "SELECT 1 FROM pg_namespace WHERE nspname = $1", [name]
            ).fetchone():
                return name
            number += 1

    def _put_aside(self, name: str) -> None:
        """Mark the old schema, and give it another name, by which its functions find it too."""
        self._mark()
        here = self._server.schema
        self._raw.execute(f"ALTER SCHEMA {quoted(here)} RENAME TO {quoted(name)}")
        self._raw.execute(f"SET LOCAL search_path = {quoted(name)}, pg_temp")
        for (function,) in self._raw.execute(_FUNCTIONS).fetchall():
            self._raw.execute(f"ALTER FUNCTION {function} SET search_path FROM CURRENT")
        self._raw.execute(f"SET LOCAL search_path = {quoted(here)}, pg_temp")

    def _mark(self) -> None:
        """Let the old store say that the store is elsewhere: at this place, which it leaves.

        One that is too damaged for that is changed by nobody anyway.
        """
        self._raw.execute("SAVEPOINT marking")
        try:
            transaction = Transaction(
                self._server, self._connection, command=_COMMAND, dry_run=False
            )
            moved.mark(transaction, str(self._server), is_copy=False)
            transaction.finish()
        except (MailctlError, *UNEXPECTED) as error:
            if isinstance(error, psycopg.Error) and is_lost(error):
                raise
            self._raw.execute("ROLLBACK TO SAVEPOINT marking")


@contextmanager
def held(server: Server, wait: float) -> Iterator[HeldSchema]:
    """A store's place, once nobody else writes or reads there; StoreBusyError after `wait`."""
    deadline = time.monotonic() + wait
    with (
        mapped_errors(server),
        creation.opened(server, _COMMAND, how=CHANGE, wait=wait) as connection,
    ):
        try:
            locks.take(connection.raw, server, wait)
            yield HeldSchema(connection, max(0, deadline - time.monotonic()))
            # What was not committed is undone: psycopg would commit it. A commit that was found,
            # though its answer was lost, has left no connection.
            if not connection.raw.closed:
                connection.raw.rollback()
        except psycopg.errors.UniqueViolation as error:
            raise PlanChangedError(
                f"something else appeared at {server} meanwhile; nothing was done",
                hint="look at it: mailctl status; then the same command again",
            ) from error
