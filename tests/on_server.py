"""Stores on a PostgreSQL of the tests' own: one server a process, a schema for each test.

To make the tables of a store takes a hundred times as long as to empty them: what one test leaves
whole is another's, emptied.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

from mailctl.store.engine.connection import EMPTY, Cursor
from mailctl.store.engine.postgresql.connection import ServerConnection
from mailctl.store.engine.postgresql.server import Server, named
from mailctl.store.engine.sqlite.tables import Table, tables

# Schemas that tests have left, by their database.
_SPARES: dict[str, list[str]] = {}
_SHAPING = re.compile(r"\b(CREATE|ALTER|DROP)\b", re.IGNORECASE)


@dataclass(slots=True)
class Kept:
    """What is beside a test's store, and what becomes of its schema."""

    folder: Path
    spares: list[str]
    copies: list[Place] = field(default_factory=list)
    is_whole: bool = False
    """Whether the tables and guards are there, as mailctl made them."""


# Taken by another program as mailctl takes it, in the schema of that name.
WHOLE = f"SELECT pg_advisory_xact_lock({0x4D43544C}, hashtext('{{}}'))"
LOCKED = f"""
    SELECT granted
    FROM pg_locks
    WHERE locktype = 'advisory' AND classid = {0x4D43544C} AND pid <> pg_backend_pid()
"""
"""Whether who takes the lock of a store has it, or waits."""
TABLES = """
    SELECT relname
    FROM pg_class
    WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r'
"""


class Place(Server):
    """Where a test's store is; files of the test are beside it, as they are beside a file."""

    kept: Kept

    @property
    def parent(self) -> Path:
        """The folder of the test's files."""
        return self.kept.folder

    @property
    def name(self) -> str:
        """What a store's file would be called."""
        return "mailctl.db"

    def with_name(self, name: str) -> Path:
        """A file of the test."""
        return self.kept.folder / name

    def exists(self) -> bool:
        """Whether there is a store."""
        return bool(run(self, "SELECT 1 FROM pg_namespace WHERE nspname = current_schema()"))


@contextmanager
def place(database: str, folder: Path) -> Iterator[Place]:
    """A schema for one test."""
    mine = _new(database, folder)
    yield mine
    for one in _with_copies(mine):
        if one.kept.is_whole:
            one.kept.spares.append(one.schema)
        else:
            execute(one, f"DROP SCHEMA IF EXISTS {one.schema} CASCADE")
        for name in replaced(one):
            execute(one, f"DROP SCHEMA {name} CASCADE")


def replaced(store: Server) -> list[str]:
    """The schemas of stores that restores have replaced, and kept."""
    names = run(store, "SELECT nspname FROM pg_namespace ORDER BY nspname")
    return [name for (name,) in names if name.startswith(f"{store.schema}_replaced_")]


def _with_copies(place: Place) -> Iterator[Place]:
    yield place
    for copy in place.kept.copies:
        yield from _with_copies(copy)


def _new(database: str, folder: Path) -> Place:
    there = named(f"{database}&schema=test_{token_hex(6)}")
    kept = Kept(folder, _SPARES.setdefault(database, []))
    return Place(url=there.url, schema=there.schema, text=there.text, kept=kept)


class Plain(ServerConnection):
    """A connection as any program may open it; it takes what a test writes for SQLite too."""

    def __init__(self, store: Server) -> None:
        super().__init__(connected(store), store, is_sealed=False)

    def execute(
        self, sql: str, parameters: Mapping[str, object] | Sequence[object] = EMPTY, /
    ) -> Cursor:
        """Run one statement, with parameters by name or in their order."""
        if isinstance(self.server, Place) and _SHAPING.search(sql):
            self.server.kept.is_whole = False
        # What SQLite calls `instr` and `char` has the same arguments here, and another name.
        sql = sql.replace("instr(", "strpos(").replace("char(", "chr(")
        if not isinstance(parameters, Mapping):
            numbers = count(1)
            sql = re.sub(r"\?", lambda _: f":p{next(numbers)}", sql)
            parameters = {f"p{number}": value for number, value in enumerate(parameters, 1)}
        return super().execute(sql, parameters)

    def executescript(self, script: str) -> None:
        """Run several statements."""
        for statement in filter(str.strip, script.split(";")):
            self.execute(statement)

    def close(self) -> None:
        """End the connection."""
        self.raw.close()


def connected(store: Server) -> Any:
    """A plain connection of the server's owner, whose statements are done one by one."""
    import psycopg

    connection = psycopg.connect(store.url, autocommit=True, cursor_factory=psycopg.RawCursor)
    connection.execute(f"SET search_path = {store.schema}")
    return connection


def run(store: Server, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with closing(Plain(store)) as connection:
        return list(connection.execute(sql).fetchall())


def execute(store: Server, sql: str) -> None:
    """Do something that another program could do."""
    with closing(Plain(store)) as connection:
        connection.execute(sql)


def contents(store: Server) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a store; nothing where there is none."""
    with closing(connected(store)) as connection:
        names = connection.execute(TABLES).fetchall()
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in names
        }


def fill(store: Place, original: Path) -> None:
    """Make the same store as in a file, row by row."""
    with closing(sqlite3.connect(original)) as source, _empty(store, _tables()) as connection:
        for table in _tables():
            columns = ", ".join(table.columns)
            if found := source.execute(f"SELECT {columns} FROM {table.name}").fetchall():
                connection.add_rows(table.name, table.columns, found)


def beside(store: Place) -> Place:
    """Another place, for as long as the test lasts."""
    other = _new(store.text.rpartition("&schema=")[0], store.kept.folder)
    store.kept.copies.append(other)
    return other


def copied(store: Place) -> Place:
    """The same store once more, for as long as its test lasts."""
    copy = beside(store)
    refill(copy, store)
    return copy


def refill(store: Place, original: Place, only: str = "") -> None:
    """Have in a store, or in one table of it, the rows of another, and no others."""
    found = [table for table in _tables() if only in ("", table.name)]
    with _empty(store, found) as connection:
        for table in found:
            columns = ", ".join(table.columns)
            connection.raw.execute(
                f"""
                INSERT INTO {table.name} ({columns})
                SELECT {columns} FROM {original.schema}.{table.name}
                """
            )


@cache
def _tables() -> tuple[Table, ...]:
    return tables()


@contextmanager
def _empty(store: Place, found: Sequence[Table]) -> Iterator[ServerConnection]:
    """A store whose tables are emptied, until the block ends, which commits; guards rest in it."""
    from mailctl.store.engine.postgresql import creation

    with ExitStack() as stack:
        if not store.kept.is_whole and store.kept.spares:
            # Its functions name it, so a schema keeps its name, and the place takes that.
            text, schema = store.text, store.kept.spares.pop()
            object.__setattr__(store, "text", text.replace(f"={store.schema}", f"={schema}"))
            object.__setattr__(store, "schema", schema)
            store.kept.is_whole = True
        if store.kept.is_whole:
            connection: ServerConnection = stack.enter_context(closing(Plain(store)))
            connection.raw.execute("BEGIN; SET LOCAL session_replication_role = replica")
            connection.raw.execute(";".join(f"DELETE FROM {table.name}" for table in found))
        else:
            connection = stack.enter_context(creation.begun(store, "test"))
            connection.raw.execute("SET LOCAL session_replication_role = replica")
        yield connection
        connection.raw.execute("COMMIT")
    store.kept.is_whole = True
