"""What a customer's prepaid account will be after the renewals up to a day, all else as it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.clock import ClockKind
from mailctl.domain.money import format_rate, tax_cents
from mailctl.domain.terms import Period, term_end
from mailctl.store import explaining as facts
from mailctl.store import prices
from mailctl.store.connection import Reader
from mailctl.store.explaining_money import Payer


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """The invoice of a day in cents, how it is taxed, and the balance after it."""

    total_cents: int
    tax: str
    balance_cents: int


def next_tick_on(reader: Reader) -> date:
    """The day that the next tick lives: today, as often as a wall clock ticks, else tomorrow."""
    if reader.info.clock is ClockKind.WALL:
        return reader.today
    return reader.today + timedelta(days=1)


def terms_from(start: date, period: Period, anchor_day: int, day: date) -> list[tuple[date, date]]:
    """The terms from an expiry until one ends after a day, oldest first: at least one."""
    terms = [(start, term_end(start, period, anchor_day))]
    while terms[-1][1] <= day:
        start = terms[-1][1]
        terms.append((start, term_end(start, period, anchor_day)))
    return terms


def projected(reader: Reader, payer: Payer, day: date) -> Projected:
    """The customer's renewals up to a day as daily ticks bill them, one invoice a day (SPEC 8)."""
    tick_on = next_tick_on(reader)
    net: dict[date, int] = defaultdict(int)
    for kind in facts.renewing(reader, payer.id, day):
        period = Period(kind.renewal)
        start = kind.expires_on
        while start <= day:
            cents = prices.price_on(
                reader, kind.offer_id, period.value, start, customer_id=payer.id
            )
            net[max(start, tick_on)] += cents * kind.accounts
            start = term_end(start, period, kind.anchor_day)
    balance, total, said = payer.balance_cents, 0, ""
    for issued_on in sorted(net):
        tax = prices.tax_on(reader, payer.country, issued_on, has_vat_number=payer.has_vat_number)
        total = net[issued_on] + tax_cents(net[issued_on], tax.rate)
        said = f"with {format_rate(tax.rate)} % tax" if tax.rate else "without tax"
        balance -= total
    return Projected(total_cents=total, tax=said, balance_cents=balance)
