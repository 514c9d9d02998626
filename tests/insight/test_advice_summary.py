"""What `advise` sums up on a terminal are the findings that it lists, whatever has happened."""

from __future__ import annotations

import shlex
from datetime import timedelta
from itertools import groupby
from random import Random

import pytest

from mailctl.billing.projection import falling_short, projections
from mailctl.insight import advice
from mailctl.insight.advice.finding import Finding
from mailctl.insight.advice.summary import Tally
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.stores import store_at
from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.insight.advised import play
from tests.insight.test_advice_lives import LIVES, STEPS, a_step

LOOKS = 6
ONE_MAILBOX = """init --clock 2026-01-01
offer price email-pro monthly 1.50
settings set minimum-credit 0.01
customer add a --name A --email it@a.example
platform add p --customer a --offer email-pro
prepaid credit a 1.80
account order p x@a.example -y"""


def counted(found: tuple[Finding, ...]) -> list[Tally]:
    """The tallies that the findings make, by counting each of them."""
    places = {code: place for place, code in reversed([*enumerate(f.code for f in found)])}
    by_code = sorted(found, key=lambda one: places[one.code])
    groups = [list(group) for _, group in groupby(by_code, lambda one: one.code)]
    return [
        Tally(
            code=group[0].code,
            findings=len(group),
            alike=sum(one.severity is group[0].severity for one in group),
            first=tuple(group[:3]),
        )
        for group in groups
    ]


def assert_what_is_short_is_computed_one_way(reader: Reader, days: int) -> None:
    """By bounds of the costs, and by the steps of every day."""
    until = reader.today + timedelta(days=days)
    by_steps = [
        (seen.payer.slug, seen.falls_short_on)
        for seen in projections(reader, until, without_method=True)
        if not seen.is_covered and seen.falls_short_on
    ]
    assert [(payer.slug, day) for payer, day in falling_short(reader, until)] == by_steps


@pytest.mark.parametrize("life", LIVES)
def test_the_summary_counts_the_findings_and_tells_the_first_ones(cli: Cli, life: int) -> None:
    """After each few of sixty random steps: with the same numbers, the same order and commands."""
    random = Random(life)
    cli.ok("init", "--clock", f"2026-01-{random.randint(1, 31):02}")
    for who in "abc":
        cli.ok("customer", "add", who, "--name", who, "--email", f"it@{who}.example")
    for number, offer in enumerate(("email-pro", "hosted-exchange", "private-exchange") * 2):
        cli.ok("platform", "add", f"p{number}", "--customer", random.choice("abc"),
               "--offer", offer)  # fmt: skip
    for number in range(STEPS):
        cli(*shlex.split(a_step(random, number)))
        if number % LOOKS == 0:
            with store_at(cli.store).read() as reader:
                for who in (None, "a"):
                    found = advice.findings(reader, customer=who)
                    assert list(advice.summary(reader, customer=who)) == counted(found)
                assert_what_is_short_is_computed_one_way(reader, random.randint(1, 60))


@pytest.mark.parametrize(
    ("credit", "short"), [("3.60", []), ("3.59", ["a"]), ("3.61", []), ("900", [])]
)
def test_a_balance_is_short_to_the_cent(cli: Cli, credit: str, short: list[str]) -> None:
    """Of two terms within 30 days: on 1 February and, as that month is short, on 1 March."""
    play(cli, ONE_MAILBOX)
    cli.ok("prepaid", "credit", "a", credit)
    cli.ok("tick", "--to", "2026-01-30")

    with store_at(cli.store).read() as reader:
        until = reader.today + timedelta(days=30)
        assert [payer.slug for payer, _ in falling_short(reader, until)] == short


def test_one_finding_of_each_code_is_told_whole(cli: Cli) -> None:
    """Where no code has several, each has its sentence without being asked for."""
    play(cli, "init --clock 2026-01-10\ncustomer add a --name A --email it@a.example")

    assert on_terminal(cli.store, "advise").out == on_terminal(cli.store, "advise", "--all").out
