"""Distinguishes a damaged store from a bug, where either may have caused an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailctl.errors import PUT_A_COPY_BACK, StoreDamagedError
from mailctl.store.engine.sqlite.connection import Connection, in_one_line
from mailctl.store.engine.symptoms import SYMPTOMS

UNEXPECTED = (*SYMPTOMS, sqlite3.Error)


@contextmanager
def damage_detected(path: Path, connection: Connection) -> Iterator[None]:
    """Check the store for damage before an unexpected error is called a bug."""
    try:
        yield
    except UNEXPECTED as error:
        if isinstance(error, sqlite3.Error) and _explains_itself(error):
            raise
        reason = _damage(connection)
        if reason is None:
            raise
        raise StoreDamagedError(
            f"the store {path} is damaged: {reason}", hint=PUT_A_COPY_BACK
        ) from error


def _explains_itself(error: sqlite3.Error) -> bool:
    """Whether SQLite itself says what is wrong: busy, full, damaged.

    A failed constraint may come from an index that has lost a row: that is checked too.
    """
    # Python does not name every code; the lowest byte says the kind.
    kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    return kind not in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)


def _damage(connection: Connection) -> str | None:
    from mailctl.store.engine import seals, verification
    from mailctl.store.engine.sqlite import migrations

    try:
        (answer,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        found = verification.verify(connection)
        changed = next(seals.broken(connection), None)
    except (sqlite3.Error, ValueError, TypeError) as error:
        return str(error)
    if answer != "ok":
        return in_one_line(str(answer))
    if changed is not None and found.reason is None:
        return f"its table {changed.table} was changed by another program"
    return found.reason or seals.no_day(connection) or migrations.difference(connection)
