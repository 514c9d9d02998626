"""Days on which banks move money in euro: the TARGET calendar of the European Central Bank."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter

_CLOSED = ((1, 1), (5, 1), (12, 25), (12, 26))
SATURDAY = 5
DAYS_AHEAD = 2


def is_open(day: date) -> bool:
    """Whether TARGET works: not on weekends, at New Year, Easter, Christmas, nor on 1 May."""
    moving = (easter(day.year) - timedelta(days=2), easter(day.year) + timedelta(days=1))
    return day.weekday() < SATURDAY and (day.month, day.day) not in _CLOSED and day not in moving


def collection_day(today: date) -> date:
    """The day on which a direct debit handed over today is collected: two days ahead or more."""
    day = today + timedelta(days=DAYS_AHEAD)
    while not is_open(day):
        day += timedelta(days=1)
    return day
