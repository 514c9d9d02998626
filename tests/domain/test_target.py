"""Days on which banks move money."""

from __future__ import annotations

from datetime import date, timedelta

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
    ("handed_over", "collected"),
    [
        # Saturday; Good Friday before Easter; a Monday; a Thursday; over Christmas and New Year.
        ("2026-01-10", "2026-01-14"),
        ("2026-04-03", "2026-04-09"),
        ("2026-03-02", "2026-03-04"),
        ("2026-03-05", "2026-03-09"),
        ("2026-12-23", "2026-12-28"),
        ("2026-12-31", "2027-01-05"),
    ],
)
def test_a_debit_is_collected_two_banking_days_after_the_bank_has_it(
    handed_over: str, collected: str
) -> None:
    """The bank has the file on the first banking day; weekends and holidays count for nothing."""
    assert collection_day(date.fromisoformat(handed_over), 2) == date.fromisoformat(collected)


# Good Fridays and Easter Mondays as almanacs print them.
EASTER = {
    2024: ((3, 29), (4, 1)), 2025: ((4, 18), (4, 21)), 2026: ((4, 3), (4, 6)),
    2027: ((3, 26), (3, 29)), 2028: ((4, 14), (4, 17)), 2029: ((3, 30), (4, 2)),
    2030: ((4, 19), (4, 22)),
}  # fmt: skip


def modelled(handed_over: date, lead_days: int) -> date:
    """The same from a list of banking days: the first at or after the day, then so many on."""
    ahead = [handed_over + timedelta(days=n) for n in range(60)]
    banking = [
        day
        for day in ahead
        if day.isoweekday() < 6
        and (day.month, day.day) not in {(1, 1), (5, 1), (12, 25), (12, 26), *EASTER[day.year]}
    ]
    return banking[lead_days]


@pytest.mark.parametrize("lead_days", [2, 3, 5])
def test_every_collection_of_six_years_has_its_banking_days(lead_days: int) -> None:
    """Against a model that knows the holidays by date."""
    day = date(2024, 1, 1)
    while day < date(2030, 9, 1):
        assert (day, collection_day(day, lead_days)) == (day, modelled(day, lead_days))
        day += timedelta(days=1)
