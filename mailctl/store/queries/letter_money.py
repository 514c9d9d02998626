"""What a letter says of money: invoices, orders, their terms, and renewals to come (rules 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from mailctl.domain.tax import Exemption
from mailctl.domain.terms import Period
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number, is_taken_back, last_day_to_pay
from mailctl.store.prices import price_on
from mailctl.store.queries.letters import NamedAccount, Notice, plain_label
from mailctl.values import Value, replace


class Sums(Value):
    """The sums of an order or a document, in cents; the rate in hundredths of a percent."""

    net_cents: int
    tax_cents: int
    total_cents: int
    rate: int | None = None


class LetterInvoice(Value):
    """An invoice, and what is still to be paid of it now, in cents, by `last_on`.

    `credited_cents` is what credit notes have taken back of it so far.
    """

    id: int
    number: str
    issued_on: date
    sums: Sums
    exemption: Exemption | None
    credited_cents: int
    open_cents: int
    is_covered: bool
    last_on: date


_INVOICE = f"""
    SELECT
        i.id, {document_number("i")} AS number, i.issued_on, i.net_cents AS sums_net_cents,
        i.tax_cents AS sums_tax_cents, i.total_cents AS sums_total_cents, i.tax_rate AS sums_rate,
        i.tax_note AS exemption, o.credited_cents, o.open_cents, o.is_covered,
        {last_day_to_pay("o", "c")} AS last_on
    FROM invoice i
    JOIN invoice_open o ON o.invoice_id = i.id
    JOIN customer c ON c.id = i.customer_id
"""


def invoice(reader: Reader, notice: Notice) -> LetterInvoice | None:
    """The invoice that a notice is about, or that its order made."""
    if notice.invoice_id is not None:
        return reader.fact(
            LetterInvoice, f"{_INVOICE} WHERE i.id = :invoice", {"invoice": notice.invoice_id}
        )
    return reader.fact(
        LetterInvoice,
        f"{_INVOICE} WHERE i.customer_id = :customer AND i.order_number = :order",
        {"customer": notice.customer_id, "order": notice.order_number},
    )


class LetterCreditNote(Value):
    """A credit note, and the invoice that it takes back, or a part of it; its total in cents.

    Of a wholly credited invoice the last note `is_last`.
    """

    id: int
    number: str
    issued_on: date
    sums: Sums
    exemption: Exemption | None
    invoice: str
    invoiced_on: date
    invoiced_cents: int
    is_last: bool


def credit_note(reader: Reader, invoice_id: int) -> LetterCreditNote:
    """The credit note with that key."""
    found = reader.fact(
        LetterCreditNote,
        f"""
        SELECT
            x.id, {document_number("x")} AS number, x.issued_on, x.net_cents AS sums_net_cents,
            x.tax_cents AS sums_tax_cents, x.total_cents AS sums_total_cents,
            x.tax_rate AS sums_rate, x.tax_note AS exemption, {document_number("i")} AS invoice,
            i.issued_on AS invoiced_on, i.total_cents AS invoiced_cents,
            CASE
                WHEN EXISTS (SELECT 1 FROM invoice z WHERE z.corrects_id = i.id AND z.id > x.id)
                THEN 0
                WHEN {is_taken_back("i.id")} THEN 1
                ELSE 0
            END AS is_last
        FROM invoice x
        JOIN invoice i ON i.id = x.corrects_id
        WHERE x.id = :id
        """,
        {"id": invoice_id},
    )
    assert found is not None
    return found


class LetterOrder(Value):
    """What a letter says of an order."""

    ordered_on: date
    sums: Sums


def order(reader: Reader, number: int) -> LetterOrder:
    """The order of that number."""
    found = reader.fact(
        LetterOrder,
        """
        SELECT
            ordered_on, net_cents AS sums_net_cents, tax_cents AS sums_tax_cents,
            total_cents AS sums_total_cents
        FROM purchase_order
        WHERE number = :number
        """,
        {"number": number},
    )
    assert found is not None
    return found


class TermCount(Value):
    """Terms of one kind: how many, of which offer and period, at which net cents each."""

    count: int
    label: str
    period: str
    unit_cents: int

    @property
    def offer(self) -> str:
        """What the offer is called in letters."""
        return plain_label(self.label)


class OrderedMailbox(Value):
    """A mailbox that an order asks for; without an address while it is blank."""

    address: str | None
    platform: str


class MailboxTerms(Value):
    """Terms of a mailbox that follow each other; without an address while it is blank."""

    account_id: int
    address: str | None
    platform: str
    starts_on: date
    ends_on: date


_BILLED = "SELECT l.* FROM invoice_line l WHERE l.invoice_id = :key"
_CREDITED = """
    SELECT l.*
    FROM credit_line k
    JOIN invoice_line l ON l.account_id = k.account_id AND l.period_start_on = k.period_start_on
    WHERE k.invoice_id = :key
