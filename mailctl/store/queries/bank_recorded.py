"""Money in the books that no entry of a statement is yet: recorded by hand (rules 20)."""

from __future__ import annotations

from datetime import date, timedelta

from mailctl.domain.bank import DAYS_BY_HAND
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.reader import Reader
from mailctl.values import Value


class Recorded(Value):
    """A movement by which money came, row `seq` of its customer's statement."""

    ledger_id: int
    seq: int
    moved_on: date
    reference: str | None


def like(reader: Reader, entry: Entry, customer_id: int) -> Recorded | None:
    """The customer's money of the entry's amount that may be the entry's; the likeliest of several.

    It has the entry's reference; or its EndToEndId or none, and a day that is not far from the
    entry's: payers give one EndToEndId to many transfers.
    """
    days = (entry.booked_on, entry.value_on or entry.booked_on)
    found = reader.facts(
        Recorded,
        """
        SELECT l.id AS ledger_id, l.seq, l.moved_on, coalesce(l.reference, p.reference) AS reference
        FROM ledger l
        LEFT JOIN payment p ON p.id = l.payment_id AND l.kind = 'payment'
        WHERE l.customer_id = :customer
            AND l.kind IN ('credit', 'payment')
            AND l.amount_cents = :amount
            AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
            AND NOT EXISTS (
                SELECT 1 FROM bank_booking b WHERE b.ledger_id = l.id AND b.undone_on IS NULL
            )
            AND (
                coalesce(l.reference, p.reference) = CAST(:reference AS TEXT)
                OR (
                    l.moved_on BETWEEN :since AND :until
                    AND coalesce(l.reference, p.reference, CAST(:end_to_end_id AS TEXT), '')
                        = coalesce(CAST(:end_to_end_id AS TEXT), '')
                )
            )
        ORDER BY l.id
        """,
        {
            "customer": customer_id,
            "amount": entry.amount_cents,
            "since": min(days) - timedelta(days=DAYS_BY_HAND),
            "until": max(days) + timedelta(days=DAYS_BY_HAND),
            "reference": entry.reference,
            "end_to_end_id": entry.end_to_end_id,
        },
    )
    return min(
        found,
        key=lambda one: (one.reference is None, abs((one.moved_on - entry.booked_on).days)),
        default=None,
    )
