"""Invoices and credit notes. They are written by billing alone, and never changed."""

from __future__ import annotations

import re
from datetime import date

from mailctl.close_words import close_words
from mailctl.contract import THINGS
from mailctl.domain.invoices import DocumentKind, InvoiceStatus, Series
from mailctl.domain.invoices import document_number as document_number_of
from mailctl.domain.money import format_rate
from mailctl.errors import InvoiceNotFoundError
from mailctl.store import restorations, sellers
from mailctl.store.engine.dialect import json_object
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import document_number, is_overdue, is_uncovered, last_day_to_pay
from mailctl.store.restorations import RESTORES
from mailctl.values import Value, fields

_SHORT = re.compile(r"(?:invoice/)?(AV)?(\d{4})[-/ ]?(\d{1,12})", re.ASCII | re.IGNORECASE)
_COMPARED = 200
_BUYER = ("name", "street", "postcode", "city", "country", "vat_number")


def key_of(reader: Reader, number: str) -> int:
    """The key of the document of that number; InvoiceNotFoundError."""
    asked = document_number_of(number.removeprefix("invoice/"))
    found = asked and reader.number(
        "SELECT id FROM invoice WHERE series = :series AND year = :year AND seq = :seq",
        fields(asked),
    )
    if found:
        return found
    loss = asked and restorations.loss_of(reader, asked)
    if loss:
        raise InvoiceNotFoundError(number, gone=f"it was {loss.told}", hint=RESTORES)
    raise InvoiceNotFoundError(number, close=_close(reader, number))


def _close(reader: Reader, number: str) -> tuple[str, ...]:
    """The same number written in full, if there is one; else similar ones among the newest."""
    match = _SHORT.fullmatch(number)
    if match:
        meant = reader.texts(
            f"""
            SELECT {document_number("i")}
            FROM invoice i
            WHERE i.series = :series AND i.year = :year AND i.seq = :seq
            """,
            {
                "series": (match[1] or "").upper(),
                "year": int(match[2]),
                "seq": int(match[3]),
            },
        )
        if meant:
            return tuple(meant)
    newest = reader.texts(
        f"SELECT {document_number('i')} FROM invoice i ORDER BY i.id DESC LIMIT {_COMPARED}"
    )
    return close_words(number, newest)


class Invoice(Value):
    """What the rules need to know of an invoice, or of a credit note; money in cents."""

    id: int
    number: str
    series: Series
    customer_id: int
    customer: str
    tax_cents: int
    tax_rate: int
    open_cents: int


def find(reader: Reader, number: str) -> Invoice:
    """The document of that number; otherwise InvoiceNotFoundError with similar numbers."""
    found = reader.held_fact(
        Invoice,
        f"""
        SELECT
            i.id, {document_number("i")} AS number, i.series, i.customer_id, c.slug AS customer,
            i.tax_cents, i.tax_rate, coalesce(v.open_cents, 0) AS open_cents
        FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        LEFT JOIN invoice_open v ON v.invoice_id = i.id
        WHERE i.id = :id
        """,
        {"id": key_of(reader, number)},
        lambda invoice: invoice.customer_id,
    )
    assert found is not None, number
    return found


class InvoiceLine(Value):
    """A line of an invoice, and whether a credit note has given it back."""

    account_id: int
    period_start_on: str
    unit_cents: int
    is_credited: bool


def lines_of(reader: Reader, invoice_id: int) -> tuple[InvoiceLine, ...]:
    """The lines of an invoice in the order in which it shows them."""
    return tuple(
        reader.each(
            InvoiceLine,
            """
            SELECT
                l.account_id, l.period_start_on, l.unit_cents,
                k.invoice_id IS NOT NULL AS is_credited
            FROM invoice_line l
            LEFT JOIN credit_line k
                ON k.account_id = l.account_id AND k.period_start_on = l.period_start_on
            WHERE l.invoice_id = :id
            ORDER BY l.account_id, l.period_start_on
            """,
            {"id": invoice_id},
        )
    )


def credited_tax(reader: Reader, invoice_id: int) -> int:
    """Cents of tax that credit notes have given back of an invoice so far."""
    return reader.number(
        "SELECT CAST(sum(tax_cents) AS BIGINT) FROM invoice WHERE corrects_id = :id",
        {"id": invoice_id},
    )


