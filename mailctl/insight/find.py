"""`find`: what a caller can say leads to what it names, and to the command that shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from mailctl.domain.bank import EntryState
from mailctl.domain.invoices import DocumentNumber, Series
from mailctl.domain.orders import OrderStatus
from mailctl.domain.payment_references import referred
from mailctl.domain.search_words import readings
from mailctl.domain.states import CustomerState, PlatformState
from mailctl.insight import hits
from mailctl.insight.hits import Hit
from mailctl.store import restorations
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.find import by_address, by_reference, by_words, rows, unknown_words
from mailctl.store.queries.find.by_words import MOST, Fact, Match, Matches
from mailctl.values import Value

_ACCOUNT = re.compile(r"(?:account[ /])?([1-9]\d{0,17})", re.ASCII)
_ORDER = re.compile(r"(?:o|order[ /#]?)?([1-9]\d{0,11})", re.ASCII)
_PAYMENT = re.compile(r"payment[ /-]?(\d{1,12})(?:-\d+)?", re.ASCII)
_ENTRY = re.compile(r"(?:bank[ -]?)?entry[ /]?(\d{1,12})", re.ASCII)
_METHOD = re.compile(r"method[ /](\d{1,12})", re.ASCII)
_DOCUMENT = re.compile(
    r"(?:invoice[ /]?|i)?(av)?[ -]?(\d{4})(?:[-/. ]0*(\d{1,12})|0*(\d{6,12}))", re.ASCII
)
_COUNT = re.compile(r"0*(\d{1,6})", re.ASCII)
_PUNCTUATION = re.compile(r"[\W_]")
# What `-o name` prints before a name.
_KIND_BEFORE = re.compile(r"(?:customer|domain|platform|prepaid)/")


class NotShown(Value):
    """How many hits of a kind are not shown; `at_least` where not all rows were compared."""

    kind: str
    count: int
    at_least: bool


class Found(Value):
    """The hits, best first; what is left out of them; and words that nothing begins with."""

    hits: tuple[Hit, ...]
    left: tuple[NotShown, ...]
    unknown: dict[str, tuple[str, ...]]


class _Ranked(Value):
    """A hit that is made when it is shown; 0 is the best rank."""

    rank: int
    is_live: bool
    make: Callable[[], Hit | None]

    @property
    def place(self) -> tuple[int, bool]:
        return (self.rank, not self.is_live)


_OfKind = tuple[str, list[_Ranked], bool]
"""A kind, its hits, and whether there may be more of them."""


def find(reader: Reader, text: str, *, limit: int) -> Found:
    """Look for everything that the text names, at most `limit` of each kind."""
    as_typed = " ".join(text.split())
    text = _KIND_BEFORE.sub("", as_typed.lower(), count=1)
    shown: list[_Ranked] = []
    left: list[NotShown] = []
    for kind, ranked, is_cut in _by_kind(reader, text, as_typed, max(MOST, limit)):
        ranked.sort(key=lambda one: one.place)
        shown += ranked[:limit]
        is_full = len(ranked) >= limit
        is_unsure = is_cut and (is_full or all(one.rank > 1 for one in ranked))
        if len(ranked) > limit or is_unsure:
            count = max(0, len(ranked) - limit)
            left.append(NotShown(kind=kind, count=count, at_least=is_cut))
    shown.sort(key=lambda one: one.place)
    made = tuple(hit for one in shown if (hit := one.make()) is not None)
    return Found(
        hits=made,
        left=tuple(left),
        unknown={} if made else unknown_words.with_close_words(reader, text),
    )


def _by_kind(reader: Reader, text: str, as_typed: str, most: int) -> Iterator[_OfKind]:
    asked, currency = readings(text), reader.info.currency
    yield _of_matches(
        "customer",
        by_words.customers(reader, text, most),
        lambda one: hits.of_customer(one, asked),
        lambda one: one.state is CustomerState.OPEN,
    )
    yield _accounts(reader, text, most)
    yield _of_matches("domain", by_words.domains(reader, text, most), hits.of_domain)
    yield _of_matches(
        "platform",
        by_words.platforms(reader, text, most),
        hits.of_platform,
        lambda one: one.state is not PlatformState.CLOSED,
    )
    yield "invoice", list(_documents(reader, text)), False
    yield "order", list(_orders(reader, text)), False
    yield _payments(reader, text, most)
    methods = by_words.methods(reader, text, most)
    if (match := _METHOD.fullmatch(text)) and (one := rows.method(reader, int(match[1]))):
        methods.add(one.id, one, 0)
    yield _of_matches("method", methods, hits.of_method, lambda one: one.removed_on is None)
    yield _of_matches(
        "movement",
        by_words.movements(reader, text, most),
        lambda one: hits.of_movement(one, currency),
    )
    entries = by_reference.entries(reader, as_typed, most)
    if (match := _ENTRY.fullmatch(text)) and (entry := rows.entry(reader, int(match[1]))):
        entries.add(entry.id, entry, 0)
    yield _of_matches(
        "bank-entry", entries, hits.of_entry, lambda one: one.state is not EntryState.IGNORED
    )


def _of_matches(
    kind: str,
    found: Matches[Fact],
    make: Callable[[Fact], Hit],
    is_live: Callable[[Fact], bool] = lambda _: True,
) -> _OfKind:
    def ranked(match: Match[Fact]) -> _Ranked:
        fact = match.fact
        return _Ranked(rank=match.rank, is_live=is_live(fact), make=lambda: make(fact))

    return kind, [ranked(match) for match in found.found.values()], found.is_cut


def _accounts(reader: Reader, text: str, most: int) -> _OfKind:
    """Accounts by address and by id; only those that are shown are read whole."""

    def make(account_id: int, address: str) -> Hit | None:
        one = rows.account(reader, account_id)
        return None if one is None else hits.of_account(one, address)

    found = by_address.accounts(reader, text, most)
    ranked = [
        _Ranked(
            rank=match.rank, is_live=match.fact.is_live, make=partial(make, key, match.fact.address)
        )
        for key, match in found.found.items()
    ]
    if (match := _ACCOUNT.fullmatch(text)) and (one := rows.account(reader, int(match[1]))):
        ranked.append(_Ranked(rank=0, is_live=True, make=partial(hits.of_account, one)))
    return "account", ranked, found.is_cut


def _documents(reader: Reader, text: str) -> Iterator[_Ranked]:
    """Invoices and credit notes by number, invoices by payment reference too.

    A count alone is one of every year.
    """
    wanted: list[tuple[str, int, int]] = []
    named = _referred(text)
    if isinstance(named, str):
        text = named
    if match := _DOCUMENT.fullmatch(text):
        wanted.append(((match[1] or "").upper(), int(match[2]), int(match[3] or match[4])))
    elif match := _COUNT.fullmatch(text):
        wanted += (("", year, int(match[1])) for year in rows.years(reader, ""))
    for series, year, seq in wanted:
        one = rows.document(reader, series, year, seq)
        number = DocumentNumber(series=Series(series), year=year, seq=seq)
        make: Callable[[], Hit]
        if one is not None:
            make = partial(hits.of_document, one, reader.info.currency)
        elif loss := restorations.loss_of(reader, number):
            make = partial(hits.of_lost_document, number, loss)
        else:
            continue
        yield _Ranked(rank=0, is_live=True, make=make)


def _referred(text: str) -> str | int | None:
    return referred(_PUNCTUATION.sub("", text))


def _orders(reader: Reader, text: str) -> Iterator[_Ranked]:
    """Orders by number or payment reference."""
    number = _referred(text)
    if match := _ORDER.fullmatch(text):
        number = int(match[1])
    if isinstance(number, int):
        one = rows.order(reader, number)
        if one is not None:
            yield _Ranked(
                rank=0,
                is_live=one.status is not OrderStatus.CANCELLED,
                make=partial(hits.of_order, one, reader.info.currency),
            )


def _payments(reader: Reader, text: str, most: int) -> _OfKind:
    """Payments by reference, and as banks' files call them: `payment-17-1`."""
    found = by_words.payments(reader, text, most)
    if (match := _PAYMENT.fullmatch(text)) and (one := rows.payment(reader, int(match[1]))):
        found.add(one.id, one, 0)
    currency = reader.info.currency
    return _of_matches("payment", found, lambda one: hits.of_payment(one, currency))
