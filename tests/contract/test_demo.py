"""`mailctl demo`: what a newcomer sees first."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailctl.cli.commands.demo import STORY
from tests.helpers import Cli


def test_the_demo_shows_tables_and_leaves_nothing_behind(cli: Cli, tmp_path: Path) -> None:
    """Accounts, platforms, invoices and a statement on stdout; each command on stderr."""
    got = cli("demo")

    assert got.status == 0
    titles = ["Accounts", "Platforms", "Invoices of lumen", "Statement of lumen"]
    assert [line for line in got.out.splitlines() if line in titles] == titles
    for _, *commands in STORY:
        for command in commands:
            assert f"  mailctl {command}\n" in got.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.files_only("a demo is kept in a file")
def test_a_demo_that_is_kept_is_a_store_like_any_other(cli: Cli) -> None:
    """A year of ticks, one debt and its rescue, one cancelled platform, books that verify."""
    got = cli("demo", "--keep", str(cli.store), "--quiet")

    assert got.status == 0
    assert got.out.splitlines()[-1] == f"The store is kept: mailctl --store {cli.store} status"
    assert cli.ok("status")["clock_on"] == "2027-01-31"
    assert {platform["offer"] for platform in cli.ok("platform", "list")["items"]} == {
        "email-pro",
        "hosted-exchange",
        "private-exchange",
    }
    assert cli.ok("platform", "show", "acme-exchange")["state"] == "closed"
    statement = cli.ok("prepaid", "statement", "lumen")["items"]
    assert [(row["seq"], row["on"], row["after_cents"]) for row in statement[6:8]] == [
        (7, "2026-06-30", -310),
        (8, "2026-07-15", 5690),
    ]
    suspended = [row["on"] for row in cli.ok("account", "history", "8")["items"]]
    assert suspended[0] == "2026-01-31"
    assert {"2026-07-08", "2026-07-15"} <= set(suspended)
    assert cli.ok("journal", "verify")["ok"] is True


@pytest.mark.files_only("a demo is kept in a file")
def test_a_demo_does_not_overwrite_anything(cli: Cli) -> None:
    """What stands at the path stays."""
    cli.store.write_text("mine")

    got = cli("demo", "--keep", str(cli.store))

    assert (got.status, got.out) == (1, "")
    assert cli.store.read_text() == "mine"
