"""A value is of the type that `help schema` and the reference say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mailctl.contract import THINGS, Kind
from tests.contract.test_forms import LISTS
from tests.helpers import Cli

TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
COMMANDS = [
    *LISTS,
    "invoice render --since 2026-01-01 --format ubl --to .",
    "payment export --kind bank --format csv --to debits.csv -y",
    "report revenue",
    "report vat --quarter 2026Q1",
    "report vat --quarter 2026Q1 --oss",
    "status",
    "tick",
]


def wrong(cli: Cli, got: dict[str, Any], name: str) -> list[str]:
    """The keys of a thing whose values are of another type than its schema says."""
    schema = json.loads(cli("help", "schema", name).out)["properties"]
    found = []
    for key, value in got.items():
        said = schema.get(key, {}).get("type")
        known = [said] if isinstance(said, str) else said or []
        types = [TYPES[one] for one in known if one != "null"]
        if value is not None and types and type(value) not in types:
            found.append(f"{name}.{key}: {value!r}")
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_value_has_the_type_that_the_schema_says(busy: Cli, command: str) -> None:
    got = json.loads(busy(*command.split(), "-o", "json").out)
    name = got["schema"].split("/")[1]
    items = got["items"] if name.endswith("-list") else [got]
    assert [wrong(busy, item, name.removesuffix("-list")) for item in items] == [[]] * len(items)


@pytest.mark.parametrize(
    ("thing", "keys"),
    [
        ("sending", "refused_us undocumented"),
        ("password", "task"),
        ("mailbox-export", "task"),
        ("payment-file", "file payments"),
    ],
)
def test_what_is_counted_or_numbered_is_a_number(thing: str, keys: str) -> None:
    for key in keys.split():
        found = THINGS[thing].key(key)
        assert found is not None
        assert found.kind is Kind.INTEGER
