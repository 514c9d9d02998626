"""The schema's versions: how a new store is made, and how an older one is brought up to date.

Migrations are append-only, one idea each; each runs in the transaction that records it. schema.sql
is the result of them all, and a test holds the two together.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def _by_sql(version: int) -> Callable[[Database], None]:
    """The migration to a version that a file of `upgrades/` says in SQL."""

    def migrate(database: Database) -> None:
        # A statement at a time: a script would end the transaction that the upgrade is in.
        for statement in _text(f"upgrades/{version}.sql").split(";\n"):
            if statement.strip():
                database.execute(statement)

    return migrate


MIGRATIONS: tuple[Callable[[Database], None], ...] = (_by_sql(2),)
"""Entry i brings a store of version i + 1 to version i + 2."""

VERSION = 1 + len(MIGRATIONS)

TABLES = 30
"""How many tables the schema has: fewer are a damaged store."""


def schema() -> str:
    """The SQL of a new store's tables."""
    return _text("schema.sql")


def _text(name: str) -> str:
    from importlib.resources import files

    return files("mailctl.store").joinpath(name).read_text(encoding="utf-8")


def build(connection: sqlite3.Connection, application_id: int) -> None:
    """Make the tables of a new store in an empty database."""
    database = _database(connection)
    database.enable_wal()
    database.executescript(
        f"PRAGMA application_id = {application_id}; PRAGMA user_version = {VERSION};\n{schema()}"
    )


def difference(connection: sqlite3.Connection) -> str | None:
    """What the schema has otherwise than a new store's, as a sentence; None if it is the same."""
    objects = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    fresh = sqlite3.connect(":memory:")
    try:
        fresh.executescript(schema())
        wanted = dict(fresh.execute(objects).fetchall())
    finally:
        fresh.close()
    found = dict(connection.execute(objects).fetchall())
    for name, sql in wanted.items():
        if _bare(found.get(name, "")) != _bare(sql):
            return f"its {name} is not as mailctl made it"
    return None


def _bare(sql: str) -> str:
    """SQL without comments and line breaks: an upgraded store lacks the comments of a new one."""
    return " ".join(re.sub(r"--.*", "", sql).split())


def upgrade(path: Path, wait: float) -> None:
    """Bring an older store to this version, in one transaction."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=wait
    )
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        database = _database(connection)
        for migrate in MIGRATIONS[version - 1 :]:
            migrate(database)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _database(connection: sqlite3.Connection) -> Database:
    # Costs more to import than a whole command takes, and only creation and migrations need it.
    from sqlite_utils import Database

    # No plug-in of the administrator's may change what billing runs on.
    return Database(connection, execute_plugins=False)
