"""Rows become typed facts: each column is the field of that name, converted to the field's type.

A field that is itself a value takes the columns that begin with its name: `platform_name` is
the `name` of the field `platform`. A dictionary is kept as JSON. Columns and fields that do not
fit each other are a bug, and a value that the field's type does not have was not written by
mailctl.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

from mailctl.values import Value, maker, names

Fact = TypeVar("Fact")
Row = Sequence[Any]


def mapper(fact: type[Fact], columns: Iterable[str]) -> Callable[[Row], Fact]:
    """The function that makes a fact of a row with these columns.

    Raises TypeError where a column is no field, or a field without a default has no column; the
    function raises ValueError for a value that the field's type does not have.
    """
    build: Callable[[Row], Fact] = _mapper(cast("Any", fact), tuple(columns))
    return build


@cache
def _mapper(fact: Any, columns: tuple[str, ...]) -> Callable[[Row], Any]:
    places = {name: place for place, name in enumerate(columns)}
    build = _builder(fact, places)
    if places:
        raise TypeError(f"{fact.__name__} has no fields for the columns {', '.join(places)}")
    return build


def _builder(fact: Any, places: dict[str, int], prefix: str = "") -> Callable[[Row], Any]:
    """Take the columns of a fact out of `places`, and say how they are put together."""
    hints = _hints(fact)
    readers: dict[str, Callable[[Row], Any]] = {}
    for name in names(fact):
        column = prefix + name
        kind, is_optional = _kind(hints[name])
        if column in places:
            read = _column(places.pop(column), column, kind, is_optional=is_optional)
        elif _is_value(kind) and any(one.startswith(f"{column}_") for one in places):
            read = _nested(kind, places, column, is_optional=is_optional)
        else:
            continue
        readers[name] = read
    make = maker(fact, tuple(readers))
    reads = tuple(readers.values())
    return lambda row: make([read(row) for read in reads])


_USUAL: dict[str, Any] = {
    "int": int,
    "str": str,
    "bool": bool,
    "int | None": int | None,
    "str | None": str | None,
}
"""Types by their names, which mean the same in every module."""


def _hints(fact: Any) -> dict[str, Any]:
    """The fields' types, as `typing.get_type_hints` gives them in ten times as long."""
    found: dict[str, Any] = {}
    for kind in reversed(fact.__mro__):
        for name, text in vars(kind).get("__annotations__", {}).items():
            usual = _USUAL.get(text)
            found[name] = usual or eval(text, vars(sys.modules[kind.__module__]))  # noqa: S307 - our own words
    return found


def _is_value(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Value)


def _kind(hint: Any) -> tuple[Any, bool]:
    """The type of a field, and whether it may be None."""
    if isinstance(hint, UnionType):
        kinds = [get_origin(kind) or kind for kind in get_args(hint) if kind is not NoneType]
        return (kinds[0] if len(kinds) == 1 else object), len(kinds) < len(get_args(hint))
    return get_origin(hint) or hint, hint is object


def _column(place: int, name: str, kind: Any, *, is_optional: bool) -> Callable[[Row], Any]:
    convert = _conversion(kind)

    def read(row: Row) -> Any:
        value = row[place]
        if value is None:
            if is_optional:
                return None
            raise ValueError(f"{name} has no value")
        return value if convert is None else convert(value)

    return read


def _conversion(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a value of the type of what the database holds; None where it holds the same."""
    if kind is date:
        return date.fromisoformat
    if kind is dict:
        import json

        return json.loads
    if kind is datetime:
        return datetime.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum | bool):
        return kind
    return None


def _nested(
    kind: Any, places: dict[str, int], name: str, *, is_optional: bool
) -> Callable[[Row], Any]:
    before = set(places.values())
    build = _builder(kind, places, f"{name}_")
    its_own = tuple(before - set(places.values()))

    def read(row: Row) -> Any:
        if is_optional and all(row[place] is None for place in its_own):
            return None
        return build(row)

    return read
