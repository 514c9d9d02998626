"""Invoices, read. They are written by billing alone, and never changed."""

from __future__ import annotations

import re
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.money import format_rate
from mailctl.errors import InvoiceNotFoundError
from mailctl.store.connection import Reader
from mailctl.store.listing import Listing, Row
from mailctl.store.search import close_to
from mailctl.store.sql import DOCUMENT_NUMBER

_NUMBER = re.compile(r"(?:invoice/)?(AV)?(\d{4})-(\d{6,12})", re.ASCII)
_BUYER = ("name", "street", "postcode", "city", "country", "vat_number")

# The buyer is kept in columns, which a set-based INSERT can fill; JSON is made of them on reading.
_ITEMS = (
    f"SELECT {DOCUMENT_NUMBER.format('i')} AS number, "
    "CASE WHEN i.series = 'AV' THEN 'credit-note' ELSE 'invoice' END AS kind, "
    "c.slug AS customer, i.issued_on, v.due_on, "
    "CASE WHEN v.invoice_id IS NULL THEN NULL WHEN v.open_cents > 0 THEN 'open' ELSE 'paid' END "
    "AS status, v.paid_on, i.net_cents, i.tax_cents, i.total_cents, "
    "coalesce(v.credited_cents, 0) AS credited_cents, coalesce(v.open_cents, 0) AS open_cents, "
    ':currency AS currency, i.order_number AS "order", '
    f"{DOCUMENT_NUMBER.format('x')} AS corrects, i.seller AS seller, json_object("
    + ", ".join(f"'{name}', i.buyer_{name}" for name in _BUYER)
    + ") AS buyer, i.id AS row_id FROM invoice i JOIN customer c ON c.id = i.customer_id "
    "LEFT JOIN invoice_open v ON v.invoice_id = i.id "
    "LEFT JOIN invoice x ON x.id = i.corrects_id "
)


def _key(reader: Reader, number: str) -> int:
    match = _NUMBER.fullmatch(number)
    row = match and reader.row(
        "SELECT id FROM invoice WHERE series = :series AND year = :year AND seq = :seq",
        {"series": match[1] or "", "year": int(match[2]), "seq": int(match[3])},
    )
    if not row:
        close = close_to(
            reader, number, f"SELECT {DOCUMENT_NUMBER.format('i')} FROM invoice i ORDER BY id DESC"
        )
        raise InvoiceNotFoundError(number, close=close)
    return int(str(row[0]))


def listing(
    reader: Reader,
    *,
    kind: str = "invoice",
    customer: str | None = None,
    platform: str | None = None,
    status: str | None = None,
    since: date | None = None,
    until: date | None = None,
    row_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Invoices, or credit notes, in order of issue; `until` is the last day that counts."""
    where, parameters = ["i.series = :series"], {"series": "AV" if kind == "credit-note" else ""}
    filters: tuple[tuple[str, str, object], ...] = (
        ("customer", "c.slug = :customer", customer),
        (
            "platform",
            (
                "EXISTS (SELECT 1 FROM invoice_line l JOIN account a ON a.id = l.account_id "
                "JOIN platform p ON p.id = a.platform_id "
                "WHERE l.invoice_id = i.id AND p.name = :platform)"
            ),
            platform,
        ),
        ("status", "CASE WHEN v.open_cents > 0 THEN 'open' ELSE 'paid' END = :status", status),
        ("since", "i.issued_on >= :since", since.isoformat() if since else None),
        ("until", "i.issued_on <= :until", until.isoformat() if until else None),
        ("row_id", "i.id = :row_id", row_id),
    )
    values: dict[str, object] = {**parameters, "currency": reader.info.currency}
    for name, text, value in filters:
        if value is not None:
            where.append(text)
            values[name] = value
    if row_id is not None:
        where.remove("i.series = :series")
        del values["series"]
    return Listing(
        reader.connection,
        THINGS["invoice"],
        f"{_ITEMS} WHERE {' AND '.join(where)}",
        values,
        order_by="row_id",
        limit=limit,
    )


def show(reader: Reader, number: str) -> Row:
    """One document, with its lines and taxes."""
    row_id = _key(reader, number)
    (row,) = listing(reader, row_id=row_id).dicts()
    del row["row_id"]
    found = reader.row("SELECT tax_rate, tax_note FROM invoice WHERE id = :id", {"id": row_id})
    assert found is not None
    rate = format_rate(int(str(found[0])))
    row["lines"] = _lines(reader, row_id, rate)
    row["taxes"] = [
        {
            "rate": rate,
            "net_cents": row["net_cents"],
            "tax_cents": row["tax_cents"],
            "note": found[1],
        }
    ]
    return row


def _lines(reader: Reader, row_id: int, rate: str) -> list[Row]:
    rows = reader.execute(
        "SELECT l.account_id, l.address, o.name, o.label, l.period, l.period_start_on, "
        "l.period_end_on, l.unit_cents FROM invoice_line l JOIN offer o ON o.id = l.offer_id "
        "WHERE l.invoice_id = :id ORDER BY l.account_id, l.period_start_on",
        {"id": row_id},
    )
    return [
        {
            "account": account,
            "address": address,
            "offer": offer,
            "description": f"{label}, {period}",
            "period_start_on": start,
            "period_end_on": end,
            "quantity": 1,
            "unit_cents": cents,
            "net_cents": cents,
            "tax_rate": rate,
        }
        for account, address, offer, label, period, start, end, cents in rows
    ]
