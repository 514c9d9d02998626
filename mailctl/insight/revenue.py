"""Revenue: accounts by offer and period, and what they bring a month as long as they renew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from mailctl.domain.terms import Period
from mailctl.errors import UsageError
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.reports import revenue as stored
from mailctl.store.queries.reports.revenue import RevenueGroup
from mailctl.values import Value, fields

SPAN_DAYS = 30
"""How many days of accounts won and lost a report counts by default."""


class Span(Value):
    """The days of a report, both included."""

    since_on: date
    until_on: date


def span(today: date, *, since: date | None, until: date | None) -> Span:
    """The days of a report: the last 30 unless given; UsageError.

    Without `until` it ends today, without `since` it has 30 days.
    """
    last = until or today
    first = since or last - timedelta(days=SPAN_DAYS - 1)
    if first > last:
        raise UsageError(
            f"the span ends on {last}, before it begins on {first}",
            hint="mailctl report revenue --since 2026-01-01 --until 2026-12-31",
        )
    return Span(since_on=first, until_on=last)


class Revenue(Value):
    """The accounts of an offer and period, and what they bring; money in net cents.

    Recurring is what the accounts that will renew by themselves bring a month, each at today's
    price of the period that it runs; a yearly term counts a twelfth a month. A sum is rounded once
    a row, half a cent up, so that the rows add up.
    """

    offer: str
    period: Period
    active: int
    renewing: int
    ending: int
    suspended: int
    recurring_cents: int
    won: int
    lost: int

    def item(self, currency: str, span: Span) -> Row:
        """The keys of the public contract."""
        return {
            **fields(self),
            "period": self.period.value,
            "currency": currency,
            "since_on": span.since_on.isoformat(),
            "until_on": span.until_on.isoformat(),
        }


def revenue(reader: Reader, span: Span) -> list[Revenue]:
    """Each offer and period that has accounts, or has won or lost some in these days."""
    by_kind = defaultdict[tuple[str, Period], list[RevenueGroup]](list)
    for group in stored.groups(reader, since=span.since_on, until=span.until_on):
        by_kind[group.offer, group.period].append(group)
    return [_revenue(reader, offer, period, found) for (offer, period), found in by_kind.items()]


def _revenue(reader: Reader, offer: str, period: Period, groups: Iterable[RevenueGroup]) -> Revenue:
    found = list(groups)
    active = sum(group.active for group in found)
    renewing = sum(group.renewing for group in found)
    cents = sum(group.renewing * stored.unit_cents(reader, group) for group in found)
    return Revenue(
        offer=offer,
        period=period,
        active=active,
        renewing=renewing,
        ending=active - renewing,
        suspended=sum(group.suspended for group in found),
        recurring_cents=a_month(cents, period),
        won=sum(group.won for group in found),
        lost=sum(group.lost for group in found),
    )


def a_month(cents: int, period: Period) -> int:
    """What terms at that price bring per month: rounded, half a cent up."""
    return (2 * cents + period.months) // (2 * period.months)
