"""Invariants of the file: that it is whole, that its guards stand, that the journal is as written.

What only the database itself can say is asked of the connection.
"""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine import seals, verification
from mailctl.store.engine.reader import Reader


def _damage(reader: Reader) -> Iterator[Fault]:
    left = reader.connection.unlooked_at()
    if left is not None:
        reader.notes.append(left)
    for message in reader.connection.faults():
        yield Fault(subject="store", message=message)
    for table in sorted(set(seals.tables_of_no_text(reader.connection))):
        yield Fault(subject="store", message=f"{table} has a text that is not UTF-8")


def _lost_references(reader: Reader) -> Iterator[Fault]:
    for message in reader.connection.lost_references():
        yield Fault(subject="store", message=message)


def _lost_parts(reader: Reader) -> Iterator[Fault]:
    for message in reader.connection.differences():
        yield Fault(subject="store", message=message)


def _broken_chain(reader: Reader) -> Iterator[Fault]:
    found = verification.verify(reader.connection)
    if found.broken is not None:
        yield Fault(subject=f"batch/{found.broken}", message=str(found.reason))


def _changed_past_mailctl(reader: Reader) -> Iterator[Fault]:
    for part in seals.broken(reader.connection):
        columns = ", ".join(part.columns)
        yield Fault(
            subject=part.table,
            message=f"{part.table} holds what mailctl has not written, in one of {columns}",
        )


def _later(table: str, column: str) -> str:
    """SQL for the rows of a table that are dated after the day that the store has reached."""
    return f"""
        SELECT
            'store' AS subject,
            '{table} ' || count(*) || ' times has a {column} after ' || CAST(:reached AS TEXT)
                || ', up to ' || max({column}) AS message
        FROM {table}
        WHERE {column} > :reached
        HAVING count(*) > 0
    """


_DATED = (
    ("ledger", "moved_on"),
    ("invoice", "issued_on"),
    ("journal", "happened_on"),
    ("notice", "queued_on"),
    ("task", "asked_on"),
    ("purchase_order", "ordered_on"),
    ("account", "ordered_on"),
    ("account", "deleted_on"),
    ("payment", "created_on"),
)

VALIDATORS = (
    Validator(
        name="file-whole",
        sentence="the file is whole, and every row is as its table allows",
        finder=_damage,
    ),
    Validator(name="references", sentence="what a row names is there", finder=_lost_references),
    Validator(
        name="guards",
        sentence="the tables, indexes and guards are those that mailctl made, and no others",
        finder=_lost_parts,
    ),
    Validator(
        name="journal-chain",
        sentence="journal, ledger and documents are as they were written",
        finder=_broken_chain,
    ),
    Validator(
        name="written-by-mailctl",
        sentence="every other table holds what mailctl has written, and nothing else",
        finder=_changed_past_mailctl,
    ),
    Validator(
        name="past",
        sentence="nothing is dated after the day that the store has reached",
        finder=" UNION ALL ".join(_later(table, column) for table, column in _DATED),
    ),
)
