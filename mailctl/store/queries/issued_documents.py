"""Invoices and credit notes to be made into files: by their numbers, or by what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from mailctl.domain.invoices import DocumentKind
from mailctl.domain.several import all_or_none
from mailctl.store import invoices
from mailctl.store.engine.filters import where
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import Store
from mailctl.store.expressions import document_number
from mailctl.values import Value

BATCH = 25
"""So many are read at once."""


class Issued(Value):
    """A document, and whose it is."""

    id: int
    number: str
    kind: DocumentKind
    customer: str


class Selection(Value):
    """Documents by what they share; `until` is the last day of issue that counts."""

    customer: str | None
    since: date | None
    until: date | None
    kind: DocumentKind | None

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return any((self.customer, self.since, self.until, self.kind))

    def condition(self) -> tuple[str, dict[str, object]]:
        """The WHERE of an `invoice i` with its `customer c`, and its values."""
        return where(
            customer=("c.slug = :customer", self.customer),
            since=("i.issued_on >= :since", self.since),
            until=("i.issued_on <= :until", self.until),
            series=("i.series = :series", self.kind and self.kind.series.value),
        )


class Chosen(Value):
    """Documents that were chosen: how many, and what reads them in batches."""

    count: int
    batches: Callable[[Store], Iterator[Sequence[Issued]]]


def named(reader: Reader, numbers: Iterable[str]) -> Chosen:
    """The documents of these numbers, each once; InvoiceNotFoundError."""
    works = [(number, partial(invoices.find, reader, number)) for number in dict.fromkeys(numbers)]
    found = [
        Issued(
            id=one.id,
            number=one.number,
            kind=DocumentKind.CREDIT_NOTE if one.series else DocumentKind.INVOICE,
            customer=one.customer,
        )
        for one in all_or_none("invoice", works)
    ]
    parts = [found[at : at + BATCH] for at in range(0, len(found), BATCH)]
    return Chosen(count=len(found), batches=lambda _: iter(parts))


class _Extent(Value):
    count: int
    last_id: int


def selected(reader: Reader, selection: Selection) -> Chosen:
    """The documents of a selection, in order of issue; what is issued meanwhile is not among them.

    Each batch is read by itself: nobody waits for one reader that takes hours.
    """
    condition, values = selection.condition()
    found = reader.fact(
        _Extent,
        f"""
        SELECT count(*) AS count, coalesce(max(i.id), 0) AS last_id
        FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        {condition}
        """,
        values,
    )
    assert found is not None
    return Chosen(count=found.count, batches=partial(_batches, selection, found.last_id))


def _batches(selection: Selection, last_id: int, store: Store) -> Iterator[Sequence[Issued]]:
    after = 0
    while after < last_id:
        with store.read() as db:
            found = _batch(db, selection, after, last_id)
        if not found:
            return
        yield found
        after = found[-1].id


def _batch(reader: Reader, selection: Selection, after: int, last_id: int) -> list[Issued]:
    condition, values = selection.condition()
    return reader.facts(
        Issued,
        f"""
        SELECT
            i.id, {document_number("i")} AS number, c.slug AS customer,
            CASE WHEN i.series = 'AV' THEN 'credit-note' ELSE 'invoice' END AS kind
        FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        {condition}
            AND i.id > :after
            AND i.id <= :last
        ORDER BY i.id
        LIMIT :batch
        """,
        {**values, "after": after, "last": last_id, "batch": BATCH},
    )
