"""A store's file that stays open from one use to the next (`Store.kept_open`).

An error closes it, so that nothing of what was undone is left in the connection; the next use opens
it anew. So does a use that finds another file at the path, or tables of another shape: it finds out
within its transaction, where nothing of that changes any more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from mailctl.store.engine.location import Location
from mailctl.store.engine.sqlite import store_file
from mailctl.store.engine.sqlite.damage import damage_detected
from mailctl.store.engine.sqlite.file_store import FileStore, roll_back
from mailctl.store.engine.sqlite.writer_lock import take_lock

if TYPE_CHECKING:
    from mailctl.store.engine.sqlite.connection import Connection
    from mailctl.store.engine.upgraded import Upgrade

_LEFT = "SELECT name FROM temp.sqlite_master WHERE type = 'table' AND name <> 'touched'"


class _Opened:
    """The one connection, which file it is of, and the version of its tables' shape."""

    def __init__(
        self, connection: Connection, place: store_file.Place | None, closing: ExitStack
    ) -> None:
        self.connection = connection
        self.place = place
        self.shape = _shape(connection)
        self.closing = closing


class _Holder:
    """What is open now: a store that waits longer shares it."""

    opened: _Opened | None = None


class KeptFile(FileStore):
    """A store's file that is opened by the first use, and stays open; for one thread."""

    def __init__(
        self, location: Location, *, wait: float, upgraded: Callable[[Upgrade], None] | None
    ) -> None:
        super().__init__(location, wait=wait, upgraded=upgraded)
        self._holder = _Holder()

    def close(self) -> None:
        """Close what is open."""
        opened, self._holder.opened = self._holder.opened, None
        if opened is None:
            return
        if not self._is_in_place(opened):
            # SQLite would leave the log, and take it for that of the file which came in its place:
            # it is merged into its own file, wherever that is now.
            with suppress(sqlite3.Error):
                roll_back(opened.connection)
                opened.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.closing.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        def begin(connection: Connection) -> None:
            connection.execute("BEGIN")

        upgrades = self._upgraded is not None
        with self._begun(begin, "store upgrade", upgrades=upgrades) as connection:
            yield connection
            roll_back(connection)

    @contextmanager
    def _changing(self, command: str, *, dry_run: bool) -> Iterator[Connection]:
        if dry_run:
            # It leaves every byte as it is, also of a log that closing would merge.
            self.close()
            with super()._changing(command, dry_run=True) as connection:
                yield connection
            return

        def begin(connection: Connection) -> None:
            take_lock(connection, self.location, self.wait)

        with self._begun(begin, command, upgrades=True) as connection:
            yield connection

    @contextmanager
    def _begun(
        self, begin: Callable[[Connection], None], command: str, *, upgrades: bool
    ) -> Iterator[Connection]:
        """The connection in a transaction, on the file and the tables that it was opened for."""
        try:
            while True:
                opened = self._holder.opened or self._open(command, upgrades=upgrades)
                begin(opened.connection)
                if self._is_current(opened):
                    break
                self.close()
            with damage_detected(self.location, opened.connection):
                _empty_temporary_tables(opened.connection)
                yield opened.connection
        except BaseException:
            self.close()
            raise

    def _open(self, command: str, *, upgrades: bool) -> _Opened:
        self._check_version(upgrades=upgrades, command=command)
        place = store_file.place_of(self.location)
        with ExitStack() as closing:
            connection = closing.enter_context(self._connected("rw"))
            self._check_identity(connection)
            if place is not None:
                closing.enter_context(store_file.kept_open(place))
            opened = _Opened(connection, place, closing.pop_all())
        self._holder.opened = opened
        return opened

    def _is_in_place(self, opened: _Opened) -> bool:
        return opened.place is not None and store_file.place_of(self.location) == opened.place

    def _is_current(self, opened: _Opened) -> bool:
        return self._is_in_place(opened) and _shape(opened.connection) == opened.shape


def _shape(connection: sqlite3.Connection) -> tuple[object, object]:
    """What changes whenever the store is upgraded, or a table, index or guard is made or lost."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (schema,) = connection.execute("PRAGMA schema_version").fetchone()
    return version, schema


def _empty_temporary_tables(connection: sqlite3.Connection) -> None:
    """Leave nothing of one transaction for the next."""
    for (name,) in connection.execute(_LEFT).fetchall():
        connection.execute(f"DELETE FROM temp.{name}")
