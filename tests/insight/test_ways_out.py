"""Whatever has happened: each printed way out leads out, and no printed command is refused."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.helpers import Cli
from tests.insight.advised import play
from tests.insight.test_advice_lives import a_life
from tests.lives.many import how_many
from tests.store.plain import trial

LIVES = range(10, 10 + how_many(4))
TRIED = 5
"""So many accounts of a life: a host has dozens that are alike."""


def commands(text: str) -> list[list[str]]:
    """The commands that end a sentence, as a shell takes them: each after the one before."""
    words = shlex.split(text[text.index(": mailctl ") + 2 :])
    found: list[list[str]] = [[]]
    for word in words:
        if word == "&&":
            found.append([])
        else:
            found[-1].append(word)
    assert {one[0] for one in found} == {"mailctl"}
    return [one[1:] for one in found]


def run(cli: Cli, text: str) -> None:
    """Run them as they are printed; where one asks, the answer is yes."""
    for words in commands(text):
        outcome = cli(*words)
        if outcome.status == 2 and "asks before it acts" in outcome.err:
            outcome = cli(*words, "--yes")
        assert (outcome.status, words, outcome.err if outcome.status else "") == (0, words, "")


def explained(cli: Cli) -> Iterator[tuple[str, Any]]:
    """The sentences about each suspended account."""
    for account in cli.ok("account", "list", "--state", "suspended")["items"][-TRIED:]:
        word = str(account["id"])
        yield word, cli.ok("account", "explain", word)["sentences"]


def check_ways(cli: Cli, folder: Path) -> int:
    """Try each way out of each suspended account, and what else is printed; how many ways."""
    tried = 0
    for word, sentences in explained(cli):
        ways = [one["text"] for one in sentences if one["kind"] == "way-out"]
        assert ways, word
        for text in ways:
            copy = trial(cli.store, folder)
            run(copy, text)
            state = copy.ok("account", "show", word)["state"]
            assert state == "active" or "is still missing" in text, (word, text)
            tried += 1
        for one in sentences:
            if one["kind"] in ("next", "mail-server") and ": mailctl " in one["text"]:
                run(trial(cli.store, folder), one["text"])
    return tried


def a_bad_end(cli: Cli, random: Random) -> None:
    """Nobody pays for what is ordered, renewals and platforms are ended; some is refused."""
    for number in range(1, 10):
        cli(*shlex.split(f"method remove {number}"))
    for who in "abc":
        cli(*shlex.split(f"platform add q{who} --customer {who} --offer hosted-exchange"))
        cli(*shlex.split(f"account order q{who} --count 2 --period yearly -y"))
    for number in range(6):
        cli(*shlex.split(f"account order p{number} --count 2 -y"))
        cli(*shlex.split(f"prepaid refund {random.choice('abc')} {random.randint(1, 60)} "
                         "--reason x -y"))  # fmt: skip
    for number in range(1, 30):
        cli(*shlex.split(f"account renew {number} --mode {random.choice(('none', 'monthly'))} -y"))
    cli(*shlex.split(f"platform cancel p{random.randint(0, 5)} -y"))
    cli(*shlex.split(f"platform renewal p{random.randint(0, 5)} --manual -y"))
    cli("tick", "--days", str(random.choice((8, 9, 12, 31, 33))))


@pytest.mark.parametrize("life", LIVES)
def test_every_way_out_leads_out_whatever_has_happened(cli: Cli, life: int, tmp_path: Path) -> None:
    """Random lives of debts, methods, graces, cancels: as printed, on a copy."""
    a_life(cli, Random(life))
    a_bad_end(cli, Random(life))

    check_ways(cli, tmp_path / "copy")

    for customer in "abc":
        for one in cli.ok("customer", "show", customer)["commands"]:
            run(trial(cli.store, tmp_path / "copy"), f": {one['command']}")


def test_there_are_ways_of_every_sort(cli: Cli, tmp_path: Path) -> None:
    """A debt with its order, a spare method and a payment that was given up: seven ways."""
    play(
        cli,
        """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
