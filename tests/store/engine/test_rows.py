"""Rows become typed facts: what the database holds is what the field says, or it is refused."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages
from typing import get_type_hints

import pytest

import mailctl.store
from mailctl.store.engine.rows import _hints, mapper
from mailctl.values import Value


class Color(StrEnum):
    RED = "red"


class Owner(Value):
    name: str
    born_on: date | None = None


class Thing(Value):
    id: int
    color: Color
    is_new: bool
    made_on: date
    note: str | None
    owner: Owner
    heir: Owner | None = None
    details: dict[str, str | None] | None = None


COLUMNS = ("id", "color", "is_new", "made_on", "note", "owner_name", "owner_born_on")
ROW = (7, "red", 1, "2026-02-28", None, "acme", "1999-01-31")
MADE = Thing(
    id=7, color=Color.RED, is_new=True, made_on=date(2026, 2, 28), note=None,
    owner=Owner(name="acme", born_on=date(1999, 1, 31)),
)  # fmt: skip


def test_each_column_is_the_field_of_that_name() -> None:
    """Dates, flags and words of the schema arrive as what they are, nested facts too."""
    assert mapper(Thing, COLUMNS)(ROW) == MADE
    turned = mapper(Thing, reversed(COLUMNS))(tuple(reversed(ROW)))
    assert turned == MADE


def test_a_dictionary_is_kept_as_json() -> None:
    """What differs from kind to kind is one text in the database, and a dictionary in a fact."""
    build = mapper(Thing, (*COLUMNS, "details"))
    assert build((*ROW, '{"bic": null, "iban": "FR76"}')).details == {"bic": None, "iban": "FR76"}


def test_what_was_not_found_is_none() -> None:
    """A nested fact of an outer join that found nothing is None, not a fact of nothing."""
    build = mapper(Thing, (*COLUMNS, "heir_name", "heir_born_on"))
    assert build((*ROW, None, None)).heir is None
    assert build((*ROW, "bob", None)).heir == Owner(name="bob")


@pytest.mark.parametrize(("place", "value"), [(0, None), (1, "blue"), (3, "2026-02-30"), (5, None)])
def test_what_no_field_can_hold_is_refused(place: int, value: object) -> None:
    """A missing value, a word or a day that does not exist: nothing goes on with them."""
    row = [*ROW]
    row[place] = value  # type: ignore[call-overload]
    with pytest.raises(ValueError, match=r"value|blue|2026-02-30|day"):
        mapper(Thing, COLUMNS)(row)


def test_columns_and_fields_must_fit() -> None:
    """A column that is no field, and a field that no column gives, are bugs that show at once."""
    with pytest.raises(TypeError, match="weight"):
        mapper(Thing, (*COLUMNS, "weight"))
    with pytest.raises(TypeError, match="note"):
        mapper(Thing, [name for name in COLUMNS if name != "note"])


def test_the_types_of_all_facts_are_those_that_python_finds() -> None:
    """They are read without `typing`, which takes ten times as long."""
    for module in walk_packages(mailctl.store.__path__, "mailctl.store."):
        for kind in vars(import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, Value):
                assert _hints(kind) == get_type_hints(kind), kind
