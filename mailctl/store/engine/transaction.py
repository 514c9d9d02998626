"""A store that is open for one change, with the journal rows that the change writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from mailctl.store.engine.connection import EMPTY, Connection
from mailctl.store.engine.location import Location
from mailctl.store.engine.reader import Reader

if TYPE_CHECKING:
    from mailctl.store.engine.journal import Batch, Entry


def key_of(table: str) -> str:
    """The column that holds the keys of a table: an order is known by its number."""
    return "number" if table == "purchase_order" else "id"


class Locks(Protocol):
    """What a change on a server holds; a file has one lock for all."""

    @property
    def has_head(self) -> bool:
        """Whether nobody else writes until the end."""

    def hold(self, customers: Iterable[int]) -> bool:
        """Hold customers; whether one of them was not held before."""

    def take_head(self) -> None:
        """See to it that nobody else writes until the end."""

    def take_whole(self) -> None:
        """See to it that nobody else plans either."""


class Transaction(Reader):
    """A store that is open for one change.

    On a file nobody else writes meanwhile. On a server others may, until the first write of this
    one: then `today` is read again, and numbers are taken (rules 19).

    Who only reads loads this module too, and none of what writes the journal and the seals.
    """

    _locks: Locks | None = None
    _batch: Batch | None = None

    def __init__(
        self,
        location: Location,
        connection: Connection,
        *,
        command: str,
        dry_run: bool,
        locks: Locks | None = None,
    ) -> None:
        from mailctl.store.engine import journal, seals

        super().__init__(location, connection)
        self.command = command
        self.dry_run = dry_run
        self._locks = locks
        self._watch = seals.Watch(connection) if connection.is_sealed else None
        if locks is None or locks.has_head:
            self._batch = journal.Batch(connection, self._watch)
        self._has_closed = False
        self.erases = False
        """Whether what was removed must also leave the file."""
        self.unlearned: dict[str, set[int]] | None = None
        """Rows by kind whose words are added together later; None where each is added at once."""
        self.traces_left = False
        """Set after the commit: others read the store, and what was erased is still in the file."""

    @property
    def is_planning(self) -> bool:
        """Whether others may still write."""
        return self._locks is not None and self._batch is None

    @property
    def batch(self) -> Batch:
        """What was written and not yet chained."""
        self.last_step()
        assert self._batch is not None
        return self._batch

    def hold(self, *customers: int) -> bool:
        """Hold customers until the end; whether what was read of them may be old."""
        return self._locks is not None and self._locks.hold(customers)

    def hold_all(self) -> None:
        """Hold the whole store, for what reads or changes things of any customer."""
        if self._locks is not None:
            self._locks.take_whole()

    def last_step(self) -> None:
        """Let nobody else write from now on; the first write of a stored row does it too.

        Whoever takes a number or a key before writing calls it first. StartAgainError where the day
        has changed since the change began.
        """
        if self._batch is not None:
            return
        from mailctl.store.engine import journal
        from mailctl.store.engine.again import StartAgainError

        assert self._locks is not None
        self._locks.take_head()
        began_on = self.today
        self._set_day(self.day("SELECT reached_on FROM clock") or self.reached_on)
        if self.today != began_on:
            raise StartAgainError
        self._batch = journal.Batch(self.connection, self._watch)

    def record(
        self,
        kind: str,
        subject: str,
        details: Mapping[str, object] | None = None,
        personal: Mapping[str, object] | None = None,
    ) -> None:
        """Add a journal row; what identifies a person goes into `personal`, which can be erased."""
        self.batch.record(self.today, kind, subject, details or {}, personal or {})

    def record_all(self, rows: Sequence[Entry]) -> None:
        """Add many journal rows in their order, which costs much less than one by one."""
        self.batch.record_all(self.today, rows)

    def add_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> None:
        """Add many rows, given as values in the order of the columns, to a table in their order."""
        self.connection.add_rows(table, columns, rows)

    def last_key(self, table: str) -> int:
        """The key that the next row of a table follows; nobody else takes that meanwhile.

        It is the highest that was ever given, here or in a store that was lost (rules 18).
        """
        self.last_step()
        return self.number(
            f"""
            SELECT max(n)
            FROM (
                SELECT max({key_of(table)}) AS n FROM {table}
                UNION ALL
                SELECT last_id FROM lost_id WHERE name = '{table}'
            ) given
            """
        )

    def next_key(self, table: str) -> int:
        """The key of the next row of a table."""
        return self.last_key(table) + 1

    def next_keys(self, table: str, count: int) -> range:
        """The keys of the next rows of a table, so many."""
        first = self.next_key(table)
        return range(first, first + count)

    def add_up(self) -> None:
        """Seal what was written so far: until then each changed row is kept in memory."""
        self.batch.add_up()

    def record_each(
        self,
        kind: str,
        *,
        subject: str,
        details: str,
        source: str,
        order_by: str,
        number: str | None = None,
        parameters: Mapping[str, object] = EMPTY,
    ) -> None:
        """Add a journal row for each row of a source; subject, details and order are its SQL.

        `number` is SQL for the number of each row, from 1 on, where the source has it: it need not
        be sorted again for that.
        """
        number = number or f"row_number() OVER (ORDER BY {order_by})"
        self.execute(
            f"""
            INSERT INTO journal (seq, batch, happened_on, kind, subject, details)
            SELECT
                :last_seq + {number}, :batch, :today, :kind, {subject}, {details}
            {source}
            ORDER BY {order_by}
            """,
            {
                "last_seq": self.batch.next_seq - 1,
                "batch": self.batch.id,
                "kind": kind,
                **parameters,
            },
        )

    def close_batch(self) -> bool:
        """Chain what was written since the last batch (rules 13); whether anything was."""
        is_closed = self.batch.close(self.today, self.command)
        self._has_closed |= is_closed
        return is_closed

    def renew_seal_key(self) -> None:
        """Make sure that no earlier seal reveals what a removed row held (rules 4)."""
        from mailctl.store.engine import seals

        self.batch.add_up()
        seals.renew_key(self.connection)

    def leave_no_trace(self) -> None:
        """Record that what this change removes must also leave the database's files."""
        if self.connection.overwrites:
            self.execute(
                """
                UPDATE clock
                SET erasing_since_on = coalesce(erasing_since_on, :today)
                WHERE id = 1
                """
            )
            self.erases = True

    def move_clock(self, day: date) -> None:
        """Set the store's clock to a day."""
        self.execute("UPDATE clock SET reached_on = :day WHERE id = 1", {"day": day})
        self.reached_on = day
        self.today = day

    def finish(self) -> None:
        """Close the last batch, and set a wall clock to the day of this write."""
        if self._batch is None:
            return
        self.close_batch()
        if self._has_closed and self.reached_on != self.today:
            self.move_clock(self.today)
            self.batch.add_up()