method add card acme --token t --brand Visa --last4 4242 --expires 2028-01
method add paypal acme --agreement B-1
account order hx ann@acme.example -y
""",
    )
    for days in (1, 3, 5, 8):
        assert cli("payment", "export", "--kind", "card", "--format", "csv").status == 0
        play(cli, f"payment fail 1 --reason no\ntick --days {days}")
    ((_, sentences),) = explained(cli)
    ways = [one["text"].partition(": mailctl ")[2] for one in sentences if one["kind"] == "way-out"]
    assert [way.split()[0:2] for way in ways] == [
        ["invoice", "pay"],
        ["prepaid", "credit"],
        ["order", "pay"],
        ["payment", "settle"],
        ["method", "default"],
        ["prepaid", "grace"],
        ["invoice", "credit"],
    ]
    assert check_ways(cli, tmp_path / "copy") == 7


EXPIRED = """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
prepaid credit acme 10
account order hx ann@acme.example -y
"""


def ways(cli: Cli) -> list[str]:
    """The ways out of the one suspended account."""
    ((_, sentences),) = [(word, said) for word, said in explained(cli) if word == "1"]
    return [one["text"] for one in sentences if one["kind"] == "way-out"]


def test_an_account_of_a_cancelled_platform_is_reopened_after_a_resume(
    cli: Cli, tmp_path: Path
) -> None:
    """Both commands, in this order; each is complete."""
    play(cli, f"{EXPIRED}\nplatform cancel hx -y\ntick --to 2026-02-10")

    assert ways(cli) == [
        (
            "Resume the platform, then reopen it: mailctl platform resume hx && "
            "mailctl account reopen 1"
        )
    ]
    assert check_ways(cli, tmp_path / "copy") == 1


def test_what_is_overdue_comes_before_a_reopening(cli: Cli, tmp_path: Path) -> None:
    """Paid, or given more time; on a cancelled platform a resume stands between."""
    play(
        cli,
        f"{EXPIRED}\nplatform add px --customer acme --offer hosted-exchange\n"
        "account order px --count 2 -y\nplatform cancel hx -y\ntick --to 2026-02-10",
    )

    assert [text.partition(": mailctl ")[2] for text in ways(cli)] == [
        "invoice pay 2026-000002 && mailctl platform resume hx && mailctl account reopen 1",
        (
            "prepaid grace acme --until 2026-02-17 --reason 'promised to pay' && "
            "mailctl platform resume hx && mailctl account reopen 1"
        ),
    ]
    check_ways(cli, tmp_path / "copy")


def test_two_invoices_that_hold_an_account_are_not_lifted_by_one_credit_note(
    cli: Cli, tmp_path: Path
) -> None:
    """No command is printed that would leave the account suspended."""
    play(
        cli,
        """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
account order hx ann@acme.example -y
account extend 1 -y
tick --to 2026-01-20
""",
    )

    assert not [text for text in ways(cli) if "invoice credit" in text]
    assert check_ways(cli, tmp_path / "copy") == 4


def ways_of(cli: Cli, account: str, *words: str) -> list[str]:
    """The commands of an account's ways out that begin with these words."""
    said = cli.ok("account", "explain", account)["sentences"]
    texts = [one["text"] for one in said if one["kind"] == "way-out"]
    found = [text.partition(": mailctl ")[2] for text in texts]
    return [one for one in found if one.split()[: len(words)] == list(words)]


def test_a_payment_that_was_given_up_is_offered_only_where_it_is_enough(cli: Cli) -> None:
    """What settles the first account's invoice is too little for the second's, a later one."""
    play(
        cli,
        """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
method add card acme --token t --brand Visa --last4 4242 --expires 2028-01
account order hx ann@acme.example -y
""",
    )
    assert cli("payment", "export", "--kind", "card", "--format", "csv").status == 0
    play(
        cli, "account order hx bob@acme.example -y\nmethod remove 1 -y\npayment fail 1 --reason no"
    )
    play(cli, "tick --to 2026-01-20")

    assert ways_of(cli, "1", "payment") == ["payment settle 1"]
    assert ways_of(cli, "2", "payment") == []


def test_only_the_lines_of_the_account_are_credited(cli: Cli) -> None:
    """Of an invoice for two accounts, each one's explanation credits its own line."""
    play(
        cli,
        """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
account order hx ann@acme.example bob@acme.example -y
tick --to 2026-01-20
""",
    )

    for number in ("1", "2"):
        (note,) = ways_of(cli, number, "invoice", "credit")
        assert f"--line {number} " in note
        assert note.count("--line") == 1
