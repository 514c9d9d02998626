"""The entries of bank statements, as people look through them and as one is shown (rules 20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.contract import THINGS
from mailctl.store import bank_entries
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import containing
from mailctl.store.expressions import document_number

_FROM = """
    FROM bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    JOIN bank_file f ON f.id = s.file_id
    LEFT JOIN customer c ON c.id = e.customer_id
    LEFT JOIN invoice i ON i.id = e.invoice_id
"""

_LIST = f"""
    SELECT
        e.id, e.account, e.booked_on AS "on", e.value_on, e.amount_cents, e.currency, e.name,
        e.iban, e.reference, e.end_to_end_id, e.text, e.state, e.matched_by, c.slug AS customer,
        {document_number("i")} AS invoice, e.order_number AS "order", e.payment_id AS payment,
        e.evidence, e.reason, e.same_as_id AS same_as, f.name AS file, f.kind AS file_kind,
        s.identification AS statement, f.imported_on AS taken_on, e.decided_on,
        e.creditor_reference, e.part, e.parts, e.details
    {_FROM}
"""

_SEARCHED = " OR ".join(
    containing(f"coalesce(e.{column}, '')")
    for column in ("name", "text", "iban", "reference", "end_to_end_id", "creditor_reference")
)


def listing(
    reader: Reader,
    *,
    state: str | None = None,
    is_open: bool = False,
    customer: str | None = None,
    search: str | None = None,
    since: date | None = None,
    until: date | None = None,
    entry_id: int | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Entries by id; `since` and `until` are the days on which the bank booked them.

    `is_open`: only those that wait for a person, unmatched or proposed; `after`: only those with a
    higher id.
    """
    waits = is_open or state in ("unmatched", "proposed")
    condition, values = where(
        # As a literal, for the index of those that wait.
        is_open=("e.state IN ('unmatched', 'proposed')", waits or None),
        state=("e.state = :state", state),
        customer=("c.slug = :customer", customer),
        search=(f"({_SEARCHED})", search),
        since=("e.booked_on >= :since", since),
        until=("e.booked_on <= :until", until),
        entry_id=("e.id = :entry_id", entry_id),
        after=("e.id > :after", after),
    )
    return Listing(
        reader, THINGS["bank-entry"], f"{_LIST} {condition}", values, order_by="id", limit=limit
    )


def shown(reader: Reader, entry_id: int) -> Row:
    """One entry, with every key of the contract; EntryNotFoundError."""
    bank_entries.find(reader, entry_id)
    (row,) = listing(reader, entry_id=entry_id).dicts()
    return {**row, "bookings": bookings(reader, entry_id)}


def bookings(reader: Reader, entry_id: int) -> list[Mapping[str, object]]:
    """The movements of prepaid accounts that are an entry's money, also those taken back."""
    rows = reader.execute(
        """
        SELECT c.slug, l.seq, l.moved_on, l.kind, l.amount_cents, b.is_link, b.undone_on
        FROM bank_booking b
        JOIN ledger l ON l.id = b.ledger_id
        JOIN customer c ON c.id = l.customer_id
        WHERE b.entry_id = :entry
        ORDER BY b.ledger_id
        """,
        {"entry": entry_id},
    )
    keys = ("customer", "seq", "on", "kind", "amount_cents", "linked", "undone_on")
    return [
        {**dict(zip(keys, row, strict=True)), "linked": bool(row[keys.index("linked")])}
        for row in rows
    ]
