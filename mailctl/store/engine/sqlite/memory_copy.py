"""A copy of a store in memory, on which days to come are simulated.

They are processed by the code that processes days in the store, and nothing reaches the file. What
exceeds the copy's cache is in a temporary file, which has no name and ends with the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from typing import TYPE_CHECKING

from mailctl.store.engine.location import Location
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.connection import Connection, configure
from mailctl.store.engine.sqlite.damage import UNEXPECTED
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction

if TYPE_CHECKING:
    from mailctl.store.engine.journal import Entry


class UnrecordedTransaction(Transaction):
    """A change of which the journal says nothing: nobody will ask who made it."""

    def record(
        self,
        kind: str,
        subject: str,
        details: Mapping[str, object] | None = None,
        personal: Mapping[str, object] | None = None,
    ) -> None:
        """Add nothing."""

    def record_all(self, rows: Sequence[Entry]) -> None:
        """Add nothing."""

    def record_each(self, *_: object, **__: object) -> None:
        """Add nothing."""

    def close_batch(self) -> bool:
        """Chain nothing."""
        return False


class MemoryCopy:
    """The copy; `reader` reads it, and its `today` is that of the store when it was copied."""

    def __init__(
        self, location: Location, connection: Connection, made_by: type[Transaction]
    ) -> None:
        self._location = location
        self._connection = connection
        self._made_by = made_by
        self.reader = Reader(location, connection)

    @contextmanager
    def day(self, day: date) -> Iterator[Transaction]:
        """One transaction of that day, kept in the copy; undone on an error."""
        self._connection.execute("BEGIN")
        try:
            transaction = self._made_by(
                self._location, self._connection, command="forecast", dry_run=False
            )
            transaction.move_clock(day)
            yield transaction
            transaction.close_batch()
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def copied(reader: Reader) -> Connection:
    """What a reader sees, copied; whoever takes it closes it."""
    connection = sqlite3.connect("", isolation_level=None, factory=Connection)
    try:
        reader.connection.fill(connection)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def copy_to_simulate(store: Store, connection: Connection) -> Iterator[MemoryCopy]:
    """The copy of a store of which no reader is open any more, closed at the end.

    What happens in it has no journal and no guards: both are for what was and stays.
    """
    with closing(connection):
        try:
            with _configured(store.location, connection, UnrecordedTransaction) as copy:
                _make_light(connection)
                yield copy
        except UNEXPECTED:
            # The copy has no seals: only the store tells whether damage is the cause.
            with store.read():
                raise


@contextmanager
def copy_of_snapshot(reader: Reader) -> Iterator[MemoryCopy]:
    """A copy of what a reader sees."""
    with (
        closing(copied(reader)) as connection,
        _configured(reader.location, connection, Transaction) as copy,
    ):
        yield copy


@contextmanager
def _configured(
    location: Location, connection: Connection, made_by: type[Transaction]
) -> Iterator[MemoryCopy]:
    with mapped_errors(location):
        configure(connection)
        # The code that writes keeps its references; checking each again is a fifth of the time. A
        # copy that ends with the process need not outlive a crash.
        connection.executescript(
            "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF;"
        )
        yield MemoryCopy(location, connection, made_by)


_ASKED_FOR = "CREATE INDEX notice_asked ON notice (customer_id, kind, due_on, order_number)"
"""What was asked for is looked up at each debt, among all that a customer was ever written: the
index of the customers' notices with more columns."""


def _make_light(connection: Connection) -> None:
    """Leave out what refuses changes that the code never makes, and find what was asked for."""
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in triggers.fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DROP INDEX notice_customer")
    connection.execute(_ASKED_FOR)
