"""Fixtures of running tasks: a mail server that is a file, and a store whose driver is its."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from shlex import split
from typing import Any

import pytest

from mailctl import clock
from tests.drivers.server import MailServer
from tests.helpers import Cli
from tests.notices.conftest import Hands


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The real clock, from now on where the test leaves it."""
    hands = Hands()
    hands.now = datetime.now(UTC).replace(microsecond=0)
    monkeypatch.setattr(clock, "now", lambda: hands.now)
    return hands


@pytest.fixture
def mail(tmp_path: Path) -> MailServer:
    """A mail server without mailboxes."""
    return MailServer.made(tmp_path / "mail")


HOST = (
    'customer add acme --name "Acme SARL" --email it@acme.example',
    'customer add bolt --name "Bolt GmbH" --email it@bolt.example --country DE',
    "prepaid credit acme 1000",
    "prepaid credit bolt 1000",
    "platform add acme-pro --customer acme --offer email-pro",
    "platform add acme-priv --customer acme --offer private-exchange",
    "platform add bolt-pro --customer bolt --offer email-pro",
)


@pytest.fixture
def host(store: Cli, mail: MailServer) -> Cli:
    """A host on 2026-01-01 with a driver, two customers with money, and no account."""
    for line in HOST:
        store.ok(*split(line))
    store.ok("settings", "set", "driver", mail.driver)
    return store


def does(cli: Cli, *lines: str) -> None:
    """Run commands as they are typed; each must succeed."""
    for line in lines:
        cli.ok(*split(line), "-y")


def ran(cli: Cli, *argv: str) -> dict[str, Any]:
    """What a run says of itself that is not 0 or nothing; it may end with status 1."""
    outcome = cli("task", "run", *argv, "-o", "json")
    assert outcome.status in (0, 1), outcome.err
    found = outcome.json()
    assert outcome.status == (1 if found["failed"] else 0), outcome.err
    return {
        name: value
        for name, value in found.items()
        if value and name not in ("schema", "next_try_at")
    }


def tasks(cli: Cli) -> dict[int, str]:
    """By id the status of every task."""
    return {task["id"]: task["status"] for task in cli.ok("task", "list")["items"]}


def task(cli: Cli, id: int) -> dict[str, Any]:
    """One task."""
    (found,) = (one for one in cli.ok("task", "list")["items"] if one["id"] == id)
    return dict(found)


def addresses(mail: MailServer) -> dict[str, tuple[str | None, str]]:
    """What the server has: by mailbox its address and its state."""
    return {name: (box["address"], box["state"]) for name, box in mail.mailboxes.items()}
