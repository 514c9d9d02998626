"""Reading what can still be read of a store that may be damaged: each question by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from mailctl.store.engine import moved, seals, verification
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.location import Location
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.sqlite.connection import Connection, configure, in_one_line
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.file_store import APPLICATION_ID
from mailctl.store.engine.sqlite.store_file import beside, has_log
from mailctl.store.engine.sqlite.writer_lock import opened_by
from mailctl.store.engine.symptoms import SYMPTOMS

_FAULTS = (sqlite3.Error, *SYMPTOMS)
Rows = list[tuple[object, ...]]
Ask = Callable[[str], Rows]


def as_int(value: object) -> int:
    """A whole number; 0 for what damage has made of one."""
    return value if isinstance(value, int) else 0


def as_text(value: object) -> str | None:
    """A text, or None."""
    return None if value is None else str(value)


class Salvage:
    """A connection that answers what it can: a damaged page costs only what stood there."""

    def __init__(self, connection: Connection, why: str | None = None) -> None:
        """`why` is why it does not prove what it gave out, however whole it may be."""
        self._connection = connection
        self._why = why

    def rows(self, *ways: str, parameters: Mapping[str, object] = EMPTY) -> Rows | None:
        """The rows of the first of these queries that can be answered; None where none can."""
        for sql in ways:
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except _FAULTS as error:
                _refuse_busy(error)
        return None

    def up_to_fault(self, sql: str) -> Rows:
        """The rows of a query, up to the first that cannot be read."""
        found: Rows = []
        try:
            for row in self._connection.execute(sql):
                found.append(row)
        except _FAULTS as error:
            _refuse_busy(error)
        return found

    def fault(self) -> str | None:
        """Why it proves nothing; None where it is whole, as mailctl wrote it, and the store."""
        try:
            return next(self._faults(), None)
        except _FAULTS as error:
            _refuse_busy(error)
            return str(error) or type(error).__name__

    def _faults(self) -> Iterator[str]:
        db = self._connection
        if self._why is not None:
            yield self._why
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version != migrations.VERSION:
            yield f"it has schema {version}, not {migrations.VERSION}"
        for (answer,) in db.execute("PRAGMA integrity_check(1)").fetchall():
            if answer != "ok":
                yield in_one_line(str(answer))
        yield from db.lost_references()
        if reason := verification.verify(db).reason:
            yield reason
        for part in seals.broken(db):
            yield f"its table {part.table} was changed by another program"
        yield from migrations.differences(db)


def _refuse_busy(error: Exception) -> None:
    """What is held by another is not damaged: it is to be asked again."""
    if getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        raise error


class ForeignError(Exception):
    """The file is a whole database, and another program's."""


@contextmanager
def salvaged(path: Path, wait: float) -> Iterator[Salvage | str]:
    """A store at a path, as far as it can be read; a text that says why it cannot be at all.

    ForeignError for another program's database, StoreBusyError where somebody keeps it locked.
    """
    # SQLite takes both away at its end, the log first: this one's changes are missing.
    lost_log = beside(path, "-shm").exists() and not beside(path, "-wal").exists()
    doubt = f"its log {beside(path, '-wal')} is gone" if lost_log else None
    # As elsewhere, who only reads leaves a log where it is, but makes one where none was.
    mode = "ro" if has_log(path) else "rw"
    with closing(
        sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=wait,
            factory=Connection,
        )
    ) as connection:
        why: str | None = None
        with mapped_errors(path, lambda: opened_by(path)):
            try:
                configure(connection)
                connection.execute("PRAGMA query_only = ON")
                connection.execute("BEGIN")
                (application_id,) = connection.execute("PRAGMA application_id").fetchone()
                (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlite3.Error as error:
                _refuse_busy(error)
                why = str(error)
        if why is None and application_id != APPLICATION_ID:
            if tables:
                raise ForeignError
            why = "it is an empty database"
        if why is not None:
            yield why
            return
        yield Salvage(connection, doubt or why_elsewhere(Salvage(connection), path))


def why_elsewhere(salvage: Salvage, location: Location) -> str | None:
    """Why it is not the store that gave out the last numbers: that is, or was, at another place."""
    marks = salvage.rows("SELECT place, is_copy, moved_at FROM moved") or ()
    for place, is_copy, moved_at in marks:
        found = moved.Moved(place=str(place), is_copy=bool(is_copy), moved_at=str(moved_at))
        if not moved.is_void(found, location):
            return f"it {found.described(location)}"
    return None
