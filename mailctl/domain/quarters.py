"""Quarters of a year, as tax offices count them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mailctl.values import Value

_TEXT = re.compile(r"(2\d{3})Q([1-4])", re.ASCII)


class Quarter(Value):
    """Three months of a year; `number` is 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        """As it is typed: `2026Q1`."""
        return f"{self.year}Q{self.number}"

    @property
    def quarter(self) -> Quarter:
        """Itself."""
        return self

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_on(self) -> date:
        """Its last day, included."""
        return Month(year=self.year, number=3 * self.number).last_on


class Month(Value):
    """A month of a year, as some tax offices want their returns."""

    year: int
    number: int

    def __str__(self) -> str:
        """As it is typed: `2026-01`."""
        return f"{self.year}-{self.number:02d}"

    @property
    def first_on(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_on(self) -> date:
        """Its last day, included."""
        return (date(self.year, self.number, 28) + timedelta(days=4)).replace(day=1) - timedelta(
            days=1
        )

    @property
    def quarter(self) -> Quarter:
        """The quarter that it lies in."""
        return quarter_of(self.first_on)


def quarter_of(day: date) -> Quarter:
    """The quarter that a day lies in."""
    return Quarter(year=day.year, number=(day.month + 2) // 3)


def parse_quarter(text: str) -> Quarter:
    """A quarter as typed, `2026Q1`, of the years 2000 to 2200; ValueError for anything else."""
    match = _TEXT.fullmatch(text)
    if match is None or int(match[1]) > 2200:
        raise ValueError(text)
    return Quarter(year=int(match[1]), number=int(match[2]))


def last_complete(today: date) -> Quarter:
    """The quarter before the one that today lies in."""
    number = (today.month - 1) // 3
    if number == 0:
        return Quarter(year=today.year - 1, number=4)
    return Quarter(year=today.year, number=number)
