"""`--sort KEY` on every list: by any of its keys, empty values last, equal ones as before."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mailctl.cli.app import program
from mailctl.cli.completion import completions
from mailctl.contract import THINGS
from tests.contract.commands import COMMANDS
from tests.helpers import Cli

LISTS = {
    "customer list": "customer",
    "customer history acme": "journal",
    "platform list": "platform",
    "account list --state all": "account",
    "account history 3": "journal",
    "domain list": "domain",
    "order list": "order",
    "invoice list": "invoice",
    "prepaid statement acme": "statement",
    "method list": "method",
    "payment list": "payment",
    "notice list": "notice",
    "task list": "task",
    "offer list": "offer",
    "tax list": "tax",
    "journal list": "journal",
    "settings list": "setting",
    "report revenue": "revenue",
    "report debts": "debt",
    "report vat --quarter 2026Q1": "vat",
    "advise": "finding",
    "store check": "check",
    "help errors": "error",
}


def in_order(values: list[Any], *, downwards: bool) -> list[Any]:
    """Numbers and texts that are numbers by value, other texts without regard to case."""
    numeric = all(re.fullmatch(r"-?\d+(\.\d+)?", str(value)) for value in values)

    def rank(value: Any) -> Any:
        return float(value) if numeric or isinstance(value, bool) else str(value).lower()

    return sorted(values, key=rank, reverse=downwards)


@pytest.mark.parametrize("line", LISTS)
def test_every_list_is_sorted_by_each_of_its_keys(busy: Cli, line: str) -> None:
    """Up and down; rows without a value stand at the end either way."""
    words = line.split()
    plain = busy(*words, "--json").json()["items"]

    for key in THINGS[LISTS[line]].list_keys:
        if key.kind == "object":
            continue
        for sign in ("", "-"):
            got = busy(*words, "--json", f"--sort={sign}{key.name}").json()["items"]
            values = [item[key.name] for item in got]
            filled = [value for value in values if value not in (None, "")]
            assert values[: len(filled)] == filled, (key.name, sign)
            assert filled == in_order(filled, downwards=bool(sign)), (key.name, sign)
            assert sorted(map(str, got)) == sorted(map(str, plain)), (key.name, sign)


def test_no_list_was_forgotten() -> None:
    """Every command that shows a list and changes nothing has the option."""
    having = {
        name
        for name, command in COMMANDS.items()
        if any("--sort" in parameter.opts for parameter in command.params)
    }
    lists = {" ".join(line.split()[:2]) for line in LISTS} | {
        name for name in COMMANDS if name.endswith(" list")
    }

    assert having >= lists


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "tsv", "name"])
def test_every_form_has_the_order(busy: Cli, form: str) -> None:
    """Also where the column itself is not shown."""
    up = busy("account", "list", "--sort", "expires_on", "-o", form, "--fields", "id").out
    down = busy("account", "list", "--sort", "-expires_on", "-o", form, "--fields", "id").out

    ids = [item["id"] for item in busy.ok("account", "list", "--sort", "expires_on")["items"]]
    shown = [
        int("".join(filter(str.isdigit, line))) for line in up.splitlines() if line[-1:] != "d"
    ]
    assert shown == ids
    assert down != up


def test_the_limit_counts_what_is_sorted(busy: Cli) -> None:
    """The first rows of the order, not the first rows put in order."""
    every = busy.ok("account", "list", "--sort", "-id")["items"]
    needed = busy.ok("platform", "list", "--sort", "renews_on")["items"]

    assert busy.ok("account", "list", "--sort", "-id", "--limit", "2")["items"] == every[:2]
    assert busy.ok("platform", "list", "--sort", "renews_on", "--limit", "1")["items"] == needed[:1]


def test_names_are_sorted_without_regard_to_case(busy: Cli) -> None:
    """By bytes, every capital would come before every small letter."""
    busy.ok("customer", "edit", "acme", "--name", "Zebra")
    busy.ok("customer", "edit", "bolt", "--name", "yak")

    names = [item["name"] for item in busy.ok("customer", "list", "--sort", "name")["items"]]
    assert names == sorted(names, key=str.lower) != sorted(names)


def test_equal_rows_keep_their_own_order(busy: Cli) -> None:
    """By id, up and down."""
    for sign in ("", "-"):
        got = busy.ok("account", "list", f"--sort={sign}customer")["items"]
        for customer in {item["customer"] for item in got}:
            ids = [item["id"] for item in got if item["customer"] == customer]
            assert ids == sorted(ids)


def test_a_key_that_there_is_not_is_refused_with_those_that_there_are(busy: Cli) -> None:
    got = busy("account", "list", "--sort", "expires", "--json")

    assert (got.status, got.error()["code"]) == (2, "usage")
    assert got.error()["message"] == (
        "--sort expires: account has no field 'expires'; did you mean expires_on?"
    )
    assert "expires_on" in got.error()["hint"]


def test_a_bare_noun_is_sorted_too(busy: Cli) -> None:
    """`mailctl account --sort -id` lists."""
    got = busy("account", "--sort", "-id", "--fields", "id")

    assert got.out.splitlines()[1:] == sorted(got.out.splitlines()[1:], key=int, reverse=True)


@pytest.mark.parametrize(
    ("words", "typed", "offered"),
    [
        (["account", "list", "--sort"], "exp", "expires_on"),
        (["account", "list", "--sort"], "-exp", "-expires_on"),
        (["account", "list"], "--sort=-exp", "--sort=-expires_on"),
        (["account", "list"], "--so", "--sort"),
    ],
)
def test_the_shell_completes_the_keys(words: list[str], typed: str, offered: str) -> None:
    """Upwards and downwards."""
    assert [item.value for item in completions(program(), words, typed)] == [offered]
