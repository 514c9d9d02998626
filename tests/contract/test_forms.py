"""The forms of output: what programs read is complete, plain, and says the same in each form."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
import tracemalloc
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from mailctl.cli.app import carry_out
from mailctl.cli.render.text import clean, csv_text
from tests.contract.commands import COMMANDS
from tests.helpers import Cli

LISTS = [
    "customer list",
    "platform list",
    "account list --state all",
    "domain list",
    "find acme",
    "invoice list",
    "prepaid statement acme",
    "offer list",
    "tax list",
    "task list",
    "journal list",
    "settings list",
]
# Markup, terminal and title sequences, a C1 control, text direction, invisible and line ends.
EVIL = "[red]x[/]\x1b]0;own\x07\x1b[2J\x9b31m\u202eesrever\u200b\u2028\x85\x7f"
UNSEEN = {"\x1b", "\x07", "\x9b", "\u202e", "\u200b", "\u2028", "\x85", "\x7f"}


@pytest.mark.parametrize("command", LISTS)
def test_json_lines_are_the_items_of_json(busy: Cli, command: str) -> None:
    """Bare items, one a line, without the envelope."""
    assert busy(*command.split(), "-o", "jsonl").jsonl() == busy.ok(*command.split())["items"]


@pytest.mark.parametrize("command", LISTS)
def test_csv_and_tsv_have_the_same_columns_and_rows(busy: Cli, command: str) -> None:
    """Raw values: cents as integers, dates as they are, nothing for null."""
    rows = list(csv.reader(io.StringIO(busy(*command.split(), "-o", "csv").out)))
    tabbed = [line.split("\t") for line in busy(*command.split(), "-o", "tsv").out.splitlines()]

    assert rows == tabbed
    assert len(rows) == len(busy.ok(*command.split())["items"]) + 1


def test_a_finding_is_named_by_what_it_is_about_too(busy: Cli) -> None:
    """Two customers without a phone number are two names."""
    names = busy("advise", "-o", "name").out.splitlines()

    assert "finding/debt/customer/late" in names
    assert len(set(names)) == len(names)


def test_all_fields_in_tsv_are_the_keys_of_json(busy: Cli) -> None:
    """`--fields all` gives every key of a list, booleans as true and false."""
    header, first, *_ = busy("account", "list", "--fields", "all").out.splitlines()
    item = busy.ok("account", "list")["items"][0]

    assert header.split("\t") == list(item)
    assert dict(zip(header.split("\t"), first.split("\t"), strict=True)) == {
        key: "" if value is None else str(value).replace("True", "true")
        for key, value in item.items()
    }


def test_fields_are_given_in_the_order_asked_for(busy: Cli) -> None:
    """In every form, each once."""
    words = ["account", "list", "--limit", "1", "--fields", "address,id,address"]

    assert busy(*words).out == "address\tid\nanna@acme.example\t1\n"
    assert busy(*words, "-o", "csv").out == "address,id\nanna@acme.example,1\n"
    assert list(busy.ok(*words)["items"][0].items()) == [
        ("address", "anna@acme.example"),
        ("id", 1),
    ]


def test_fields_of_one_thing(busy: Cli) -> None:
    """The schema stays; an array fits a cell as JSON."""
    assert busy.ok("account", "show", "1", "--fields", "id,state") == {
        "schema": "mailctl/account/1",
        "id": 1,
        "state": "active",
    }
    assert busy("offer", "show", "email-pro", "--fields", "periods").out == (
        'periods\n["monthly", "yearly"]\n'
    )


def test_one_thing_as_tsv_has_all_its_scalar_keys(busy: Cli) -> None:
    """Under a header; arrays and objects are JSON's."""
    header, row = busy("invoice", "show", "2026-000001", "-o", "tsv").out.splitlines()

    assert header.split("\t")[0] == "number"
    assert not {"lines", "taxes", "seller", "buyer"} & set(header.split("\t"))
    assert row.split("\t")[0] == "2026-000001"


def test_an_unknown_field_is_refused_with_the_names_there_are(busy: Cli) -> None:
    """Arrays are not among the fields of a list."""
    got = busy("domain", "list", "--fields", "name,nme", "--json").error()

    assert got["message"] == "domain has no field 'nme'; did you mean name?"
    assert got["hint"] == "--fields all, or some of name,customer,claimed_on,accounts"
    assert busy("offer", "list", "--fields", "prices").status == 2
    assert busy("account", "list", "--fields", ",").status == 2


def test_names_are_arguments_of_other_commands(busy: Cli) -> None:
    """`-o name` prints `account/3`, which commands take."""
    assert busy("account", "list", "--platform", "acme-hx", "-o", "name").out == (
        "account/3\naccount/7\n"
    )
    assert busy.ok("account", "show", "account/3")["id"] == 3
    assert busy.ok("customer", "show", "customer/acme")["id"] == "acme"
    assert busy("customer", "show", "acme", "-o", "name").out == "customer/acme\n"


