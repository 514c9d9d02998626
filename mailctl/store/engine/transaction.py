"""A store that is open for one change, with the journal rows that the change writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from mailctl.store.engine.connection import EMPTY, Connection
from mailctl.store.engine.location import Location
from mailctl.store.engine.reader import Reader

if TYPE_CHECKING:
    from mailctl.store.engine.journal import Entry


class Transaction(Reader):
    """A store that is open for one change; `today` was read after the lock was held.

    Who only reads loads this module too, and none of what writes the journal and the seals.
    """

    def __init__(
        self, location: Location, connection: Connection, *, command: str, dry_run: bool
    ) -> None:
        from mailctl.store.engine import journal, seals

        super().__init__(location, connection)
        self.command = command
        self.dry_run = dry_run
        watch = seals.Watch(connection) if connection.is_sealed else None
        self.batch = journal.Batch(connection, watch)
        self.erases = False
        """Whether what was removed must also leave the file."""
        self.unlearned: dict[str, set[int]] | None = None
        """Rows by kind whose words are added together later; None where each is added at once."""
        self.traces_left = False
        """Set after the commit: others read the store, and what was erased is still in the file."""

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

    def last_keys(self, table: str, count: int) -> range:
        """The keys of the rows that were just added, so many, to a table with an `id`."""
        last = self.number(f"SELECT max(id) FROM {table}")
        return range(last - count + 1, last + 1)

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
        return self.batch.close(self.today, self.command)

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
        """Close the batch, and set a wall clock to the day of this write."""
        if self.close_batch() and self.reached_on != self.today:
            self.move_clock(self.today)
        self.batch.add_up()
