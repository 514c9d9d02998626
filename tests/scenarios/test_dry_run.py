"""`--dry-run`: the same answer as the real thing, and a store that stays as it was."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.helpers import Cli, contents
from tests.store.plain import image

# Every command that changes something, on the host of the fixture `busy`.
CHANGES = (
    "settings set retention-days 10",
    "customer add new --name New --email it@new.example",
    "customer edit acme --city Nantes",
    "platform add new-pro --customer acme --offer email-pro",
    "platform cancel acme-pro -y",
    "platform resume acme-old -y",
    "account order acme-pro ann@acme.example -y",
    "account order acme-priv --count 2 -y",
    "account configure 2 ann@acme.example",
    "account rename 1 ann@acme.example",
    "account renew 1 --mode yearly -y",
    "account renew --all --platform acme-pro --mode none -y",
    "account reset 1 -y",
    "account delete 4 -y",
    "account lock 1 --reason spam",
    "prepaid credit acme 10",
    "prepaid credit late 1.91",
    "offer add mine --like email-pro",
    "offer price email-pro monthly 2.00",
    "offer close email-pro -y",
    "tax set FR 21",
    "task done 1",
    "task fail 1 --reason broken",
    "tick --to 2026-06-30",
)


@pytest.mark.parametrize("command", CHANGES)
def test_a_dry_run_changes_nothing_byte_for_byte(command: str, busy: Cli) -> None:
    """The command answers `dry_run: true`, and no row of any table differs."""
    before = contents(busy.store), image(busy.store)
    answer = busy.ok(*shlex.split(command), "--dry-run")
    assert answer["dry_run"] is True
    assert (contents(busy.store), image(busy.store)) == before


@pytest.mark.parametrize("command", CHANGES)
def test_a_dry_run_answers_as_the_real_thing(command: str, busy: Cli) -> None:
    """But for `dry_run` itself the answer is the one that follows without it."""
    tried = busy.ok(*shlex.split(command), "--dry-run")
    done = busy.ok(*shlex.split(command))
    assert done == tried | {"dry_run": False}


@pytest.mark.parametrize("command", CHANGES)
def test_the_real_thing_changes_the_store(command: str, busy: Cli) -> None:
    """The commands above are no idle ones: each changes rows, and the journal has it."""
    before = contents(busy.store)
    head = busy.ok("journal", "head")
    busy.ok(*shlex.split(command))
    assert contents(busy.store) != before
    assert busy.ok("journal", "head") != head
    assert busy.ok("journal", "verify")["ok"] is True


def test_a_domain_is_moved_on_paper_only(busy: Cli) -> None:
    """A domain without addresses: handed over in the answer, not in the store."""
    busy.ok("account", "reset", "anna@acme.example", "-y")
    busy.ok("account", "rename", "hugo@acme.example", "hugo@other.example")
    busy.ok("account", "rename", "pia@acme.example", "pia@other.example")
    busy.ok("tick", "--to", "2026-02-16")
    tried = busy.ok("domain", "move", "acme.example", "bolt", "--dry-run")
    assert (tried["customer"], tried["dry_run"]) == ("bolt", True)
    owners = {row["name"]: row["customer"] for row in busy.ok("domain", "list")["items"]}
    assert owners["acme.example"] == "acme"


def test_a_dry_init_makes_no_store(cli: Cli) -> None:
    """`init --dry-run` leaves no file behind."""
    assert cli.ok("init", "--clock", "2026-01-01", "--dry-run")["dry_run"] is True
    assert list(cli.store.parent.iterdir()) == []


def test_a_dry_import_of_one_file_takes_nothing(busy: Cli, tmp_path: Path) -> None:
    """Counts what it would bring in."""
    path = tmp_path / "customers.csv"
    path.write_text("id,name,email,balance_cents\nnew,New,it@new.example,500\n", encoding="utf-8")
    before = contents(busy.store)
    tried = busy.ok("import", "customers", str(path), "--dry-run")
    assert (tried["customers"], tried["credited_cents"], tried["dry_run"]) == (1, 500, True)
    assert contents(busy.store) == before
