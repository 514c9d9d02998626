"""The lines of documents, with what offers were called then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby

from mailctl.domain.documents import DocumentLine
from mailctl.domain.terms import Period
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import among, numbered
from mailctl.values import Value


class _Line(Value):
    document_id: int
    account_id: int
    offer_id: int
    invoice_id: int
    address: str | None
    period: Period
    period_start_on: date
    period_end_on: date
    unit_cents: int


def lines_of(
    reader: Reader, ids: Sequence[int], label_of: Callable[[int, int], str]
) -> dict[int, tuple[DocumentLine, ...]]:
    """The lines of these documents, in order of the accounts."""
    found = reader.each(
        _Line,
        f"""
        SELECT
            l.invoice_id AS document_id, l.offer_id, l.invoice_id, l.address, l.period,
            l.period_start_on, l.period_end_on, l.unit_cents, l.account_id
        FROM invoice_line l
        WHERE l.invoice_id IN {among("id", ids)}
        UNION ALL
        SELECT
            k.invoice_id AS document_id, l.offer_id, l.invoice_id, l.address, l.period,
            l.period_start_on, l.period_end_on, l.unit_cents, l.account_id
        FROM credit_line k
        JOIN invoice_line l
            ON l.account_id = k.account_id AND l.period_start_on = k.period_start_on
        WHERE k.invoice_id IN {among("id", ids)}
        ORDER BY document_id, account_id, period_start_on
        """,
        numbered("id", ids),
    )
    return {
        key: tuple(
            DocumentLine(
                number=number,
                account_id=line.account_id,
                label=label_of(line.offer_id, line.invoice_id),
                address=line.address,
                period=line.period,
                starts_on=line.period_start_on,
                last_on=line.period_end_on - timedelta(days=1),
                unit_cents=line.unit_cents,
            )
            for number, line in enumerate(of_one, start=1)
        )
        for key, of_one in groupby(found, lambda line: line.document_id)
    }


class _Label(Value):
    offer_id: int
    last_invoice_id: int | None
    label: str


def labels(reader: Reader) -> Callable[[int, int], str]:
    """What gives an offer's label on an invoice, as it was then."""
    known: dict[int, list[_Label]] = {}
    for one in reader.facts(
        _Label,
        """
        SELECT p.offer_id, p.last_invoice_id, p.label FROM past_offer_label p
        UNION ALL
        SELECT o.id AS offer_id, NULL AS last_invoice_id, o.label FROM offer o
        ORDER BY offer_id, last_invoice_id NULLS LAST
        """,
    ):
        known.setdefault(one.offer_id, []).append(one)

    def label_of(offer_id: int, invoice_id: int) -> str:
        return next(
            one.label
            for one in known[offer_id]
            if one.last_invoice_id is None or one.last_invoice_id >= invoice_id
        )

    return label_of
