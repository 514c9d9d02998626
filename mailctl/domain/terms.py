"""The calendar of terms: every expiry lies on the account's anchor day, or on the month's last.

A term is half open: it begins on its first paid day and ends on the first day that is not paid for
(rules 2). New expiries are always computed from the anchor day, so 31 January never drifts to 28.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    """What the term now running was paid for."""

    MONTHLY = "monthly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """How many months a term of it has."""
        return 1 if self is Period.MONTHLY else 12


class Renewal(StrEnum):
    """What happens on the expiry: a new term, or none."""

    MONTHLY = "monthly"
    YEARLY = "yearly"
    NONE = "none"


def parse_renewal(text: str) -> Renewal:
    """A renewal as typed; `expire` is accepted for `none` (rules 1). Or ValueError."""
    return Renewal.NONE if text == "expire" else Renewal(text)


def term_end(start: date, period: Period, anchor_day: int) -> date:
    """The expiry of a term that starts on `start`: 1 or 12 months on, on the anchor (rules 2)."""
    from dateutil.relativedelta import relativedelta

    # relativedelta clips an absolute day to the month's last one, after it has added the months.
    end: date = start + relativedelta(months=period.months, day=anchor_day)
    return end


def terms_from(
    start: date, period: Period, anchor_day: int, day: date, *, least: int = 1
) -> list[tuple[date, date]]:
    """The terms from an expiry, at least so many, until one ends after a day (rules 2)."""
    terms: list[tuple[date, date]] = []
    while len(terms) < least or start <= day:
        end = term_end(start, period, anchor_day)
        terms.append((start, end))
        start = end
    return terms


def last_day(ends_on: date) -> date:
    """The last day of a term that ends on the first day that is not paid for.

    People read this one, wherever a term is told; a renewal, a suspension or a deletion keeps its
    own day (rules 2).
    """
    return ends_on - timedelta(days=1)


def told(starts_on: date, ends_on: date) -> str:
    """A term as people read it: `from 2026-01-31 to 2026-02-27`, or `on 2026-01-30` (rules 2)."""
    last_on = last_day(ends_on)
    return f"on {last_on}" if last_on == starts_on else f"from {starts_on} to {last_on}"


def is_on_anchor(day: date, anchor_day: int) -> bool:
    """Whether a date is min(anchor day, last day of its month), as every expiry is (rules 2)."""
    from calendar import monthrange

    return day.day == min(anchor_day, monthrange(day.year, day.month)[1])


def next_monthly_on(created_on: date, today: date) -> date:
    """A private-exchange platform's next monthly date: the first strictly after today (rules 2)."""
    from dateutil.relativedelta import relativedelta

    months = (today.year - created_on.year) * 12 + today.month - created_on.month
    due: date = created_on + relativedelta(months=max(months, 1))
    if due <= today:
        due = created_on + relativedelta(months=months + 1)
    return due
