"""What happens while notices are not sent: nobody's mailbox goes untold, and somebody is warned."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from tests.helpers import Cli
from tests.notices.conftest import Hands
from tests.notices.post_office import PostOffice, configure

BOLT = "it@bolt.example"


def account(cli: Cli) -> str:
    return str(cli.ok("account", "show", "3")["state"])


@pytest.fixture
def ending(queue: Cli, office: PostOffice, hands: Hands) -> Cli:
    """Account 3, of bolt, ends on 2026-02-01; mail is set, nothing was sent."""
    configure(queue, office.port)
    queue.ok("account", "renew", "3", "--mode", "none", "-y")
    return queue


def test_no_account_is_deleted_before_its_suspension_was_told(ending: Cli) -> None:
    """It is held, as long as it takes; a week after the sending it is deleted."""
    ending.ok("tick", "--to", "2026-02-01")
    assert account(ending) == "suspended"
    assert ending.ok("tick", "--to", "2026-03-31")["deletions_held"] == 1
    assert account(ending) == "suspended"
    ending.ok("notice", "send")
    assert ending.ok("tick", "--to", "2026-04-06")["deleted"] == 0
    assert account(ending) == "suspended"
    assert ending.ok("tick")["deleted"] == 1
    assert account(ending) == "deleted"
    assert ending("store", "check").status == 0


def test_what_is_refused_for_good_counts_as_told(ending: Cli, office: PostOffice) -> None:
    """Else an address that does not work would keep a mailbox for ever."""
    ending.ok("tick", "--to", "2026-02-15")
    assert account(ending) == "suspended"
    office.rcpt[BOLT] = ["550 no such user"] * 9
    ending.ok("notice", "send")
    assert ending.ok("tick", "--to", "2026-02-21")["deleted"] == 0
    assert ending.ok("tick")["deleted"] == 1


def test_a_temporary_refusal_holds_a_deletion(
    ending: Cli, office: PostOffice, hands: Hands
) -> None:
    """The customer may still be told."""
    ending.ok("tick", "--to", "2026-02-15")
    office.rcpt[BOLT] = ["450 full"] * 2
    ending.ok("notice", "send")
    assert ending.ok("tick", "--to", "2026-02-22")["deletions_held"] == 1
    hands.go_on(minutes=5)
    ending.ok("notice", "send")
    hands.go_on(minutes=15)
    ending.ok("notice", "send")
    assert ending.ok("tick", "--to", "2026-02-28")["deleted"] == 0
    assert ending.ok("tick")["deleted"] == 1


def test_without_a_retention_the_tick_after_the_sending_deletes(ending: Cli) -> None:
    """Not the one that suspends."""
    ending.ok("settings", "set", "retention-days", "0")
    ticked = ending.ok("tick", "--to", "2026-02-01")
    assert (ticked["suspended_expired"], ticked["deleted"], ticked["deletions_held"]) == (1, 0, 1)
    ending.ok("notice", "send")
    assert ending.ok("tick")["deleted"] == 1


def test_on_a_wall_clock_the_tick_of_the_same_day_deletes(cli: Cli, office: PostOffice) -> None:
    """`mailctl tick && mailctl notice send`, run twice a day."""
    with freeze_time("2026-01-01 08:00", real_asyncio=True):
        for line in (
            "init --timezone UTC",
            "customer add bolt --name Bolt --email it@bolt.example",
            "prepaid credit bolt 100",
            "platform add bolt-pro --customer bolt --offer email-pro",
            "account order bolt-pro ben@bolt.example -y",
            "account renew 1 --mode none -y",
            "settings set retention-days 0",
        ):
            cli.ok(*line.split())
        configure(cli, office.port)
    with freeze_time("2026-01-31 08:00", real_asyncio=True):
        cli.ok("tick")
    with freeze_time("2026-02-01 08:00", real_asyncio=True):
        assert cli.ok("tick")["deletions_held"] == 1
        assert cli.ok("notice", "send")["left"] == 0
        assert cli.ok("tick")["deleted"] == 1


@pytest.mark.parametrize("command", ["tick", "status"])
def test_notices_unsent_for_a_day_are_warned_of(
    queue: Cli, office: PostOffice, hands: Hands, command: str
) -> None:
    """On stderr, whatever the output; with how many, since when, and what helps."""
    configure(queue, office.port)
    assert queue("status", "-o", "json").err == ""
    queue.ok("tick")
    said = (
        "warning: 4 notices, the oldest of 2026-01-01, are still to be sent: mailctl notice send\n"
    )
    assert queue(command, "-o", "json").err == said
    queue.ok("notice", "send", "--limit", "3")
    assert queue(command, "-o", "json").err == (
        "warning: 1 notice, the oldest of 2026-01-01, is still to be sent: mailctl notice send\n"
    )
    queue.ok("notice", "send")
    assert queue(command, "-o", "json").err == ""


def test_where_no_mail_is_set_nobody_is_warned(queue: Cli) -> None:
    """A trial, or a host that tells its customers by other means."""
    queue.ok("tick", "--days", "5")
    assert queue("status").err == ""
    assert queue("tick").err == ""
