"""A command that is printed reaches the store that it was printed for, however that was named."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from mailctl.cli.nouns import NOUNS
from tests.contract.test_wrong_input import ALL, in_json, words_of
from tests.helpers import Cli, contents

# A command of mailctl that reaches whichever store is the default.
BARE = re.compile(rf"(?<![\w./-])mailctl (?:{'|'.join(set(NOUNS) - {'help', 'demo'})})(?![\w-])")


@pytest.fixture
def other(busy: Cli) -> Cli:
    """A real store as the default; the busy one, for trials, has a quote in its name."""
    busy.store.rename(busy.store.with_name("it's a trial.db"))
    real = Cli(busy.store)
    real.ok("init", "--clock", "2026-02-05")
    return real


@pytest.fixture
def trial(other: Cli) -> str:
    """The path of the store for trials, from the current folder."""
    return str(other.store.with_name("it's a trial.db"))


def commands_in(text: str) -> list[list[str]]:
    """The commands that a text contains, each to the end of its line, as a shell reads them."""
    return [shlex.split(found) for found in re.findall(r"mailctl --store .*", text)]


@pytest.mark.files_only("the store's name is a path")
def test_every_hint_of_an_error_names_the_store_that_was_given(other: Cli, trial: str) -> None:
    """Wrong input of every kind, as text and as JSON."""
    for case in ALL:
        words = ["--store", trial, *words_of(case.command)]
        for outcome in (other(*words), other(*in_json(words))):
            assert BARE.findall(outcome.out + outcome.err) == [], case.command


@pytest.mark.files_only("the store's name is a path")
def test_advice_for_a_trial_leaves_the_real_store_alone(other: Cli, trial: str) -> None:
    """Each command of `advise`, run as it is printed, and as `advise -o json` has it."""
    before = contents(other.store)
    found = other.ok("advise", "--store", trial)["items"]
    plain = other("advise", "--all", f"--store={trial}", "-o", "table").out
    assert {"example-price", "in-debt"} & {one["code"] for one in found}

    for one in found:
        program, option, store, *words = shlex.split(one["command"])
        assert (program, option, store) == ("mailctl", "--store", trial)
        assert f"    {one['command']}\n" in plain
        other(option, store, *words, stdin="-\n" * 5)

    assert contents(other.store) == before
    assert BARE.findall(plain) == []
    assert len(other.ok("advise", "--store", trial)["items"]) < len(found)


@pytest.mark.parametrize(
    "command",
    [
        "account explain 1",
        "account explain 10",
        "invoice explain 2026-000001",
        "account order acme-pro new@acme.example --await-payment --yes",
        "order list --fields needs",
        "order list -o jsonl",
        "customer close acme --yes",
        "platform cancel acme-hx --yes",
        "account renew 1 --mode none --yes",
        "offer add mine --like email-pro",
        "forecast --months 3",
        "status",
        "tick",
        "account show",
        "account sho 1",
        "account show 1 --nothing",
    ],
)
@pytest.mark.files_only("the store's name is a path")
def test_whatever_a_command_says_names_the_store_that_was_given(
    other: Cli, trial: str, command: str
) -> None:
    """Explanations, what an order needs, messages, plans and questions."""
    for words in (shlex.split(command), [*shlex.split(command), "-o", "json"]):
        outcome = other("--store", trial, *words)

        assert BARE.findall(outcome.out + outcome.err) == []


def test_a_store_that_was_not_given_by_the_option_is_not_printed(busy: Cli) -> None:
    """MAILCTL_STORE, or the default: the commands stay short."""
    hint = busy("customer", "show", "nobody", "-o", "json").error()["hint"]

    assert hint == "mailctl customer list"
    assert all(one["command"].startswith("mailctl ") for one in busy.ok("advise")["items"])
    assert "--store" not in busy("advise", "-o", "table").out


@pytest.mark.files_only("the store's name is a path")
def test_what_an_order_needs_reaches_its_store(other: Cli, trial: str) -> None:
    """The command of `order list` pays the order of the trial."""
    order = other.ok(
        *("--store", trial, "account", "order", "acme-pro", "new@acme.example", "--yes"),
        "--await-payment",
    )
    (command,) = commands_in(order["needs"])

    assert other(*command[1:], "--yes").status == 0
    shown = other.ok("--store", trial, "order", "show", str(order["number"]))
    assert shown["status"] == "delivered"


@pytest.mark.files_only("the store's name is a path")
def test_help_and_documents_stay_as_they_are(other: Cli, trial: str) -> None:
    """They are of no store, or data: a customer may be called as a command is."""
    for words in (["help", "lifecycle"], ["account", "renew", "--help"], ["method"]):
        assert other("--store", trial, *words) == other(*words)
    other.ok("--store", trial, "customer", "edit", "acme", "--name", "mailctl tick Ltd")

    assert "mailctl tick Ltd" in other("--store", trial, "customer", "list").out
    assert "mailctl tick Ltd" in other("--store", trial, "customer", "show", "acme").out


@pytest.mark.files_only("the store's name is a path")
def test_the_current_folder_may_hold_the_store(
    busy: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A path is printed as it was given."""
    monkeypatch.chdir(busy.store.parent)
    elsewhere = Cli(tmp_path / "elsewhere.db")

    hint = elsewhere("customer", "show", "nobody", "--store", busy.store.name, "-o", "json").error()

    assert hint["hint"] == f"mailctl --store {busy.store.name} customer list"


def test_a_sentence_that_only_names_the_program_stays_a_sentence(tmp_path: Path) -> None:
    """`--store letter.txt`: what is said of the file is no command, and nobody is to run it."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear customer,\n" * 400, encoding="utf-8")
    letter.chmod(0o600)
    refused = Cli(tmp_path / "mailctl.db")("--store", str(letter), "status")
    assert refused.err.splitlines()[0] == f"error: {letter} is not a store of mailctl"


def test_a_path_that_is_empty_does_not_mean_the_real_store(busy: Cli) -> None:
    """`mailctl --store "$TRIAL" tick` in a shell that knows no TRIAL."""
    before = contents(busy.store)
    for words in (("--store", "", "tick"), ("--store=", "tick"), ("tick", "--store", " ")):
        refused = busy(*words)
        assert (refused.status, refused.err.splitlines()[0]) == (2, "error: --store names no file")
    assert contents(busy.store) == before


@pytest.mark.parametrize("store", ["mysql://host/mailctl", "postgresql:/mailctl@host/mailctl"])
def test_a_url_that_names_no_store_is_no_path(cli: Cli, store: str) -> None:
    """A mistyped URL would else be a folder of that name, and `init` would offer to fill it."""
    refused = cli("--store", store, "init")
    assert (refused.status, "postgresql://USER@HOST/DATABASE" in refused.err) == (2, True)
