"""How a price or a tax rate is undone: what held before is set again for the same days (rules 3).

Computed before the change, which a price of yesterday does not survive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mailctl.actions import undo
from mailctl.actions.undo import Undo
from mailctl.domain.money import format_rate, typed_amount
from mailctl.domain.terms import Period
from mailctl.hints import command, named
from mailctl.store import offers, own_prices, prices
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.offers import Offer
from mailctl.values import Value


def of_price(reader: Reader, offer: Offer, period: Period, day: date) -> Undo:
    """Of a new price for all from a day on."""
    before = prices.price_on(reader, offer.id, period, day)
    shown = offers.show(reader, offer.name)
    kept = shown["prices"]
    has_own = isinstance(kept, list) and any(
        price["period"] == period and _day(price) <= day for price in kept
    )
    note = "" if has_own else f"it then no longer follows the price of {shown['like']}"
    words = (
        "offer",
        "price",
        named("offer", offer.name),
        period,
        typed_amount(before),
        "--from",
        day,
    )
    return undo.by(*words, note=note)


class OwnPrices(Value):
    """A customer's own prices of an offer's period, as they are before a change."""

    customer: str
    offer: str
    period: Period
    rows: tuple[Row, ...]

    def undo_removal(self, today: date) -> Undo:
        """Of their end: what was still to hold is set again, the first from today."""
        return undo.by_all(self._set_again(today))

    def undo_setting(self, day: date, until: date | None, today: date) -> Undo:
        """Of a new one from a day on: the one that held then; else all are set anew."""
        held = [row for row in self.rows if _day(row) <= day and not _has_ended(row, day)]
        if held and self._is_whole_under(held[-1], day, until):
            return undo.by_all([self._command(held[-1], day)])
        words = (
            "offer",
            "price",
            named("offer", self.offer),
            self.period,
            "--customer",
            self.customer,
        )
        return undo.by_all([command(*words, "--remove"), *self._set_again(today)])

    def _set_again(self, today: date) -> list[str]:
        coming = [row for row in self.rows if not _has_ended(row, today)]
        return [self._command(row, max(_day(row), today)) for row in coming]

    def _is_whole_under(self, held: Row, day: date, until: date | None) -> bool:
        """Whether a new price from a day on takes away nothing but what held then."""
        end = held["until_on"]
        if end is not None and (until is None or until.isoformat() > str(end)):
            return False
        return until is None or not any(day < _day(row) <= until for row in self.rows)

    def _command(self, row: Row, day: date) -> str:
        until = ("--until", row["until_on"]) if row["until_on"] else ()
        cents = typed_amount(int(str(row["cents"])))
        return command(
            *("offer", "price", named("offer", self.offer), self.period, cents, "--from", day),
            *("--customer", self.customer, *until),
        )


def own(reader: Reader, customer: str, offer: str, period: Period) -> OwnPrices:
    """The customer's own prices of a period, in the order of their days."""
    found: Sequence[Row] = own_prices.listing(reader, offer=offer, customer=customer)
    rows = tuple(row for row in found if row["period"] == period)
    return OwnPrices(customer=customer, offer=offer, period=period, rows=rows)


def of_rate(reader: Reader, country: str, day: date) -> Undo:
    """Of a new tax rate of a country from a day on."""
    rate = prices.rate_on(reader, country, day)
    known = any(str(row["from_on"]) <= str(day) for row in _rates(reader, country))
    if not known:
        return undo.never("there was no rate before; another can be set for the same day")
    return undo.by("tax", "set", country, format_rate(rate), "--from", day)


def _rates(reader: Reader, country: str) -> Sequence[Row]:
    return tuple(offers.rate_listing(reader, country=country).dicts())


def _day(row: Row) -> date:
    return date.fromisoformat(str(row["from_on"]))


def _has_ended(row: Row, day: date) -> bool:
    return row["until_on"] is not None and str(row["until_on"]) < day.isoformat()
