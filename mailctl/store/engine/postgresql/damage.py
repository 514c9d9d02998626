"""Distinguishes a damaged store from a bug, where either may have caused an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import PUT_A_COPY_BACK, StoreDamagedError
from mailctl.store.engine.postgresql.connection import SNAPSHOT
from mailctl.store.engine.postgresql.errors import is_internal, refusal
from mailctl.store.engine.symptoms import SYMPTOMS

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.connection import ServerConnection
    from mailctl.store.engine.postgresql.server import Server

_PATIENCE_SECONDS = 10.0
UNEXPECTED = (*SYMPTOMS, psycopg.Error)


@contextmanager
def damage_detected(server: Server, connection: ServerConnection) -> Iterator[None]:
    """Check the store for damage before an unexpected error is called a bug."""
    try:
        yield
    except UNEXPECTED as error:
        if isinstance(error, psycopg.Error) and not is_internal(error) and refusal(error, server):
            raise
        reason = _damage(connection)
        if reason is None:
            raise
        raise StoreDamagedError(
            f"the store {server} is damaged: {reason}", hint=PUT_A_COPY_BACK
        ) from error


def _damage(connection: ServerConnection) -> str | None:
    from mailctl.store.engine import seals, verification

    with suppress(psycopg.Error):
        connection.raw.execute("ROLLBACK")
        connection.begin(SNAPSHOT, wait=_PATIENCE_SECONDS)
        fault = next(connection.faults(), None)
        if fault is not None:
            return fault
        found = verification.verify(connection)
        changed = next(seals.broken(connection), None)
        if changed is not None and found.reason is None:
            return f"its table {changed.table} was changed by another program"
        return found.reason or seals.no_day(connection) or next(connection.differences(), None)
    return None
