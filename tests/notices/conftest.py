"""Fixtures of delivery: a mail server on this machine, and stores whose mail goes there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import split

import pytest

from mailctl import clock
from tests.conftest import copied
from tests.helpers import Cli
from tests.notices.post_office import PostOffice, configure, open_office


class Hands:
    """The hands of the real clock, which a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)

    def go_on(self, **span: float) -> None:
        """Let so much time pass, as `minutes=5`."""
        self.now += timedelta(**span)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The real clock, at 2026-11-23 10:00 UTC until the test moves it."""
    hands = Hands()
    monkeypatch.setattr(clock, "now", lambda: hands.now)
    return hands


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server without encryption."""
    with open_office() as found:
        yield found


# The notices: 1 and 2 order-confirmed to acme, 3 to bolt, 4 to acme.
QUEUE = (
    'customer add acme --name "Acme SARL" --email it@acme.example --backup-email boss@acme.example',
    'customer add bolt --name "Bolt GmbH" --email it@bolt.example --country DE',
    "prepaid credit acme 100",
    "prepaid credit bolt 100",
    "platform add acme-pro --customer acme --offer email-pro",
    "platform add bolt-pro --customer bolt --offer email-pro",
    "account order acme-pro anna@acme.example -y",
    "account order acme-pro otto@acme.example -y",
    "account order bolt-pro ben@bolt.example -y",
    "account order acme-pro hugo@acme.example -y",
)


@pytest.fixture(scope="session")
def queue_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of `queue`, made once; tests get copies of it."""
    cli = Cli(tmp_path_factory.mktemp("queue") / "mailctl.db")
    cli.ok("init", "--clock", "2026-01-01")
    for line in QUEUE:
        cli.ok(*split(line))
    return cli.store


@pytest.fixture
def queue(queue_original: Path, cli: Cli) -> Cli:
    """A store with four notices to be sent: 1, 2 and 4 to acme, 3 to bolt; mail is not set."""
    return copied(queue_original, cli)


@pytest.fixture
def post(queue: Cli, office: PostOffice, hands: Hands) -> Cli:
    """The same, with mail set to go to the office."""
    configure(queue, office.port)
    return queue
