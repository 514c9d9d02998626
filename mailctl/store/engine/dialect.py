"""What differs between databases: how dates, parameters and JSON are written, errors of SQLite.

All other SQL of mailctl is text that SQLite and PostgreSQL both run.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from mailctl.contract import Key, Kind
from mailctl.errors import (
    PUT_A_COPY_BACK,
    DiskFailedError,
    MailctlError,
    StoreBusyError,
    StoreDamagedError,
)

# A date is kept as its text, and given to statements as it is.
sqlite3.register_adapter(date, date.isoformat)


def json_object(values: Mapping[str, str]) -> str:
    """SQL that makes the text of one JSON object: keys, and an expression for each one's value."""
    pairs = (f"'{key}', {value}" for key, value in values.items())
    return f"json_object({', '.join(pairs)})"


def json_row(keys: Sequence[Key]) -> str:
    """SQL that makes one JSON text of the columns of `t` that are named like the keys."""
    return json_object({key.name: _json_value(key) for key in keys})


def _json_value(key: Key) -> str:
    column = f"t.{quoted(key.name)}"
    if key.kind is Kind.BOOLEAN:
        return f"json(iif({column}, 'true', 'false'))"
    return f"json({column})" if key.kind in (Kind.LIST, Kind.OBJECT) else column


def quoted(name: str) -> str:
    """A column's name in quotes: `on`, `order` and `to` are words of SQL."""
    return f'"{name}"'


_TOKEN = re.compile(
    r"""
    '(?:[^']|'')*'           # a string
    | "(?:[^"]|"")*"          # a name in quotes
    | --[^\n]*                # a comment
    | ::                      # a cast
    | :[A-Za-z_]\w*           # a parameter
    | \w+ | \s+ | .
    """,
    re.VERBOSE | re.DOTALL,
)
_TYPES = {"INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"'}


def for_postgresql(sql: str) -> tuple[str, tuple[str, ...]]:
    """A statement as PostgreSQL takes it, with the names of its parameters $1, $2 and so on."""
    names: dict[str, None] = {}
    types = _TYPES if sql.lstrip().startswith("CREATE") else {}

    def word(token: str) -> str:
        if token[0] == ":" and len(token) > 1 and token[1] != ":":
            names.setdefault(token[1:])
            return f"${list(names).index(token[1:]) + 1}"
        return types.get(token, token)

    tokens = map(word, _TOKEN.findall(sql))
    return ",".join(_arguments(tokens)), tuple(names)


def _arguments(tokens: Iterator[str]) -> list[str]:
    """What stands between commas, up to the parenthesis that closes."""
    found, before = [""], ""
    for part in tokens:
        match part:
            case ")":
                break
            case "(":
                found[-1] = found[-1].removesuffix(before) + _call(before, _arguments(tokens))
            case ",":
                found.append("")
            case _:
                found[-1] += part
        before = part
    return found


def _call(function: str, arguments: list[str]) -> str:
    """A call as PostgreSQL has it; its JSON has the same text as that of SQLite."""
    if function == "json":
        return f"CAST({arguments[0].strip()} AS JSON)"
    if function == "iif":
        # Some columns hold 0 or 1, others are conditions, for which PostgreSQL has a type.
        column, yes, no = (argument.strip() for argument in arguments)
        return f"CASE WHEN CAST({column} AS TEXT) IN ('1', 'true') THEN {yes} ELSE {no} END"
    if function == "json_object":
        pairs = zip(arguments[::2], arguments[1::2], strict=True)
        columns = ", ".join(
            f"{value.strip()} AS {quoted(key.strip()[1:-1])}" for key, value in pairs
        )
        return f"CAST((SELECT row_to_json(r) FROM (SELECT {columns}) r) AS TEXT)"
    return f"{function}({','.join(arguments)})"


def engine_version() -> str:
    """The version of the database that this process runs."""
    return sqlite3.sqlite_version


def batches(cursor: sqlite3.Cursor, size: int = 1000) -> Iterator[tuple[object, ...]]:
    """The cursor's rows, fetched in batches."""
    while rows := cursor.fetchmany(size):
        yield from rows


@contextmanager
def mapped_errors(path: object, holder: Callable[[], str] = str) -> Iterator[None]:
    """Turn what SQLite raises into a refusal with a code; bugs (wrong SQL) stay as they are.

    `holder` finds out who keeps a store busy, for the refusal that says so.
    """
    try:
        yield
    except sqlite3.Error as error:
        refused = _refusal(error, path, holder)
        if refused is None:
            raise
        raise refused from error


# What SQLite says about values that no mailctl has written.
_UNREADABLE = ("Could not decode to UTF-8", "malformed JSON")


def _refusal(error: sqlite3.Error, path: object, holder: Callable[[], str]) -> MailctlError | None:
    name = getattr(error, "sqlite_errorname", "")
    if str(error).startswith(_UNREADABLE):
        return StoreDamagedError(f"the store {path} is damaged: {error}", hint=PUT_A_COPY_BACK)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusyError(
            f"the store {path} is busy{holder()}", hint="try again, or give --wait S"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamagedError(f"the store {path} is damaged: {error}", hint=PUT_A_COPY_BACK)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return DiskFailedError(
            f"the disk failed under {path}: {error}",
            hint="free space or check the disk, then try again",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return DiskFailedError(
            f"the store {path} cannot be written or opened: {error}",
            hint="run as the store's owner, on a folder that can be written",
        )
    return None
