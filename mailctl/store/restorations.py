"""What a store went on from after it was restored from a backup (rules 18).

The store that was lost had given numbers and ids that others hold: customers, the bank, the mail
server. None of them is given again. The tables say what is gone on from, and what still waits for
a person; the journal row `store-restored` says the same, and is the proof of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mailctl.domain.invoices import DocumentNumber, NumberRange, Series
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value, fields

LEAVING = (
    *("account", "bank_entry", "customer", "domain", "invoice", "method", "notice", "payment"),
    *("payment_export", "platform", "purchase_order", "task"),
)
"""The tables whose ids are known outside of the store, by these names in `lost_id`.

Of documents it is the numbers that are known; their ids follow each other in the order of issue.
"""


class Wait(StrEnum):
    """What waits for a person after a restore."""

    TICK = "tick"
    PAYMENT_EXPORT = "payment-export"
    CREATES = "creates"
    """The making of mailboxes, until the mail server's were compared."""


_FLAGS = {
    Wait.TICK: "tick_waits",
    Wait.PAYMENT_EXPORT: "export_waits",
    Wait.CREATES: "creates_wait",
}


class Head(Value):
    """A transaction of a store's journal, and the digest of all up to it."""

    batch_id: int
    head: str


class Restoration(Value):
    """The store was restored from a backup; `lost` is None where the lost store could not be read.

    `backup_at` is the instant at which the backup was made.
    """

    id: int
    restored_on: date
    backup_at: str
    backup: Head
    lost: Head | None
    tick_waits: bool
    export_waits: bool
    creates_wait: bool


def every(reader: Reader) -> list[Restoration]:
    """All restorations of a store, in their order."""
    return reader.facts(
        Restoration,
        """
        SELECT
            id, restored_on, backup_at, batch_id AS backup_batch_id, head AS backup_head,
            lost_batch_id, lost_head, tick_waits, export_waits, creates_wait
        FROM restoration
        ORDER BY id
        """,
    )


def waits(reader: Reader, what: Wait) -> bool:
    """Whether something waits for a person since a restore."""
    return reader.exists(f"SELECT 1 FROM restoration WHERE {_FLAGS[what]} = 1")


def release(transaction: Transaction, what: Wait) -> None:
    """Record that a person has let go on what waited; nothing where it did not wait."""
    if waits(transaction, what):
        transaction.execute(f"UPDATE restoration SET {_FLAGS[what]} = 0 WHERE {_FLAGS[what]} = 1")
        transaction.record("wait-ended", "store", {"of": what.value})


class LostNumbers(NumberRange):
    """Numbers of documents that a lost store gave out, and the day of the restore."""

    restoration_id: int
    restored_on: date

    @property
    def told(self) -> str:
        """What became of the document of such a number."""
        return f"lost in the restore of {self.restored_on}, with the document that had it"


RESTORES = "mailctl journal list --kind store-restored"
"""The command that lists what was lost."""

_LOST = """
    SELECT n.series, n.year, n.first_seq, n.last_seq, n.restoration_id, r.restored_on
    FROM lost_number n
    JOIN restoration r ON r.id = n.restoration_id
"""


def lost_numbers(reader: Reader) -> list[LostNumbers]:
    """All numbers that were lost, in their order."""
    return reader.facts(LostNumbers, f"{_LOST} ORDER BY n.series, n.year, n.first_seq")


def loss_of(reader: Reader, number: DocumentNumber) -> LostNumbers | None:
    """The lost numbers that one is among; None where it was not lost."""
    return reader.fact(
        LostNumbers,
        f"""
        {_LOST}
        WHERE n.series = :series
            AND n.year = :year
            AND n.first_seq <= :seq
            AND n.last_seq >= :seq
        """,
        {"series": number.series, "year": number.year, "seq": number.seq},
    )


def gaps(
    reader: Reader, series: Series, *, since: date | None = None, until: date | None = None
) -> list[str]:
    """A sentence for each gap in the numbers of a series, in the years from one day to another."""
    return [
        f"{one}: lost in the restore of {one.restored_on}, with "
        f"{'its document' if len(one) == 1 else 'their documents'}"
        for one in lost_numbers(reader)
        if one.series is series
        and (since is None or one.year >= since.year)
        and (until is None or one.year <= until.year)
    ]


def last_number(reader: Reader, series: Series, year: int) -> int:
    """The last number that was given in a series and a year, here or in a store that was lost.

    Whoever gives the next one has taken the transaction's last step before.
    """
    return reader.number(
        """
        SELECT max(seq)
        FROM (
            SELECT max(seq) AS seq FROM invoice WHERE series = :series AND year = :year
            UNION ALL
            SELECT max(last_seq) FROM lost_number WHERE series = :series AND year = :year
        ) g
        """,
        {"series": series, "year": year},
    )


