"""A store that is damaged: told apart from a bug where something nobody expected came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailctl.errors import StoreDamagedError
from mailctl.store import chain, migrations

_UNEXPECTED = (
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    AssertionError,
    RecursionError,
    sqlite3.Error,
)


@contextmanager
def damage_told(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """What nobody expected may come of a damaged store: look, before it is called a bug."""
    try:
        yield
    except _UNEXPECTED as error:
        if isinstance(error, sqlite3.Error) and _is_of_use(error):
            raise
        reason = _damage(connection)
        if reason is None:
            raise
        raise StoreDamagedError(
            f"the store {path} is damaged: {reason}", hint="restore a backup"
        ) from error


def _is_of_use(error: sqlite3.Error) -> bool:
    """Whether SQLite itself says what is wrong: busy, full, damaged.

    A constraint that fails may be an index that has lost a row: that is looked at too.
    """
    name: str = getattr(error, "sqlite_errorname", "SQLITE_ERROR")
    return name != "SQLITE_ERROR" and not name.startswith("SQLITE_CONSTRAINT")


def _damage(connection: sqlite3.Connection) -> str | None:
    try:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        found = chain.verify(connection)
    except (sqlite3.Error, ValueError, TypeError) as error:
        return str(error)
    if said != "ok":
        return str(said)
    return found.reason or migrations.difference(connection)
