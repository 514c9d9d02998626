"""Whether balances cover what the next 30 days bill: reckoned as the ticks will bill it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from mailctl.clock import ClockKind
from mailctl.domain.money import tax_cents
from mailctl.domain.terms import Period, term_end
from mailctl.insight.advice.finding import Finding, Severity, money
from mailctl.insight.advice.money import credit
from mailctl.store import prices
from mailctl.store.advice import renewals
from mailctl.store.advice.renewals import Renewing
from mailctl.store.advice.scope import Scope

DAYS_AHEAD = 30
Price = Callable[[int, str, date, int | None], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What a customer is billed until the horizon, in cents with tax, by the day of the invoice."""

    customer: str
    available_cents: int
    uncertain_cents: int
    by_day: tuple[tuple[date, int], ...]

    @property
    def total_cents(self) -> int:
        """All of it."""
        return sum(cents for _, cents in self.by_day)

    @property
    def missing_cents(self) -> int:
        """What is to come for the balance to cover all of it.

        The payments that are uncertain end with it, and must come again.
        """
        return self.total_cents - self.available_cents

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing, if all payments come."""
        return self.missing_cents <= self.uncertain_cents

    @property
    def falls_short_on(self) -> date:
        """The first day whose invoice the balance does not cover."""
        left = self.available_cents
        for day, cents in self.by_day:
            left -= cents
            if left < 0:
                return day
        raise AssertionError("the balance covers all of it")


def short(scope: Scope) -> Iterator[Finding]:
    """Customers without a method to collect by, whose balance does not last for 30 days.

    Terms are billed by the next steps, each at the price of its first day, on one invoice a
    customer and day with the tax of that day (SPEC 3, SPEC 8). A debt is taken to be paid before.
    """
    least = scope.reader.setting_number("minimum-credit")
    for coming in _coming(scope):
        if coming.is_covered:
            continue
        day = coming.falls_short_on
        yield Finding(
            code="balance-short",
            severity=Severity.WARNING,
            customer=coming.customer,
            subject=f"customer/{coming.customer}",
            message=f"{coming.customer} will be billed {money(scope, coming.total_cents)} until "
            f"{scope.ahead(DAYS_AHEAD)}, and {_said(scope, coming)}: from {day} on "
            f"{money(scope, coming.missing_cents)} are missing. Once the money has come:",
            command=credit(coming.customer, max(coming.missing_cents, least)),
            due_on=day.isoformat(),
        )


def _said(scope: Scope, coming: Coming) -> str:
    if coming.available_cents < 0:
        return f"is {money(scope, -coming.available_cents)} short already"
    return f"has {money(scope, coming.available_cents)}"


def _coming(scope: Scope) -> Iterator[Coming]:
    horizon = scope.today + timedelta(days=DAYS_AHEAD)
    # A manual clock lives a day when it reaches it; on a wall clock today's tick may still come.
    is_manual = scope.reader.info.clock is ClockKind.MANUAL
    first = scope.today + timedelta(days=1 if is_manual else 0)
    found = renewals.renewing(scope, until_on=horizon.isoformat())
    price = _pricer(scope)
    rate = _rater(scope)
    for _, group in groupby(found, lambda one: one.customer_id):
        rows = list(group)
        net_cents = _net_by_day(rows, first, horizon, price)
        who = rows[0]
        yield Coming(
            customer=who.customer,
            available_cents=who.available_cents,
            uncertain_cents=who.uncertain_cents,
            by_day=tuple(
                (day, net + tax_cents(net, rate(who.country, who.has_vat_number, day)))
                for day, net in sorted(net_cents.items())
            ),
        )


def _net_by_day(
    rows: Iterable[Renewing], first: date, horizon: date, price: Price
) -> dict[date, int]:
    """What the accounts are billed net, by the day of the invoice."""
    found: dict[date, int] = defaultdict(int)
    for row in rows:
        customer = row.customer_id if row.has_prices else None
        start, day = date.fromisoformat(row.expires_on), first
        while (day := max(day, start)) <= horizon:
            found[day] += row.accounts * price(row.offer_id, row.renewal, start, customer)
            start = term_end(start, Period(row.renewal), row.anchor_day)
    return found


def _pricer(scope: Scope) -> Price:
    """Net cents of a term by offer, period and first day, for all or for one customer."""

    @cache
    def price(offer_id: int, period: str, day: date, customer_id: int | None) -> int:
        return prices.price_on(scope.reader, offer_id, period, day, customer_id=customer_id)

    return price


def _rater(scope: Scope) -> Callable[[str, int, date], int]:
    """The tax rate of an invoice by the buyer's country, whether they have a number, and day."""

    @cache
    def rate(country: str, has_vat_number: int, day: date) -> int:
        tax = prices.tax_on(scope.reader, country, day, has_vat_number=bool(has_vat_number))
        return tax.rate

    return rate
