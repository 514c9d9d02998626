"""Plans and reports about thousands of things are summed up; with -v, and for programs, whole."""

from __future__ import annotations

import re

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli
from tests.store.plain import force


@pytest.fixture
def many(busy: Cli) -> Cli:
    """A host with 60 more accounts on one platform, some of them yearly."""
    busy.ok("account", "order", "acme-pro", "--count", "40", "-y")
    busy.ok("account", "order", "acme-pro", "--count", "20", "--period", "yearly", "-y")
    return busy


RENEW = ("account", "renew", "--all", "--platform", "acme-pro", "--mode", "none")


def test_a_plan_of_many_changes_is_a_summary_with_the_first_and_last(many: Cli) -> None:
    """How many of each kind, the most frequent first."""
    got = on_terminal(many.store, *RENEW, answer="n\n", variables={"NO_COLOR": "1"})

    lines = got.err.splitlines()
    assert got.status == 1
    assert [line.split() for line in lines[:3]] == [
        ["count", "old", "new"],
        ["42", "monthly", "none"],
        ["20", "yearly", "none"],
    ]
    assert lines[3] == "The first and last 3 of 62; with -v all of them:"
    assert len(lines[4:11]) == 7
    assert lines[5].split()[0] == "1"
    assert "Change the renewal of 62 accounts? [y/N]" in got.err
    assert len(lines) < 16


def test_with_v_and_for_programs_a_plan_is_whole(many: Cli) -> None:
    """Each change has its line."""
    assert many(*RENEW, "--dry-run", "-v").err.count("monthly") >= 42
    assert len(many.ok(*RENEW, "--dry-run")["items"]) >= 62


def test_a_short_plan_is_shown_whole(busy: Cli) -> None:
    """Nothing is summed up that can be read."""
    got = busy("account", "renew", "1", "3", "--mode", "yearly", "--dry-run")

    assert "The first and last" not in got.err
    assert got.err.count("yearly") == 2


def test_amounts_of_many_are_added_up(busy: Cli) -> None:
    """Orders that are cancelled: how many of a kind, and how much together."""
    numbers = []
    for _ in range(25):
        order = busy.ok("prepaid", "credit", "acme", "20", "--await-payment")["order"]
        numbers.append(str(order))

    got = busy("order", "cancel", *numbers, "--dry-run")

    row = next(line for line in got.err.splitlines() if "prepaid-credit" in line)
    assert row.split() == ["25", "prepaid-credit", "500.00", "EUR"]


def test_skipped_accounts_are_named_together(busy: Cli) -> None:
    """One sentence for each reason, with the first ids."""
    busy.ok("account", "order", "acme-pro", "--count", "8", "-y")
    busy.ok("account", "order", "acme-pro", "--count", "1", "--period", "yearly", "-y")
    busy.ok(*RENEW, "-y")
    busy.ok("tick", "--days", "32")

    got = busy(*RENEW[:-1], "monthly", "-n")

    skipped = [line for line in got.err.splitlines() if "skipped" in line]
    assert len(skipped) == 1
    assert re.fullmatch(r"accounts (\d+, ){4}\d+ and \d+ more are skipped: not-active", skipped[0])


def test_many_warnings_that_are_alike_end_with_their_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first five are shown; with -v each of them."""
    from mailctl.cli.render.output import Output

    texts = [f"the customer c{number} was set aside: why" for number in range(100)]
    Output().warn_of_some(texts, "customers were set aside")
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 6
    assert (
        shown[-1] == "warning: and 95 more customers were set aside; with -v each of them is named"
    )
    Output(verbose=1).warn_of_some(texts, "customers were set aside")
    assert len(capsys.readouterr().err.splitlines()) == 100


def test_what_keeps_a_customer_from_being_closed_is_shown_in_part(busy: Cli) -> None:
    """The first things of many; JSON lists all of them."""
    for number in range(30):
        busy.ok("platform", "add", f"extra{number}", "--customer", "acme", "--offer", "email-pro")
        busy.ok("account", "order", f"extra{number}", "--count", "1", "-y")

    shown = busy("customer", "close", "acme", "-y").err.splitlines()
    lines = busy("customer", "close", "acme", "-y", "-o", "json").error()["lines"]

    assert len(lines) > 30
    assert sum("extra" in line for line in shown) <= 21
    assert f"  and {len(lines) - 21} more, which -o json lists" in shown


def test_a_check_with_many_faults_shows_the_first_ones(busy: Cli) -> None:
    """Programs get each; on a terminal the others are counted."""
    force(busy.store, "UPDATE account SET anchor_day = 31")
    faults = [row for row in busy("store", "check", "-o", "jsonl").jsonl() if not row["ok"]]
    assert len(faults) > 6

    got = on_terminal(busy.store, "store", "check", variables={"NO_COLOR": "1"})

    assert got.status == 1
    assert "more faults are not shown: mailctl store check -v, or mailctl store check -o" in got.err
    assert f"found {len(faults)} faults in the books" in got.err
