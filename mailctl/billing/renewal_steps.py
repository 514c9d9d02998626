"""The steps of accounts that renew, as the ticks will bill them: days, prices, taxes, invoices.

One invoice a customer and day, each term at the price of its first day, the tax of the invoice's
day on the sum (rules 3, rules 8), at the prices and rates known now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache, partial

from mailctl.clock import ClockKind
from mailctl.domain.money import tax_cents
from mailctl.domain.tax import Tax
from mailctl.domain.terms import Period, Renewal, terms_from
from mailctl.store import prices
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.upcoming_renewals import Payer, Renewing
from mailctl.values import Value


class ProjectedInvoice(Value):
    """An invoice to come, in cents, for how many terms, and of how many accounts."""

    on: date
    accounts: int
    terms: int
    net_cents: int
    tax: Tax
    tax_cents: int

    @property
    def total_cents(self) -> int:
        """With tax."""
        return self.net_cents + self.tax_cents


def next_step_on(reader: Reader) -> date:
    """The day that the next tick processes: today on a wall clock, else tomorrow."""
    if reader.info.clock is ClockKind.WALL:
        return reader.today
    return reader.today + timedelta(days=1)


KINDS_KEPT = 4096
"""Of so many sorts of accounts the steps are kept: they are alike for many customers."""


class Step(Value):
    """A day on which an account is billed: for how many terms, and net cents."""

    on: date
    terms: int
    net_cents: int


@dataclass(slots=True)
class Due:
    """What is billed to a customer on a day, net."""

    accounts: int = 0
    terms: int = 0
    net_cents: int = 0

    def add(self, step: Step, accounts: int) -> None:
        """Add a step of accounts that are alike."""
        self.accounts += accounts
        self.terms += accounts * step.terms
        self.net_cents += accounts * step.net_cents


class Rates:
    """Prices and tax rates as they are known now, each read once, and terms, computed once.

    Steps are from the first one on up to a day.
    """

    def __init__(self, reader: Reader, until: date, first: date | None = None) -> None:
        self.first = first or next_step_on(reader)
        self.until = until
        self.price = cache(partial(_price, reader))
        self.tax = cache(partial(_tax, reader))
        self.terms = cache(terms_from)
        self._steps = lru_cache(KINDS_KEPT)(self._computed)

    def steps_of(self, kind: Renewing, payer: Payer) -> list[Step]:
        """The steps that bill accounts that are alike."""
        return self._steps(
            kind.offer_id,
            kind.renewal,
            kind.anchor_day,
            kind.expires_on,
            kind.kept_cents,
            payer.id if payer.has_prices else None,
        )

    def _computed(
        self,
        offer_id: int,
        renewal: Renewal,
        anchor_day: int,
        expires_on: date,
        kept_cents: int | None,
        customer_id: int | None,
    ) -> list[Step]:
        if renewal is Renewal.NONE:
            return []
        period, start = Period(renewal), expires_on
        steps: list[Step] = []
        while (day := max(start, self.first)) <= self.until:
            terms = self.terms(start, period, anchor_day, day)
            cents = sum(
                kept_cents
                if kept_cents is not None and first == expires_on
                else self.price(offer_id, period, first, customer_id)
                for first, _ in terms
            )
            steps.append(Step(on=day, terms=len(terms), net_cents=cents))
            start = terms[-1][1]
        return steps

    def invoice(self, payer: Payer, on: date, due: Due) -> ProjectedInvoice:
        """The invoice of a day."""
        tax = self.tax(payer.country, payer.has_vat_number, on)
        return ProjectedInvoice(
            on=on,
            accounts=due.accounts,
            terms=due.terms,
            net_cents=due.net_cents,
            tax=tax,
            tax_cents=tax_cents(due.net_cents, tax.rate),
        )


def _price(
    reader: Reader, offer_id: int, period: Period, day: date, customer_id: int | None
) -> int:
    return prices.price_on(reader, offer_id, period, day, customer_id=customer_id)


def _tax(reader: Reader, country: str, has_vat_number: bool, day: date) -> Tax:  # noqa: FBT001
    return prices.tax_on(reader, country, day, has_vat_number=has_vat_number)
