"""Invariants of what a store went on from after a restore (rules 18).

The journal's row of a restoration is chained, so it is the proof of what the tables say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value


class _Proof(Value):
    happened_on: date
    details: dict[str, object]


class _Restoration(Value):
    id: int
    restored_on: date
    backup_at: str
    batch_id: int
    head: str
    lost_batch_id: int | None
    lost_head: str | None


class _Range(Value):
    restoration_id: int
    first: str
    last: str

    @property
    def numbers(self) -> str:
        """Both, or the one number."""
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


_RANGES = f"""
    SELECT f.restoration_id, {document_number("f")} AS first, {document_number("t")} AS last
    FROM (SELECT restoration_id, series, year, first_seq AS seq FROM lost_number) f
    JOIN (SELECT series, year, first_seq, last_seq AS seq FROM lost_number) t
        ON t.series = f.series AND t.year = f.year AND t.first_seq = f.seq
    ORDER BY f.series, f.year, f.seq
"""


def _unproved(reader: Reader) -> Iterator[Fault]:
    restorations = reader.facts(
        _Restoration,
        """
        SELECT id, restored_on, backup_at, batch_id, head, lost_batch_id, lost_head
        FROM restoration
        ORDER BY id
        """,
    )
    proofs = _proofs(reader)
    if len(proofs) != len(restorations):
        yield Fault(
            subject="store",
            message=f"was restored {len(restorations)} times, its journal says {len(proofs)}",
        )
    ranges = reader.facts(_Range, _RANGES)
    for one, proof in zip(restorations, proofs, strict=False):
        if _told(one, ranges) != _said(proof):
            yield Fault(
                subject="store", message=f"restoration {one.id} is not what its journal row says"
            )
    days = {one.id: one.restored_on for one in restorations}
    for lost in ranges:
        day = days.get(lost.restoration_id)
        if day is None:
            yield Fault(
                subject=f"invoice/{lost.first}", message=f"is lost up to {lost.last} by no restore"
            )
        else:
            reader.notes.append(f"{lost.numbers}: lost in the restore of {day}, which is no fault")
    yield from _ids_of_no_restore(reader, proofs)


def _proofs(reader: Reader) -> list[_Proof]:
    return reader.facts(
        _Proof,
        """
        SELECT happened_on, coalesce(details, '{}') AS details
        FROM journal
        WHERE subject = 'store' AND kind = 'store-restored'
        ORDER BY seq
        """,
    )


def _told(one: _Restoration, ranges: list[_Range]) -> list[object]:
    """What the tables say of a restoration."""
    numbers = [lost.numbers for lost in ranges if lost.restoration_id == one.id]
    backup = [one.backup_at, one.batch_id, one.head]
    return [one.restored_on, *backup, one.lost_batch_id, one.lost_head, numbers]


_SAID = ("backup_at", "backup_batch", "backup_head", "lost_batch", "lost_head", "lost_numbers")


def _said(proof: _Proof) -> list[object]:
    """The same as the journal has it."""
    return [proof.happened_on, *map(proof.details.get, _SAID)]


def _lost_ids(proofs: list[_Proof]) -> Iterator[tuple[str, int, int]]:
    """What the journal says of ids: a table, the first and the last that may have been given."""
    for proof in proofs:
        ids = proof.details.get("lost_ids")
        for table, ends in ids.items() if isinstance(ids, dict) else ():
            if not (isinstance(ends, list) and list(map(type, ends)) == [int, int]):
                raise ValueError(f"ids of {table} are lost from and up to no number")
            yield str(table), *ends


def _ids_of_no_restore(reader: Reader, proofs: list[_Proof]) -> Iterator[Fault]:
    said: Counter[str] = Counter()
    for table, _, last in _lost_ids(proofs):
        said[table] = max(said[table], last)
    kept = dict(reader.pairs("SELECT name, last_id FROM lost_id"))
    for table in sorted(said.keys() | kept.keys()):
        if said[table] != kept.get(table):
            yield Fault(
                subject="store",
                message=f"ids of {table} go on after {kept.get(table, 'no lost one')}, the journal "
                f"says {said[table] or 'none was lost'}",
            )


_TABLES = {
    "account": "account",
    "bank_entry": "entry",
    "customer": "customer",
    "domain": "domain",
    "invoice": "invoice",
    "method": "method",
    "notice": "notice",
    "payment": "payment",
    "payment_export": "payment_export",
    "platform": "platform",
    "purchase_order": "order",
    "task": "task",
}
"""The tables whose ids others know, and what their rows are called."""


def _given_again(reader: Reader) -> Iterator[Fault]:
    for table, first, last in _lost_ids(_proofs(reader)):
        if table not in _TABLES:
            yield Fault(subject="store", message=f"ids of {table} were lost, which has none")
            continue
        key = "number" if table == "purchase_order" else "id"
        for given in reader.numbers(
            f"SELECT {key} FROM {table} WHERE {key} >= :first AND {key} <= :last ORDER BY {key}",
            {"first": first, "last": last},
        ):
            yield Fault(
                subject=f"{_TABLES[table]}/{given}",
                message=f"has an id from {first} to {last}, which a lost store may have given",
            )


VALIDATORS = (
    Validator(
        name="losses-recorded",
        sentence="what the store goes on from after a restore is what the journal says was lost",
        finder=_unproved,
    ),
    Validator(
        name="lost-ids-not-given",
        sentence="no id that a lost store may have given is given again",
        finder=_given_again,
    ),
)
