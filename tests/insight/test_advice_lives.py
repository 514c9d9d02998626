"""Whatever has happened to a host, no printed command is refused, and each fixes its problem."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.helpers import Cli
from tests.lives.many import how_many
from tests.store.plain import trial

LIVES = range(how_many(4))
STEPS = 60
# Of each code so many are tried: a host has hundreds of some.
TRIED = 3
BANK = "--iban FR7630006000011234567890189 --holder H --mandate M --signed 2020-01-01"
ANSWERS = {
    "--backup-email": "backup@home.example",
    "--email": "new@home.example",
    "--phone": "+33199001234",
    "--iban": "FR7630006000011234567890189",
    "--signed": "2020-01-01",
    "--last4": "4242",
    "--expires": "2099-01",
    "mail-from": "billing@host.example",
    "seller-vat-number": "FR40303265045",
    "seller-iban": "FR7630006000011234567890189",
}


def a_step(random: Random, number: int) -> str:
    """A command at random; many of them are refused, which is no matter."""

    def pick(*words: str) -> str:
        return random.choice(words)

    who, where = pick("a", "b", "c"), f"p{random.randint(0, 5)}"
    one = random.randint(1, 12)
    address = pick("", f"u{number}@{pick('x', 'y')}.example")
    period, count = pick("", "--period yearly"), pick("", "--count 2")
    later = pick("", "", "--await-payment")
    return pick(
        *[f"account order {where} {address} {period} {count} {later} -y"] * 5,
        *[f"tick --days {pick('1', '1', '2', '5', '10', '20')}"] * 5,
        f"account renew {one} --mode {pick('none', 'monthly')} -y",
        f"account reset {one} -y",
        f"account extend {one} -y",
        f"platform {pick('cancel', 'resume')} {where} -y",
        f"platform renewal {where} {pick('--manual', '--automatic')} -y",
        f"prepaid credit {who} {pick('10', '50')} {later}",
        f"prepaid refund {who} 5 --reason x -y",
        f"prepaid grace {who} --until 2026-0{random.randint(2, 9)}-15 --reason x",
        f"prepaid reverse {who} {random.randint(1, 5)} --reason x -y",
        f"method add paypal {who} --agreement B {pick('', '--default')}",
        f"method add bank {who} {BANK} {pick('', '--default')}",
        f"method add card {who} --token t --brand V --last4 4242 "
        f"--expires 2026-0{random.randint(2, 9)} {pick('', '--default')}",
        f"method remove {one}",
        f"payment export --kind {pick('paypal', 'card', 'bank')} --format csv",
        f"payment settle {one}",
        *[f"payment fail {one} --reason no"] * 2,
        f"offer price email-pro monthly {random.randint(0, 3)}",
        f"invoice credit 2026-0000{one:02} --reason x -y",
        f"customer close {who} -y",
        f"task fail {one} --reason full",
    )


def a_life(cli: Cli, random: Random) -> None:
    """Sixty steps of three customers and six platforms."""
    cli.ok("init", "--clock", f"2026-01-{random.randint(1, 31):02}")
    for who in "abc":
        cli.ok("customer", "add", who, "--name", who, "--email", f"it@{who}.example")
    for number, offer in enumerate(("email-pro", "hosted-exchange", "private-exchange") * 2):
        cli.ok("platform", "add", f"p{number}", "--customer", random.choice("abc"),
               "--offer", offer)  # fmt: skip
    for number in range(STEPS):
        cli(*shlex.split(a_step(random, number)))


def chosen(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first few findings of each code."""
    seen: Counter[str] = Counter()
    few = []
    for one in items:
        seen[one["code"]] += 1
        if seen[one["code"]] <= TRIED and one["command"] != "mailctl notice send":
            few.append(one)
    return few


def carried_out(store: Path, command: str, folder: Path) -> Cli:
    """A copy of the store in which the command was run as it is printed."""
    copy = trial(store, folder)
    words = shlex.split(command)[1:]
    typed = [
        ANSWERS.get(words[place - 1], "Text") for place, word in enumerate(words) if word == "-"
    ]
    outcome = copy(*words, stdin="".join(f"{line}\n" for line in typed))
    assert (outcome.status, command, outcome.err if outcome.status else "") == (0, command, "")
    return copy


@pytest.mark.parametrize("life", LIVES)
def test_no_printed_command_is_refused_and_each_fixes_its_finding(
    cli: Cli, life: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is printed; there is one finding less of its code and subject then."""
    folder = tmp_path / "copy"
    folder.mkdir()
    monkeypatch.chdir(folder)
    a_life(cli, Random(life))
    items = cli.ok("advise")["items"]
    before = Counter((one["code"], one["subject"]) for one in items)
    assert len(before) > 5

    for one in chosen(items):
        mended = carried_out(cli.store, one["command"], folder)
        after = Counter((each["code"], each["subject"]) for each in mended.ok("advise")["items"])
        what = (one["code"], one["subject"])
        assert after[what] < before[what], one["command"]
