"""The filters of lists: each leaves exactly the rows that it names, and refuses unknown names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from shlex import split
from typing import Any
from unittest.mock import patch

import pytest

from tests.conftest import copied
from tests.helpers import Cli
from tests.statements import taken
from tests.statements.camt_files import camt054, entry

IBAN = "FR7630006000011234567890189"
Row = dict[str, Any]
Kept = Callable[[Row], bool]

# A list, a filter, and the same in terms of the rows that the list has without it. On the host of
# these tests each leaves some of the rows, and not all.
FILTERS: list[tuple[str, str, Kept]] = [
    ("account list --state all", "--offer email-pro", lambda row: row["offer"] == "email-pro"),
    (
        "account list --state all",
        "--domain acme.example",
        lambda row: str(row["address"]).endswith("@acme.example"),
    ),
    (
        "account list",
        "--domain acme.example --offer hosted-exchange",
        lambda row: (
            str(row["address"]).endswith("@acme.example") and row["offer"] == "hosted-exchange"
        ),
    ),
    (
        "account list --state deleted",
        "--domain acme.example",
        lambda row: row["customer"] == "acme",
    ),
    ("customer list", "--country DE", lambda row: row["country"] == "DE"),
    ("customer list", "--country de", lambda row: row["country"] == "DE"),
    ("customer list", "--state open", lambda row: row["state"] == "open"),
    ("customer list", "--state closed", lambda row: row["state"] == "closed"),
    ("customer list", "--since 2026-01-02", lambda row: row["created_on"] >= "2026-01-02"),
    ("customer list", "--until 2026-01-01", lambda row: row["created_on"] <= "2026-01-01"),
    ("platform list", "--offer email-pro", lambda row: row["offer"] == "email-pro"),
    ("platform list", "--renewal manual", lambda row: row["renewal"] == "manual"),
    ("platform list", "--state closed", lambda row: row["state"] == "closed"),
    ("platform list", "--since 2026-01-02", lambda row: row["created_on"] >= "2026-01-02"),
    ("platform list", "--until 2026-01-01", lambda row: row["created_on"] <= "2026-01-01"),
    ("domain list", "--since 2026-01-02", lambda row: row["claimed_on"] >= "2026-01-02"),
    ("domain list", "--until 2026-01-01", lambda row: row["claimed_on"] <= "2026-01-01"),
    ("order list", "--status delivered", lambda row: row["status"] == "delivered"),
    ("order list", "--status not-paid", lambda row: row["status"] == "not-paid"),
    ("order list", "--open", lambda row: row["status"] == "not-paid"),
    ("order list", "--since 2026-01-02", lambda row: row["ordered_on"] >= "2026-01-02"),
    ("invoice list", "--open", lambda row: row["status"] == "open"),
    ("invoice list", "--status open", lambda row: row["status"] == "open"),
    ("invoice list", "--status paid", lambda row: row["status"] == "paid"),
    ("invoice list", "--overdue", lambda row: row["customer"] == "owes"),
    ("invoice list", "--overdue --status open", lambda row: row["customer"] == "owes"),
    ("method list", "--kind card", lambda row: row["kind"] == "card"),
    ("method list", "--status expired", lambda row: row["status"] == "expired"),
    ("method list", "--status valid", lambda row: row["status"] == "valid"),
    ("payment list", "--kind paypal", lambda row: row["method"] == 3),
    ("payment list", "--since 2026-03-01", lambda row: row["created_on"] >= "2026-03-01"),
    ("payment list", "--until 2026-02-28", lambda row: row["created_on"] <= "2026-02-28"),
    ("task list", "--status done", lambda row: row["status"] == "done"),
    ("task list", "--status todo", lambda row: row["status"] == "todo"),
    ("task list", "--todo", lambda row: row["status"] == "todo"),
    ("task list", "--kind suspend", lambda row: row["kind"] == "suspend"),
    (
        "task list",
        "--status todo --kind create",
        lambda row: (row["status"], row["kind"]) == ("todo", "create"),
    ),
    ("task list", "--search ACME", lambda row: "acme" in row["address"]),
    ("task list", "--since 2026-02-01", lambda row: row["on"] >= "2026-02-01"),
    ("task list", "--until 2026-01-01", lambda row: row["on"] <= "2026-01-01"),
    ("offer list", "--open", lambda row: row["closed_on"] is None),
    ("offer list", "--search Exchange", lambda row: "exchange" in row["name"]),
    ("tax list", "--country de", lambda row: row["country"] == "DE"),
    ("journal list", "--kind invoiced", lambda row: row["kind"] == "invoiced"),
    ("journal list", "--actor night", lambda row: row["actor"] == "night"),
    ("journal list", "--command 'order pay'", lambda row: row["command"] == "order pay"),
    ("journal list", "--subject account/3", lambda row: row["subject"] == "account/3"),
    ("bank list", "--unmatched", lambda row: row["state"] == "unmatched"),
    ("bank list", "--proposed", lambda row: row["state"] == "proposed"),
    (
        "bank list",
        "--unmatched --proposed",
        lambda row: row["state"] in ("unmatched", "proposed"),
    ),
    ("bank list", "--state booked", lambda row: row["state"] == "booked"),
    ("bank list", "--customer slow", lambda row: row["customer"] == "slow"),
    ("bank list", "--search dupont", lambda row: row["name"] == "J. Dupont"),
    ("bank list", "--since 2026-02-06", lambda row: row["on"] >= "2026-02-06"),
    ("bank list", "--until 2026-02-05", lambda row: row["on"] <= "2026-02-05"),
    ("customer history acme", "--since 2026-01-02", lambda row: row["on"] >= "2026-01-02"),
    ("platform history acme-hx", "--until 2026-01-01", lambda row: row["on"] <= "2026-01-01"),
    ("account history 7", "--since 2026-01-02", lambda row: row["on"] >= "2026-01-02"),
]


@pytest.fixture(scope="module")
def varied_original(busy_original: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The busy host with something of every kind, made once."""
    cli = copied(busy_original, Cli(tmp_path_factory.mktemp("varied") / "mailctl.db"))
    statement, later = (cli.store.with_name(name) for name in ("statement.xml", "later.xml"))
    statement.write_text(taken.statement())
    later.write_bytes(camt054(entry(-100, reference="R-9", day="2026-02-06")))
    for line in (
        "customer add gone --name Gone --email it@gone.example",
        "customer close gone --yes",
        "platform renewal bolt-hx --manual --yes",
        "method add card bolt --token t --brand Visa --last4 4242 --expires 2026-02",
        f"method add bank late --iban {IBAN} --holder L --mandate M --signed 2026-01-15",
        "task done 1",
        "task fail 2 --reason full",
        "account order slow-pro x@slow.example --await-payment --yes",
        "prepaid credit slow 20",
        "order pay 15 --yes",
        "customer add owes --name Owes --email it@owes.example",
        "platform add owes-pro --customer owes --offer email-pro",
        "account order owes-pro o@owes.example --yes",
        "tick --to 2026-03-02",
        "method add paypal slow --agreement B1",
        "account order slow-pro y@slow.example --count 3 --period yearly --yes",
        "customer add new --name New --email it@new.example",
        "platform add new-pro --customer new --offer email-pro",
        taken.OURS,
        f"bank import {statement} {later}",
    ):
        cli.ok(*split(line))
    with patch.dict(os.environ, {"LOGNAME": "night"}):
        cli.ok("customer", "edit", "acme", "--city", "Nice")
    return cli.store


