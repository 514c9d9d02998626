"""Which invoices are paid, computed a second time and in another way than billing does (SPEC 9).

Billing goes from the balance and the newest invoice backwards. Here all money so far is added up
from the ledger, and laid on all invoices from the oldest on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.dialect import DOCUMENT_NUMBER, PENDING_CENTS, batches
from mailctl.store.engine.reader import Reader

_NUMBER = DOCUMENT_NUMBER.format("i")
_CREDITED = (
    "(SELECT corrects_id, CAST(sum(total_cents) AS BIGINT) AS cents FROM invoice "
    "WHERE corrects_id IS NOT NULL GROUP BY corrects_id)"
)
_MONEY = (
    "(SELECT customer_id, CAST(sum(amount_cents) AS BIGINT) AS cents FROM ledger "
    "WHERE kind IN ('credit', 'payment', 'refund', 'reversal') GROUP BY customer_id)"
)
# Each invoice with what it counts for, and what the money lacks to pay it and everything older.
_COUNTED = (
    "(SELECT i.id, i.series, i.year, i.seq, i.customer_id, "
    "i.total_cents - coalesce(k.cents, 0) AS cents, CAST(sum(i.total_cents - coalesce(k.cents, 0)) "
    "OVER (PARTITION BY i.customer_id ORDER BY i.id) AS BIGINT) - coalesce(m.cents, 0) AS lacking "
    f"FROM invoice i LEFT JOIN {_CREDITED} k ON k.corrects_id = i.id "
    f"LEFT JOIN {_MONEY} m ON m.customer_id = i.customer_id WHERE i.series = '') i"
)
_OPEN = "CASE WHEN i.lacking <= 0 THEN 0 WHEN i.lacking < i.cents THEN i.lacking ELSE i.cents END"
_COVERED = (
    f"CASE WHEN {_OPEN} > 0 AND i.lacking - {PENDING_CENTS.format('i.customer_id')} <= 0 "
    "THEN 1 ELSE 0 END"
)


@dataclass(slots=True)
class _Bill:
    number: str
    cents: int
    kept_on: str | None
    paid_on: str | None = None


@dataclass(slots=True)
class _Payer:
    """A customer's money and invoices, as they stood after one movement after another.

    The first `settled` invoices are paid, and need `settled_cents` for that: only where money or an
    invoice shrinks are they looked at again.
    """

    money: int = 0
    bills: list[_Bill] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    settled: int = 0
    settled_cents: int = 0

    def look(self, day: str, *, again: bool) -> None:
        """See which invoices the money pays by now, and which it pays no longer."""
        if again:
            self.settled = self.settled_cents = 0
        needed = self.settled_cents
        for place in range(self.settled, len(self.bills)):
            bill = self.bills[place]
            needed += bill.cents
            if needed > self.money and bill.cents:
                bill.paid_on = None
                continue
            bill.paid_on = bill.paid_on or day
            if place == self.settled:
                self.settled, self.settled_cents = place + 1, needed


_MOVES = (
    "SELECT l.customer_id, l.moved_on, l.kind, l.amount_cents, coalesce(i.corrects_id, i.id), "
    f"{_NUMBER}, o.paid_on FROM ledger l LEFT JOIN invoice i ON i.id = l.invoice_id "
    "LEFT JOIN invoice_open o ON o.invoice_id = i.id ORDER BY l.customer_id, l.seq"
)


def _payment_days(reader: Reader) -> Iterator[Fault]:
    """Live through each customer's movements, and compare the days on which invoices were paid."""
    for customer_id, rows in groupby(batches(reader.execute(_MOVES)), key=lambda row: row[0]):
        payer = _Payer()
        for _, day, kind, amount, invoice_id, number, kept_on in rows:
            cents, key = int(str(amount)), int(str(invoice_id or 0))
            if kind == "charge":
                kept = None if kept_on is None else str(kept_on)
                payer.places[key] = len(payer.bills)
                payer.bills.append(_Bill(str(number), -cents, kept))
            elif kind == "credit-note" and key in payer.places:
                payer.bills[payer.places[key]].cents -= cents
            else:
                payer.money += cents
            payer.look(str(day), again=kind in ("credit-note", "refund", "reversal"))
        for bill in payer.bills:
            if bill.paid_on != bill.kept_on:
                yield Fault(
                    subject=f"invoice/{bill.number}",
                    message=f"is kept as paid on {bill.kept_on or 'no day'}, the money paid it on "
                    f"{bill.paid_on or 'no day'}",
                    customer_id=int(str(customer_id)),
                )


VALIDATORS = (
    Validator(
        name="invoice-kept-open",
        sentence="every invoice, and no credit note, has a row that says what is open of it",
        finder=f"SELECT 'invoice/' || {_NUMBER}, 'has ' || CASE WHEN o.invoice_id IS NULL "
        "THEN 'no' ELSE 'a wrong' END || ' row for what is open', i.customer_id FROM invoice i "
        "LEFT JOIN invoice_open o ON o.invoice_id = i.id WHERE (i.series = '' AND "
        "(o.invoice_id IS NULL OR o.customer_id <> i.customer_id)) "
        "OR (i.series <> '' AND o.invoice_id IS NOT NULL) ORDER BY i.id",
    ),
    Validator(
        name="credited-amount",
        sentence="what is credited of an invoice is the sum of its credit notes",
        finder=f"SELECT 'invoice/' || {_NUMBER}, 'says ' || o.credited_cents || ' cents are "
        "credited, its notes ' || coalesce(k.cents, 0), i.customer_id FROM invoice_open o "
        f"JOIN invoice i ON i.id = o.invoice_id LEFT JOIN {_CREDITED} k ON k.corrects_id = i.id "
        "WHERE o.credited_cents <> coalesce(k.cents, 0) ORDER BY i.id",
    ),
    Validator(
        name="open-amount",
        sentence="an invoice is open for what all money so far leaves of it, the oldest paid first",
        finder=f"SELECT 'invoice/' || {_NUMBER}, 'is open for ' || o.open_cents || ' cents, it "
        f"should be ' || {_OPEN}, i.customer_id FROM {_COUNTED} "
        f"JOIN invoice_open o ON o.invoice_id = i.id WHERE o.open_cents <> {_OPEN} ORDER BY i.id",
    ),
    Validator(
        name="covered",
        sentence="an invoice is covered where pending payments would pay it",
        finder=f"SELECT 'invoice/' || {_NUMBER}, CASE WHEN o.is_covered = 1 THEN 'is' "
        "ELSE 'is not' END || ' kept as covered by pending payments, which is wrong', "
        f"i.customer_id FROM {_COUNTED} JOIN invoice_open o ON o.invoice_id = i.id "
        f"WHERE o.is_covered <> {_COVERED} ORDER BY i.id",
    ),
    Validator(
        name="paid-day",
        sentence="an invoice is paid on the day on which the money so far covered it",
        finder=_payment_days,
    ),
    Validator(
        name="due-day",
        sentence="an invoice is due after the day of its issue",
        finder=f"SELECT 'invoice/' || {_NUMBER}, 'of ' || i.issued_on || ' is due on ' "
        "|| o.due_on, i.customer_id FROM invoice i JOIN invoice_open o ON o.invoice_id = i.id "
        "WHERE o.due_on <= i.issued_on ORDER BY i.id",
    ),
)
