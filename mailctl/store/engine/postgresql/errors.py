"""What PostgreSQL says when it fails, as a refusal with a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    MailctlError,
    StoreBusyError,
    StoreDamagedError,
    StoreMissingError,
    UsageError,
)

_BUSY = ("55P03", "40001", "40P01", "53300")
"""A lock that was not given in time, a conflict with another program, no free connection."""
_DAMAGED = ("XX001", "XX002")
_FULL = ("53100",)
_READ_ONLY = ("25006",)
_FORBIDDEN = ("42501",)
_LOST = ("08", "57P")
_FAILED = ("53", "57014", "58", "XX")
_NO_DATABASE = re.compile(r'database "(.+)" does not exist')
_MALFORMED = "connection is bad: invalid "
_NOT_LET_IN = ("no password supplied", "authentication failed", "pg_hba.conf", "permission denied")
AGAIN = frozenset(("40001", "40P01"))
"""Two programs were in each other's way: the same work, done again, goes through."""


@contextmanager
def mapped_errors(location: object) -> Iterator[None]:
    """Turn what the server says into a refusal with a code; bugs (wrong SQL) stay as they are."""
    try:
        yield
    except psycopg.Error as error:
        refused = refusal(error, location)
        if refused is None:
            raise
        raise refused from error


def refusal(error: psycopg.Error, location: object) -> MailctlError | None:  # noqa: PLR0911 - a table
    """What an error is called here; None for a bug."""
    state, said = error.sqlstate or "", first_line(error)
    if state in _BUSY:
        return StoreBusyError(
            f"the store {location} is busy: {said}", hint="try again, or give --wait S"
        )
    if state in _DAMAGED:
        return StoreDamagedError(f"the store {location} is damaged: {said}", hint=PUT_A_COPY_BACK)
    if state in _FULL:
        return DiskFailedError(
            f"the disk of the server failed under {location}: {said}",
            hint="free space on the server, then try again",
        )
    if state in _READ_ONLY:
        return _read_only(location, said)
    if state in _FORBIDDEN:
        return DiskFailedError(
            f"this role may not do that in {location}: {said}",
            hint="use the role that owns the store; readers need GRANT USAGE and SELECT",
        )
    if is_lost(error):
        return DiskFailedError(
            f"the connection to {location} was lost, and what was not committed is undone: {said}",
            hint="try again",
        )
    if state.startswith(_FAILED):
        return DiskFailedError(f"the server of {location} failed: {said}", hint="try again")
    return None


def _read_only(location: object, said: str) -> DiskFailedError:
    return DiskFailedError(
        f"the store {location} cannot be written: {said}",
        hint="name the primary, or all hosts, and a role without default_transaction_read_only",
    )


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection is no more, or never was."""
    state = error.sqlstate or ""
    return state.startswith(_LOST) or (not state and isinstance(error, psycopg.OperationalError))


def is_internal(error: psycopg.Error) -> bool:
    """Whether the server itself found what must not be: its disk may be damaged."""
    return (error.sqlstate or "").startswith("XX")


def unreachable(error: psycopg.Error, location: object) -> MailctlError:
    """The refusal where no connection could be made."""
    said = first_line(error)
    if error.sqlstate == "53300" or "too many clients" in said:
        return StoreBusyError(f"the server of {location} has no free connection", hint="try again")
    if "session is read-only" in said or "in hot standby mode" in said:
        return _read_only(location, said)
    if missing := _NO_DATABASE.search(said):
        return StoreMissingError(
            f"there is no database for {location}: {said}", hint=createdb(missing[1])
        )
    if _MALFORMED in said:
        return malformed(error, location)
    if any(words in said for words in _NOT_LET_IN):
        return DiskFailedError(
            f"the server of {location} does not let this user in: {said}",
            hint="check the user, the database and pg_hba.conf; the password comes from a password "
            "file (~/.pgpass, or PGPASSFILE, mode 0600) or a service",
        )
    return DiskFailedError(
        f"the server of {location} cannot be reached: {said}",
        hint="check that it runs, its name and port",
    )


def malformed(error: psycopg.Error, location: object) -> UsageError:
    """The refusal of a URL that libpq does not take."""
    said = first_line(error).removeprefix("connection is bad: ")
    return UsageError(
        f"{location} does not name a store: {said}",
        hint="postgresql://USER@HOST:PORT/DATABASE?schema=NAME; what else may stand after the ? is "
        "in PostgreSQL's manual, under parameter key words",
    )


def createdb(name: str) -> str:
    """The command that makes a database in which a store can be."""
    import shlex

    return f"createdb --template template0 --encoding UTF8 --locale C.UTF-8 {shlex.quote(name)}"


def first_line(error: psycopg.Error) -> str:
    """What was said, in one line."""
    said = error.diag.message_primary or str(error)
    return " ".join(said.split()) or type(error).__name__
