"""Days on which banks move money."""

from __future__ import annotations

from datetime import date

import pytest

from mailctl.domain.target import collection_day, is_open


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25", "2026-12-26"],
)
def test_banks_rest_on_the_holidays_of_target(day: str) -> None:
    """New Year, Good Friday, Easter Monday, 1 May, and two days of Christmas."""
    assert not is_open(date.fromisoformat(day))


def test_banks_work_on_256_days_of_2026() -> None:
    """261 weekdays less five: 26 December is a Saturday, and no national holiday counts."""
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]

    assert sum(map(is_open, days)) == 256
    assert is_open(date(2026, 7, 14))


@pytest.mark.parametrize(
    ("today", "collected"),
    [
        ("2026-03-02", "2026-03-04"),
        ("2026-03-05", "2026-03-09"),
        ("2026-03-06", "2026-03-09"),
        ("2026-04-01", "2026-04-07"),
        ("2026-12-23", "2026-12-28"),
        ("2026-12-31", "2027-01-04"),
    ],
)
def test_a_debit_is_collected_two_days_ahead_or_later(today: str, collected: str) -> None:
    """On the first day that banks work."""
    assert collection_day(date.fromisoformat(today)) == date.fromisoformat(collected)
