"""Invoices, read. They are written by billing alone, and never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.money import format_rate
from mailctl.errors import InvoiceNotFoundError
from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to
from mailctl.store.engine.transaction import Transaction

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What the rules need to know of an invoice; money in cents."""

    id: int
    number: str
    series: str
    customer_id: int
    customer: str
    net_cents: int
    tax_cents: int
    tax_rate: int
    open_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an invoice, and whether a credit note has given it back."""

    account_id: int
    period_start_on: str
    unit_cents: int
    is_credited: bool


def find(reader: Reader, number: str) -> Invoice:
    """The document of that number; InvoiceNotFoundError with close numbers else."""
    row = reader.row(
        "SELECT i.id, i.series, i.customer_id, c.slug, i.net_cents, i.tax_cents, i.tax_rate, "
        f"coalesce(v.open_cents, 0), {DOCUMENT_NUMBER.format('i')} FROM invoice i "
        "JOIN customer c ON c.id = i.customer_id LEFT JOIN invoice_open v ON v.invoice_id = i.id "
        "WHERE i.id = :id",
        {"id": _key(reader, number)},
    )
    assert row is not None
    return Invoice(
        id=int(str(row[0])),
        series=str(row[1]),
        customer_id=int(str(row[2])),
        customer=str(row[3]),
        net_cents=int(str(row[4])),
        tax_cents=int(str(row[5])),
        tax_rate=int(str(row[6])),
        open_cents=int(str(row[7])),
        number=str(row[8]),
    )


def lines_of(reader: Reader, invoice_id: int) -> tuple[Line, ...]:
    """The lines of an invoice in the order in which it shows them."""
    return tuple(
        Line(
            account_id=account, period_start_on=start, unit_cents=cents, is_credited=bool(credited)
        )
        for account, start, cents, credited in reader.execute(
            "SELECT l.account_id, l.period_start_on, l.unit_cents, k.invoice_id IS NOT NULL "
            "FROM invoice_line l LEFT JOIN credit_line k ON k.account_id = l.account_id "
            "AND k.period_start_on = l.period_start_on WHERE l.invoice_id = :id "
            "ORDER BY l.account_id, l.period_start_on",
            {"id": invoice_id},
        )
    )


def missing_up_to(reader: Reader, invoice: Invoice) -> int:
    """Cents that settle an invoice and everything older."""
    return reader.number(
        "SELECT -c.balance_cents - coalesce((SELECT CAST(sum(i.total_cents - o.credited_cents) "
        "AS BIGINT) FROM invoice_open o JOIN invoice i ON i.id = o.invoice_id "
        "WHERE o.customer_id = c.id AND o.invoice_id > :id), 0) FROM customer c "
        "WHERE c.id = :customer",
        {"id": invoice.id, "customer": invoice.customer_id},
    )


def credited_tax(reader: Reader, invoice_id: int) -> int:
    """Cents of tax that credit notes have given back of an invoice so far."""
    return reader.number(
        "SELECT CAST(sum(tax_cents) AS BIGINT) FROM invoice WHERE corrects_id = :id",
        {"id": invoice_id},
    )


def add_credit_note(
    transaction: Transaction,
    invoice: Invoice,
    lines: tuple[Line, ...],
    *,
    net_cents: int,
    tax_cents: int,
    reason: str,
    seller: str,
) -> int:
    """Keep a credit note of whole lines, with its invoice's rate and buyer; its key (SPEC 8)."""
    year = transaction.today.year
    note_id = transaction.number(
        "INSERT INTO invoice (id, series, year, seq, customer_id, corrects_id, issued_on, "
        "net_cents, tax_rate, tax_cents, total_cents, tax_note, seller, buyer_name, buyer_street, "
        "buyer_postcode, buyer_city, buyer_country, buyer_vat_number, reason) "
        "SELECT (SELECT max(m.id) + 1 FROM invoice m), 'AV', :year, "
        "(SELECT coalesce(max(s.seq), 0) + 1 FROM invoice s WHERE s.series = 'AV' "
        "AND s.year = :year), i.customer_id, i.id, :today, :net, i.tax_rate, :tax, :net + :tax, "
        "i.tax_note, :seller, i.buyer_name, i.buyer_street, i.buyer_postcode, i.buyer_city, "
        "i.buyer_country, i.buyer_vat_number, :reason FROM invoice i WHERE i.id = :id "
        "RETURNING id",
        {
            "year": year,
            "today": transaction.today.isoformat(),
            "net": net_cents,
            "tax": tax_cents,
            "seller": seller,
            "reason": reason,
            "id": invoice.id,
        },
    )
    transaction.connection.executemany(
        "INSERT INTO credit_line (account_id, period_start_on, invoice_id) VALUES (?, ?, ?)",
        [(line.account_id, line.period_start_on, note_id) for line in lines],
    )
    transaction.execute(
        "UPDATE invoice_open SET credited_cents = credited_cents + :total WHERE invoice_id = :id",
        {"total": net_cents + tax_cents, "id": invoice.id},
    )
    return note_id


def payable_until(reader: Reader, customer_id: int, order_number: int) -> date | None:
    """By when the invoice of an order is to be paid; None where it is paid, or being collected."""
    row = reader.row(
        "SELECT o.due_on FROM invoice i JOIN invoice_open o ON o.invoice_id = i.id "
        "WHERE i.customer_id = :customer AND i.order_number = :order AND i.series = '' "
        "AND o.open_cents > 0 AND o.is_covered = 0",
        {"customer": customer_id, "order": order_number},
    )
    return None if row is None else date.fromisoformat(str(row[0]))


def number_of(reader: Reader, invoice_id: int) -> str:
    """A document's number as people write it."""
    row = reader.row(
        f"SELECT {DOCUMENT_NUMBER.format('i')} FROM invoice i WHERE i.id = :id", {"id": invoice_id}
    )
    assert row is not None
    return str(row[0])


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
                "EXISTS (SELECT 1 FROM {} l JOIN account a ON a.id = l.account_id "
                "JOIN platform p ON p.id = a.platform_id "
                "WHERE l.invoice_id = i.id AND p.name = :platform)"
            ).format("credit_line" if kind == "credit-note" else "invoice_line"),
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
        reader,
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
        "LEFT JOIN credit_line k ON k.account_id = l.account_id "
        "AND k.period_start_on = l.period_start_on "
        "WHERE l.invoice_id = :id OR k.invoice_id = :id ORDER BY l.account_id, l.period_start_on",
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
