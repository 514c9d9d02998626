"""Stores on a PostgreSQL of the tests' own: one server a process, a schema for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from mailctl.store.engine.postgresql.server import Server, named
from mailctl.store.engine.sqlite.tables import tables

TABLES = """
    SELECT relname
    FROM pg_class
    WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r'
"""


class Place(Server):
    """Where a test's store is; files of the test are beside it, as they are beside a file."""

    folder: Path

    @property
    def parent(self) -> Path:
        """The folder of the test's files."""
        return self.folder

    @property
    def name(self) -> str:
        """What a store's file would be called."""
        return "mailctl.db"

    def with_name(self, name: str) -> Path:
        """A file of the test."""
        return self.folder / name

    def exists(self) -> bool:
        """Whether there is a store."""
        found = run(self, "SELECT 1 FROM pg_namespace WHERE nspname = current_schema()")
        return bool(found)


@contextmanager
def place(database: str, folder: Path) -> Iterator[Place]:
    """A schema for one test, dropped after it."""
    there = named(f"{database}&schema=test_{token_hex(6)}")
    mine = Place(there.url, there.schema, there.text)
    object.__setattr__(mine, "folder", folder)
    yield mine
    with closing(connected(mine)) as connection:
        connection.execute(f"DROP SCHEMA IF EXISTS {mine.schema} CASCADE")


def connected(store: Server) -> Any:
    """A plain connection of the server's owner, whose statements are done one by one."""
    import psycopg

    connection = psycopg.connect(store.url, autocommit=True, cursor_factory=psycopg.RawCursor)
    connection.execute(f"SET search_path = {store.schema}")
    return connection


def run(store: Server, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with closing(connected(store)) as connection:
        return list(connection.execute(sql).fetchall())


def execute(store: Server, sql: str) -> None:
    """Do something that another program could do."""
    with closing(connected(store)) as connection:
        connection.execute(sql)


def contents(store: Server) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a store; nothing where there is none."""
    with closing(connected(store)) as connection:
        names = connection.execute(TABLES).fetchall()
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in names
        }


def fill(store: Server, original: Path) -> None:
    """Make the same store as in a file, row by row."""
    import sqlite3

    from mailctl.store.engine.postgresql import creation

    with (
        closing(sqlite3.connect(original)) as source,
        creation.begun(store, "test") as connection,
    ):
        raw = connection.raw
        raw.execute("SET LOCAL session_replication_role = replica")
        for table in tables():
            columns = ", ".join(table.columns)
            found = source.execute(f"SELECT {columns} FROM {table.name}")
            connection.add_rows(table.name, table.columns, found.fetchall())
        raw.execute("COMMIT")
