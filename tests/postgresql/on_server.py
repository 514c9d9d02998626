"""A command line whose store is in a schema of its own, on the server of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg

from tests.helpers import Cli
from tests.postgresql.server import Server

_NUMBERS = count(1)


def url(server: Server, schema: str) -> str:
    """A store on the server, as `--store` names it."""
    return f"postgresql:///postgres?host={server.folder}&user={server.owner}&schema={schema}"


def command_line(server: Server) -> Cli:
    """A command line where no store is yet."""
    return Cli(url(server, f"store_{next(_NUMBERS)}"))  # type: ignore[arg-type]


def schema_of(cli: Cli) -> str:
    """The schema of a command line's store."""
    return str(cli.store).rpartition("=")[2]


@contextmanager
def session(server: Server, schema: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of another program's, in the store's schema; what it does stays done."""
    with psycopg.connect(
        host=str(server.folder), user=server.owner, dbname="postgres", autocommit=True,
        options=f"-c search_path={schema}",
    ) as connection:  # fmt: skip
        yield connection


def contents_on(server: Server, schema: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of a store."""
    with session(server, schema) as base:
        tables = base.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'",
            [schema],
        ).fetchall()
        return {
            name: sorted(base.execute(f"SELECT * FROM {name}").fetchall(), key=repr)  # type: ignore[call-overload]
            for (name,) in tables
        }
