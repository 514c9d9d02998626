"""No mailbox is deleted before its customer was notified that it is suspended."""

from __future__ import annotations

from typing import Any

import pytest
from freezegun import freeze_time

from mailctl.effects import held_deletions
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.store.plain import rows

ANN = "ann@acme.example"


@pytest.fixture
def suspended(store: Cli) -> Cli:
    """acme's only mailbox, suspended on 2026-02-01, whose retention ends on the 15th."""
    with_a_mailbox_that_ends(store)
    store.ok("tick", "--to", "2026-02-01")
    return store


def with_a_mailbox_that_ends(cli: Cli) -> None:
    """Give acme a mailbox that is paid for January and not renewed."""
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("prepaid", "credit", "acme", "10")
    cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    cli.ok("account", "order", "acme-pro", ANN, "-y")
    cli.ok("account", "renew", ANN, "--mode", "none", "-y")


def state(cli: Cli) -> Any:
    """What became of the mailbox."""
    (account,) = cli.ok("account", "list", "--state", "all")["items"]
    return account["state"]


def held(cli: Cli) -> int:
    """How many deletions wait."""
    with store_at(cli.store).read() as reader:
        return held_deletions.count(reader)


def test_where_mail_is_sent_a_deletion_waits_for_the_notice(suspended: Cli) -> None:
    """On a manual clock too, once a mail server is named."""
    suspended.ok("settings", "set", "mail-host", "127.0.0.1")
    suspended.ok("tick", "--to", "2026-02-20")
    assert (state(suspended), held(suspended)) == ("suspended", 1)


def test_a_trial_without_mail_deletes_on_the_day(suspended: Cli) -> None:
    suspended.ok("tick", "--to", "2026-02-15")
    assert (state(suspended), held(suspended)) == ("deleted", 0)


def test_where_customers_are_notified_by_other_means_nothing_waits(suspended: Cli) -> None:
    suspended.ok("settings", "set", "mail-host", "none")
    suspended.ok("tick", "--to", "2026-02-15")
    assert (state(suspended), held(suspended)) == ("deleted", 0)


@pytest.mark.parametrize(("mail_host", "expected"), [("", "suspended"), ("none", "deleted")])
def test_on_the_real_clock_a_deletion_always_waits_for_the_notice(
    cli: Cli, mail_host: str, expected: str
) -> None:
    """Unless customers are notified by other means."""
    with freeze_time("2026-01-01T09:00:00Z"):
        cli.ok("init", "--timezone", "UTC")
        with_a_mailbox_that_ends(cli)
        cli.ok("settings", "set", "mail-host", mail_host)
    for day in ("2026-02-01", "2026-02-20"):
        with freeze_time(f"{day}T09:00:00Z"):
            cli.ok("tick")
    assert state(cli) == expected


def test_what_is_missing_is_named_with_the_command_that_helps(suspended: Cli) -> None:
    suspended.ok("settings", "set", "mail-host", "127.0.0.1")
    with store_at(suspended.store).read() as reader:
        assert held_deletions.why(reader) == (
            "mail-from is not set and customers are not notified",
            "mailctl settings set mail-from -",
        )
    suspended.ok("settings", "set", "mail-from", "billing@host.example")
    with store_at(suspended.store).read() as reader:
        assert held_deletions.why(reader)[1] == "mailctl notice send"


def test_a_notice_sent_late_moves_the_deletion(suspended: Cli) -> None:
    """Sent on the 20th, the mailbox is there for another week; a notice in time moves nothing."""
    suspended.ok("settings", "set", "mail-host", "127.0.0.1")
    [(notice,)] = rows(
        suspended.store, "SELECT suspension_notice_id FROM account WHERE state = 'suspended'"
    )
    deletes_on = []
    for day in ("2026-02-08", "2026-02-20"):
        suspended.ok("tick", "--to", day)
        with store_at(suspended.store).write("test") as transaction:
            held_deletions.postpone(transaction, notice)
        deletes_on.append(suspended.ok("account", "show", ANN)["deletes_on"])
    assert deletes_on == ["2026-02-15", "2026-02-27"]
