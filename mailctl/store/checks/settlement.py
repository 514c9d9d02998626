"""Which invoices are paid, computed a second time and in another way than billing does (rules 9).

Billing goes from the balance and the newest invoice backwards. Here all money so far is added up
from the ledger, and pays all invoices from the oldest on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from mailctl.domain.prepaid import MovementKind
from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value

_NUMBER = document_number("i")
# Each invoice with what it counts for, and what the money lacks to pay it and everything older.
_COUNTED = """
    WITH credited AS (
        SELECT corrects_id, CAST(sum(total_cents) AS BIGINT) AS cents
        FROM invoice
        WHERE corrects_id IS NOT NULL
        GROUP BY corrects_id
    ),
    money AS (
        SELECT customer_id, CAST(sum(amount_cents) AS BIGINT) AS cents
        FROM ledger
        WHERE kind IN ('credit', 'payment', 'refund', 'reversal')
        GROUP BY customer_id
    ),
    counted AS (
        SELECT
            i.id, i.series, i.year, i.seq, i.customer_id,
            i.total_cents - coalesce(k.cents, 0) AS cents,
            CAST(
                sum(i.total_cents - coalesce(k.cents, 0))
                    OVER (PARTITION BY i.customer_id ORDER BY i.id) AS BIGINT
            ) - coalesce(m.cents, 0) AS lacking
        FROM invoice i
        LEFT JOIN credited k ON k.corrects_id = i.id
        LEFT JOIN money m ON m.customer_id = i.customer_id
        WHERE i.series = ''
    )
"""
_OPEN = "CASE WHEN i.lacking <= 0 THEN 0 WHEN i.lacking < i.cents THEN i.lacking ELSE i.cents END"


class _Movement(Value):
    customer_id: int
    moved_on: str
    kind: MovementKind
    amount_cents: int
    invoice_id: int | None
    number: str | None
    paid_on: str | None


_MOVEMENTS = f"""
    SELECT
        l.customer_id, l.moved_on, l.kind, l.amount_cents,
        coalesce(i.corrects_id, i.id) AS invoice_id, {_NUMBER} AS number, o.paid_on
    FROM ledger l
    LEFT JOIN invoice i ON i.id = l.invoice_id
    LEFT JOIN invoice_open o ON o.invoice_id = i.id
    ORDER BY l.customer_id, l.seq
"""


_SHRINKING = (MovementKind.CREDIT_NOTE, MovementKind.REFUND, MovementKind.REVERSAL)


@dataclass(slots=True)
class _Bill:
    number: str | None
    cents: int
    kept_on: str | None
    paid_on: str | None = None


@dataclass(slots=True)
class _Payer:
    """A customer's money and invoices, as they stood after one movement after another.

    The first `settled` invoices are paid, and need `settled_cents` for that: they are looked at
    again only where money or an invoice shrinks.
    """

    money: int = 0
    bills: list[_Bill] = field(default_factory=list)
    places: dict[int | None, int] = field(default_factory=dict)
    settled: int = 0
    settled_cents: int = 0

    def move(self, movement: _Movement) -> None:
        """Apply one movement, and see what is paid after it."""
        key, cents = movement.invoice_id, movement.amount_cents
        if movement.kind is MovementKind.CHARGE:
            self.places[key] = len(self.bills)
            self.bills.append(_Bill(movement.number, -cents, movement.paid_on))
        elif movement.kind is MovementKind.CREDIT_NOTE and key in self.places:
            self.bills[self.places[key]].cents -= cents
        else:
            self.money += cents
        self._look(movement.moved_on, again=movement.kind in _SHRINKING)

    def _look(self, day: str, *, again: bool) -> None:
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


def _payment_days(reader: Reader) -> Iterator[Fault]:
    """Go through each customer's movements, and compare the days on which invoices were paid."""
    movements = reader.each(_Movement, _MOVEMENTS)
    for customer_id, its_movements in groupby(movements, key=lambda one: one.customer_id):
        payer = _Payer()
        for movement in its_movements:
            payer.move(movement)
        for bill in payer.bills:
            if bill.paid_on != bill.kept_on:
                yield Fault(
                    subject=f"invoice/{bill.number}",
                    message=f"is kept as paid on {bill.kept_on or 'no day'}, the money paid it on "
                    f"{bill.paid_on or 'no day'}",
                    customer_id=customer_id,
                )


