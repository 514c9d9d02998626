"""Revenue: accounts by offer and period, and what they bring a month as long as they renew."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from mailctl.domain.terms import Period
from mailctl.store.connection import Reader
from mailctl.store.listing import Row
from mailctl.store.reports import revenue as counted


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
