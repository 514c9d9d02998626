"""Findings: what advice consists of, each with the command that fixes it (rules 14)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from mailctl.domain.money import format_amount
from mailctl.domain.text import counted
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value

One = TypeVar("One")
ACCOUNTS_IN_A_COMMAND = 100


class Severity(StrEnum):
    """How urgent a finding is, the most urgent first."""

    URGENT = "urgent"
    WARNING = "warning"
    INFO = "info"

    def is_at_least(self, other: Severity) -> bool:
        """Whether it is as urgent as another one, or more."""
        return _ORDER[self] <= _ORDER[other]


class Finding(Value):
    """Something to deal with: what, whose, in a sentence, and the command that fixes it.

    `due_on` is the day on which it has consequences; None where it has none by itself.
    """

    code: str
    severity: Severity
    subject: str
    message: str
    command: str
    customer: str | None = None
    due_on: date | None = None

    def whole(self) -> Finding:
        """Itself: its sentence and command are there."""
        return self

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "customer": self.customer,
            "subject": self.subject,
            "message": self.message,
            "command": self.command,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }


class Outline(Value):
    """A finding whose sentence and command are made only if they are shown."""

    code: str
    severity: Severity
    customer: str
    tell: Callable[[], Finding]
    due_on: date | None = None

    def whole(self) -> Finding:
        """The finding with its sentence and command."""
        return self.tell()


_ORDER = {severity: place for place, severity in enumerate(Severity)}


def urgency(one: Finding | Outline) -> tuple[int, date, str]:
    """What findings are sorted by: the most urgent first; then by day, and by customer."""
    return _ORDER[one.severity], one.due_on or date.max, one.customer or ""


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The most urgent first; those that are alike in the order in which they came."""
    return tuple(sorted(findings, key=urgency))


def money(scope: Scope, cents: int) -> str:
    """An amount in the store's currency."""
    return f"{format_amount(cents)} {scope.reader.info.currency}"


def days_left(scope: Scope, day: date) -> int:
    """How many days lie between today and a day; below 0 where it is past."""
    return (day - scope.today).days


def away(scope: Scope, day: date) -> str:
    """How far away a day is: `in 2 days`, `today`, `3 days ago`."""
    left = days_left(scope, day)
    if left < 0:
        return f"{counted(-left, 'day')} ago"
    return ("today", "tomorrow")[left] if left < 2 else f"in {left} days"


def in_days(scope: Scope, day: date) -> str:
    """A day and how far away it is: `on 2026-02-07, in 2 days`."""
    return f"on {day}, {away(scope, day)}"


def chunks(found: Iterable[One], *keys: str) -> Iterator[list[One]]:
    """Neighbours with equal attributes, in portions that one command can name."""
    for _, group in groupby(found, lambda one: tuple(getattr(one, key) for key in keys)):
        members = list(group)
        for start in range(0, len(members), ACCOUNTS_IN_A_COMMAND):
            yield members[start : start + ACCOUNTS_IN_A_COMMAND]