def lost_id_on(reader: Reader, table: str, key: int) -> date | None:
    """The day of the restore in which an id was lost; None where it was not."""
    if not reader.exists(
        "SELECT 1 FROM lost_id WHERE name = :name AND last_id >= :key", {"name": table, "key": key}
    ):
        return None
    for row in recorded(reader):
        first, last = row.lost_ids.get(table, (0, 0))
        if first <= key <= last:
            return row.restored_on
    return None


def loss_of_id(reader: Reader, table: str, key: int) -> str | None:
    """What a refusal says of an id that is not here, if a lost store may have given it."""
    day = lost_id_on(reader, table, key)
    return None if day is None else f"if there was one, it was lost in the restore of {day}"


class Recorded(Value):
    """What the journal says of a restoration.

    `lost_ids` has by table the first and the last id that the lost store may have given.
    """

    restored_on: date
    backup_at: str
    backup: Head
    lost: Head | None
    lost_numbers: tuple[str, ...]
    lost_ids: Mapping[str, tuple[int, int]]


class _Row(Value):
    happened_on: date
    details: dict[str, Any]


def recorded(reader: Reader) -> list[Recorded]:
    """What the journal says of each restoration, in their order."""
    rows = reader.facts(
        _Row,
        """
        SELECT happened_on, details
        FROM journal
        WHERE subject = 'store' AND kind = 'store-restored'
        ORDER BY seq
        """,
    )
    return [_recorded(row) for row in rows]


def _recorded(row: _Row) -> Recorded:
    told = row.details
    lost = told["lost_batch"] is not None
    return Recorded(
        restored_on=row.happened_on,
        backup_at=told["backup_at"],
        backup=Head(batch_id=told["backup_batch"], head=told["backup_head"]),
        lost=Head(batch_id=told["lost_batch"], head=told["lost_head"]) if lost else None,
        lost_numbers=tuple(told["lost_numbers"]),
        lost_ids={table: (first, last) for table, (first, last) in told["lost_ids"].items()},
    )


_ADD = """
    INSERT INTO restoration (
        id, restored_on, backup_at, batch_id, head, lost_batch_id, lost_head,
        tick_waits, export_waits, creates_wait
    )
    VALUES (
        :id, :today, :backup_at, :backup_batch, :backup_head, :lost_batch, :lost_head,
        :tick_waits, :export_waits, :creates_wait
    )
"""


def record(
    transaction: Transaction,
    *,
    backup_at: str,
    backup: Head,
    lost: Head | None,
    last_numbers: Iterable[DocumentNumber],
    last_ids: Mapping[str, int],
    waiting: Collection[Wait],
) -> Restoration:
    """Record that the store was restored today from a backup, and go on after what was lost.

    `last_numbers` are the last ones that the lost store gave, one for a series and a year at most;
    `last_ids` by table the highest ids (`LEAVING`). What the backup has, or what it has gone on
    from, is not lost. `waiting` is what waits for a person.
    """
    numbers = _lost_numbers(transaction, last_numbers)
    ids = _lost_ids(transaction, last_ids)
    told = {
        "backup_at": backup_at,
        "backup_batch": backup.batch_id,
        "backup_head": backup.head,
        "lost_batch": lost and lost.batch_id,
        "lost_head": lost and lost.head,
    }
    flags = {flag: int(what in waiting) for what, flag in _FLAGS.items()}
    key = transaction.next_key("restoration")
    transaction.execute(_ADD, {"id": key, **told, **flags})
    transaction.execute_many(
        """
        INSERT INTO lost_number (series, year, first_seq, last_seq, restoration_id)
        VALUES (:series, :year, :first_seq, :last_seq, :restoration)
        """,
        [{**fields(one), "restoration": key} for one in numbers],
    )
    transaction.execute_many(
        """
        INSERT INTO lost_id (name, last_id)
        VALUES (:name, :last)
        ON CONFLICT (name) DO UPDATE SET last_id = excluded.last_id
        """,
        [{"name": table, "last": last} for table, (_, last) in ids.items()],
    )
    details = {**told, "lost_numbers": [str(one) for one in numbers], "lost_ids": ids}
    transaction.record("store-restored", "store", details)
    return every(transaction)[-1]


def _lost_numbers(
    transaction: Transaction, last_numbers: Iterable[DocumentNumber]
) -> list[NumberRange]:
    """The numbers up to these that this store has not given, in their order."""
    transaction.last_step()
    found = [
        NumberRange(
            series=last.series,
            year=last.year,
            first_seq=last_number(transaction, last.series, last.year) + 1,
            last_seq=last.seq,
        )
        for last in last_numbers
    ]
    return sorted(
        (one for one in found if one.first_seq <= one.last_seq),
        key=lambda one: (one.series, one.year),
    )


def _lost_ids(transaction: Transaction, last_ids: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """By table the first and the last id up to these that this store has not given."""
    assert set(last_ids) <= set(LEAVING)
    found = {table: (transaction.next_key(table), last) for table, last in last_ids.items()}
    return {table: (first, last) for table, (first, last) in found.items() if first <= last}
