"""The calendar rule a second time: whole numbers only, no date library (rules 2, Anchor)."""

from __future__ import annotations

from datetime import date


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (
        29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )


def expiry_after(start: date, months: int, anchor_day: int) -> date:
    """The expiry `months` (1 or 12) after the month of `start`, on its anchor day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(anchor_day, days_in(year, month + 1)))


def monthly_date_after(created_on: date, today: date) -> date:
    """The first monthly date of a platform that lies strictly after today."""
    expiry = expiry_after(created_on, 1, created_on.day)
    while expiry <= today:
        expiry = expiry_after(expiry, 1, created_on.day)
    return expiry
