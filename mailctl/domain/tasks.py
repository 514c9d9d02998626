"""Tasks: what a mail server must do, and whether it was done (rules 6)."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """What must be done with a mailbox."""

    CREATE = "create"
    SUSPEND = "suspend"
    REOPEN = "reopen"
    WIPE = "wipe"
    RENAME = "rename"
    DELETE = "delete"


class TaskStatus(StrEnum):
    """Whether a task waits, was done, or failed."""

    TO_DO = "todo"
    DONE = "done"
    FAILED = "failed"