def test_names_come_in_on_standard_input(busy: Cli) -> None:
    """`account list -o name | account renew - --mode yearly`."""
    named = busy("account", "list", "--platform", "acme-pro", "-o", "name").out

    got = busy.ok("account", "renew", "-", "--mode", "yearly", "-y", stdin=named)

    assert [(item["account"], item["new"]) for item in got["items"]] == [
        (1, "yearly"),
        (2, "yearly"),
    ]


def test_no_names_on_standard_input_is_nothing_to_do(busy: Cli) -> None:
    """An empty list is no error."""
    got = busy.ok("account", "renew", "-", "--mode", "yearly", stdin="")

    assert (got["changed"], got["items"]) == (False, [])


def test_an_empty_list_is_success(store: Cli) -> None:
    """A header in TSV and CSV, no items in JSON, nothing in JSON Lines."""
    assert store("account", "list", "-o", "tsv").out.count("\n") == 1
    assert store("account", "list", "-o", "csv").out.count("\n") == 1
    assert store("account", "list", "-o", "json").out == (
        '{"schema": "mailctl/account-list/1", "items": []}\n'
    )
    assert store("account", "list", "-o", "jsonl").out == ""
    assert store("account", "list", "-o", "name").out == ""
    assert store("account", "list").status == 0


def test_json_is_utf_8_and_ends_in_a_line_end(store: Cli) -> None:
    """Letters are not escaped."""
    store.ok("customer", "add", "b", "--name", "Büro Éclair 東京", "--email", "b@b.example")

    got = store("customer", "list", "--json")

    assert "Büro Éclair 東京" in got.out
    assert got.out.endswith("}\n]}\n")


def test_json_short_for_output_json(busy: Cli) -> None:
    """Together with another form it is a contradiction."""
    assert busy("customer", "list", "--json").out == busy("customer", "list", "-o", "json").out
    assert busy("customer", "list", "--json", "-o", "json").status == 0
    assert busy("customer", "list", "--json", "-o", "csv").status == 2


def test_a_limit_shows_the_first(busy: Cli) -> None:
    """Lists are complete unless it is given."""
    assert [item["id"] for item in busy.ok("account", "list", "--limit", "2")["items"]] == [1, 2]


def test_a_change_without_a_form_says_a_sentence(busy: Cli) -> None:
    """On stdout, also in a pipe."""
    assert busy("account", "rename", "3", "Hugo.B@acme.example").out == (
        "Renamed account 3 from hugo@acme.example to hugo.b@acme.example.\n"
        "Undo: mailctl account rename 3 hugo@acme.example\n"
    )


def test_a_dry_run_says_what_would_be_and_changes_nothing(busy: Cli) -> None:
    """The same data, with `dry_run` true."""
    words = ["account", "rename", "3", "hugo.b@acme.example", "--dry-run"]

    assert busy(*words).out == (
        "Would rename account 3 from hugo@acme.example to hugo.b@acme.example.\n"
    )
    got = busy.ok(*words)
    assert (got["dry_run"], got["changed"], got["address"]) == (True, True, "hugo.b@acme.example")
    assert busy.ok("account", "show", "3")["address"] == "hugo@acme.example"


def test_a_dry_run_of_init_makes_no_store(cli: Cli) -> None:
    """It is checked all the same."""
    got = cli.ok("init", "--dry-run")

    assert (got["path"], got["dry_run"]) == (str(cli.store), True)
    assert list(cli.store.parent.iterdir()) == []
    assert cli("init", "--currency", "XYZ", "--dry-run").status == 2
    cli.ok("init")
    assert cli("init", "--dry-run", "--json").error()["code"] == "already-exists"


def test_a_tick_that_did_nothing_says_nothing_in_a_pipe(store: Cli) -> None:
    """So that cron sends no mail; asked for, the counts come."""
    assert store("tick") == store("tick", "-q")
    assert (store("tick").out, store("tick").err) == ("", "")
    assert store.ok("tick")["renewed"] == 0


