"""Tables on terminals of any width: nothing that names a thing, a day or an amount is cut."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from shlex import split
from typing import Any

import pytest

from mailctl.cli.render.columns import columns_of, is_free_text
from mailctl.contract import THINGS, Kind
from mailctl.domain.money import money
from tests.cli.terminal import all_on_terminal
from tests.conftest import copied
from tests.helpers import Cli
from tests.statements import taken
from tests.statements.camt_files import SELLER_IBAN

LONG = "a-customer-whose-id-has-as-many-letters-as-an-id-may-have-60"
PLATFORM = "the-platform-of-a-customer-with-as-long-a-name-as-it-may-be6"
LOCAL = "very-long-local-part.of-an-address.with-sixty-four-letters-64xyz"
ADDRESS = f"{LOCAL}@straße-und-weiß.日本語.example"
MORE = f"""
customer add {LONG} --name "日本語の名前 Étienne e\u0301 ß 👨‍👩‍👧 und noch viele Worte mehr" --email m@m.example
platform add {PLATFORM} --customer {LONG} --offer email-pro
account order {PLATFORM} {ADDRESS} short@b.example -y
prepaid credit {LONG} 1234.56 --received --reference REF-WITH-A-LONG-NAME-0001
settings set seller-iban={SELLER_IBAN}
bank import {{folder}}/statement.xml
method add card {LONG} --token tok_1 --brand visa --last4 4242 --expires 2027-12
platform renewal {PLATFORM} --manual -y
"""  # noqa: E501 - a command line
WIDTHS = (40, 60, 80, 120, 200)
LISTS = {
    "account list --state all": "account",
    "customer list": "customer",
    "platform list": "platform",
    "offer list": "offer",
    "order list": "order",
    "invoice list": "invoice",
    "invoice list --kind credit-note": "invoice",
    "payment list": "payment",
    "method list": "method",
    "notice list": "notice",
    "task list": "task",
    "domain list": "domain",
    "tax list": "tax",
    "journal list": "journal",
    "settings list --sort name": "setting",
    "bank list": "bank-entry",
    f"prepaid statement {LONG}": "statement",
    f"customer history {LONG}": "journal",
    "report revenue": "revenue",
    "report debts": "debt",
    "report vat --quarter 2026Q1": "vat",
}
SHOWN = (
    f"account show {ADDRESS}",
    f"account show {ADDRESS} --fields all",
    f"platform show {PLATFORM}",
    f"prepaid show {LONG}",
    "order show 4",
    "invoice show 2026-000001",
    "notice show 1",
    "status",
    "store info",
)
ATOM = re.compile(r"[^\s,;()]*[@…][^\s,;()]*|\d(?:[\d,.-]*\d)?")


@pytest.fixture(scope="module")
def long_original(busy_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The busy host with names as long as names may be, made once."""
    cli = copied(busy_original, Cli(tmp_path_factory.mktemp("long") / "mailctl.db"))
    (cli.store.parent / "statement.xml").write_text(taken.statement())
    for line in MORE.strip().splitlines():
        cli.ok(*split(line.format(folder=cli.store.parent)))
    return cli.store


@pytest.fixture
def long(long_original: Path, cli: Cli) -> Cli:
    """A copy of that host."""
    return copied(long_original, cli)


def wide(text: str) -> int:
    """How many columns a text takes, by the rules of Unicode alone."""
    joined = re.sub("\u200d.", "", text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in joined
    )


def expected(thing: str, item: dict[str, Any], key: str) -> str:
    """A value as a table shows it."""
    found = THINGS[thing].key(key)
    assert found is not None
    value = item[key]
    if found.kind is Kind.CENTS:
        return money(value, str(item.get("currency") or "EUR"))
    return str(value)


def atoms(thing: str, item: dict[str, Any], keys: tuple[str, ...]) -> list[str]:
    """The values of a row that must stand whole: what is not free text."""
    named = [(key, THINGS[thing].key(key)) for key in keys]
    return [
        expected(thing, item, key)
        for key, found in named
        if found
        and item[key] not in (None, "")
        and not is_free_text(thing, found)
        # `sent_at` is shown as its day.
        and found.kind in (Kind.CENTS, Kind.DATE, Kind.INTEGER, Kind.TEXT)
    ]


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_row_is_whole(long: Cli, columns: int) -> None:
    """In each list each id, address, date and amount of a column that has room; else it says so."""
    shown = all_on_terminal(long.store, list(LISTS), columns=columns)

    for line, thing in LISTS.items():
        out, err = shown[line]
        noted = " ".join(err.split())
        left = re.search(r"No room for: (.*?)\. A wider", noted)
        absent = left[1].split(", ") if left else []
        items = long.ok(*line.split(), "--fields", "all")["items"]
        kept = [column for column in columns_of(THINGS[thing])[0] if column.name not in absent]
        words = out.split()
        for item in items:
            for column in kept:
                if column.text is None:
                    for atom in atoms(thing, item, column.keys):
                        assert atom in out, (line, column.name, atom)
                        assert set(atom.split()) <= set(words), (line, atom)
        # In a block a value that is wider than the terminal has a line of its own.
        is_block = bool(items) and kept[1].name not in out.splitlines()[0]
        too_wide = [
            row
            for row in out.splitlines()
            if wide(row) > columns and (" " in row.strip() or not is_block)
        ]
        assert too_wide == [], line


