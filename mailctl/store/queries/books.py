"""The ledger as double-entry books: every movement with what stands on its other side.

Rows are read in batches, each with the offers of its documents: a store of any size needs the
memory of one batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mailctl.domain.payments import MethodKind
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.tax import TaxCategory
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value

BATCH = 1000
OPENING = "opening balance"
"""The reason that an import gives the one movement that brings a customer's balance."""


class BookedMovement(Value):
    """A ledger row with its cause; cents as in the ledger: positive is the customer's gain.

    The tax is that of the document that it charges or gives back, never negative. `method` is how a
    payment was collected, also where this row undoes it. `is_opening`: the money, of this row or of
    the one that it undoes, came with an import.
    """

    id: int
    moved_on: date
    customer_id: int
    customer: str
    name: str
    seq: int
    kind: MovementKind
    amount_cents: int
    before_cents: int
    after_cents: int
    document: str | None
    country: str | None
    vat_number: str | None
    category: TaxCategory | None
    tax_rate: int
    tax_cents: int
    order: int | None
    payment: int | None
    method: MethodKind | None
    undone_seq: int | None
    is_opening: bool
    reason: str | None
    reference: str | None


def _is_opening(row: str) -> str:
    """Whether a row of ledger, or the reversal of one, is an imported balance."""
    return f"""
        {row}.reason = :opening
        AND {row}.order_number IS NULL
        AND {row}.payment_id IS NULL
        AND {row}.kind IN ('credit', 'reversal')
    """


_MOVEMENTS = f"""
    SELECT l.id, l.moved_on, c.id AS customer_id, c.slug AS customer, c.name, l.seq, l.kind,
        l.amount_cents, l.before_cents, l.after_cents, {document_number("i")} AS document,
        i.buyer_country AS country, i.buyer_vat_number AS vat_number,
        i.tax_category AS category,
        coalesce(i.tax_rate, 0) AS tax_rate, coalesce(i.tax_cents, 0) AS tax_cents,
        l.order_number AS "order", coalesce(l.payment_id, u.payment_id) AS payment,
        m.kind AS method, u.seq AS undone_seq,
        CASE
            WHEN u.id IS NULL AND {_is_opening("l")} THEN 1
            WHEN {_is_opening("u")} THEN 1
            ELSE 0
        END AS is_opening,
        l.reason, l.reference
    FROM ledger l
    JOIN customer c ON c.id = l.customer_id
    LEFT JOIN invoice i ON i.id = l.invoice_id
    LEFT JOIN ledger u ON u.id = l.reverses_id
    LEFT JOIN payment y ON y.id = coalesce(l.payment_id, u.payment_id)
    LEFT JOIN method m ON m.id = y.method_id
    WHERE l.id > :after AND (CAST(:until AS TEXT) IS NULL OR l.moved_on <= :until)
    ORDER BY l.id LIMIT :batch
"""


class OfferSales(Value):
    """What a movement charges or gives back of an offer, in net cents, never negative."""

    ledger_id: int
    offer: str
    cents: int


_SALES = """
    SELECT l.id AS ledger_id, o.name AS offer, CAST(sum(n.unit_cents) AS BIGINT) AS cents
    FROM ledger l
    JOIN invoice_line n ON n.invoice_id = l.invoice_id
    JOIN offer o ON o.id = n.offer_id
    WHERE l.id > :after AND l.id <= :last AND l.kind = 'charge'
    GROUP BY l.id, o.name
    UNION ALL
    SELECT l.id, o.name, CAST(sum(n.unit_cents) AS BIGINT)
    FROM ledger l
    JOIN credit_line k ON k.invoice_id = l.invoice_id
    JOIN invoice_line n ON n.account_id = k.account_id AND n.period_start_on = k.period_start_on
    JOIN offer o ON o.id = n.offer_id
    WHERE l.id > :after AND l.id <= :last AND l.kind = 'credit-note'
    GROUP BY l.id, o.name
    ORDER BY 1, 2
"""


def movements(
    reader: Reader, *, until: date | None = None
) -> Iterator[tuple[BookedMovement, Sequence[OfferSales]]]:
    """Every movement with its sales, in the order in which it was written, which is by day."""
    for found in _batches(reader, since=None, until=until):
        sales: dict[int, list[OfferSales]] = {}
        rows = {"after": found[0].id - 1, "last": found[-1].id}
        for one in reader.each(OfferSales, _SALES, rows):
            sales.setdefault(one.ledger_id, []).append(one)
        for movement in found:
            yield movement, sales.get(movement.id, ())


def movements_alone(reader: Reader, *, since: date, until: date) -> Iterator[BookedMovement]:
    """The movements from one day to another, for books that do not tell offers apart."""
    for found in _batches(reader, since=since, until=until):
        yield from found


def _batches(
    reader: Reader, *, since: date | None, until: date | None
) -> Iterator[Sequence[BookedMovement]]:
    after = 0
    if since is not None:
        after = reader.number(
            "SELECT max(id) FROM ledger WHERE moved_on < :since", {"since": since}
        )
    values = {"after": after, "until": until, "batch": BATCH, "opening": OPENING}
    while found := reader.facts(BookedMovement, _MOVEMENTS, values):
        yield found
        values["after"] = found[-1].id
