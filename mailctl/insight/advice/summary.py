"""Findings at one look: how many there are of each code, and the most urgent of them."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Iterable
from datetime import date

from mailctl.insight.advice.finding import Finding, Outline, Severity, urgency
from mailctl.values import Value

FIRST = 3
"""How many findings of each code are told."""


class Tally(Value):
    """The findings of one code: how many, how many as severe as the first, the first ones."""

    code: str
    findings: int
    alike: int
    first: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """That of the most urgent one."""
        return self.first[0].severity


def summed_up(findings: Iterable[Finding | Outline]) -> tuple[Tally, ...]:
    """The tallies, in the order of the most urgent finding of each; only what they tell is kept."""
    groups: dict[str, _Group] = {}
    for place, one in enumerate(findings):
        group = groups.get(one.code)
        if group is None:
            group = groups[one.code] = _Group()
        group.add(place, one)
    return tuple(group.tally() for group in sorted(groups.values(), key=_Group.rank))


_Ranked = tuple[tuple[int, date, str], int, Finding | Outline]


class _Group:
    """The findings of one code so far."""

    def __init__(self) -> None:
        self._severities: Counter[Severity] = Counter()
        self._first: list[_Ranked] = []

    def add(self, place: int, one: Finding | Outline) -> None:
        """Count a finding, which came at a place; that is unique, so no findings are compared."""
        self._severities[one.severity] += 1
        ranked = (urgency(one), place, one)
        if len(self._first) < FIRST or ranked < self._first[-1]:
            insort(self._first, ranked)
            del self._first[FIRST:]

    def rank(self) -> tuple[tuple[int, date, str], int]:
        """Where the most urgent one stands."""
        return self._first[0][:2]

    def tally(self) -> Tally:
        """What is said of them."""
        first = tuple(one.whole() for _, _, one in self._first)
        return Tally(
            code=first[0].code,
            findings=self._severities.total(),
            alike=self._severities[first[0].severity],
            first=first,
        )