VALIDATORS = (
    Validator(
        name="invoice-kept-open",
        sentence="every invoice, and no credit note, has a row that says what is open of it",
        finder=f"""
            SELECT
                'invoice/' || {_NUMBER} AS subject,
                'has ' || CASE WHEN o.invoice_id IS NULL THEN 'no' ELSE 'a wrong' END
                    || ' row for what is open' AS message,
                i.customer_id
            FROM invoice i
            LEFT JOIN invoice_open o ON o.invoice_id = i.id
            WHERE (i.series = '' AND (o.invoice_id IS NULL OR o.customer_id <> i.customer_id))
                OR (i.series <> '' AND o.invoice_id IS NOT NULL)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="credited-amount",
        sentence="what is credited of an invoice is the sum of its credit notes",
        finder=f"""
            WITH credited AS (
                SELECT corrects_id, CAST(sum(total_cents) AS BIGINT) AS cents
                FROM invoice
                WHERE corrects_id IS NOT NULL
                GROUP BY corrects_id
            )
            SELECT
                'invoice/' || {_NUMBER} AS subject,
                'says ' || o.credited_cents || ' cents are credited, its notes '
                    || coalesce(k.cents, 0) AS message,
                i.customer_id
            FROM invoice_open o
            JOIN invoice i ON i.id = o.invoice_id
            LEFT JOIN credited k ON k.corrects_id = i.id
            WHERE o.credited_cents <> coalesce(k.cents, 0)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="open-amount",
        sentence="an invoice is open for what all money so far leaves of it, the oldest paid first",
        finder=f"""
            {_COUNTED}
            SELECT
                'invoice/' || {_NUMBER} AS subject,
                'is open for ' || o.open_cents || ' cents, it should be ' || {_OPEN} AS message,
                i.customer_id
            FROM counted i
            JOIN invoice_open o ON o.invoice_id = i.id
            WHERE o.open_cents <> {_OPEN}
            ORDER BY i.id
        """,
    ),
    Validator(
        name="covered",
        sentence="an invoice is covered where pending payments would pay it",
        finder=f"""
            {_COUNTED},
            pending AS (
                SELECT customer_id, CAST(sum(amount_cents) AS BIGINT) AS cents
                FROM payment
                WHERE status = 'pending'
                GROUP BY customer_id
            )
            SELECT
                'invoice/' || {_NUMBER} AS subject,
                CASE WHEN o.is_covered = 1 THEN 'is' ELSE 'is not' END
                    || ' kept as covered by pending payments, which is wrong' AS message,
                i.customer_id
            FROM counted i
            JOIN invoice_open o ON o.invoice_id = i.id
            LEFT JOIN pending y ON y.customer_id = i.customer_id
            WHERE o.is_covered <> CASE
                WHEN {_OPEN} > 0 AND i.lacking - coalesce(y.cents, 0) <= 0 THEN 1
                ELSE 0
            END
            ORDER BY i.id
        """,
    ),
    Validator(
        name="paid-day",
        sentence="an invoice is paid on the day on which the money so far covered it",
        finder=_payment_days,
    ),
    Validator(
        name="due-day",
        sentence="an invoice is due after the day of its issue",
        finder=f"""
            SELECT
                'invoice/' || {_NUMBER} AS subject,
                'of ' || i.issued_on || ' is due on ' || o.due_on AS message,
                i.customer_id
            FROM invoice i
            JOIN invoice_open o ON o.invoice_id = i.id
            WHERE o.due_on <= i.issued_on
            ORDER BY i.id
        """,
    ),
)
