"""Double entry: each movement of a prepaid account as a transaction whose postings add up to 0.

A customer's prepaid account is a liability: the mail service that the provider owes them. Debits
are positive, so a customer's balance of 10.00 is -10.00 there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mailctl.domain.money import format_rate
from mailctl.domain.payments import MethodKind
from mailctl.domain.prepaid import MovementKind
from mailctl.store.queries.books import BookedMovement, OfferSales
from mailctl.values import Value

PREPAID = "Liabilities:Prepaid:"
BANK = "Assets:Bank"
OPENING = "Equity:Opening"
GATEWAYS: Mapping[MethodKind | None, str] = {
    MethodKind.CARD: "Assets:Gateway:Card",
    MethodKind.PAYPAL: "Assets:Gateway:PayPal",
}
"""Where money waits that a gateway has collected; all other money comes through the bank."""
_FOREIGN = re.compile("[^a-z0-9.-]")
_DOCUMENTS = (MovementKind.CHARGE, MovementKind.CREDIT_NOTE)


class Posting(Value):
    """An amount in cents on an account; `after_cents` is what the account must hold then."""

    account: str
    cents: int
    after_cents: int | None = None


class Entry(Value):
    """One transaction; `code` is the document's number, or the customer and the row."""

    day: date
    code: str
    payee: str
    text: str
    document: str | None
    postings: tuple[Posting, ...]


def component(name: str) -> str:
    """A name in mailctl (1-60 of `a-z0-9.-`) as a part of an account's name; no two are alike.

    Such a part begins with a capital or a digit and has letters, digits and dashes. Names in
    mailctl have no capitals, so capitals can replace other characters: `Dot` for a dot inside,
    `DotX` and `DashX` for one at the beginning, `U1BU` for one that only another program can have
    put into a name.
    """
    known = _FOREIGN.sub(lambda found: f"U{ord(found[0]):X}U", name) or "UU"
    first, rest = known[0], known[1:].replace(".", "Dot")
    return {".": "DotX", "-": "DashX"}.get(first, first.upper()) + rest


def prepaid_account(customer: str) -> str:
    """The liability account for a customer's prepaid account."""
    return f"{PREPAID}{component(customer)}"


def sales_account(offer: str) -> str:
    """The revenue of an offer."""
    return f"Income:Sales:{component(offer)}"


def vat_account(country: str, rate: int) -> str:
    """The VAT that is owed to a country at a rate: 20, or 25-5 for 25.5 %."""
    to_whom = component(country.lower()).upper()
    return f"Liabilities:VAT:{to_whom}:{format_rate(rate).replace('.', '-')}"


def entry(movement: BookedMovement, sales: Iterable[OfferSales]) -> Entry:
    """The transaction of a movement."""
    prepaid = Posting(
        account=prepaid_account(movement.customer),
        cents=-movement.amount_cents,
        after_cents=-movement.after_cents,
    )
    return Entry(
        day=movement.moved_on,
        code=movement.document or f"{movement.customer}/{movement.seq}",
        payee=movement.name,
        text=_text(movement),
        document=movement.document,
        postings=(prepaid, *_others(movement, sales)),
    )


def _others(movement: BookedMovement, sales: Iterable[OfferSales]) -> Iterator[Posting]:
    """The postings against the prepaid account: revenue and tax, or where the money is."""
    if movement.kind in _DOCUMENTS:
        sign = -1 if movement.kind is MovementKind.CHARGE else 1
        for one in sales:
            yield Posting(account=sales_account(one.offer), cents=sign * one.cents)
        if movement.tax_cents:
            assert movement.country is not None, "a document has a buyer"
            account = vat_account(movement.country, movement.tax_rate)
            yield Posting(account=account, cents=sign * movement.tax_cents)
    else:
        account = OPENING if movement.is_opening else GATEWAYS.get(movement.method, BANK)
        yield Posting(account=account, cents=movement.amount_cents)


def _text(movement: BookedMovement) -> str:
    words: list[str] = [movement.kind if movement.kind is not MovementKind.CHARGE else "invoice"]
    if movement.is_opening and movement.undone_seq is None:
        return str(movement.reason)
    if movement.undone_seq is not None:
        words.append(f"of movement {movement.undone_seq}")
    if movement.document:
        words.append(movement.document)
    for what, number in (("payment", movement.payment), ("order", movement.order)):
        if number is not None and movement.kind != what:
            words.append(f"{what} {number}")
        elif number is not None:
            words.append(str(number))
    return " ".join(words) + (f": {movement.reason}" if movement.reason else "")


def entries(
    movements: Iterable[tuple[BookedMovement, Iterable[OfferSales]]], *, since: date | None = None
) -> Iterator[Entry]:
    """The transactions of movements in date order; from `since` on, opening balances first.

    What was earned before is part of the opening balance of Equity:Opening.
    """
    before: dict[str, int] = defaultdict(int)
    opens_on = since
    for movement, sales in movements:
        made = entry(movement, sales)
        if since is not None and made.day < since:
            for posting in made.postings:
                before[posting.account] += posting.cents
            continue
        if opens_on is not None:
            yield from _opening(opens_on, before)
            opens_on = None
        yield made
    if opens_on is not None:
        yield from _opening(opens_on, before)


def _opening(day: date, before: Mapping[str, int]) -> Iterator[Entry]:
    """One transaction for each account that has a balance, against Equity:Opening."""
    for account in sorted(before):
        cents = before[account]
        if cents and not account.startswith(("Income:", OPENING)):
            yield Entry(
                day=day,
                code="opening",
                payee="Opening balance",
                text=account.rpartition(":")[2],
                document=None,
                postings=(
                    Posting(
                        account=account,
                        cents=cents,
                        after_cents=cents if account.startswith(PREPAID) else None,
                    ),
                    Posting(account=OPENING, cents=-cents),
                ),
            )


def amount(cents: int) -> str:
    """Cents as both programs read them: `-1234.05`."""
    whole, decimals = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{decimals:02d}"