@pytest.fixture
def varied(varied_original: Path, cli: Cli) -> Cli:
    """A copy of that host."""
    return copied(varied_original, cli)


@pytest.mark.parametrize(
    ("command", "option", "keeps"),
    FILTERS,
    ids=[f"{command} {option}" for command, option, _ in FILTERS],
)
def test_a_filter_leaves_the_rows_that_it_names(
    varied: Cli, command: str, option: str, keeps: Kept
) -> None:
    """The rows of the whole list that it describes, in their order; neither none nor all."""
    rows = varied.ok(*split(command))["items"]
    kept = [row for row in rows if keeps(row)]

    assert 0 < len(kept) < len(rows)
    assert varied.ok(*split(command), *split(option))["items"] == kept


DATED = {
    "customer list": "created_on",
    "platform list": "created_on",
    "domain list": "claimed_on",
    "order list": "ordered_on",
    "invoice list": "issued_on",
    "payment list": "created_on",
    "task list": "on",
    "notice list": "queued_on",
    "journal list": "on",
    "prepaid statement acme": "on",
    "customer history acme": "on",
    "platform history acme-hx": "on",
    "account history 7": "on",
}


@pytest.mark.parametrize("command", DATED)
def test_the_first_and_the_last_day_are_among_the_days_asked_for(varied: Cli, command: str) -> None:
    """--since and --until of any day on which something is in the list."""
    key = DATED[command]
    rows = varied.ok(*split(command))["items"]
    for day in sorted({row[key] for row in rows}):
        since = varied.ok(*split(command), "--since", day)["items"]
        until = varied.ok(*split(command), "--until", day)["items"]
        assert since == [row for row in rows if row[key] >= day]
        assert until == [row for row in rows if row[key] <= day]


