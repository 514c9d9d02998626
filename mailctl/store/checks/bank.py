"""Invariants of what banks sent: each entry is booked once, for whose money it is (rules 20)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.reader import Reader
from mailctl.values import Value

_LIVE = """
    SELECT
        b.entry_id, count(*) AS rows_booked, CAST(sum(l.amount_cents) AS BIGINT) AS cents,
        count(DISTINCT l.customer_id) AS customers, min(l.customer_id) AS customer_id
    FROM bank_booking b
    JOIN ledger l ON l.id = b.ledger_id
    WHERE b.undone_on IS NULL
    GROUP BY b.entry_id
"""


class _Booked(Value):
    id: int
    amount_cents: int
    customer_id: int | None
    is_return: bool
    details: dict[str, Any]
    rows_booked: int | None
    cents: int | None


def _wrongly_booked(reader: Reader) -> Iterator[Fault]:
    """Booked entries whose movements are not their money."""
    for one in reader.each(
        _Booked,
        f"""
        SELECT
            e.id, e.amount_cents, e.customer_id, e.details, v.rows_booked, v.cents,
            CASE WHEN e.matched_by = 'return' THEN 1 ELSE 0 END AS is_return
        FROM bank_entry e
        LEFT JOIN ({_LIVE}) v ON v.entry_id = e.id
        WHERE e.state = 'booked'
        ORDER BY e.id
        """,
    ):
        wanted = {one.amount_cents}
        charges = one.details.get("charges_cents")
        if one.is_return and isinstance(charges, int):
            # The bank keeps them: they are no customer's money.
            wanted.add(one.amount_cents - charges)
        if one.cents not in wanted:
            moved = "no movement" if one.rows_booked is None else f"movements of {one.cents} cents"
            yield Fault(
                subject=f"entry/{one.id}",
                message=f"is booked with {one.amount_cents} cents, and has {moved}",
                customer_id=one.customer_id,
            )


class _Part(Value):
    id: int
    batch: str
    parts: int
    amount_cents: int
    details: dict[str, Any]


def _broken_batches(reader: Reader) -> Iterator[Fault]:
    """Batches whose parts are all there, and do not add up to the entry that the bank told."""
    batch: list[_Part] = []
    for one in reader.each(
        _Part,
        """
        SELECT
            e.id, e.account || ' ' || e.entry_key || ' ' || e.occurrence AS batch, e.parts,
            e.amount_cents, e.details
        FROM bank_entry e
        WHERE e.parts > 1 AND e.entry_key >= 'ref:' AND e.entry_key < 'ref;'
        ORDER BY e.account, e.entry_key, e.occurrence, e.part
        """,
    ):
        if batch and batch[0].batch != one.batch:
            yield from _fault_of_batch(batch)
            batch = []
        batch.append(one)
    if batch:
        yield from _fault_of_batch(batch)


def _fault_of_batch(batch: list[_Part]) -> Iterator[Fault]:
    first = batch[0]
    total = first.details.get("entry_cents")
    cents = sum(part.amount_cents for part in batch)
    if any(part.parts != first.parts for part in batch) or len(batch) > first.parts:
        yield Fault(
            subject=f"entry/{first.id}", message="is of a batch with another count of parts"
        )
    elif len(batch) == first.parts and total != cents:
        yield Fault(
            subject=f"entry/{first.id}",
            message=f"is of a batch of {total} cents, whose parts add up to {cents}",
        )


VALIDATORS = (
    Validator(
        name="entry-booked",
        sentence="a booked entry of a bank statement is the sum of the movements made for it",
        finder=_wrongly_booked,
    ),
    Validator(
        name="entry-unbooked",
        sentence="an entry that is not booked has no movement",
        finder=f"""
            SELECT
                'entry/' || e.id AS subject,
                'is ' || e.state || ', and has movements of ' || v.cents || ' cents' AS message,
                e.customer_id
            FROM bank_entry e
            JOIN ({_LIVE}) v ON v.entry_id = e.id
            WHERE e.state <> 'booked'
            ORDER BY e.id
        """,
    ),
    Validator(
        name="entry-customer",
        sentence="the customer of a booked entry is the one whose movement it is",
        finder=f"""
            SELECT
                'entry/' || e.id AS subject,
                'is of another customer than its movements' AS message,
                v.customer_id
            FROM bank_entry e
            JOIN ({_LIVE}) v ON v.entry_id = e.id
            WHERE v.customers = 1
                AND e.state = 'booked'
                AND e.customer_id <> v.customer_id
            ORDER BY e.id
        """,
    ),
    Validator(
        name="entry-of-seller",
        sentence="an entry of another account or currency is never booked",
        finder="""
            SELECT
                'entry/' || e.id AS subject,
                'is in ' || e.currency || ' and ' || e.state AS message,
                e.customer_id
            FROM bank_entry e
            CROSS JOIN store t
            WHERE e.currency <> t.currency AND e.state IN ('booked', 'proposed')
            ORDER BY e.id
        """,
    ),
    Validator(
        name="batch-parts",
        sentence="the parts of a batch add up to it",
        finder=_broken_batches,
    ),
    Validator(
        name="statement-balances",
        sentence="a statement's entries lead from its opening to its closing balance",
        finder="""
            SELECT
                'bank-file/' || s.file_id AS subject,
                'statement ' || s.identification || ' closes with ' || s.closing_cents
                    || ' cents, its entries lead to ' || (s.opening_cents + m.cents) AS message
            FROM bank_statement s
            JOIN (
                SELECT
                    e.statement_id, count(*) AS entries,
                    CAST(sum(e.amount_cents) AS BIGINT) AS cents
                FROM bank_entry e
                GROUP BY e.statement_id
            ) m ON m.statement_id = s.id
            WHERE s.kind IN ('camt.053', 'mt940', 'csv')
                AND m.entries = s.entries
                AND s.opening_cents + m.cents <> s.closing_cents
            ORDER BY s.id
        """,
    ),
    Validator(
        name="entries-of-erased",
        sentence="of an erased customer's entries amounts and days are kept, and nothing else",
        finder="""
            SELECT
                'entry/' || e.id AS subject,
                'has more than amounts and days, and its customer is erased' AS message,
                e.customer_id
            FROM bank_entry e
            JOIN customer c ON c.id = e.customer_id
            WHERE c.state = 'erased'
                AND (
                    coalesce(
                        e.name, e.iban, e.reference, e.end_to_end_id, e.creditor_reference, e.text,
                        e.reason
                    ) IS NOT NULL
                    OR e.details <> '{}'
                    OR e.entry_key <> 'erased:' || e.id
                )
            ORDER BY e.id
        """,
    ),
)