@pytest.fixture
def evil(busy: Cli) -> Cli:
    """A store into which somebody wrote evil text, past all checks of input."""
    base = sqlite3.connect(busy.store)
    base.execute("PRAGMA ignore_check_constraints = ON")
    base.executescript(
        "DROP TRIGGER invoice_kept_u; DROP TRIGGER ledger_kept_u; DROP TRIGGER journal_kept_u;"
        "DROP TRIGGER batch_kept_u; DROP TRIGGER invoice_line_kept_u;"
    )
    for statement in (
        "UPDATE customer SET name = :x, email = :x, street = :x, phone = :x",
        "UPDATE account SET address = :x || id WHERE address IS NOT NULL",
        "UPDATE domain SET name = :x || id",
        "UPDATE offer SET label = :x",
        "UPDATE platform SET cancel_comment = :x",
        "UPDATE task SET address = :x, reason = :x, status = 'failed'",
        "UPDATE ledger SET reason = :x",
        "UPDATE journal SET kind = :x",
        "UPDATE batch SET actor = :x, command = :x",
        "UPDATE invoice SET buyer_name = :x",
        "UPDATE invoice_line SET address = :x",
        "INSERT INTO setting (name, value) VALUES ('seller-name', :x)",
    ):
        base.execute(statement, {"x": EVIL})
    base.commit()
    base.close()
    return busy


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "tsv", "name"])
@pytest.mark.parametrize(
    "command",
    [
        *LISTS,
        "customer show acme",
        "invoice show 2026-000001",
        "platform show acme-hx",
        "account show 1",
        "customer history acme",
        "offer show email-pro",
    ],
)
@pytest.mark.files_only("what is written is against the checks of the tables")
def test_evil_text_reaches_no_output(evil: Cli, command: str, form: str) -> None:
    """Whatever stands in the store: markup stays text, what steers a terminal is written out."""
    got = evil(*command.split(), "-o", form)

    assert (got.status, got.err) == (0, "")
    assert got.out != ""
    assert UNSEEN & set(got.out) == set()


@pytest.mark.files_only("what is written is against the checks of the tables")
def test_evil_text_in_json_means_the_same(evil: Cli) -> None:
    """A parser gets the very text that the store holds."""
    assert evil.ok("customer", "show", "acme")["name"] == EVIL


def test_evil_words_on_the_command_line_reach_no_message(busy: Cli) -> None:
    """Errors show what was typed; a terminal must not run it."""
    for words in (
        ["account", "show", EVIL],
        [EVIL],
        ["account", EVIL],
        ["account", "list", f"--{EVIL}"],
        ["account", "list", "--state", EVIL],
        ["account", "list", "--platform", EVIL],
        ["account", "rename", "3", EVIL],
        ["customer", "add", EVIL, "--name", "x", "--email", "x@x.example"],
        ["import", EVIL],
        ["--store", EVIL, "status"],
        ["help", "schema", EVIL],
    ):
        for form in ([], ["--json"]):
            got = busy(*words, *form)
            assert got.status in (1, 2, 4, 10), words
            assert UNSEEN & set(got.err) == set(), words
            assert got.out == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 東京 \u00a0", "plain é 東京 \u00a0"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\u202eb", "a\\u202eb"),
        ("tab\there", "tab\\x09here"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_is_not_seen_is_written_out(text: str, shown: str) -> None:
    """Letters of any script, and hard spaces, stay."""
    assert clean(text) == shown


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+33199001234", "'+33199001234"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "\\x09=1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_no_cell(text: str, cell: str) -> None:
    """What it would take for a formula begins with an apostrophe."""
    assert csv_text(text) == cell


def test_csv_neutralises_texts_and_leaves_numbers(store: Cli) -> None:
    """A negative balance is a number."""
    store.ok(
        "import", "-", stdin='id,name,email,balance_cents\na,"=HYPERLINK(""x"")",a@a.example,-500\n'
    )

    got = store("customer", "list", "-o", "csv", "--fields", "name,balance_cents").out

    assert list(csv.reader(io.StringIO(got)))[1] == ['\'=HYPERLINK("x")', "-500"]


def test_a_long_list_needs_no_more_memory_than_a_short_one(store: Cli, tmp_path: Path) -> None:
    """Rows are written as they are read."""
    file = tmp_path / "customers.csv"
    file.write_text(
        "id,name,email\n"
        + "".join(f"c{number},Customer {number},a@a.example\n" for number in range(20_000))
    )
    store.ok("import", "customers", str(file))
    peaks = {}
    for form in ("json", "jsonl", "csv", "tsv", "name"):
        for limit in ("2000", "20000"):
            words = ["customer", "list", "-o", form, "--limit", limit]
            peaks[form, limit] = _peak(store, words)

    for form in ("json", "jsonl", "csv", "tsv", "name"):
        assert peaks[form, "20000"] < peaks[form, "2000"] + 300_000, form


def _peak(store: Cli, words: list[str]) -> int:
    """Bytes at the most while a list is written to nowhere."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        tracemalloc.start()
        carry_out(["--store", str(store.store), *words])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return peak


def test_every_reading_command_shows_json(busy: Cli) -> None:
    """No command ignores the form that it is asked for."""
    missing = {
        name
        for name, command in COMMANDS.items()
        if command.thing and "--json" not in {flag for p in command.params for flag in p.opts}
    }

    assert missing == set()
