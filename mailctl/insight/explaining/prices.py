"""Terms with their prices, and where a price or a tax rate came from.

A price can be set again for a future day, and the last one set for a day holds (rules 3): so what
the tables say now may not be what was billed. The journal has every price and rate, in order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from mailctl.clock import FIRST_DAY
from mailctl.domain.money import format_rate, money
from mailctl.domain.terms import Period, told
from mailctl.domain.text import counted
from mailctl.store.engine.reader import Reader
from mailctl.store.prices import kept_price
from mailctl.store.queries import explanations as facts
from mailctl.store.queries.explanations import BilledTerm, Event
from mailctl.values import Value, replace

NONE = -1
"""The value where there is no price."""


class DatedValue(Value):
    """A price or rate that holds from a day on; `batch` and `by` are None for those of a new store.

    The value is below 0 from the day after a customer's own price ends: there is none then.
    """

    value: int
    from_on: date
    batch: int | None = None
    on: date | None = None
    by: str | None = None
    is_end: bool = False

    def was_known(self, before: int | None) -> bool:
        """Whether it was set before a batch began, or at all where `before` is None."""
        return self.batch is None or before is None or self.batch < before


def _holding(values: list[DatedValue], day: date, before: int | None) -> DatedValue | None:
    """The one that holds on a day: the latest day on or before it, the last one set for that."""
    found: DatedValue | None = None
    for value in values:
        is_in_time = value.from_on <= day and value.was_known(before)
        if is_in_time and (found is None or value.from_on >= found.from_on):
            found = value
    return found


class Prices:
    """The prices of one offer for one customer, and in words where each came from."""

    def __init__(self, reader: Reader, offer_id: int, customer: str) -> None:
        self._currency = reader.info.currency
        self._customer = customer
        self._offers = facts.offer_and_models(reader, offer_id)
        subjects = (f"customer/{customer}", *(f"offer/{offer}" for offer in self._offers))
        self._events = facts.events(reader, *subjects, kinds=("price-set", "price-removed"))
        self._shipped = facts.first_prices(reader, FIRST_DAY)

    def _held(
        self, offer: str, period: str, subject: str, before: int | None
    ) -> dict[date, DatedValue]:
        """What held from which days on, by everything that was set before a batch."""
        held: dict[date, DatedValue] = {}
        for first in self._shipped:
            if subject == f"offer/{first.offer}" and first.period == period:
                held[FIRST_DAY] = DatedValue(value=first.cents, from_on=FIRST_DAY)
        for event in self._events:
            is_mine = (event.subject, event.text("offer"), event.text("period")) == (
                subject,
                offer,
                period,
            )
            if is_mine and (before is None or event.batch < before):
                _take(held, event)
        return held

    def _candidates(
        self, period: str, day: date, before: int | None
    ) -> Iterator[tuple[DatedValue, str]]:
        for offer in self._offers:
            of = f"price of {offer}"
            if offer != self._offers[0]:
                of += f", which {self._offers[0]} is like,"
            for subject, text in (
                (f"customer/{self._customer}", f"{self._customer}'s own {of}"),
                (f"offer/{offer}", f"the {of}"),
            ):
                holding = _at(self._held(offer, period, subject, before), day)
                if holding is not None and holding.value >= 0:
                    yield holding, text

    def origin(
        self, period: str, day: date, *, before: int | None = None, kept: int | None = None
    ) -> str:
        """Where the price of a term that begins on a day comes from, as of a batch or now.

        `kept` is what a yearly term costs, if it keeps an older price.
        """
        for price, text in self._candidates(period, day, before):
            if kept is not None and price.value != kept:
                return "the price announced for it: what would raise it was set too late"
            if price.by is None:
                return f"{text.removesuffix(',')}, as shipped"
            return f"{text} valid from {price.from_on}"
        return "a price that the journal does not know"

    def billed_origin(
        self, period: str, day: date, cents: int, *, before: int | None, is_kept: bool = False
    ) -> str:
        """Where a billed price came from, and what was set for its day when it was too late."""
        if is_kept:
            return self.origin(period, day, before=before, kept=cents)
        then = next(self._candidates(period, day, before), None)
        origin = "a price that the journal does not know"
        if then is not None and then[0].value == cents:
            origin = self.origin(period, day, before=before)
        now = next(self._candidates(period, day, None), None)
        if now is None or now[0].value == cents or now[0].was_known(before):
            return origin
        return (
            f"{origin} (it was set to {money(now[0].value, self._currency)} only on "
            f"{now[0].on} by {now[0].by}, after this was billed)"
        )


def _at(held: dict[date, DatedValue], day: date) -> DatedValue | None:
    """What holds on a day: what is known of the latest day on or before it."""
    latest = max((known for known in held if known <= day), default=None)
    return None if latest is None else held[latest]


def _take(held: dict[date, DatedValue], event: Event) -> None:
    """Apply a price, its end or its removal to what holds from which days on (rules 3)."""
    day = event.day("from_on")
    until = date.max if event.kind == "price-removed" else day
    if event.text("until_on") is not None:
        until = event.day("until_on")
    after = until + timedelta(days=1) if event.text("until_on") is not None else None
    then = None if after is None else _at(held, after)
    own = min((known for known in held if known > day and not held[known].is_end), default=None)
    for known, value in list(held.items()):
        outlasted = after is None and value.is_end and known < (own or date.max)
        if day < known and (known <= until or outlasted):
            del held[known]
    made = DatedValue(value=NONE, from_on=day, batch=event.batch, on=event.on, by=event.actor)
    held[day] = made
    if event.kind == "price-set":
        held[day] = replace(made, value=event.number("cents"))
    if after is not None and after not in held:
        held[after] = replace(then or replace(made, from_on=after), is_end=True)


class Rates:
    """The standard tax rates of one country."""

    def __init__(self, reader: Reader, country: str) -> None:
        self._country = country
        since = [
            DatedValue(
                value=event.number("rate"),
                from_on=event.day("from_on"),
                batch=event.batch,
                on=event.on,
                by=event.actor,
            )
            for event in facts.events(reader, f"tax/{country}", kinds=("rate-set",))
        ]
        changed = {setting.from_on for setting in since}
        unchanged = [
            DatedValue(value=shipped.rate, from_on=shipped.from_on)
            for shipped in facts.rates(reader, country)
            if shipped.from_on not in changed
        ]
        self._values = unchanged + since

    def origin(self, rate: int, day: date, *, before: int) -> str:
        """Where the rate of an invoice of a day came from."""
        then = _holding(self._values, day, before)
        if then is None or then.value != rate:
            return f"no rate of {self._country} was known" if not rate else "its rate of that day"
        origin = f"the rate of {self._country}, {format_rate(rate)} %"
        if then.by is not None or then.from_on != FIRST_DAY:
            origin += f", which holds from {then.from_on}"
        now = _holding(self._values, day, None)
        if now is not None and now.value != rate:
            origin += f" (it was set to {format_rate(now.value)} % later that day)"
        return origin


class Terms:
    """How sentences name the terms of one customer's accounts and their prices."""

    def __init__(self, reader: Reader, customer: str) -> None:
        self._reader = reader
        self._customer = customer
        self._prices: dict[int, Prices] = {}

    def prices(self, offer_id: int) -> Prices:
        """The prices of an offer for the customer, read once."""
        if offer_id not in self._prices:
            self._prices[offer_id] = Prices(self._reader, offer_id, self._customer)
        return self._prices[offer_id]

    def price(self, term: BilledTerm, batch: int | None) -> str:
        """A term's price and its origin: `3.99 EUR net, the price of email-pro, as shipped`."""
        kept = None
        if term.period is Period.YEARLY:
            kept = kept_price(self._reader, term.account_id, term.starts_on)
        origin = self.prices(term.offer_id).billed_origin(
            term.period,
            term.starts_on,
            term.unit_cents,
            before=batch,
            is_kept=kept == term.unit_cents,
        )
        return f"{money(term.unit_cents, self._reader.info.currency)} net, {origin}"

    def together(self, terms: Sequence[BilledTerm], batch: int | None) -> str:
        """The prices of terms that were billed at once; a common price is named once."""
        first = {self.price(term, batch): term for term in reversed(terms)}
        if len(first) == 1:
            (price,) = first
            return price.replace(" net", " net each", 1) if len(terms) > 1 else price
        return "; ".join(f"from {first[price].starts_on} {price}" for price in reversed(first))

    def missed(self, terms: Sequence[BilledTerm]) -> str:
        """Terms with their days: `the term from 2026-01-31 to 2026-02-27`."""
        which = "the term" if len(terms) == 1 else counted(len(terms), f"{terms[0].period} term")
        return f"{which} {told(terms[0].starts_on, terms[-1].ends_on)}"
