"""Days on which banks move money in euro: the TARGET calendar of the European Central Bank."""

from __future__ import annotations

from datetime import date, timedelta

_CLOSED = ((1, 1), (5, 1), (12, 25), (12, 26))
SATURDAY = 5


def is_open(day: date) -> bool:
    """Whether TARGET works: not on weekends, at New Year, Easter, Christmas, nor on 1 May."""
    from dateutil.easter import easter

    moving = (easter(day.year) - timedelta(days=2), easter(day.year) + timedelta(days=1))
    return day.weekday() < SATURDAY and (day.month, day.day) not in _CLOSED and day not in moving


def first_open(day: date) -> date:
    """The first day at or after a day on which TARGET works."""
    while not is_open(day):
        day += timedelta(days=1)
    return day


def collection_day(handed_over_on: date, lead_days: int) -> date:
    """The day on which a direct debit handed over on a day is collected (rules 10).

    The bank has the file on the first TARGET day from then on; the collection is the `lead_days`-th
    TARGET day after that one.
    """
    day = first_open(handed_over_on)
    for _ in range(lead_days):
        day = first_open(day + timedelta(days=1))
    return day