def _of_buyer(column: str, customers: str) -> str:
    """SQL: what an invoice says of its buyer, or what was kept of an older one, or today's."""
    return f"""
        CASE
            WHEN i.seller_id IS NOT NULL THEN i.{column}
            WHEN k.invoice_id IS NOT NULL THEN k.{column}
            ELSE c.{customers}
        END
    """


_ADD_CREDIT_NOTE = f"""
    INSERT INTO invoice (
        id, series, year, seq, customer_id, corrects_id, issued_on,
        net_cents, tax_rate, tax_category, tax_cents, total_cents, tax_note,
        seller, seller_id, language,
        buyer_name, buyer_street, buyer_postcode, buyer_city, buyer_country, buyer_vat_number,
        buyer_legal_id, buyer_endpoint, buyer_reference, reason
    )
    SELECT
        :id, 'AV', :year, :seq, i.customer_id, i.id, :today,
        :net, i.tax_rate, i.tax_category, :tax, :total, i.tax_note,
        :seller, :seller_id, c.language,
        i.buyer_name, i.buyer_street, i.buyer_postcode, i.buyer_city, i.buyer_country,
        i.buyer_vat_number, {_of_buyer("buyer_legal_id", "legal_id")},
        {_of_buyer("buyer_endpoint", "endpoint")},
        {_of_buyer("buyer_reference", "buyer_reference")}, :reason
    FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        LEFT JOIN invoice_kept k ON k.invoice_id = i.id
    WHERE i.id = :invoice
"""


def add_credit_note(
    transaction: Transaction,
    invoice: Invoice,
    lines: tuple[InvoiceLine, ...],
    *,
    net_cents: int,
    tax_cents: int,
    reason: str,
    seller: str,
) -> int:
    """Add a credit note of whole lines, with its invoice's rate and buyer; its key (rules 8)."""
    total_cents = net_cents + tax_cents
    note_id = transaction.next_key("invoice")
    year = transaction.today.year
    transaction.execute(
        _ADD_CREDIT_NOTE,
        {
            "id": note_id,
            "year": year,
            "seq": restorations.last_number(transaction, Series.CREDIT_NOTE, year) + 1,
            "net": net_cents,
            "tax": tax_cents,
            "total": total_cents,
            "seller": seller,
            "seller_id": sellers.of_today(transaction),
            "reason": reason,
            "invoice": invoice.id,
        },
    )
    transaction.execute_many(
        """
        INSERT INTO credit_line (account_id, period_start_on, invoice_id)
        VALUES (:account, :start_on, :note)
        """,
        [
            {"account": line.account_id, "start_on": line.period_start_on, "note": note_id}
            for line in lines
        ],
    )
    transaction.execute(
        "UPDATE invoice_open SET credited_cents = credited_cents + :total WHERE invoice_id = :id",
        {"total": total_cents, "id": invoice.id},
    )
    return note_id


def payable_until(reader: Reader, customer_id: int, order_number: int) -> date | None:
    """By when the invoice of an order is to be paid; None where it is paid, or being collected."""
    return reader.day(
        """
        SELECT o.due_on
        FROM invoice i
        JOIN invoice_open o ON o.invoice_id = i.id
        WHERE i.customer_id = :customer
            AND i.order_number = :order
            AND i.series = ''
            AND o.open_cents > 0
            AND o.is_covered = 0
        """,
        {"customer": customer_id, "order": order_number},
    )


def number_of(reader: Reader, invoice_id: int) -> str:
    """A document's number as people write it."""
    (number,) = reader.texts(
        f"SELECT {document_number('i')} FROM invoice i WHERE i.id = :id", {"id": invoice_id}
    )
    return number


# The buyer is kept in columns, which a set-based INSERT can fill; JSON is made of them on reading.
_BUYER = ("name", "street", "postcode", "city", "country", "vat_number")
_LIST = f"""
    SELECT
        {document_number("i")} AS number,
        CASE WHEN i.series = 'AV' THEN 'credit-note' ELSE 'invoice' END AS kind,
        c.slug AS customer, i.issued_on, v.due_on,
        CASE
            WHEN v.invoice_id IS NULL THEN NULL
            WHEN v.open_cents > 0 THEN 'open'
            ELSE 'paid'
        END AS status,
        v.paid_on, i.net_cents, i.tax_cents, i.total_cents,
        coalesce(v.credited_cents, 0) AS credited_cents, coalesce(v.open_cents, 0) AS open_cents,
        :currency AS currency, i.order_number AS "order", {document_number("x")} AS corrects,
        i.seller AS seller,
        {json_object({name: f"i.buyer_{name}" for name in _BUYER})} AS buyer,
        CASE WHEN {is_uncovered("v")} THEN {last_day_to_pay("v", "c")} END AS pay_by_on,
        CASE WHEN {is_overdue("v", "c")} THEN {last_day_to_pay("v", "c")} END AS overdue_since_on,
        i.id AS row_id
    FROM invoice i
    JOIN customer c ON c.id = i.customer_id
    LEFT JOIN invoice_open v ON v.invoice_id = i.id
    LEFT JOIN invoice x ON x.id = i.corrects_id
"""


