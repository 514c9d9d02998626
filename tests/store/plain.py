"""A store opened as any program with SQLite may open it, to look behind mailctl or to harm it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from mailctl.store.engine.sqlite.connection import Connection
from tests import on_server
from tests.helpers import Cli

REFUSALS = (sqlite3.IntegrityError, psycopg.IntegrityError)


@contextmanager
def opened(store: Path) -> Iterator[Any]:
    """A plain connection; what is done through it stays done."""
    if isinstance(store, on_server.Server):
        with closing(on_server.Plain(store)) as there:
            yield there
        return
    with closing(sqlite3.connect(store, isolation_level=None, factory=Connection)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def literal(value: object) -> str:
    """A value as SQL writes it."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return "NULL" if value is None else str(value)


@contextmanager
def held(store: Path) -> Iterator[Any]:
    """A plain connection that holds the whole store meanwhile; what it changes stays."""
    with opened(store) as holder:
        if isinstance(store, on_server.Place):
            holder.execute("BEGIN")
            holder.execute(on_server.WHOLE.format(store.schema))
        else:
            holder.execute("BEGIN IMMEDIATE")
        yield holder
        holder.execute("COMMIT")


def rows(store: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a query gives."""
    with opened(store) as connection:
        return connection.execute(sql).fetchall()


def image(store: Path) -> object:
    """All that a store holds, to see that it is still the same: a file's bytes, or every row."""
    if isinstance(store, on_server.Place):
        return on_server.contents(store)
    settle(store)
    return store.read_bytes()


def everything(store: Path) -> str:
    """All texts that a store holds, and what SQLite keeps beside a file."""
    if isinstance(store, on_server.Place):
        return repr(on_server.contents(store))
    return "".join(
        path.read_bytes().decode("utf-8", "replace")
        for path in store.parent.iterdir()
        if path.is_file()
    )


def settle(store: Path) -> None:
    """Have all that was written in the file itself."""
    if not isinstance(store, on_server.Place):
        with opened(store) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def beside(cli: Cli, name: str) -> Cli:
    """Where no store is yet, under another name."""
    if isinstance(cli.store, on_server.Place):
        return Cli(on_server.beside(cli.store))
    return Cli(cli.store.with_name(f"{name}.db"))


def twin(cli: Cli, name: str) -> Cli:
    """The same store once more, under another name."""
    if isinstance(cli.store, on_server.Place):
        return Cli(on_server.copied(cli.store))
    settle(cli.store)
    other = beside(cli, name)
    shutil.copy2(cli.store, other.store)
    return other


def replace(store: Path, other: Path, only: str = "") -> None:
    """Put another store in the place of one, as whoever has the file, or owns the schema, can.

    `only` is the table in which they differ.
    """
    if isinstance(store, on_server.Place):
        assert isinstance(other, on_server.Place)
        if not store.kept.is_whole:
            remove(store)
            only = ""
        on_server.refill(store, other, only)
        return
    for end in ("-wal", "-shm"):
        store.with_name(store.name + end).unlink(missing_ok=True)
    shutil.copy2(other, store)


def remove(store: Path) -> None:
    """Have no store there any more."""
    if isinstance(store, on_server.Place):
        on_server.execute(store, f"DROP SCHEMA {store.schema} CASCADE")
    else:
        store.unlink()


def trial(store: Path, folder: Path) -> Cli:
    """A copy of a store, to try something on; the copy before and its files are gone then."""
    folder.mkdir(exist_ok=True)
    for part in folder.iterdir():
        part.unlink()
    if isinstance(store, on_server.Place):
        if not store.kept.copies:
            return Cli(on_server.copied(store))
        on_server.refill(store.kept.copies[-1], store)
        return Cli(store.kept.copies[-1])
    for ending in ("", "-wal"):
        if (part := store.with_name(store.name + ending)).exists():
            shutil.copy2(part, folder / part.name)
    return Cli(folder / store.name)


def refusal(store: Path, sql: str) -> str:
    """What the database says when it refuses a statement, by any program whatever."""
    with opened(store) as connection, pytest.raises(REFUSALS) as refused:
        connection.execute(sql)
    return str(refused.value).partition("\n")[0]


def drop_guard(store: Path, name: str, table: str) -> None:
    """Take away what refuses a change of a table."""
    is_there = isinstance(store, on_server.Place)
    with opened(store) as connection:
        connection.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if is_there else ""))


@contextmanager
def unguarded(store: Path) -> Iterator[Any]:
    """A plain connection of whoever has the file: triggers and references are put aside."""
    with opened(store) as connection:
        if isinstance(store, on_server.Place):
            connection.execute("SET session_replication_role = replica")
        else:
            connection.execute("PRAGMA foreign_keys = OFF")
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f'DROP TRIGGER "{name}"')
        yield connection


def force(store: Path, *statements: str) -> None:
    """Harm a store as whoever has the file can: what the database refuses is done all the same."""
    with unguarded(store) as connection:
        if isinstance(connection, on_server.Plain):
            for statement in statements:
                assert forced(connection, statement) > 0, statement
            return
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            changed = connection.execute(statement).rowcount
            assert changed > 0, statement


def forced(there: on_server.Plain, statement: str) -> int:
    """Change rows of a server's table although a check refuses it; the check is there again then.

    PostgreSQL cannot put checks aside as SQLite can: they go, and come back without a look at rows.
    """
    gone: list[str] = []
    while True:
        try:
            changed = there.execute(statement).rowcount
            break
        except psycopg.errors.CheckViolation as refused:
            table, name = refused.diag.table_name, refused.diag.constraint_name
            ((text,),) = there.execute(
                f"""
                SELECT pg_get_constraintdef(oid)
                FROM pg_constraint
                WHERE conrelid = '{table}'::regclass AND conname = '{name}'
                """
            ).fetchall()
            there.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            gone.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {text} NOT VALID")
    for again in gone:
        there.raw.execute(again)
    return changed
