"""Tasks: what a mail server must do, and whether it was done (rules 6, rules 16)."""

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