def _names_platform(lines: str) -> str:
    """Whether a document has a line of an account of the platform `:platform`."""
    return f"""
        i.id IN (
            SELECT l.invoice_id
            FROM platform p
                CROSS JOIN account a
                CROSS JOIN {lines} l
            WHERE p.name = :platform AND a.platform_id = p.id AND l.account_id = a.id
        )
    """


def listing(
    reader: Reader,
    *,
    kind: str = DocumentKind.INVOICE,
    customer: str | None = None,
    platform: str | None = None,
    status: str | None = None,
    overdue: bool = False,
    since: date | None = None,
    until: date | None = None,
    row_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Invoices, or credit notes, in order of issue; `until` is the last day that counts.

    With `row_id` that document, of whatever kind.
    """
    series = DocumentKind(kind).series
    is_credit_note = series is Series.CREDIT_NOTE
    if not (customer or platform or status or overdue or row_id):
        reader.notes += restorations.gaps(reader, series, since=since, until=until)
    lines = "credit_line" if is_credit_note else "invoice_line"
    # Nearly all are invoices: the index by series would have them sorted again for the first few.
    is_kind = "i.series = :series" if is_credit_note else "i.corrects_id IS NULL"
    condition, values = where(
        series=(is_kind, Series.CREDIT_NOTE if row_id is None else None),
        customer=("c.slug = :customer", customer),
        platform=(_names_platform(lines), platform),
        status=("CASE WHEN v.open_cents > 0 THEN 'open' ELSE 'paid' END = :status", status),
        # Said again for the index of the open ones.
        open=("v.open_cents > 0", status == InvoiceStatus.OPEN or None),
        overdue=(is_overdue("v", "c"), overdue or None),
        since=("i.issued_on >= :since", since),
        until=("i.issued_on <= :until", until),
        row_id=("i.id = :row_id", row_id),
    )
    return Listing(
        reader,
        THINGS["invoice"],
        f"{_LIST} {condition}",
        {"currency": reader.info.currency, **values},
        order_by="row_id",
        limit=limit,
    )


def show(reader: Reader, number: str) -> Row:
    """One document, with its lines and taxes."""
    row_id = key_of(reader, number)
    (row,) = listing(reader, row_id=row_id).dicts()
    del row["row_id"]
    key = {"id": row_id}
    rate = format_rate(reader.number("SELECT tax_rate FROM invoice WHERE id = :id", key))
    row["lines"] = _lines(reader, row_id, rate)
    row["taxes"] = [
        {
            "rate": rate,
            "net_cents": row["net_cents"],
            "tax_cents": row["tax_cents"],
            "note": reader.text("SELECT tax_note FROM invoice WHERE id = :id", key),
            "category": reader.text("SELECT tax_category FROM invoice WHERE id = :id", key),
        }
    ]
    return row


def _lines(reader: Reader, row_id: int, rate: str) -> list[Row]:
    rows = reader.execute(
        """
        SELECT
            l.account_id, l.address, o.name,
            coalesce((
                SELECT p.label
                FROM past_offer_label p
                WHERE p.offer_id = l.offer_id AND p.last_invoice_id >= l.invoice_id
                ORDER BY p.last_invoice_id
                LIMIT 1
            ), o.label),
            l.period, l.period_start_on, l.period_end_on, l.unit_cents
        FROM (
            SELECT account_id, period_start_on FROM invoice_line WHERE invoice_id = :id
            UNION ALL
            SELECT account_id, period_start_on FROM credit_line WHERE invoice_id = :id
        ) s
            CROSS JOIN invoice_line l
            CROSS JOIN offer o
        WHERE l.account_id = s.account_id
            AND l.period_start_on = s.period_start_on
            AND o.id = l.offer_id
        ORDER BY l.account_id, l.period_start_on
        """,
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
