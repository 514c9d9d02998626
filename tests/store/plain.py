"""A store opened as any program with SQLite may open it, to look behind mailctl or to harm it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from mailctl.store.engine.sqlite.connection import Connection
from tests import on_server


@contextmanager
def opened(store: Path) -> Iterator[Connection]:
    """A plain connection; what is done through it stays done."""
    if isinstance(store, on_server.Place):
        with closing(on_server.connected(store)) as connection:
            yield connection
        return
    with closing(sqlite3.connect(store, isolation_level=None, factory=Connection)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def rows(store: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with opened(store) as connection:
        return connection.execute(sql).fetchall()


def refusal(store: Path, sql: str) -> str:
    """What the database says when it refuses a statement, by any program whatever."""
    with opened(store) as connection, pytest.raises(sqlite3.IntegrityError) as refused:
        connection.execute(sql)
    return str(refused.value)


def force(store: Path, *statements: str) -> None:
    """Harm a store as whoever has the file can: triggers and checks of the database put aside."""
    with opened(store) as connection:
        if isinstance(store, on_server.Place):
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                changed = connection.execute(statement).rowcount
                assert changed > 0, statement
            return
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        for statement in statements:
            changed = connection.execute(statement).rowcount
            assert changed > 0, statement
