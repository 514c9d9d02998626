"""The ledger as double-entry books: every movement with what stands on its other side.

Rows are read in batches, each with the offers of its documents, so that a store of any size is
read in the memory of one batch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.reader import Reader

BATCH = 1000
OPENING = "opening balance"
"""The reason of the one movement that an import makes of a customer's balance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A ledger row with its cause; cents as in the ledger: positive is the customer's gain.

    `by_offer` and the tax are those of the document that it charges or gives back, never negative.
    `method` is how a payment was collected, also where this row undoes it; `is_opening` that the
    money, here or in the row undone, came with an import.
    """

    moved_on: date
    customer: str
    name: str
    seq: int
    kind: str
    amount_cents: int
    after_cents: int
    document: str | None = None
    country: str | None = None
    tax_rate: int = 0
    tax_cents: int = 0
    by_offer: tuple[tuple[str, int], ...] = ()
    order: int | None = None
    payment: int | None = None
    method: str | None = None
    undone_seq: int | None = None
    is_opening: bool = False
    reason: str | None = None


_IS_OPENING = (
    "CASE WHEN {0}.reason = :opening AND {0}.order_number IS NULL AND {0}.payment_id IS NULL "
    "AND {0}.kind IN ('credit', 'reversal') THEN 1 ELSE 0 END"
)
_ROWS = (
    "SELECT l.id, l.moved_on, c.slug, c.name, l.seq, l.kind, l.amount_cents, l.after_cents, "
    f"{DOCUMENT_NUMBER.format('i')}, i.buyer_country, i.tax_rate, i.tax_cents, l.order_number, "
    "coalesce(l.payment_id, u.payment_id), m.kind, u.seq, "
    f"CASE WHEN u.id IS NULL THEN {_IS_OPENING.format('l')} ELSE {_IS_OPENING.format('u')} END, "
    "l.reason "
    "FROM ledger l JOIN customer c ON c.id = l.customer_id "
    "LEFT JOIN invoice i ON i.id = l.invoice_id LEFT JOIN ledger u ON u.id = l.reverses_id "
    "LEFT JOIN payment y ON y.id = coalesce(l.payment_id, u.payment_id) "
    "LEFT JOIN method m ON m.id = y.method_id "
    "WHERE l.id > :after AND (:until IS NULL OR l.moved_on <= :until) ORDER BY l.id LIMIT :batch"
)
_OFFERS = (
    "SELECT l.id, o.name, CAST(sum(n.unit_cents) AS BIGINT) FROM ledger l "
    "JOIN invoice_line n ON n.invoice_id = l.invoice_id JOIN offer o ON o.id = n.offer_id "
    "WHERE l.id > :after AND l.id <= :last AND l.kind = 'charge' GROUP BY l.id, o.name UNION ALL "
    "SELECT l.id, o.name, CAST(sum(n.unit_cents) AS BIGINT) FROM ledger l "
    "JOIN credit_line k ON k.invoice_id = l.invoice_id JOIN invoice_line n "
    "ON n.account_id = k.account_id AND n.period_start_on = k.period_start_on "
    "JOIN offer o ON o.id = n.offer_id "
    "WHERE l.id > :after AND l.id <= :last AND l.kind = 'credit-note' GROUP BY l.id, o.name "
    "ORDER BY 1, 2"
)


def movements(reader: Reader, *, until: date | None = None) -> Iterator[Movement]:
    """Every movement in the order in which it was written, which is that of the days."""
    after = 0
    while True:
        rows = reader.execute(
            _ROWS,
            {
                "after": after,
                "until": until.isoformat() if until else None,
                "batch": BATCH,
                "opening": OPENING,
            },
        ).fetchall()
        if not rows:
            return
        offers: dict[int, list[tuple[str, int]]] = {}
        for key, offer, cents in reader.execute(_OFFERS, {"after": after, "last": rows[-1][0]}):
            offers.setdefault(key, []).append((offer, cents))
        for row in rows:
            yield _movement(row, tuple(offers.get(row[0], ())))
        after = rows[-1][0]


def _movement(row: tuple[object, ...], by_offer: tuple[tuple[str, int], ...]) -> Movement:
    _, day, slug, name, seq, kind, amount, after, number, country, rate, tax, order = row[:13]
    payment, method, undone, opening, reason = row[13:]
    return Movement(
        moved_on=date.fromisoformat(str(day)),
        customer=str(slug),
        name=str(name),
        seq=int(str(seq)),
        kind=str(kind),
        amount_cents=int(str(amount)),
        after_cents=int(str(after)),
        document=_text(number),
        country=_text(country),
        tax_rate=_number(rate) or 0,
        tax_cents=_number(tax) or 0,
        by_offer=by_offer,
        order=_number(order),
        payment=_number(payment),
        method=_text(method),
        undone_seq=_number(undone),
        is_opening=bool(opening),
        reason=_text(reason),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
