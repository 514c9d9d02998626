"""A statement as PostgreSQL takes it: its parameters, its types, its JSON.

All other SQL of mailctl is text that SQLite and PostgreSQL both run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailctl.store.engine.dialect import quoted

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
