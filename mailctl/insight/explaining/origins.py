"""Where a price or a tax rate came from, as the journal knew it when the invoice was issued.

A price can be set again for a day that is to come, and the last one set for a day holds (SPEC 3):
so what the tables say now may not be what was billed. The journal has every setting, in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mailctl.clock import FIRST_DAY
from mailctl.domain.money import format_rate, money
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries.explanations import Event

NONE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value that holds from a day on; `batch` and `by` are None for what the store began with.

    A customer's own price is below 0 from the day after its end on: there is none.
    """

    value: int
    from_on: date
    batch: int | None = None
    on: date | None = None
    by: str | None = None
    is_end: bool = False

    def was_known(self, before: int | None) -> bool:
        """Whether it was set before a batch began; None is now."""
        return self.batch is None or before is None or self.batch < before


def _holding(settings: list[Setting], day: date, before: int | None) -> Setting | None:
    """The one that holds on a day: the latest day on or before it, the last one set for that."""
    found: Setting | None = None
    for setting in settings:
        is_in_time = setting.from_on <= day and setting.was_known(before)
        if is_in_time and (found is None or setting.from_on >= found.from_on):
            found = setting
    return found


class Prices:
    """The prices of one offer for one customer, and how a sentence tells where each is from."""

    def __init__(self, reader: Reader, offer_id: int, customer: str) -> None:
        self._currency = reader.info.currency
        self._customer = customer
        self._offers = facts.likes(reader, offer_id)
        subjects = (f"customer/{customer}", *(f"offer/{offer}" for offer in self._offers))
        self._events = facts.events(reader, *subjects, kinds=("price-set", "price-removed"))
        self._shipped = facts.first_prices(reader, FIRST_DAY)

    def _settings(
        self, offer: str, period: str, subject: str, before: int | None
    ) -> dict[date, Setting]:
        """What held from which days on, by all that was set before a batch."""
        held: dict[date, Setting] = {}
        for name, known, cents in self._shipped:
            if subject == f"offer/{name}" and known == period:
                held[FIRST_DAY] = Setting(value=cents, from_on=FIRST_DAY)
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
    ) -> Iterator[tuple[Setting, str]]:
        for offer in self._offers:
            of = f"price of {offer}"
            if offer != self._offers[0]:
                of += f", which {self._offers[0]} is like,"
            for subject, text in (
                (f"customer/{self._customer}", f"{self._customer}'s own {of}"),
                (f"offer/{offer}", f"the {of}"),
            ):
                holding = _at(self._settings(offer, period, subject, before), day)
                if holding is not None and holding.value >= 0:
                    yield holding, text

    def origin(
        self, period: str, day: date, *, before: int | None = None, kept: int | None = None
    ) -> str:
        """Where the price of a term that begins on a day is from, as of a batch or now.

        `kept` is what a yearly term costs, if it keeps an older price.
        """
        for setting, text in self._candidates(period, day, before):
            if kept is not None and setting.value != kept:
                return "the price announced for it: what would raise it was set too late"
            if setting.by is None:
                return f"{text.removesuffix(',')}, as shipped"
            return f"{text} valid from {setting.from_on}"
        return "a price that the journal does not know"

    def said(
        self, period: str, day: date, cents: int, *, before: int | None, is_kept: bool = False
    ) -> str:
        """A billed price, where it was from, and what was set for its day when it was too late."""
        if is_kept:
            return self.origin(period, day, before=before, kept=cents)
        then = next(self._candidates(period, day, before), None)
        told = "a price that the journal does not know"
        if then is not None and then[0].value == cents:
            told = self.origin(period, day, before=before)
        now = next(self._candidates(period, day, None), None)
        if now is None or now[0].value == cents or now[0].was_known(before):
            return told
        return (
            f"{told} (it was set to {money(now[0].value, self._currency)} only on "
            f"{now[0].on} by {now[0].by}, after this was billed)"
        )


def _at(held: dict[date, Setting], day: date) -> Setting | None:
    """What holds on a day: what is known of the latest day on or before it."""
    latest = max((known for known in held if known <= day), default=None)
    return None if latest is None else held[latest]


def _take(held: dict[date, Setting], event: Event) -> None:
    """Let a setting, an end or a removal change what holds from which days on (SPEC 3)."""
    day = event.day("from_on")
    until = date.max if event.kind == "price-removed" else day
    if event.text("until_on") is not None:
        until = event.day("until_on")
    after = until + timedelta(days=1) if event.text("until_on") is not None else None
    then = None if after is None else _at(held, after)
    own = min((known for known in held if known > day and not held[known].is_end), default=None)
    for known, setting in list(held.items()):
        outlasted = after is None and setting.is_end and known < (own or date.max)
        if day < known and (known <= until or outlasted):
            del held[known]
    made = Setting(value=NONE, from_on=day, batch=event.batch, on=event.on, by=event.actor)
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
            Setting(
                value=event.number("rate"),
                from_on=event.day("from_on"),
                batch=event.batch,
                on=event.on,
                by=event.actor,
            )
            for event in facts.events(reader, f"tax/{country}", kinds=("rate-set",))
        ]
        changed = {setting.from_on for setting in since}
        shipped = [
            Setting(value=rate, from_on=day)
            for day, rate in facts.rates(reader, country)
            if day not in changed
        ]
        self._settings = shipped + since

    def said(self, rate: int, day: date, *, before: int) -> str:
        """Where the rate of an invoice of a day is from."""
        then = _holding(self._settings, day, before)
        if then is None or then.value != rate:
            return f"no rate of {self._country} was known" if not rate else "its rate of that day"
        told = f"the rate of {self._country}, {format_rate(rate)} %"
        if then.by is not None or then.from_on != FIRST_DAY:
            told += f", which holds from {then.from_on}"
        now = _holding(self._settings, day, None)
        if now is not None and now.value != rate:
            told += f" (it was set to {format_rate(now.value)} % later that day)"
        return told
