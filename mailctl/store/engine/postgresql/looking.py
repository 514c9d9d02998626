"""The commit of a store's change: where it is not answered, it is looked for on the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import DiskFailedError, MailctlError
from mailctl.store.engine.postgresql import commits, locks
from mailctl.store.engine.postgresql.connection import CHANGE, PRIMARY, begin, connected

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server


def commit(raw: psycopg.Connection, server: Server, command: str, found: commits.Found) -> None:
    """Commit; DiskFailedError where the change did not take place, or nobody can tell.

    `found` says whether it is there, on a connection that holds the lock of the store.
    """

    def connect() -> psycopg.Connection:
        with _no_answer():
            return connected(server, application=f"mailctl {command}", wait=1, attributes=PRIMARY)

    def look(other: psycopg.Connection) -> bool:
        # A snapshot from before the lock would not show what was committed meanwhile.
        begin(other, server, CHANGE, wait=commits.LOOKS_FOR_SECONDS)
        with _no_answer():
            locks.take(other, server, commits.LOOKS_FOR_SECONDS)
        return found(other)

    if not commits.commit(raw, command, connect=connect, found=look):
        raise DiskFailedError(
            f"the connection was lost at the commit of `{command}`, which did not take place",
            hint="try again",
        )


@contextmanager
def _no_answer() -> Iterator[None]:
    """A server that is away, or whose lock is held, does not say what became of the change."""
    try:
        yield
    except MailctlError as error:
        raise psycopg.OperationalError(error.message) from error
