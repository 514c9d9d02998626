"""What a letter says of money: invoices, orders, their terms, and renewals to come (rules 12)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from mailctl.domain.terms import Period
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import is_taken_back, last_day_to_pay
from mailctl.store.prices import price_on
from mailctl.store.queries.letters import NamedAccount, Notice, plain_label
from mailctl.values import Value


class InvoiceNow(Value):
    """What is still to be paid of an invoice, in cents, by `last_on`.

    `credited_cents` is what credit notes have taken back of it so far.
    """

    id: int
    credited_cents: int
    open_cents: int
    is_covered: bool
    last_on: date


_INVOICE = f"""
    SELECT
        i.id, o.credited_cents, o.open_cents, o.is_covered, {last_day_to_pay("o", "c")} AS last_on
    FROM invoice i
    JOIN invoice_open o ON o.invoice_id = i.id
    JOIN customer c ON c.id = i.customer_id
"""


def invoice_now(reader: Reader, notice: Notice) -> InvoiceNow | None:
    """How the invoice stands that a notice is about, or that its order made."""
    if notice.invoice_id is not None:
        return reader.fact(
            InvoiceNow, f"{_INVOICE} WHERE i.id = :invoice", {"invoice": notice.invoice_id}
        )
    return reader.fact(
        InvoiceNow,
        f"{_INVOICE} WHERE i.customer_id = :customer AND i.order_number = :order",
        {"customer": notice.customer_id, "order": notice.order_number},
    )


class Credited(Value):
    """What a credit note does to its invoice, whose total is in cents.

    Of a wholly credited invoice the last note `is_last`.
    """

    invoiced_cents: int
    is_last: bool


def credited(reader: Reader, note_id: int) -> Credited:
    """What the credit note with that key does to its invoice."""
    found = reader.fact(
        Credited,
        f"""
        SELECT
            i.total_cents AS invoiced_cents,
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
        {"id": note_id},
    )
    assert found is not None
    return found


def platforms_of_blank(reader: Reader, document_id: int) -> dict[int, str]:
    """The platforms of the accounts that have no address on a document, by account."""
    found = reader.pairs(
        """
        WITH line AS (
            SELECT l.account_id, l.address
            FROM invoice_line l
            WHERE l.invoice_id = :id
            UNION ALL
            SELECT l.account_id, l.address
            FROM credit_line k
            JOIN invoice_line l
                ON l.account_id = k.account_id AND l.period_start_on = k.period_start_on
            WHERE k.invoice_id = :id
        )
        SELECT DISTINCT p.name, a.id
        FROM line l
        JOIN account a ON a.id = l.account_id
        JOIN platform p ON p.id = a.platform_id
        WHERE l.address IS NULL
        """,
        {"id": document_id},
    )
    return {account_id: name for name, account_id in found}


class LetterOrder(Value):
    """What a letter says of an order; amounts in cents."""

    ordered_on: date
    net_cents: int
    tax_cents: int
    total_cents: int


def order(reader: Reader, number: int) -> LetterOrder:
    """The order of that number."""
    found = reader.fact(
        LetterOrder,
        """
        SELECT ordered_on, net_cents, tax_cents, total_cents
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
