"""What is known today of the days to come: expiries, deletions, due dates, cards that expire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailctl.domain.payments import last_day_of_month
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number, last_day_to_pay, renews_by_itself
from mailctl.values import Value


class Upcoming(Value):
    """One thing that happens on a day: to an account, with an invoice, or to a card.

    `what` names it to a person: the address (None where the account is blank), the document's
    number, the card's masked label. `key` is the account's id or the document's; `cents` is what is
    open of an invoice, and `is_covered` that pending payments would pay it.
    """

    on: date
    kind: str
    customer: str
    name: str
    key: int
    what: str | None
    cents: int = 0
    is_covered: bool = False


_OF_CUSTOMER = "(CAST(:customer AS TEXT) IS NULL OR c.slug = :customer)"
_OF_ACCOUNTS = f"""
    SELECT a.next_on AS "on",
        CASE
            WHEN a.state = 'suspended' THEN 'deletion'
            WHEN {renews_by_itself("a", "p")} THEN 'renewal'
            ELSE 'suspension'
        END AS kind,
        c.slug AS customer, c.name, a.id AS "key", a.address AS what
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
    WHERE a.next_on <= :until
"""
_ACCOUNTS = f"{_OF_ACCOUNTS} AND {_OF_CUSTOMER} ORDER BY 5"
_ENDS = f"""
    {_OF_ACCOUNTS} AND (a.state = 'suspended' OR NOT {renews_by_itself("a", "p")}) ORDER BY 5
"""
_INVOICES = f"""
    SELECT {last_day_to_pay("o", "c")} AS "on", 'invoice-due' AS kind, c.slug AS customer, c.name,
        i.id AS "key", {document_number("i")} AS what, o.open_cents AS cents, o.is_covered
    FROM invoice_open o
    JOIN invoice i ON i.id = o.invoice_id
    JOIN customer c ON c.id = o.customer_id
    WHERE o.open_cents > 0 AND {last_day_to_pay("o", "c")} <= :until AND {_OF_CUSTOMER}
    ORDER BY 5
"""


class _Card(Value):
    """A card and the last month in which it can be charged."""

    month: str
    customer: str
    name: str
    id: int
    label: str

    @property
    def last_on(self) -> date:
        return last_day_of_month(self.month)


_CARDS = f"""
    SELECT m.expires_on AS month, c.slug AS customer, c.name, m.id, m.label
    FROM method m
    JOIN customer c ON c.id = m.customer_id
    WHERE m.removed_on IS NULL
        AND m.expires_on >= :first
        AND m.expires_on <= :last
        AND {_OF_CUSTOMER}
    ORDER BY m.id
"""


def ends(reader: Reader, *, until: date) -> Iterator[Upcoming]:
    """Of what is coming, the suspensions and deletions alone: as a rule few of all the events."""
    return reader.each(Upcoming, _ENDS, {"until": until})


def coming(reader: Reader, *, until: date, customer: str | None = None) -> Iterator[Upcoming]:
    """All of it up to and including a day; by kind, then in order of key.

    An invoice has the last day to pay it, a grace included. Late events are included: an
    invoice past that day, an expiry that waits for the next tick. A card expires on the last day of
    its month: through that day it can be charged.
    """
    values = {"customer": customer, "until": until}
    for query in (_ACCOUNTS, _INVOICES):
        yield from reader.each(Upcoming, query, values)
    months = {"first": str(reader.today)[:7], "last": str(until)[:7], "customer": customer}
    for card in reader.each(_Card, _CARDS, months):
        if card.last_on <= until:
            yield Upcoming(
                on=card.last_on,
                kind="card-expiry",
                customer=card.customer,
                name=card.name,
                key=card.id,
                what=card.label,
            )
