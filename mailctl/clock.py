"""Today, in one place: the only module that reads the system's clock.

Rules know dates. A store keeps the date that it has reached; a wall clock follows the real date in
the store's time zone and never goes back, a manual clock moves only by `tick` (rules 2).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2200, 12, 31)
_USUAL_CORRECTION = timedelta(minutes=5)
FIRST_REAL_DAY = date(2020, 1, 1)
"""A clock that shows an earlier day is wrong: one that lost its battery starts years before."""
_WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class ClockKind(StrEnum):
    """Who moves the store's clock: the real date, or `tick` alone."""

    WALL = "wall"
    MANUAL = "manual"


def day_written(text: str) -> date | None:
    """The date that a text is, written YYYY-MM-DD; None for every other text.

    Python's own reader takes other forms of ISO 8601 too, as 20260131 and 2026-W09-6.
    """
    try:
        return date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        return None


def now() -> datetime:
    """Read the clock: the instant, in UTC."""
    return datetime.now(UTC)


def is_still_to_come(instant: str) -> bool:
    """Whether a recorded instant is in the future by more than a clock is usually corrected."""
    return datetime.fromisoformat(instant) > now() + _USUAL_CORRECTION


def stamp(*, after: timedelta = timedelta()) -> str:
    """Now, or some time after, as instants are recorded: UTC, to the second, ending in Z."""
    return (now() + after).strftime("%Y-%m-%dT%H:%M:%SZ")


def real_today(timezone: str) -> date:
    """The real date in a time zone."""
    if timezone == "UTC":
        # Most servers' zone; it needs no table of zones, which takes as long to load as SQLite.
        return now().date()
    from zoneinfo import ZoneInfo

    return now().astimezone(ZoneInfo(timezone)).date()


def today(kind: ClockKind, *, reached: date, timezone: str) -> date:
    """The store's today: for a wall clock never earlier than the date it has reached (rules 2)."""
    if kind is ClockKind.MANUAL:
        return reached
    return max(reached, real_today(timezone))
