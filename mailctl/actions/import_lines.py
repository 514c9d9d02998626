"""Lines of an import: what all kinds of files have in common (rules 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from mailctl import clock
from mailctl.domain.records import Record, collect, refused_value
from mailctl.errors import MailctlError
from mailctl.wrong_lines import WrongLines


class Taker(Protocol):
    """What takes in one kind of file, some lines at a time; `written` counts the new things."""

    written: int

    def check(self, records: list[Record], file: str) -> list[Any]:
        """What is to be written; lines that are wrong are noted with the file's name."""

    def write(self, checked: list[Any]) -> None:
        """Write what was checked, in the order of its lines."""


class FollowsRefusedError(MailctlError):
    """The line depends on one that was refused, and only that one is listed."""


@dataclass(slots=True, kw_only=True)
class Refusals:
    """The wrong lines, and the names in them: what depends on those is not listed again."""

    wrong: WrongLines
    names: dict[str, set[str]] = field(
        default_factory=lambda: {"customer": set(), "platform": set()}
    )

    def add(self, record: Record, refused: MailctlError, file: str) -> None:
        """Note a wrong line, unless another is the cause."""
        if not isinstance(refused, FollowsRefusedError):
            collect(self.wrong, record, refused, file)

    def check_follows(self, noun: str, name: str) -> None:
        """FollowsRefusedError where the thing that a line names was refused."""
        if name in self.names[noun]:
            raise FollowsRefusedError(f"its {noun} {name} was refused")


def date_of(record: Record, name: str) -> date:
    """A date of a line; UsageError."""
    text = record.need(name)
    day = clock.day_written(text)
    if day is None or not clock.FIRST_DAY <= day <= clock.LAST_DAY:
        reason = "is not a date such as 2026-01-31"
        raise refused_value(name, reason, f"{name} is {text!r}, not a date such as 2026-01-31")
    return day


def check_state(record: Record, kind: str) -> None:
    """UsageError for a state that means an end: only what is active is imported."""
    alive = "open" if kind == "customers" else "active"
    if (state := record.get("state")) not in (None, alive):
        only = f"only {alive} {kind} are imported"
        raise refused_value("state", f"is not {alive}: {only}", f"the state is {state!r}: {only}")


def forgotten(refused: MailctlError) -> MailctlError:
    """A refusal that is kept for a while, without the frames that it came through."""
    refused.__context__ = None
    return refused.with_traceback(None)