@pytest.mark.parametrize("columns", WIDTHS)
def test_every_thing_is_whole(long: Cli, columns: int) -> None:
    """What one command shows of one thing: the same words as where there is no width."""
    shown = all_on_terminal(long.store, list(SHOWN), columns=columns)

    for line in SHOWN:
        whole = set(ATOM.findall(long(*line.split(), "-o", "table").out))
        words = set(ATOM.findall(shown[line][0]))
        assert words >= {atom for atom in whole if "T" not in atom}, (line, whole - words)


def test_where_not_even_the_important_columns_fit_each_row_is_a_block(long: Cli) -> None:
    """An address of a hundred letters on a terminal of forty stands on a line of its own."""
    (out, err) = all_on_terminal(long.store, ["account list"], columns=40)["account list"]

    assert ADDRESS in out.split("\n")
    assert "state     active" in out.split("\n")
    assert "No room" not in err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("account list --customer acme", "renews 2026-03-01"),
        ("account list --customer acme", "deletes 2026-02-15"),
        ("account list --customer acme --state deleted", "deleted 2026-01-01"),
        (f"account list --platform {PLATFORM}", "(manual)"),
        ("platform list", "expires 2026-03-01"),
        (f"platform list --customer {LONG}", "(manual)"),
        ("invoice list", "overdue since 2026-02-01"),
        ("invoice list", "paid 2026-"),
        ("order list", "paid 2026-"),
    ],
)
def test_one_column_says_what_comes_next_and_when(long: Cli, line: str, said: str) -> None:
    """In words and with its date; programs keep the keys that it is made of."""
    (out, _) = all_on_terminal(long.store, [line], columns=200)[line]

    assert said in out
    assert out.split("\n")[0].split().count("next") == 1


def test_programs_keep_every_column(long: Cli) -> None:
    """What people see in one column are several in a pipe."""
    head = long("account", "list").out.split("\n")[0]

    assert head.split("\t") == list(THINGS["account"].columns)
    assert long.ok("account", "list")["items"][0]["platform_renewal"] == "automatic"


def test_fields_that_were_asked_for_are_never_left_out(long: Cli) -> None:
    """On any terminal: beside each other, or below."""
    line = "account list --fields all --limit 1"
    (out, err) = all_on_terminal(long.store, [line], columns=60)[line]

    assert len(out.strip().split("\n")) == len(THINGS["account"].list_keys)
    assert err == ""


def test_long_lists_say_how_many_rows_they_have(long: Cli) -> None:
    """To a person; not in a pipe."""
    (_, err) = all_on_terminal(long.store, ["tax list"], columns=80)["tax list"]
    count = len(long.ok("tax", "list")["items"])

    assert err == f"{count} tax rates.\n"
    assert long("tax", "list", "-o", "table").err == ""


def test_no_amount_is_without_its_currency(long: Cli) -> None:
    """In the columns of money and among the settings; programs get the bare value."""
    lines = ["settings list", "offer list", "report debts", "prepaid statement late"]
    shown = all_on_terminal(long.store, lines, columns=200)

    for line in lines:
        for amount in re.findall(r"\d+\.\d\d(?: [A-Z]{3})?", "".join(shown[line])):
            assert amount.endswith(" EUR"), line
    settings = long.ok("settings", "list")["items"]
    assert {item["name"]: item["value"] for item in settings}["minimum-credit"] == "10.00"


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_a_plan_leaves_nothing_out(long: Cli, columns: int) -> None:
    """What is asked about stands whole on stderr, beside each other or below."""
    lines = [
        f"account reset {ADDRESS} --dry-run",
        f"account renew {ADDRESS} --mode none --dry-run",
        f"platform cancel {PLATFORM} --dry-run",
    ]
    shown = all_on_terminal(long.store, lines, columns=columns)

    for line in lines:
        plan = shown[line][1]
        assert ADDRESS in plan.split(), line
        assert re.search(r"\d{4}-\d{2}-\d{2}", plan), line
        assert "No room" not in plan
