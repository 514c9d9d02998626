"""What a letter says of money: invoices, orders, their terms, and renewals to come (SPEC 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailctl.store.engine.dialect import DOCUMENT_NUMBER, LAST_DAY_TO_PAY
from mailctl.store.engine.reader import Reader
from mailctl.store.prices import price_on
from mailctl.store.queries.letters import Head, Told, plain_label
from mailctl.store.queries.notice_validity import IS_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The sums of an order or an invoice, in cents; the rate in hundredths of a percent."""

    net_cents: int
    tax_cents: int
    total_cents: int
    rate: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice, and what is still to be paid of it now, in cents, by `last_on`.

    `credited_cents` is what credit notes have taken back of it so far.
    """

    id: int
    number: str
    issued_on: date
    sums: Sums
    note: str | None
    credited_cents: int
    open_cents: int
    is_covered: bool
    last_on: date


_INVOICE = (
    f"SELECT i.id, {DOCUMENT_NUMBER.format('i')}, i.issued_on, i.net_cents, i.tax_cents, "
    "i.total_cents, i.tax_rate, i.tax_note, o.credited_cents, o.open_cents, o.is_covered, "
    f"{LAST_DAY_TO_PAY.format('c')} FROM invoice i JOIN invoice_open o ON o.invoice_id = i.id "
    "JOIN customer c ON c.id = i.customer_id WHERE "
)


def invoice(reader: Reader, notice: Head) -> Invoice | None:
    """The invoice that a notice tells of, or that its order made."""
    row = reader.row(
        _INVOICE
        + (
            "i.customer_id = :customer AND i.order_number = :order"
            if notice.invoice_id is None
            else "i.id = :invoice"
        ),
        {
            "invoice": notice.invoice_id,
            "customer": notice.customer_id,
            "order": notice.order_number,
        },
    )
    return (
        None
        if row is None
        else Invoice(
            id=_whole(row[0]),
            number=str(row[1]),
            issued_on=_day(row[2]),
            sums=_sums(row[3:7]),
            note=_text(row[7]),
            credited_cents=_whole(row[8]),
            open_cents=_whole(row[9]),
            is_covered=bool(row[10]),
            last_on=_day(row[11]),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """A credit note, and the invoice that it takes back, or a part of it; its total in cents.

    Of a wholly credited invoice the last note `is_last`.
    """

    id: int
    number: str
    issued_on: date
    sums: Sums
    note: str | None
    invoice: str
    invoiced_on: date
    invoiced_cents: int
    is_last: bool


_CREDIT_NOTE = f"""
SELECT x.id, {DOCUMENT_NUMBER.format("x")}, x.issued_on, x.net_cents, x.tax_cents, x.total_cents,
    x.tax_rate, x.tax_note, {DOCUMENT_NUMBER.format("i")}, i.issued_on, i.total_cents,
    CASE WHEN {IS_BACK.format("i.id")} AND NOT EXISTS (
        SELECT 1 FROM invoice z WHERE z.corrects_id = i.id AND z.id > x.id
    ) THEN 1 ELSE 0 END
FROM invoice x
JOIN invoice i ON i.id = x.corrects_id
WHERE x.id = :id
"""


def credit_note(reader: Reader, invoice_id: int) -> CreditNote:
    """The credit note with that key."""
    row = reader.row(_CREDIT_NOTE, {"id": invoice_id})
    assert row is not None
    return CreditNote(
        id=_whole(row[0]),
        number=str(row[1]),
        issued_on=_day(row[2]),
        sums=_sums(row[3:7]),
        note=_text(row[7]),
        invoice=str(row[8]),
        invoiced_on=_day(row[9]),
        invoiced_cents=_whole(row[10]),
        is_last=bool(row[11]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a notice tells of an order."""

    ordered_on: date
    sums: Sums


