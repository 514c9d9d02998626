"""What PostgreSQL says when it fails, as a refusal with a code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    MailctlError,
    StoreBusyError,
    StoreDamagedError,
    StoreForbiddenError,
    StoreMissingError,
    UsageError,
)

_BUSY = ("55P03", "40001", "40P01", "53300")
"""A lock that was not given in time, a conflict with another program, no free connection."""
_DAMAGED = ("XX001", "XX002")
_FULL = ("53100",)
_READ_ONLY = ("25006",)
_FORBIDDEN = ("42501",)
_LOST = ("08", "57P", "25P03", "25P04")
_STARTING = ("57P03",)
GUARDS = "session_replication_role"
"""What leaves out triggers, where it is `replica`: only a superuser sets it, or takes it back."""
_POOLED = ("26000", "42P05")
"""A prepared statement that is another's, or was left on another connection."""
_FAILED = ("53", "57014", "58", "XX")
_NO_DATABASE = "3D000"
_OF_PSYCOPG = ("connection is bad: ", "connection failed: ")
_LET_IN = ("28", "42501")
_MALFORMED = "invalid "
"""How libpq begins what it says of a URL that it cannot read."""
_SENTENCES = {
    "no password supplied": "28P01",
    "authentication failed": "28P01",
    "pg_hba.conf": "28000",
    "session is read-only": "25006",
    "in hot standby mode": "25006",
    "too many clients": "53300",
}
"""What libpq says by itself, without a state, and what old ones do not tell otherwise."""
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
        return _forbidden(location, said)
    if state in _POOLED:
        return StoreForbiddenError(
            f"between mailctl and {location} is a pooler that changes connections: {said}",
            hint="let it pool sessions (PgBouncer: pool_mode = session), or go past it",
        )
    if state in _STARTING:
        return _starting(location, said)
    if is_lost(error):
        return DiskFailedError(
            f"the connection to {location} was lost, and what was not committed is undone: {said}",
            hint="try again",
        )
    if state.startswith(_FAILED):
        return DiskFailedError(f"the server of {location} failed: {said}", hint="try again")
    return None


def _forbidden(location: object, said: str) -> StoreForbiddenError:
    if GUARDS in said:
        return StoreForbiddenError(
            f"for this role {location} is without its guards: {said}",
            hint=f"a superuser ends that: ALTER ROLE NAME RESET {GUARDS} (or ALTER DATABASE NAME)",
        )
    return StoreForbiddenError(
        f"this role may not do that in {location}: {said}",
        hint="use the role that owns the store; readers need GRANT USAGE and SELECT",
    )


def _starting(location: object, said: str) -> StoreBusyError:
    return StoreBusyError(
        f"the server of {location} is starting or stopping: {said}", hint="try again in a minute"
    )


def _read_only(location: object, said: str) -> StoreForbiddenError:
    return StoreForbiddenError(
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


def unreachable(  # noqa: PLR0911 - a table
    error: psycopg.Error, location: object, *, database: str, hosts: str, state: str | None
) -> MailctlError:
    """The refusal where no connection could be made; `state` is the server's own, if it answered.

    Sentences are in the server's language. `hosts` and `database` are those of the URL.
    """
    said = first_line(error)
    state = state or next((code for words, code in _SENTENCES.items() if words in said), "")
    if state in _BUSY:
        return StoreBusyError(
            f"the server of {location} has no free connection: {said}", hint="try again"
        )
    if state in _STARTING:
        return _starting(location, said)
    if state in _READ_ONLY:
        # Of several servers one takes changes, but for the moments in which another takes over.
        if "," not in hosts:
            return _read_only(location, said)
        return StoreBusyError(
            f"no server of {location} takes changes now: {said}", hint="try again in a minute"
        )
    if state == _NO_DATABASE:
        return StoreMissingError(
            f"there is no database for {location}: {said}", hint=createdb(database)
        )
    if said.startswith(_MALFORMED):
        return malformed(error, location)
    if state.startswith(_LET_IN):
        return StoreForbiddenError(
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
    said = first_line(error)
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
    """What was said, in one line, without psycopg's own beginning and libpq's questions.

    libpq asks in indented lines of their own: `Is the server running locally …?`.
    """
    said = error.diag.message_primary or str(error)
    told = " ".join(line for line in said.splitlines() if not line.startswith("\t"))
    told = " ".join(told.split())
    for before in _OF_PSYCOPG:
        told = told.removeprefix(before)
    return told or type(error).__name__
