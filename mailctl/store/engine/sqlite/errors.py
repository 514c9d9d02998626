"""What SQLite says when it fails, as a refusal with a code."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    MailctlError,
    StoreBusyError,
    StoreDamagedError,
)


@contextmanager
def mapped_errors(path: object, holder: Callable[[], str] = str) -> Iterator[None]:
    """Turn what SQLite raises into a refusal with a code; bugs (wrong SQL) stay as they are.

    `holder` finds out who keeps a store busy, for the refusal that says so.
    """
    try:
        yield
    except sqlite3.Error as error:
        refused = _refusal(error, path, holder)
        if refused is None:
            raise
        raise refused from error


# What SQLite says about values that no mailctl has written.
_UNREADABLE = ("Could not decode to UTF-8", "malformed JSON")


_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_FAILED: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("SQLITE_FULL", "SQLITE_IOERR"),
        "the disk failed under {}: {}",
        "free space or check the disk, then try again",
    ),
    (
        ("SQLITE_PROTOCOL", "SQLITE_NOLFS"),
        "the store {} cannot be locked: {}",
        "have it on a disk of this machine: many network file systems lack locks",
    ),
    (
        ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"),
        "the store {} cannot be written or opened: {}",
        "run as the store's owner, on a folder that can be written",
    ),
)
"""Errors of the system by their names in SQLite: what is said of store and error, and a hint."""


def _refusal(error: sqlite3.Error, path: object, holder: Callable[[], str]) -> MailctlError | None:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_DAMAGED) or str(error).startswith(_UNREADABLE):
        return StoreDamagedError(f"the store {path} is damaged: {error}", hint=PUT_A_COPY_BACK)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusyError(
            f"the store {path} is busy{holder()}", hint="try again, or give --wait S"
        )
    for names, sentence, hint in _FAILED:
        if name.startswith(names):
            return DiskFailedError(sentence.format(path, error), hint=hint)
    return None