"""


def billed_lines(reader: Reader, invoice_id: int) -> list[TermCount]:
    """What an invoice bills, alike terms together."""
    return reader.facts(TermCount, _counted(_BILLED), {"key": invoice_id})


def credited_lines(reader: Reader, invoice_id: int) -> list[TermCount]:
    """What a credit note takes back, alike terms together."""
    return reader.facts(TermCount, _counted(_CREDITED), {"key": invoice_id})


def _counted(lines: str) -> str:
    return f"""
        WITH line AS ({lines})
        SELECT count(*) AS count, f.label, l.period, l.unit_cents
        FROM line l
        JOIN offer f ON f.id = l.offer_id
        GROUP BY f.label, l.period, l.unit_cents
        ORDER BY f.label, l.period, l.unit_cents
    """


def billed_terms(reader: Reader, invoice_id: int) -> list[MailboxTerms]:
    """The mailboxes that an invoice bills, with their days."""
    return _mailboxes(reader, _BILLED, invoice_id)


def credited_terms(reader: Reader, invoice_id: int) -> list[MailboxTerms]:
    """The mailboxes whose terms a credit note takes back, with their days."""
    return _mailboxes(reader, _CREDITED, invoice_id)


def _mailboxes(reader: Reader, lines: str, invoice_id: int) -> list[MailboxTerms]:
    found = reader.facts(
        MailboxTerms,
        f"""
        WITH line AS ({lines})
        SELECT
            l.account_id, l.address, p.name AS platform, l.period_start_on AS starts_on,
            l.period_end_on AS ends_on
        FROM line l
        JOIN account a ON a.id = l.account_id
        JOIN platform p ON p.id = a.platform_id
        ORDER BY l.account_id, l.period_start_on
        """,
        {"key": invoice_id},
    )
    joined: list[MailboxTerms] = []
    for term in found:
        last = joined[-1] if joined else None
        if last and (last.account_id, last.ends_on) == (term.account_id, term.starts_on):
            joined[-1] = replace(last, ends_on=term.ends_on)
        else:
            joined.append(term)
    return sorted(joined, key=_place)


def _place(term: MailboxTerms) -> tuple[date, date, bool, str, str]:
    return term.ends_on, term.starts_on, term.address is None, term.address or "", term.platform


def ordered_mailboxes(reader: Reader, number: int) -> list[OrderedMailbox]:
    """The mailboxes that an order asks for, once each; new ones are not known yet."""
    return reader.facts(
        OrderedMailbox,
        """
        SELECT max(l.address) AS address, max(p.name) AS platform
        FROM order_line l
        JOIN purchase_order o ON o.number = l.order_number
        JOIN platform p ON p.id = o.platform_id
        WHERE l.order_number = :number
        GROUP BY coalesce(l.account_id, -l.line)  -- A new account has no id yet: by its line.
        ORDER BY max(l.period_end_on), max(l.address), platform
        """,
        {"number": number},
    )


def renewal_lines(reader: Reader, notice: Notice, named: Sequence[NamedAccount]) -> list[TermCount]:
    """What the renewals of these accounts will be billed, at the prices of their first days."""
    kinds = Counter(
        (one.offer, one.offer_id, one.renewal, one.happens_on, one.kept_cents)
        for one in named
        if one.happens_on is not None and one.renewal != "none"
    )
    lines = Counter[tuple[str, str, int]]()
    for (offer, offer_id, period, day, kept), count in kinds.items():
        cents = kept
        if cents is None:
            cents = price_on(reader, offer_id, Period(period), day, customer_id=notice.customer_id)
        lines[offer, period, cents] += count
    return [
        TermCount(count=count, label=offer, period=period, unit_cents=cents)
        for (offer, period, cents), count in sorted(lines.items())
    ]
