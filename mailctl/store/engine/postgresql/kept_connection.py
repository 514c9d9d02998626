"""A connection to a store on a server that stays open from one use to the next (`Store.kept_open`).

An error ends it, so that nothing of what was undone is left in the session; the next use opens
another. So does a use that cannot begin since the connection was lost: until then it has done
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import psycopg

from mailctl.store.engine.postgresql import blockers
from mailctl.store.engine.postgresql.connection import CHANGE, PRIMARY, ServerConnection
from mailctl.store.engine.postgresql.errors import mapped_errors
from mailctl.store.engine.postgresql.server_store import ServerStore, close

if TYPE_CHECKING:
    from mailctl.store.engine.location import Location
    from mailctl.store.engine.upgraded import Upgrade

_MOST_PREPARED = 500


class _Holder:
    """The connection that is open now, and what it calls itself; a patient store shares it."""

    connection: ServerConnection | None = None
    application = ""


class KeptServer(ServerStore):
    """A store on a server whose connection is opened by the first use, and stays open."""

    def __init__(
        self, location: Location, *, wait: float, upgraded: Callable[[Upgrade], None] | None
    ) -> None:
        super().__init__(location, wait=wait, upgraded=upgraded)
        self._holder = _Holder()

    def close(self) -> None:
        """End the connection, if there is one."""
        connection, self._holder.connection = self._holder.connection, None
        if connection is not None:
            close(connection.raw)

    @contextmanager
    def _begun(self, application: str, how: str, *, attributes: str) -> Iterator[ServerConnection]:
        """The connection, in a transaction; reads go where changes go."""
        del attributes
        try:
            with mapped_errors(self.location):
                connection = self._fit(application, how)
                try:
                    yield connection
                except psycopg.errors.LockNotAvailable as error:
                    raise blockers.busy(connection.raw, self.location) from error
                if how != CHANGE:
                    connection.raw.execute("COMMIT")
        except BaseException:
            self.close()
            raise

    def _fit(self, application: str, how: str) -> ServerConnection:
        """The connection that is open if a transaction can begin on it; else another."""
        connection = self._holder.connection
        if connection is not None:
            if how != CHANGE or application == self._holder.application:
                with suppress(psycopg.OperationalError):
                    connection.begin(how, wait=self.wait)
                    return connection
            self.close()
        connection = self._opened(application, PRIMARY)
        self._holder.connection, self._holder.application = connection, application
        connection.raw.prepared_max = _MOST_PREPARED
        connection.begin(how, wait=self.wait)
        return connection
