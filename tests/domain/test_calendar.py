"""The calendar rule, swept: every start day of four years, a leap year among them (rules 2)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mailctl.domain.terms import Period, is_on_anchor, next_monthly_on, term_end
from tests.lives.calendar_oracle import days_in, expiry_after, monthly_date_after

FIRST, LAST = date(2023, 1, 1), date(2026, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def expiries(start: date, period: Period, terms: int) -> list[date]:
    """The program's expiries of an account that starts on a day, one after the other."""
    found, expiry = [], start
    for _ in range(terms):
        expiry = term_end(expiry, period, start.day)
        found.append(expiry)
    return found


def expected(start: date, months: int, terms: int) -> list[date]:
    """The oracle's: each one counted from the start, so that no drift can hide."""
    return [expiry_after(start, months * n, start.day) for n in range(1, terms + 1)]


def test_every_start_day_of_four_years_keeps_its_anchor_for_14_monthly_terms() -> None:
    assert len(EVERY_DAY) == 1461
    wrong = [
        start
        for start in EVERY_DAY
        if expiries(start, Period.MONTHLY, 14) != expected(start, 1, 14)
    ]
    assert wrong == []


def test_every_start_day_of_four_years_keeps_its_anchor_for_6_yearly_terms() -> None:
    wrong = [
        start for start in EVERY_DAY if expiries(start, Period.YEARLY, 6) != expected(start, 12, 6)
    ]
    assert wrong == []


def test_an_account_that_changes_its_period_keeps_its_anchor() -> None:
    wrong = [
        start
        for start in EVERY_DAY
        if term_end(term_end(start, Period.MONTHLY, start.day), Period.YEARLY, start.day)
        != expiry_after(start, 13, start.day)
    ]
    assert wrong == []


def test_a_platforms_next_monthly_date_lies_strictly_after_today() -> None:
    """Platforms created on every day of a leap year's first ten weeks, seen from two years."""
    wrong = [
        (created_on, today)
        for created_on in (date(2024, 1, 1) + timedelta(days=n) for n in range(70))
        for today in (created_on + timedelta(days=n) for n in range(731))
        if next_monthly_on(created_on, today) != monthly_date_after(created_on, today)
    ]
    assert wrong == []


def test_a_day_is_on_an_anchor_when_it_is_that_day_or_the_months_last_one_before_it() -> None:
    wrong = [
        (day, anchor_day)
        for day in EVERY_DAY
        for anchor_day in range(1, 32)
        if is_on_anchor(day, anchor_day)
        != (day.day == min(anchor_day, days_in(day.year, day.month)))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "months", "expected_expiry"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2096-02-29", 48, "2100-02-28"),
        ("2096-02-29", 96, "2104-02-29"),
    ],
)
def test_the_oracle_itself_knows_the_calendar(
    start: str, months: int, expected_expiry: str
) -> None:
    first = date.fromisoformat(start)
    assert expiry_after(first, months, first.day) == date.fromisoformat(expected_expiry)
