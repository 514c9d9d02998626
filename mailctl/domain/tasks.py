"""Tasks: what a mail server must do, and whether it was done (rules 6, rules 16)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class TaskKind(StrEnum):
    """What must be done with a mailbox."""

    CREATE = "create"
    SUSPEND = "suspend"
    REOPEN = "reopen"
    WIPE = "wipe"
    RENAME = "rename"
    DELETE = "delete"
    PASSWORD = "password"  # noqa: S105 - a kind of task
    EXPORT = "export"


class ExportFormat(StrEnum):
    """How the mail of a mailbox is written to a folder."""

    MAILDIR = "maildir"
    MBOX = "mbox"


class TaskStatus(StrEnum):
    """Whether a task waits, was done, failed, or is of no use any more."""

    TO_DO = "todo"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"


DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)

BESIDE_THE_DRIVER = timedelta(minutes=5)
"""How long a claim lasts beyond the time in which the driver must answer."""


COPY_SECONDS = 3600
"""How long a copy may take at least: a large mailbox is not copied in a minute."""


def lease(kind: TaskKind, driver_timeout: int) -> timedelta:
    """How long a process may do a task alone, if a driver must answer within so many seconds."""
    is_copy = kind is TaskKind.EXPORT
    seconds = max(driver_timeout, COPY_SECONDS) if is_copy else driver_timeout
    return timedelta(seconds=seconds) + BESIDE_THE_DRIVER


def delay_after(tries: int) -> timedelta:
    """How long a task waits after so many tries; the longest delay repeats."""
    return DELAYS[min(max(tries, 1), len(DELAYS)) - 1]
