"""Explanations on a terminal, in a pipe, in JSON; refusals; late ticks; the erased."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest
from freezegun import freeze_time

from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.insight.telling import explained


def test_on_a_terminal_the_dates_stand_beside_the_text_and_commands_on_their_own_lines(
    busy: Cli,
) -> None:
    """Every line fits, and what is to come stands under `Next:`."""
    got = on_terminal(
        busy.store, "account", "explain", "10", columns=60, variables={"NO_COLOR": "1"}
    ).out.splitlines()

    assert got[:3] == [
        "Account 10 (lea@late.example) on late-pro of late",
        "(email-pro): suspended for debt since 2026-02-02. Not done",
        "on the mail server: create (to do, task 10) and suspend (to",
    ]
    assert max(len(line) for line in got if "  mailctl" not in line) <= 60
    assert "2026-02-02  Suspended for debt: invoice 2026-000009, due on" in got
    place = got.index("Next:")
    assert got[place + 1 :] == [
        "            Active again as soon as invoice 2026-000009 is",
        "            paid: 1.91 EUR is missing.",
        "2026-02-16  Deleted for good.",
        "",
        "Ways out:",
        "            1.91 EUR came, for invoice 2026-000009:",
        "              mailctl invoice pay 2026-000009",
        "            1.91 EUR came, for whatever is open:",
        "              mailctl prepaid credit late 1.91 --received",
        "            The whole debt came, 1.91 EUR:",
        "              mailctl order pay 13 --received",
        "            More time, until 2026-02-12 for one:",
        "              mailctl prepaid grace late --until 2026-02-12 --reason 'promised to pay'",
        "            It was billed by mistake:",
        "              mailctl invoice credit 2026-000009 --line 1 --reason 'billed by mistake'",
        "",
        "On the mail server:",
        "2026-01-25  Asked to make its mailbox (task 10), not",
        "            recorded as done since then. Once it is done:",
        "              mailctl task done 10",
        "2026-02-02  Asked to suspend it (task 13), not recorded as",
        "            done since then. Once it is done:",
        "              mailctl task done 13",
    ]


def test_json_has_the_sentences_and_what_comes_next(busy: Cli) -> None:
    """The next event and its day are those of `account show`; the command can be run."""
    got = busy.ok("account", "explain", "lea@late.example")

    assert {key: got[key] for key in got if key != "sentences"} == {
        "schema": "mailctl/explanation/1",
        "subject": "account/10",
        "customer": "late",
        "next_event": "deletion",
        "next_on": "2026-02-16",
        "command": "mailctl invoice pay 2026-000009",
    }
    assert got["sentences"][5] == {
        "on": "2026-02-16",
        "kind": "next",
        "text": "Deleted for good.",
    }
    assert [one["kind"] for one in got["sentences"]] == [
        "ordered", "task", "suspended", "task", "next", "next",
        *["way-out"] * 5, "mail-server", "mail-server",
    ]  # fmt: skip


def test_the_command_that_is_printed_does_what_it_says(busy: Cli) -> None:
    """The account works again the moment that the named invoice is paid."""
    command = busy.ok("account", "explain", "lea@late.example")["command"]

    busy.ok(*command.split()[1:])

    assert busy.ok("account", "show", "lea@late.example")["state"] == "active"


def test_names_and_fields_are_given_as_elsewhere(busy: Cli) -> None:
    """`-o name` is what other commands take; `--fields` chooses keys of the whole."""
    assert busy("account", "explain", "hugo@acme.example", "-o", "name").out == "account/3\n"
    assert busy("invoice", "explain", "2026-000001", "-o", "name").out == "invoice/2026-000001\n"
    assert busy(
        "account", "explain", "hugo@acme.example", "--fields", "next_event,next_on"
    ).out == ("next_event\tnext_on\nrenewal\t2026-03-01\n")


@pytest.mark.parametrize(
    ("command", "status", "code"),
    [
        ("account explain 99", 4, "account-not-found"),
        ("account explain nobody@acme.example", 4, "account-not-found"),
        ("invoice explain 2026-999999", 4, "invoice-not-found"),
        ("invoice explain AV2026-000001", 4, "invoice-not-found"),
        ("invoice explain 2026-000001 --line 3", 2, "usage"),
        ("invoice explain 2026-000001 --line 0", 2, "usage"),
        ("account explain 3 --fields text", 2, "usage"),
    ],
)
def test_what_cannot_be_explained_is_refused(
    busy: Cli, command: str, status: int, code: str
) -> None:
    """Unknown accounts and documents, lines that an invoice does not have, unknown fields."""
    outcome = busy(*command.split(), "-o", "json")

    assert (outcome.status, outcome.out) == (status, "")
    assert outcome.error()["code"] == code


def test_a_late_tick_bills_each_missed_term_and_says_so(cli: Cli) -> None:
    """Two months without a tick: two terms on one invoice, each with its own price."""
    with patch.dict(os.environ, {"LOGNAME": "root"}):
        with freeze_time("2026-01-31T09:00:00Z"):
            cli.ok("init", "--timezone", "UTC")
            cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
            cli.ok("prepaid", "credit", "acme", "100")
            cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
            cli.ok("account", "order", "acme-pro", "-y")
            cli.ok("offer", "price", "email-pro", "monthly", "2", "--from", "2026-03-01")
        with freeze_time("2026-04-02T09:00:00Z"):
            before = explained(cli, "account explain 1")
            cli.ok("tick", "--accept-gap")
            after = explained(cli, "account explain 1")
            invoice = explained(cli, "invoice explain 2026-000002")
            line = explained(cli, "invoice explain 2026-000002 --line 2")

    assert before[-1] == (
        "2026-04-02",
        "Next:",
        (
            "The next tick bills 2 monthly terms from 2026-02-28 to 2026-04-29: from 2026-02-28 "
            "1.59 EUR net, the price of email-pro, as shipped; from 2026-03-31 2.00 EUR net, the "
            "price of email-pro valid from 2026-03-01. acme's invoice of that day will be 4.31 "
            "EUR with 20 % tax. If nothing else is paid or ordered until then, the balance after "
            "it will be 93.78 EUR."
        ),
    )
    assert after[1] == (
        "2026-04-02",
        "",
        (
            "Renewed late, by the tick of this day, for 2 monthly terms from 2026-02-28 to "
            "2026-04-29: from 2026-02-28 1.59 EUR net, the price of email-pro, as shipped; from "
            "2026-03-31 2.00 EUR net, the price of email-pro valid from 2026-03-01; invoice "
            "2026-000002. Expiry 2026-04-30."
        ),
    )
    assert invoice[0][2] == (
        "Issued by the tick for what fell due from 2026-02-28 to 2026-03-31: 2 terms of 1 "
        "account. A term keeps its own days and price, however late it is billed."
    )
    assert line[1][2] == (
        "Billed on invoice 2026-000002, by the tick, 2 days after its expiry: the first tick that "
        "could."
    )


def test_explanations_of_erased_customers_name_nobody(store: Cli) -> None:
    """Address, VAT number, reasons and comments are gone; what was billed stays."""
    for command in (
        "customer add bolt --name B --email x@bolt.example --country DE --vat-number DE129273398",
        "platform add bolt-p --customer bolt --offer private-exchange",
        "prepaid credit bolt 10",
        "account order bolt-p anna@bolt.example -y",
        "account rename 1 berta@bolt.example",
        "invoice credit 2026-000001 --reason Berta -y",
        "account delete 1 -y",
        "platform cancel bolt-p --comment Berta -y",
        "prepaid refund bolt 10 --reason Berta -y",
        "task done --until 2030-01-01 --customer bolt -y",
        "customer close bolt -y",
        "customer erase bolt --confirm bolt",
    ):
        store.ok(*command.split())

    said = "".join(
        store(*command.split(), "-o", "json").out
        for command in (
            "account explain 1",
            "invoice explain 2026-000001",
            "invoice explain 2026-000001 --line 1",
            "invoice explain AV2026-000001",
            "invoice explain AV2026-000001 --line 1",
        )
    )

    assert "2.99 EUR net, the price of private-exchange, as shipped" in said
    assert "root renamed it." in said.replace(os.environ.get("LOGNAME", "root"), "root")
    for word in ("anna", "berta", "Berta", "DE129273398", "@"):
        assert word not in said
