"""The lock of a whole store: one program changes it at a time, and the others wait in turn.

It is an advisory lock of PostgreSQL's, held by a transaction and given up with it, however the
transaction ends. Who reads takes none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import StoreBusyError

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server

_CLASS = 0x4D43544C
"""Advisory locks are numbers that all programs of a database share: mailctl's begin so."""
_KEY = "hashtext($1)"


def take(raw: psycopg.Connection, server: Server, wait: float) -> None:
    """Take the lock of the whole store, in the transaction that was just begun.

    Raises StoreBusyError, which names the other writer, after `wait` seconds.
    """
    try:
        if wait > 0:
            raw.execute(f"SET LOCAL lock_timeout = {max(1, int(wait * 1000))}")
            raw.execute(f"SELECT pg_advisory_xact_lock({_CLASS}, {_KEY})", [server.schema])
            raw.execute("SET LOCAL lock_timeout = DEFAULT")
            return
        row = raw.execute(
            f"SELECT pg_try_advisory_xact_lock({_CLASS}, {_KEY})", [server.schema]
        ).fetchone()
        if row and row[0]:
            return
    except psycopg.errors.LockNotAvailable:
        raw.execute("ROLLBACK")
    raise StoreBusyError(
        f"the store {server} is busy{_holder(raw, server)}", hint="try again, or give --wait S"
    )


def _holder(raw: psycopg.Connection, server: Server) -> str:
    """`: mailctl tick, process 4711 of the server, since …`, as far as the server tells."""
    row = raw.execute(
        f"""
        SELECT a.application_name, a.pid,
            to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        FROM pg_locks l
        JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory'
            AND l.granted
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND l.classid::bigint = {_CLASS}
            AND l.objid::bigint = {_KEY}::bigint & 4294967295
        LIMIT 1
        """,
        [server.schema],
    ).fetchone()
    if row is None:
        return ""
    name, process, since = row
    began = f", since {since}" if since else ""
    return f": {name or 'another program'}, process {process} of the server{began}"
