"""One quick look at a store on a server, for a shell that waits for names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from mailctl.errors import MailctlError
from mailctl.store.engine.postgresql.connection import SNAPSHOT, ServerConnection, connected

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server

_SECONDS = 2


@contextmanager
def glimpsed(server: Server) -> Iterator[ServerConnection]:
    """A connection without any check; RuntimeError where that fails."""
    try:
        with connected(server, application="mailctl", wait=_SECONDS, attributes="any") as raw:
            connection = ServerConnection(raw, server, is_sealed=False)
            connection.begin(SNAPSHOT, wait=_SECONDS)
            yield connection
            raw.execute("ROLLBACK")
    except (psycopg.Error, MailctlError) as error:
        raise RuntimeError(str(error)) from error