def order(reader: Reader, number: int) -> Order:
    """The order of that number."""
    row = reader.row(
        "SELECT ordered_on, net_cents, tax_cents, total_cents FROM purchase_order "
        "WHERE number = :number",
        {"number": number},
    )
    assert row is not None
    return Order(
        ordered_on=_day(row[0]),
        sums=_sums(row[1:4]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Terms of one kind: how many, of which offer and period, at which net cents each."""

    count: int
    offer: str
    period: str
    unit_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A mailbox and until when its terms go; without an address while it is blank."""

    address: str | None
    platform: str
    until: date


_TERMS = "SELECT {1}, max(p.name), max(l.period_end_on) FROM {0} GROUP BY {2} ORDER BY 3, 1, 2"
_LINES_OF = (
    "invoice_line l JOIN offer f ON f.id = l.offer_id JOIN account a ON a.id = l.account_id "
    "JOIN platform p ON p.id = a.platform_id WHERE "
)
_BILLED = f"{_LINES_OF}l.invoice_id = :key"
_CREDITED = (
    f"{_LINES_OF}(l.account_id, l.period_start_on) IN "
    "(SELECT k.account_id, k.period_start_on FROM credit_line k WHERE k.invoice_id = :key)"
)
_LINES = (
    "SELECT count(*), f.label, l.period, l.unit_cents FROM {0} "
    "GROUP BY f.label, l.period, l.unit_cents ORDER BY f.label, l.period, l.unit_cents"
)
_ORDERED = (
    "order_line l JOIN purchase_order o ON o.number = l.order_number "
    "JOIN platform p ON p.id = o.platform_id JOIN offer f ON f.id = p.offer_id "
    "WHERE l.order_number = :key"
)


def billed_lines(reader: Reader, invoice_id: int) -> list[Line]:
    """What an invoice bills, alike terms together."""
    return _lines(reader, _BILLED, invoice_id)


def credited_lines(reader: Reader, invoice_id: int) -> list[Line]:
    """What a credit note takes back, alike terms together."""
    return _lines(reader, _CREDITED, invoice_id)


def _lines(reader: Reader, source: str, key: int) -> list[Line]:
    return [
        Line(count=count, offer=plain_label(offer), period=period, unit_cents=cents)
        for count, offer, period, cents in reader.execute(_LINES.format(source), {"key": key})
    ]


def billed_terms(reader: Reader, invoice_id: int) -> list[Term]:
    """The mailboxes that an invoice bills, once each."""
    return _terms(reader, _TERMS.format(_BILLED, "max(l.address)", "l.account_id"), invoice_id)


def credited_terms(reader: Reader, invoice_id: int) -> list[Term]:
    """The mailboxes whose terms a credit note takes back, once each."""
    return _terms(reader, _TERMS.format(_CREDITED, "max(l.address)", "l.account_id"), invoice_id)


def ordered_terms(reader: Reader, number: int) -> list[Term]:
    """The mailboxes that an order asks for, once each; new ones are not known yet."""
    return _terms(
        reader,
        _TERMS.format(_ORDERED, "max(l.address)", "coalesce(l.account_id, -l.line)"),
        number,
    )


def _terms(reader: Reader, query: str, key: int) -> list[Term]:
    return [
        Term(address=address, platform=platform, until=_day(until))
        for address, platform, until in reader.execute(query, {"key": key})
    ]


def renewal_lines(reader: Reader, notice: Head, told: list[Told]) -> list[Line]:
    """What the renewals of these accounts will be billed, at the prices of their first days."""
    kinds = Counter(
        (one.offer, one.offer_id, one.renewal, one.happens_on, one.kept_cents)
        for one in told
        if one.happens_on is not None and one.renewal != "none"
    )
    lines = Counter[tuple[str, str, int]]()
    for (offer, offer_id, period, day, kept), count in kinds.items():
        cents = kept
        if cents is None:
            cents = price_on(reader, offer_id, period, day, customer_id=notice.customer_id)
        lines[offer, period, cents] += count
    return [
        Line(count=count, offer=offer, period=period, unit_cents=cents)
        for (offer, period, cents), count in sorted(lines.items())
    ]


def _whole(value: object) -> int:
    return int(str(value))


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _sums(columns: Sequence[object]) -> Sums:
    """The sums that columns hold: net, tax, total, and the rate where there is one."""
    net, tax, total, *rate = (_whole(column) for column in columns)
    return Sums(net_cents=net, tax_cents=tax, total_cents=total, rate=rate[0] if rate else None)
