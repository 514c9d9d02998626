"""Statements follow one another; where one is missing, that is said."""

from __future__ import annotations

import itertools
import random
from datetime import date, timedelta

import pytest

from mailctl.domain.statement_gaps import Balanced, gaps

BEGIN = date(2026, 3, 2)


def statement(
    first: int,
    last: int,
    opening: int,
    closing: int,
    *,
    number: int | None = None,
    kind: str = "camt.053",
    account: str = "A",
) -> Balanced:
    """One of the days from `first` to `last`, counted from a Monday in March."""
    return Balanced(
        id=first * 100 + last,
        account=account,
        currency="EUR",
        kind=kind,
        identification=f"{first}-{last}",
        number=number,
        opens_on=BEGIN + timedelta(days=first),
        opening_cents=opening,
        closes_on=BEGIN + timedelta(days=last),
        closing_cents=closing,
    )


def missing(*statements: Balanced) -> list[tuple[str, str, int]]:
    """Each gap as the statements around it and its sum."""
    return [
        (gap.after.identification, gap.before.identification, gap.cents) for gap in gaps(statements)
    ]


def test_a_missing_statement_is_a_gap_until_it_comes() -> None:
    """It is seen by the balances, with the sum that is missing; a late one closes it."""
    monday, tuesday, wednesday = (
        statement(0, 0, 100, 150),
        statement(1, 1, 150, 120),
        statement(2, 2, 120, 200),
    )
    assert missing(monday, wednesday) == [("0-0", "2-2", -30)]
    assert missing(monday, wednesday, tuesday) == []


def test_overlapping_and_repeated_statements_are_no_gap() -> None:
    """A month beside its days, the same day from two kinds of file, a week that begins midway."""
    days = [statement(day, day, day * 10, day * 10 + 10) for day in range(10)]
    month = statement(0, 9, 0, 100)
    week = statement(3, 8, 30, 90, kind="mt940")
    late = statement(5, 12, 50, 130)
    for others in ([month], [week], [late], [month, week, late], [statement(4, 4, 40, 50)]):
        assert missing(*days, *others) == []


def test_several_statements_of_one_day_follow_by_their_balances() -> None:
    """In whatever order the bank's files come, with or without numbers."""
    day = [statement(1, 1, 10, 40), statement(1, 1, 40, 25), statement(1, 1, 25, 60)]
    for _ in range(10):
        random.shuffle(day)
        assert missing(statement(0, 0, 0, 10), *day, statement(2, 2, 60, 61)) == []
    without = [day for day in day if day.opening_cents != 40]
    found = missing(statement(0, 0, 0, 10), *without, statement(2, 2, 60, 61))
    assert [cents for *_, cents in found] == [-15]


def test_a_number_that_is_missing_is_a_gap_where_the_sum_is_nothing() -> None:
    """Money that came and went again leaves no trace in the balances."""
    three = [statement(day, day, 10, 10, number=day + 1) for day in (0, 1, 3)]
    assert missing(*three) == [("1-1", "3-3", 0)]


def test_a_bank_that_counts_other_accounts_too_leaves_no_gaps() -> None:
    """Its numbers have steps everywhere."""
    assert missing(*(statement(day, day, 10, 10, number=3 * day) for day in range(6))) == []


def test_a_count_begins_anew_each_year() -> None:
    """Number 1 after number 250 is no gap, and number 3 may be any."""
    last = statement(303, 303, 10, 10, number=250)
    assert last.closes_on == date(2026, 12, 30)
    assert missing(last, statement(307, 307, 10, 10, number=3)) == []


def test_accounts_do_not_follow_each_other() -> None:
    """Each has a chain of its own."""
    assert missing(statement(0, 0, 0, 5), statement(1, 1, 70, 80, account="B")) == []


@pytest.mark.parametrize("seed", range(20))
def test_exactly_what_was_left_out_is_missing(seed: int) -> None:
    """Of random days some are left out: the gaps are where they were, in any order of import."""
    dice = random.Random(seed)
    balance, days = 0, []
    for day in range(60):
        closing = balance + dice.choice((-7, 3, 11, 20))
        days.append(statement(day, day, balance, closing, number=day + 1))
        balance = closing
    kept = [one for one in days if dice.random() > 0.2]
    wanted = [
        (one.identification, other.identification, other.opening_cents - one.closing_cents)
        for one, other in itertools.pairwise(kept)
        if (other.number or 0) > (one.number or 0) + 1
    ]
    dice.shuffle(kept)
    assert missing(*kept) == wanted