def test_without_a_filter_deleted_accounts_are_left_out(varied: Cli) -> None:
    """--state all has them."""
    everything = varied.ok("account", "list", "--state", "all")["items"]
    live = [row for row in everything if row["state"] != "deleted"]
    assert 0 < len(live) < len(everything)
    assert varied.ok("account", "list")["items"] == live


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("account list --offer email-por", "offer-not-found", "did you mean email-pro?"),
        ("account list --domain acme.exampel", "domain-not-found", "did you mean acme.example"),
        ("platform list --offer nothing", "offer-not-found", "there is no offer nothing"),
        ("task list --status open", "usage", "todo, done, failed"),
        ("task list --kind created", "usage", "did you mean create?"),
        ("order list --status paid", "usage", "not-paid, delivered, cancelled"),
        ("customer list --country XX", "usage", "'XX' is not a country"),
        ("tax list --country germany", "usage", "'germany' is not a country"),
        ("customer list --state close", "usage", "did you mean closed?"),
        ("platform list --renewal auto", "usage", "did you mean automatic?"),
        ("method list --kind visa", "usage", "bank, card, paypal"),
        ("payment list --kind iban", "usage", "bank, card, paypal"),
        ("payment list --since yesterday", "usage", "'yesterday' is not a date"),
        ("invoice list --overdue --kind credit-note", "usage", "a credit note is neither open"),
        ("invoice list --open --status paid", "usage", "a paid invoice is neither open"),
        ("task list --todo --status failed", "usage", "a task that is failed is not to do"),
    ],
)
def test_a_filter_refuses_what_there_is_not(
    varied: Cli, command: str, code: str, said: str
) -> None:
    """An error that names what there is, not an empty list."""
    got = varied(*command.split(), "-o", "json")

    assert (got.out, got.error()["code"]) == ("", code)
    assert said in got.error()["message"]


def test_an_invoice_is_not_overdue_during_a_grace(varied: Cli) -> None:
    """As `report debts` and `advise` count it."""
    overdue = varied.ok("invoice", "list", "--overdue")["items"]
    assert [one["customer"] for one in overdue] == ["owes"]

    varied.ok("prepaid", "grace", "owes", "--until", "2026-03-20", "--reason", "asked")

    assert varied.ok("invoice", "list", "--overdue")["items"] == []


def test_a_kind_that_no_journal_row_can_have_is_pointed_out(varied: Cli) -> None:
    """The list is empty, as a script expects; a person reads which kind was probably meant."""
    got = varied("journal", "list", "--kind", "invoicd", "-o", "jsonl")

    assert (got.status, got.out) == (0, "")
    assert got.err == (
        "warning: no row of the journal has the kind invoicd; did you mean invoiced or "
        "invoice-credited?\n"
    )


def test_a_kind_of_which_the_journal_has_no_row_gives_an_empty_list(varied: Cli) -> None:
    """Nothing of that kind has happened yet: a script need not ask before."""
    got = varied("journal", "list", "--kind", "customer-erased", "-o", "jsonl")

    assert (got.status, got.out, got.err) == (0, "", "")


def test_a_person_of_whom_the_journal_knows_nothing_is_pointed_out(varied: Cli) -> None:
    """The list is empty, as a script expects; a person reads that the name may be wrong."""
    got = varied("journal", "list", "--actor", "nobody-of-here", "-o", "jsonl")

    assert (got.status, got.out) == (0, "")
    assert got.err == "warning: no row of the journal has the actor nobody-of-here\n"


@pytest.mark.parametrize("column", ["command", "actor"])
def test_the_journal_of_a_command_or_a_person_is_whole(busy: Cli, column: str) -> None:
    """The first and the last row of it too, and those between others' rows."""
    rows = busy.ok("journal", "list")["items"]
    for value in {row[column] for row in rows}:
        got = busy.ok("journal", "list", f"--{column}", value)["items"]
        assert got == [row for row in rows if row[column] == value]
