"""A word in the wrong place: the message says how it was read, and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailctl.cli import synonyms
from mailctl.cli.nouns import NOUNS
from tests.contract.commands import COMMANDS
from tests.helpers import Cli, contents

MISTAKES = Path(__file__).with_name("mistakes.cases")
CASES = [
    [part.strip() for part in line.split(" : ")]
    for line in MISTAKES.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("typed", "said", "hint"), CASES, ids=[case[0] for case in CASES])
def test_a_mistake_gets_one_sentence_and_the_command_that_was_meant(
    busy: Cli, typed: str, said: str, hint: str
) -> None:
    """Exit status 2; nothing is guessed and done."""
    before = contents(busy.store)

    got = busy(*typed.split())

    # With -o json it is an object.
    message, help_ = said, hint if hint.startswith("write") else f"mailctl {hint}"
    if "json" in typed.split():
        error = got.error()
        assert (error["message"], error["hint"]) == (message, help_)
    elif "--json" not in typed.split():
        assert got.err.splitlines() == [f"error: {message}", f"hint: {help_}"]
    assert (got.status, got.out) == (2, "")
    assert contents(busy.store) == before


def test_the_words_that_are_proposed_for_others_exist() -> None:
    """No noun has another meaning, and each word of other trades leads to a verb that there is."""
    verbs = {verb for name in COMMANDS for verb in name.split()[1:]}

    assert set(NOUNS).isdisjoint(synonyms.NOUNS)
    assert [word for word, meant in synonyms.VERBS.items() if verbs.isdisjoint(meant)] == []
    assert {verb for own in synonyms.VERBS_OF.values() for verb in own.values()} <= verbs


def test_an_option_in_a_table_of_other_names_exists() -> None:
    """An option that no command has would never be proposed."""
    known = {opt for command in COMMANDS.values() for one in command.params for opt in one.opts}

    unknown = [
        word
        for word, meant in synonyms.OPTIONS.items()
        if {one.split()[0] for one in meant}.isdisjoint({*known, "--help", "--sort", "--overdue"})
    ]

    assert unknown == []


def test_a_name_that_is_nearly_one_is_put_right_in_the_hint(busy: Cli) -> None:
    """If only one is meant; --yes is not repeated, and the rest is quoted for a shell."""
    hint = busy("customer", "edit", "acmee", "--name", "A & B", "-y", "-o", "json").error()["hint"]

    assert hint == "mailctl customer edit acme --name 'A & B' -o json"


def test_what_is_proposed_names_the_store_once(busy: Cli) -> None:
    """Wherever the store was given."""
    for words in (("--store", "x.db", "accounts", "ls"), ("accounts", "ls", "--store=x.db")):
        assert busy(*words).err.splitlines()[1] == "hint: mailctl --store x.db account list"


@pytest.mark.parametrize(
    ("command", "message", "hint"),
    [
        (
            "offer price private-exchange 5",
            "private-exchange has only the monthly period",
            "mailctl offer price private-exchange monthly 5.00",
        ),
        (
            "offer price private-exchange yearly 5",
            "private-exchange has the monthly period alone",
            "mailctl offer price private-exchange monthly 5.00",
        ),
        (
            "offer price email-pro 5",
            "the period is missing before the amount: email-pro has monthly and yearly",
            "mailctl offer price email-pro monthly 5.00",
        ),
        (
            "offer price email-pro 5 monthly",
            "AMOUNT: 'monthly' is not an amount",
            "mailctl offer price email-pro monthly 5",
        ),
        (
            "offer price email-pro yearly 5 --until 2026-12-31",
            "--until is for one customer's own price",
            "--customer CUSTOMER",
        ),
        (
            "offer price email-pro yearly 5 --customer acme --remove",
            "--remove takes neither an amount nor days",
            "mailctl offer price email-pro yearly --customer acme --remove",
        ),
        ("offer price email-pro yearly", "the amount is missing", "mailctl offer price email-pro"),
        ("tax set 20 FR", "RATE: 'FR' is not a tax rate", "mailctl tax set FR 20"),
        ("prepaid credit 10", "AMOUNT is missing (CUSTOMER is '10')", "CUSTOMER AMOUNT"),
        (
            "account extend 1 3",
            "a word too many: 3; did you mean --terms 3?",
            "mailctl account extend 1 --terms 3",
        ),
        (
            "account reopen 7 monthly",
            "did you mean --mode monthly?",
            "mailctl account reopen 7 --mode monthly",
        ),
        ("tick 2026-03-01", "did you mean --to 2026-03-01?", "mailctl tick --to 2026-03-01"),
        ("tick 5", "did you mean --days 5?", "mailctl tick --days 5"),
        ("forecast 3", "did you mean --months 3?", "mailctl forecast --months 3"),
        (
            "report vat 2026Q1",
            "did you mean --quarter 2026Q1?",
            "mailctl report vat --quarter 2026Q1",
        ),
        (
            "platform renewal acme-pro manual",
            "did you mean --manual?",
            "mailctl platform renewal acme-pro --manual",
        ),
        ("account order acme-pro 5", "'5' is not a mailbox address", "acme-pro --count 5"),
        ("account order acme-pro yearly", "'yearly' is not a mailbox", "acme-pro --period yearly"),
        ("account order a@acme.example", "there is no platform", "PLATFORM a@acme.example"),
        ("account renew 1 yearly", "yearly is no account", "mailctl account renew 1 --mode yearly"),
        (
            "account order 5 acme-pro",
            "there is no platform 5",
            "mailctl account order acme-pro --count 5",
        ),
        ("domain move acme acme.example", "'acme' is not a mail domain", "mailctl domain move"),
    ],
)
def test_a_word_in_the_wrong_place_is_distinguished_from_a_missing_one(
    busy: Cli, command: str, message: str, hint: str
) -> None:
    """And nothing is done."""
    before = contents(busy.store)

    error = busy(*command.split(), "-o", "json").error()

    assert message in error["message"]
    assert hint in error["hint"]
    assert contents(busy.store) == before


def test_the_periods_of_an_offer_of_ones_own_are_known(busy: Cli) -> None:
    """One that is like private-exchange has its one period."""
    busy.ok("offer", "add", "mine", "--like", "private-exchange")

    error = busy("offer", "price", "mine", "5", "-o", "json").error()

    assert "mine has only the monthly period" in error["message"]
