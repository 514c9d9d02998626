"""Revenue: accounts by offer and period, and what they bring a month as long as they renew."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from mailctl.domain.terms import Period
from mailctl.errors import UsageError
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.reports import revenue as counted

SPAN_DAYS = 30
"""How many days of accounts won and lost there are where nothing is said."""


def span(today: date, *, since: date | None, until: date | None) -> tuple[date, date]:
    """The first and the last day of a report: the last 30 days unless said otherwise; UsageError.

    Without `until` it ends today, without `since` it has 30 days.
    """
    last = until or today
    first = since or last - timedelta(days=SPAN_DAYS - 1)
    if first > last:
        raise UsageError(
            f"the span ends on {last}, before it begins on {first}",
            hint="mailctl report revenue --since 2026-01-01 --until 2026-12-31",
        )
    return first, last


def revenue(reader: Reader, *, since: date, until: date) -> list[Row]:
    """A row for each offer and period that has, won or lost accounts; money in net cents.

    Recurring is what the accounts that will renew by themselves bring a month, each at today's
    price of the period that it runs; a yearly term counts a twelfth a month. A sum is rounded once
    a row, half a cent up, so that the rows add up.
    """
    by_kind = defaultdict[tuple[str, str], list[counted.Group]](list)
    for group in counted.groups(reader, since=since, until=until):
        by_kind[group.offer, group.period].append(group)
    return [
        {
            "offer": offer,
            "period": period,
            "active": sum(group.active for group in groups),
            "renewing": sum(group.renewing for group in groups),
            "ending": sum(group.active - group.renewing for group in groups),
            "suspended": sum(group.suspended for group in groups),
            "recurring_cents": a_month(
                sum(group.renewing * group.unit_cents for group in groups), Period(period)
            ),
            "won": sum(group.won for group in groups),
            "lost": sum(group.lost for group in groups),
            "currency": reader.info.currency,
            "since_on": since.isoformat(),
            "until_on": until.isoformat(),
        }
        for (offer, period), groups in by_kind.items()
    ]


def a_month(cents: int, period: Period) -> int:
    """What terms of a period that cost so much come to a month: rounded, half a cent up."""
    return (2 * cents + period.months) // (2 * period.months)
