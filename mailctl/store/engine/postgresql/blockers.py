"""Another program that holds a table or rows of a store, past mailctl's own lock.

A person in psql who forgot to end a transaction, LOCK TABLE, a reindexing: whoever waits for such a
lock in vain is told who has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import StoreBusyError

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server

_HOLDER = """
    SELECT a.application_name, a.pid, a.state,
        to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    FROM pg_locks l
    JOIN pg_class c ON c.oid = l.relation
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.pid <> pg_backend_pid()
        AND (l.mode <> 'AccessShareLock' OR $2::boolean)
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND n.nspname = $1
    ORDER BY
        l.mode = 'AccessShareLock',
        l.mode IN ('RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock'),
        a.xact_start
    LIMIT 1
"""


def busy(raw: psycopg.Connection, server: Server, *, or_reads: bool = False) -> StoreBusyError:
    """The refusal of whoever has waited long enough; its transaction is undone.

    `or_reads`: who only reads was in the way too.
    """
    raw.execute("ROLLBACK")
    row = raw.execute(_HOLDER, [server.schema, str(or_reads)]).fetchone()
    if row is None:
        said, hint = "", "try again, or give --wait S"
    else:
        name, process, state, since = row
        said = f": {described(name, process, since)}, is in the way"
        if (state or "").startswith("idle in transaction"):
            said += " and idle"
        hint = f"try again; if it has been forgotten: SELECT pg_terminate_backend({process})"
    return StoreBusyError(f"the store {server} is busy{said}", hint=hint)


def described(name: str | None, process: int, since: str | None) -> str:
    """`psql, process 4711 of the server, since …`, as far as the server tells."""
    began = f", since {since}" if since else ""
    return f"{name or 'another program'}, process {process} of the server{began}"
