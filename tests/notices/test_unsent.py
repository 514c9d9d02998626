"""What happens while notices are not sent: nobody's mailbox goes untold, and somebody is warned."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from tests.helpers import Cli, Outcome
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


def test_no_account_is_deleted_before_its_suspension_was_announced(ending: Cli) -> None:
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


def test_what_is_refused_for_good_counts_as_announced(ending: Cli, office: PostOffice) -> None:
    """Else an address that does not work would keep a mailbox for ever."""
    ending.ok("tick", "--to", "2026-02-15")
    assert account(ending) == "suspended"
    office.rcpt[BOLT] = ["550 5.1.1 no such user"] * 9
    ending.ok("notice", "send")
    assert ending.ok("tick", "--to", "2026-02-21")["deleted"] == 0
    assert ending.ok("tick")["deleted"] == 1


@pytest.mark.parametrize(
    "answer",
    [
        "553 5.7.1 <billing@host.example>: Sender address rejected: not owned by user billing",
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org",
        "550 go away",
    ],
)
def test_no_mailbox_is_deleted_because_we_were_refused(
    ending: Cli, office: PostOffice, hands: Hands, answer: str
) -> None:
    """Without a word about the recipient nobody was told: it is held until somebody is."""
    ending.ok("tick", "--to", "2026-02-01")
    office.rcpt[BOLT] = [answer] * 9
    for _ in range(9):
        assert ending("notice", "send").status == 1
        hands.go_on(days=1, minutes=1)
    assert ending.ok("tick", "--to", "2026-12-01")["deletions_held"] == 1
    assert account(ending) == "suspended"
    ending.ok("notice", "send")
    assert account(ending) == "suspended"
    assert ending.ok("tick", "--to", "2026-12-08")["deleted"] == 1


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


WALL = (
    "init --timezone UTC",
    "customer add bolt --name Bolt --email it@bolt.example",
    "prepaid credit bolt 100",
    "platform add bolt-pro --customer bolt --offer email-pro",
    "account order bolt-pro ben@bolt.example -y",
    "account renew 1 --mode none -y",
)


def on(day: str, cli: Cli, *words: str) -> Outcome:
    """A command on a day of the real clock."""
    with freeze_time(f"{day} 08:00", real_asyncio=True):
        return cli(*words)


@pytest.fixture
def wall(cli: Cli) -> Cli:
    """A store on the real date, 2026-01-01; its account ends on 2026-02-01. Mail is not set."""
    for line in WALL:
        assert on("2026-01-01", cli, *line.split()).status == 0
    return cli


def test_on_a_wall_clock_the_tick_of_the_same_day_deletes(wall: Cli, office: PostOffice) -> None:
    """`mailctl tick; mailctl notice send`, run twice a day, with no retention."""
    with freeze_time("2026-01-31 08:00", real_asyncio=True):
        configure(wall, office.port)
        wall.ok("settings", "set", "retention-days", "0")
        wall.ok("tick")
    with freeze_time("2026-02-01 08:00", real_asyncio=True):
        assert wall.ok("tick")["deletions_held"] == 1
        assert wall.ok("notice", "send")["left"] == 0
        assert wall.ok("tick")["deleted"] == 1


@pytest.mark.parametrize("retention", ["14", "0"])
def test_on_a_wall_clock_without_a_mail_server_no_mailbox_is_deleted(
    wall: Cli, retention: str
) -> None:
    """Nobody was told of the suspension: tick, status and advise say what it waits for."""
    on("2026-01-02", wall, "settings", "set", "retention-days", retention)
    on("2026-02-01", wall, "tick")
    on("2026-02-14", wall, "tick")
    said = (
        "warning: 1 deletion is held, since mail-host is not set and customers are not notified: "
        "mailctl settings set mail-host -\n"
    )
    ticked = on("2026-03-01", wall, "tick", "-o", "json")
    assert (ticked.json()["deleted"], ticked.json()["deletions_held"]) == (0, 1)
    assert ticked.err == said
    status = on("2026-03-01", wall, "status", "-o", "json")
    assert (status.json()["accounts_suspended"], status.json()["deletions_held"]) == (1, 1)
    assert status.err == said
    advised = on("2026-03-01", wall, "advise", "-o", "json").json()["items"]
    found, _ = (one for one in advised if one["code"] == "mail-not-configured")
    assert (found["subject"], found["severity"]) == ("setting/mail-host", "urgent")
    assert found["message"].endswith(
        "and mail-host is not set: no customer is notified. 1 deletion is held until then. "
        "The value none says that customers are notified by other means: nothing is held."
    )


def test_notifying_customers_by_other_means_is_a_setting(wall: Cli) -> None:
    """Then nothing is held, nothing is sent, and nobody is warned of notices."""
    on("2026-02-01", wall, "tick")
    freed = on("2026-02-20", wall, "settings", "set", "mail-host", "none")
    assert freed.err == (
        "warning: accounts past their retention that the next tick deletes, notified or not: 1; to "
        "see what it will do: mailctl tick --dry-run\n"
    )
    assert on("2026-02-20", wall, "settings", "set", "retention-days", "14").err == ""
    sent = on("2026-02-20", wall, "notice", "send")
    assert (sent.status, sent.out, sent.err) == (0, "", "")
    assert on("2026-02-20", wall, "notice", "send", "--json").json()["sent"] == 0
    ticked = on("2026-02-20", wall, "tick", "-o", "json")
    assert (ticked.json()["deleted"], ticked.json()["deletions_held"], ticked.err) == (1, 0, "")
    status = on("2026-02-20", wall, "status", "-o", "json")
    assert (status.json()["notices_unsent"] > 0, status.err) == (True, "")
    codes = [one["code"] for one in on("2026-02-20", wall, "advise", "--json").json()["items"]]
    assert not {"mail-not-configured", "notices-unsent", "deletion-held"} & set(codes)


def test_a_clock_of_its_own_without_a_mail_server_holds_nothing(queue: Cli) -> None:
    """A trial lives its year; the letters that nobody gets can be read."""
    queue.ok("account", "renew", "3", "--mode", "none", "-y")
    ticked = queue.ok("tick", "--to", "2026-02-15")
    assert (ticked["deleted"], ticked["deletions_held"]) == (1, 0)


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
