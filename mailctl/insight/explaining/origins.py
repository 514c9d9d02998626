"""Where a price or a tax rate came from, as the journal knew it when the invoice was issued.

A price can be set again for a day that is to come, and the last one set for a day holds (SPEC 3):
so what the tables say now may not be what was billed. The journal has every setting, in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mailctl.clock import FIRST_DAY
from mailctl.domain.money import format_rate
from mailctl.insight.explaining.sentences import money
from mailctl.store import explaining as facts
from mailctl.store.connection import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value that holds from a day on; `batch` and `by` are None for what the store began with."""

    value: int
    from_on: date
    batch: int | None = None
    on: date | None = None
    by: str | None = None

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
        self._events = facts.events(reader, *subjects, kinds=("price-set",))
        self._shipped = facts.first_prices(reader, FIRST_DAY)

    def _settings(self, offer: str, period: str, subject: str) -> list[Setting]:
        shipped = [
            Setting(value=cents, from_on=FIRST_DAY)
            for name, known, cents in self._shipped
            if subject == f"offer/{name}" and known == period
        ]
        return shipped + [
            Setting(
                value=event.number("cents"),
                from_on=event.day("from_on"),
                batch=event.batch,
                on=event.on,
                by=event.actor,
            )
            for event in self._events
            if event.subject == subject
            and event.text("offer") == offer
            and event.text("period") == period
        ]

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
                holding = _holding(self._settings(offer, period, subject), day, before)
                if holding is not None:
                    yield holding, text

    def origin(self, period: str, day: date, *, before: int | None = None) -> str:
        """Where the price of a term that begins on a day is from, as of a batch or now."""
        for setting, text in self._candidates(period, day, before):
            if setting.by is None:
                return f"{text.removesuffix(',')}, as shipped"
            return f"{text} valid from {setting.from_on}"
        return "a price that the journal does not know"

    def said(self, period: str, day: date, cents: int, *, before: int | None) -> str:
        """A billed price, where it was from, and what was set for its day when it was too late."""
        then = next(self._candidates(period, day, before), None)
        told = "a price that the journal does not know"
        if then is not None and then[0].value == cents:
            told = self.origin(period, day, before=before)
        now = next(self._candidates(period, day, None), None)
        if now is not None and now[0].value != cents and now[0].by is not None:
            told += (
                f" (it was set to {money(now[0].value, self._currency)} only on {now[0].on} "
                f"by {now[0].by}, after this was billed)"
            )
        return told


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
