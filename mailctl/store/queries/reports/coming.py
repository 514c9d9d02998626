"""What is known today of the days to come: expiries, deletions, due dates, cards that expire."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailctl.store.engine.dialect import DOCUMENT_NUMBER, LAST_DAY_TO_PAY, batches
from mailctl.store.engine.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
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


_ACCOUNTS = (
    "SELECT a.next_on, CASE WHEN a.state = 'suspended' THEN 'deletion' "
    "WHEN a.renewal <> 'none' AND p.renewal = 'automatic' THEN 'renewal' ELSE 'suspension' END "
    "AS kind, c.slug, c.name, a.id, a.address, 0, 0 FROM account a "
    "JOIN platform p ON p.id = a.platform_id JOIN customer c ON c.id = p.customer_id "
    "WHERE a.next_on <= :until AND (:customer IS NULL OR c.slug = :customer)"
)
_INVOICES = (
    f"SELECT {LAST_DAY_TO_PAY.format('c')} AS last_on, 'invoice-due', c.slug, c.name, i.id, "
    f"{DOCUMENT_NUMBER.format('i')}, o.open_cents, o.is_covered FROM invoice_open o "
    "JOIN invoice i ON i.id = o.invoice_id JOIN customer c ON c.id = o.customer_id "
    f"WHERE o.open_cents > 0 AND {LAST_DAY_TO_PAY.format('c')} <= :until "
    "AND (:customer IS NULL OR c.slug = :customer)"
)
_CARDS = (
    "SELECT m.expires_on, 'card-expiry', c.slug, c.name, m.id, m.label, 0, 0 FROM method m "
    "JOIN customer c ON c.id = m.customer_id WHERE m.removed_on IS NULL "
    "AND m.expires_on >= :first AND m.expires_on <= :last "
    "AND (:customer IS NULL OR c.slug = :customer)"
)


def coming(reader: Reader, *, until: date, customer: str | None = None) -> Iterator[Coming]:
    """All of it up to a day, that one included; by kind, then in order of key.

    An invoice has the last day to pay it, a grace included. What is late already is there too: an
    invoice past that day, an expiry that waits for the
    next tick. A card expires on the last day of its month: through that one it can be charged.
    """
    facts = {"customer": customer, "until": until.isoformat()}
    for query in (_ACCOUNTS, _INVOICES):
        for on, *rest in batches(reader.execute(f"{query} ORDER BY 5", facts)):
            yield _coming(date.fromisoformat(str(on)), rest)
    months = {"first": str(reader.today)[:7], "last": str(until)[:7], "customer": customer}
    for month, *rest in reader.execute(f"{_CARDS} ORDER BY 5", months):
        year, number = map(int, str(month).split("-"))
        on = date(year, number, monthrange(year, number)[1])
        if on <= until:
            yield _coming(on, rest)


def _coming(on: date, rest: list[object]) -> Coming:
    kind, customer, name, key, what, cents, is_covered = rest
    return Coming(
        on=on,
        kind=str(kind),
        customer=str(customer),
        name=str(name),
        key=int(str(key)),
        what=None if what is None else str(what),
        cents=int(str(cents)),
        is_covered=bool(is_covered),
    )
