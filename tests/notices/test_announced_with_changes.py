"""A change after which a reminder would come too late is announced at once."""

from __future__ import annotations

import pytest
from freezegun import freeze_time

from tests.helpers import Cli
from tests.store.plain import rows

MONTHLY, YEARLY = "monthly@acme.example", "yearly@acme.example"
ACCOUNTS = "platform,address,period,expires_on,anchor_day,renewal\n"


def announced(cli: Cli, kind: str) -> list[tuple[str, str]]:
    """On which days a reminder was queued, and for which days."""
    return rows(
        cli.store,
        "SELECT n.queued_on, t.happens_on FROM notice n JOIN notice_account t "
        f"ON t.notice_id = n.id WHERE n.kind = '{kind}' ORDER BY n.id, t.account_id",
    )


@pytest.fixture
def acme(store: Cli) -> Cli:
    """acme with money for years: a monthly account and a yearly one, ordered on 2026-01-01."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("prepaid", "credit", "acme", "1000")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", MONTHLY, "--period", "monthly", "-y")
    store.ok("account", "order", "acme-pro", YEARLY, "--period", "yearly", "-y")
    return store


def test_an_end_decided_after_its_reminders_is_announced_with_the_change(acme: Cli) -> None:
    """On 30 January the end of the 1st: at once; nothing more comes before it."""
    acme.ok("tick", "--to", "2026-01-30")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    assert announced(acme, "expiry-coming") == [("2026-01-30", "2026-02-01")]
    acme.ok("tick", "--to", "2026-02-10")
    assert announced(acme, "expiry-coming") == [("2026-01-30", "2026-02-01")]


def test_an_end_decided_between_two_reminders_is_announced_at_once_and_by_the_second(
    acme: Cli,
) -> None:
    """15 days before is past, 3 days before is still to come."""
    acme.ok("tick", "--to", "2026-01-20")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    acme.ok("tick", "--to", "2026-02-10")
    assert announced(acme, "expiry-coming") == [
        ("2026-01-20", "2026-02-01"),
        ("2026-01-29", "2026-02-01"),
    ]


def test_an_end_decided_long_before_is_announced_by_the_reminders_alone(acme: Cli) -> None:
    """16 days before nothing is said yet."""
    acme.ok("tick", "--to", "2026-01-16")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    assert announced(acme, "expiry-coming") == []


def test_an_end_undone_and_decided_again_is_not_announced_twice(acme: Cli) -> None:
    """The first notice of the day still announces it."""
    acme.ok("tick", "--to", "2026-01-20")
    for mode in ("none", "monthly", "none"):
        acme.ok("account", "renew", MONTHLY, "--mode", mode, "-y")
    assert announced(acme, "expiry-coming") == [("2026-01-20", "2026-02-01")]


def test_an_end_decided_again_after_its_notice_was_left_out_is_announced(acme: Cli) -> None:
    """A notice that was outdated when it should have been sent has reached nobody."""
    acme.ok("tick", "--to", "2026-01-20")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    rows(
        acme.store,
        "UPDATE notice SET ended_for = 'outdated', ended_at = '2026-01-20T10:00:00Z' "
        "WHERE kind = 'expiry-coming' RETURNING 1",
    )
    acme.ok("account", "renew", MONTHLY, "--mode", "monthly", "-y")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    assert announced(acme, "expiry-coming") == [("2026-01-20", "2026-02-01")] * 2


def test_a_cancel_announces_each_end_itself(acme: Cli) -> None:
    """Also on the day of a reminder: no second notice says the same."""
    with freeze_time("2026-01-01T09:00:00Z"):
        wall = Cli(acme.store.parent / "wall.db")
        wall.ok("init", "--timezone", "UTC")
        wall.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        wall.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
        wall.ok("prepaid", "credit", "acme", "100")
        wall.ok("account", "order", "acme-pro", "-y")
    with freeze_time("2026-01-17T09:00:00Z"):
        wall.ok("platform", "cancel", "acme-pro", "-y")
        wall.ok("tick")
    assert announced(wall, "cancel-recorded") == [("2026-01-17", "2026-02-01")]
    assert announced(wall, "expiry-coming") == []
    with freeze_time("2026-01-29T09:00:00Z"):
        wall.ok("tick")
    assert announced(wall, "expiry-coming") == [("2026-01-29", "2026-02-01")]


def test_a_platform_that_no_longer_renews_by_itself_announces_what_ends_soon(acme: Cli) -> None:
    """The monthly account ends in two days, the yearly one in eleven months."""
    acme.ok("tick", "--to", "2026-01-30")
    acme.ok("platform", "renewal", "acme-pro", "--manual", "-y")
    assert announced(acme, "expiry-coming") == [("2026-01-30", "2026-02-01")]


def test_a_yearly_renewal_that_is_chosen_late_is_announced_at_once(acme: Cli) -> None:
    """By renew, and by a platform that renews by itself again."""
    acme.ok("tick", "--to", "2026-01-30")
    acme.ok("account", "renew", MONTHLY, "--mode", "yearly", "-y")
    assert announced(acme, "renewal-coming") == [("2026-01-30", "2026-02-01")]
    acme.ok("platform", "renewal", "acme-pro", "--manual", "-y")
    acme.ok("tick", "--to", "2026-12-30")
    acme.ok("platform", "renewal", "acme-pro", "--automatic", "-y")
    assert announced(acme, "renewal-coming")[1:] == [("2026-12-30", "2027-01-01")]


def test_a_resumed_platform_announces_the_renewals_that_it_gives_back(acme: Cli) -> None:
    """The yearly renewal of 1 January, given back on 20 December."""
    acme.ok("platform", "cancel", "acme-pro", "-y")
    acme.ok("tick", "--to", "2026-12-20")
    acme.ok("platform", "resume", "acme-pro", "-y")
    assert announced(acme, "renewal-coming") == [("2026-12-20", "2027-01-01")]


def test_an_imported_account_that_ends_soon_is_announced(acme: Cli) -> None:
    """Of three, the one that ends within 15 days and the one that renews within 40."""
    acme.ok(
        "import", "accounts", "-",
        stdin=f"{ACCOUNTS}acme-pro,,monthly,2026-01-10,10,none\n"
        "acme-pro,,monthly,2026-01-20,20,none\nacme-pro,,yearly,2026-02-05,5,yearly\n",
    )  # fmt: skip
    assert announced(acme, "expiry-coming") == [("2026-01-01", "2026-01-10")]
    assert announced(acme, "renewal-coming") == [("2026-01-01", "2026-02-05")]


def test_the_end_of_an_account_that_works_again_just_before_it_is_announced(store: Cli) -> None:
    """Suspended for a debt over both reminders of its end, paid on the last day."""
    store.ok("settings", "set", "retention-days", "60")
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", MONTHLY, "-y")
    store.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    store.ok("tick", "--to", "2026-01-31")
    assert announced(store, "expiry-coming") == []
    store.ok("prepaid", "credit", "acme", "1.91")
    assert announced(store, "expiry-coming") == [("2026-01-31", "2026-02-01")]


def test_the_end_of_an_account_reopened_for_a_last_time_is_announced(acme: Cli) -> None:
    """Its missed terms end on 1 March, ten days after."""
    acme.ok("settings", "set", "retention-days", "60")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    acme.ok("tick", "--to", "2026-02-19")
    acme.ok("account", "reopen", MONTHLY, "--mode", "none", "-y")
    assert announced(acme, "expiry-coming")[2:] == [("2026-02-19", "2026-03-01")]


def test_more_reminder_days_announce_at_once_what_they_are_too_late_for(acme: Cli) -> None:
    """Without any days nothing was said; with 60, 10 the end in two days is."""
    acme.ok("settings", "set", "expiry-reminder-days", "")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    acme.ok("tick", "--to", "2026-01-30")
    assert announced(acme, "expiry-coming") == []
    acme.ok("settings", "set", "expiry-reminder-days", "60,10")
    assert announced(acme, "expiry-coming") == [("2026-01-30", "2026-02-01")]


def test_a_term_as_short_as_its_reminder_is_announced_as_it_begins(acme: Cli) -> None:
    """With 365 days before a yearly renewal, each renewal is announced at the one before."""
    acme.ok("settings", "set", "renewal-reminder-days", "365")
    acme.ok("tick", "--to", "2027-01-05")
    assert announced(acme, "renewal-coming") == [
        ("2026-01-01", "2027-01-01"),
        ("2027-01-01", "2028-01-01"),
    ]


def test_a_suspension_with_few_days_left_announces_the_deletion_itself(acme: Cli) -> None:
    """With a retention of 5 days the reminder of 7 days before is not repeated."""
    acme.ok("settings", "set", "retention-days", "5")
    acme.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    acme.ok("tick", "--to", "2026-02-10")
    assert announced(acme, "accounts-suspended") == [("2026-02-01", "2026-02-06")]
    assert announced(acme, "deletion-coming") == [("2026-02-04", "2026-02-06")]


def test_the_new_end_of_an_account_extended_after_its_expiry_is_announced(cli: Cli) -> None:
    """Nobody ticked from 1 February on; extended on the 20th, it ends on 1 March."""
    with freeze_time("2026-01-01T09:00:00Z"):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
        cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
        cli.ok("prepaid", "credit", "acme", "100")
        cli.ok("account", "order", "acme-pro", MONTHLY, "-y")
        cli.ok("account", "renew", MONTHLY, "--mode", "none", "-y")
    with freeze_time("2026-01-31T09:00:00Z"):
        cli.ok("tick")
    with freeze_time("2026-02-20T09:00:00Z"):
        cli.ok("account", "extend", MONTHLY, "-y")
    assert announced(cli, "expiry-coming") == [
        ("2026-01-31", "2026-02-01"),
        ("2026-02-20", "2026-03-01"),
    ]


def test_one_notice_names_all_accounts_of_a_platform_that_end_soon(acme: Cli) -> None:
    """Ends decided by `--all`: one notice for the customer, and only of what ends soon."""
    acme.ok("tick", "--to", "2026-01-25")
    acme.ok("account", "order", "acme-pro", "--period", "monthly", "--count", "2", "-y")
    acme.ok("account", "renew", "--all", "--platform", "acme-pro", "--mode", "none", "-y")
    assert announced(acme, "expiry-coming") == [("2026-01-25", "2026-02-01")]
    acme.ok("tick", "--to", "2026-02-10")
    assert announced(acme, "expiry-coming")[1:] == [
        ("2026-01-29", "2026-02-01"),
        ("2026-02-10", "2026-02-25"),
        ("2026-02-10", "2026-02-25"),
    ]
    assert rows(
        acme.store,
        "SELECT count(*) FROM notice WHERE kind = 'expiry-coming' AND queued_on = '2026-02-10'",
    ) == [(1,)]
