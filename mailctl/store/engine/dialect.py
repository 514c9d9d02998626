"""How JSON is written in statements, which both databases run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from mailctl.contract import Key, Kind
from mailctl.store.engine.connection import Cursor


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


# Texts of more rows leave the processor's cache before they are written: a fifth slower.
_BATCH = 100


def batches(cursor: Cursor) -> Iterator[tuple[object, ...]]:
    """The cursor's rows, fetched in batches."""
    return chain.from_iterable(iter(partial(cursor.fetchmany, _BATCH), []))
