"""The terms from an expiry on: whole, one after the other, on the anchor day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from mailctl.domain.terms import Period, terms_from, told

JANUARY_31 = date(2026, 1, 31)


def test_terms_go_on_from_one_another_until_one_ends_after_the_day() -> None:
    """From 31 January: the ends of months, without a drift to 28."""
    terms = terms_from(JANUARY_31, Period.MONTHLY, 31, date(2026, 4, 29))
    assert terms == [
        (JANUARY_31, date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ]


@pytest.mark.parametrize("least", [1, 2, 14])
def test_there_are_as_many_terms_as_are_asked_for(least: int) -> None:
    """Also where the first one already ends after the day."""
    assert len(terms_from(JANUARY_31, Period.YEARLY, 31, JANUARY_31, least=least)) == least


@pytest.mark.parametrize("period", list(Period))
@pytest.mark.parametrize("least", [1, 3])
def test_no_day_is_missed_or_billed_twice(period: Period, least: int) -> None:
    """Every day of four years as today, from an expiry on 29 February 2028."""
    start = date(2028, 2, 29)
    for late in range(4 * 366):
        today = start + timedelta(days=late)
        terms = terms_from(start, period, 29, today, least=least)
        assert terms[0][0] == start
        assert all(before[1] == after[0] for before, after in pairwise(terms))
        assert terms[-1][1] > today
        # Not one more than needed.
        assert len(terms) == least or terms[-1][0] <= today


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "as_told"),
    [
        ("2026-01-31", "2026-02-28", "from 2026-01-31 to 2026-02-27"),
        ("2026-01-01", "2027-01-01", "from 2026-01-01 to 2026-12-31"),
        ("2028-02-29", "2028-03-31", "from 2028-02-29 to 2028-03-30"),
        ("2026-01-30", "2026-01-31", "on 2026-01-30"),
    ],
)
def test_people_read_the_last_day_of_a_term(starts_on, ends_on, as_told):
    """The first day that is not paid for is nobody's last day."""
    assert told(date.fromisoformat(starts_on), date.fromisoformat(ends_on)) == as_told
