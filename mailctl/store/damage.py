"""A store that is damaged: told apart from a bug where something nobody expected came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailctl.errors import StoreDamagedError
from mailctl.store import chain, migrations


@contextmanager
def damage_told(path: Path, connection: sqlite3.Connection) -> Iterator[None]:
    """What nobody expected may come of a damaged store: look, before it is called a bug."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AssertionError, sqlite3.Error) as error:
        if isinstance(error, sqlite3.Error) and _is_of_use(error):
            raise
        reason = _damage(connection)
        if reason is None:
            raise
        raise StoreDamagedError(
            f"the store {path} is damaged: {reason}", hint="restore a backup"
        ) from error


def _is_of_use(error: sqlite3.Error) -> bool:
    """Whether SQLite itself says what is wrong: busy, full, damaged, refused by a trigger."""
    return getattr(error, "sqlite_errorname", "SQLITE_ERROR") != "SQLITE_ERROR"


def _damage(connection: sqlite3.Connection) -> str | None:
    try:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        found = chain.verify(connection)
    except (sqlite3.Error, ValueError, TypeError) as error:
        return str(error)
    if said != "ok":
        return str(said)
    return found.reason or migrations.difference(connection)
