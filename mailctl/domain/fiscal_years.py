"""Fiscal years, and the part of one that is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from mailctl.errors import UsageError
from mailctl.values import Value


class FiscalSpan(Value):
    """Days of one fiscal year, the last ones included; `since` to `until` is what is asked for."""

    first_on: date
    last_on: date
    since: date
    until: date


def fiscal_year(day: date, month: int) -> tuple[date, date]:
    """The first and the last day of the fiscal year of a day; `month` is the one it begins in."""
    year = day.year if day.month >= month else day.year - 1
    return date(year, month, 1), date(year + 1, month, 1) - timedelta(days=1)


def fiscal_span(today: date, *, since: date | None, until: date | None, month: int) -> FiscalSpan:
    """The part from one day to another, each of today's fiscal year or of the other's unless given.

    UsageError where they lie in two fiscal years: such files hold a part of one.
    """
    first, last = fiscal_year(since or until or today, month)
    span = FiscalSpan(first_on=first, last_on=last, since=since or first, until=until or last)
    if span.until > last:
        raise UsageError(
            f"{span.since} to {span.until} is more than one fiscal year: this format holds a part "
            "of one",
            hint=f"--since {span.since} --until {last}, then --since {last + timedelta(days=1)}",
        )
    return span
