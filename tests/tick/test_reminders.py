"""Reminders: each at most once, never on or after the event, of several missed only the latest."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Any

import pytest
from freezegun import freeze_time

from mailctl.effects.due_reminders import windows
from tests.helpers import Cli
from tests.store.plain import rows

FIRST = date(2026, 2, 20)  # February's end and March's beginning lie inside the sweep.
LENGTH = 9
REMINDERS = [list(days) for size in (0, 1, 2, 3) for days in combinations((6, 4, 3, 1), size)]


def announced_day_by_day(
    event: date, ticks: list[date], ahead: list[int]
) -> list[tuple[date, int]]:
    """The rule, one day and one reminder at a time: on which tick which reminder is sent.

    The first of the ticks is the day from which reminders are looked at.
    """
    told = []
    for last, today in pairwise(ticks):
        due = [days for days in ahead if last < event - timedelta(days=days) <= today]
        if due and today < event:
            told.append((today, min(due)))
    return told


def announced_by_windows(
    event: date, ticks: list[date], ahead: list[int]
) -> list[tuple[date, int]]:
    """What the windows say; a window's last day tells which reminder it is of."""
    return [
        (today, (until - today).days)
        for last, today in pairwise(ticks)
        for after, until in windows(last, today, ahead)
        if after < event <= until
    ]


@pytest.mark.parametrize("ahead", REMINDERS, ids=str)
def test_windows_announce_what_the_rule_announces(ahead: list[int]) -> None:
    """Every event of 17 days, every way to miss ticks among nine days: 4,352 lives a setting."""
    days = [FIRST + timedelta(days=n) for n in range(LENGTH)]
    ways = [[days[0], *kept] for size in range(LENGTH) for kept in combinations(days[1:], size)]
    for event in (FIRST + timedelta(days=n) for n in range(-1, LENGTH + 7)):
        for ticks in ways:
            got = announced_by_windows(event, ticks, ahead)
            # Never on the day or after it, never twice the same.
            assert [(day, days) for day, days in got if day >= event] == []
            assert len({days for _, days in got}) == len(got)
            expected = announced_day_by_day(event, ticks, ahead)
            assert [day for day, _ in got] == [day for day, _ in expected]
            assert got == expected


def kinds(cli: Cli, *wanted: str) -> list[tuple[Any, ...]]:
    """The reminders queued, with their days."""
    found = rows(cli.store, "SELECT kind, queued_on FROM notice ORDER BY id")
    return [row for row in found if row[0] in wanted]


def ordered(cli: Cli, *words: str) -> None:
    """One account of acme, ordered today, with money for years."""
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    cli.ok("prepaid", "credit", "acme", "1000")
    cli.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    cli.ok("account", "order", "acme-pro", *words, "-y")


def test_an_account_that_ends_is_reminded_of_15_and_3_days_before(store: Cli) -> None:
    """And of its deletion 7 and 2 days before: four reminders in the whole life."""
    ordered(store)
    store.ok("account", "renew", "1", "--mode", "none", "-y")
    store.ok("tick", "--to", "2026-06-01")
    assert kinds(store, "expiry-coming", "deletion-coming", "renewal-coming") == [
        ("expiry-coming", "2026-01-17"),
        ("expiry-coming", "2026-01-29"),
        ("deletion-coming", "2026-02-08"),
        ("deletion-coming", "2026-02-13"),
    ]


def test_a_yearly_renewal_is_announced_40_and_15_days_before(store: Cli) -> None:
    """Each year again; a monthly one is not announced at all."""
    ordered(store, "--period", "yearly")
    store.ok("account", "order", "acme-pro", "--period", "monthly", "-y")
    store.ok("tick", "--to", "2028-01-02")
    assert kinds(store, "renewal-coming", "expiry-coming") == [
        ("renewal-coming", "2026-11-22"),
        ("renewal-coming", "2026-12-17"),
        ("renewal-coming", "2027-11-22"),
        ("renewal-coming", "2027-12-17"),
    ]


def test_a_debt_is_reminded_of_2_days_before_its_due_date(store: Cli) -> None:
    """Once, naming what is missing and the day."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", "-y")
    store.ok("tick", "--to", "2026-01-10")
    assert rows(
        store.store,
        "SELECT queued_on, amount_cents, due_on FROM notice WHERE kind = 'debt-reminder'",
    ) == [("2026-01-06", 191, "2026-01-08")]


def test_one_reminder_lists_all_accounts_of_a_customer(store: Cli) -> None:
    """Three accounts that end the same day are one notice with three accounts."""
    ordered(store, "--count", "3")
    store.ok("platform", "cancel", "acme-pro", "-y")
    store.ok("tick", "--to", "2026-01-17")
    assert rows(
        store.store,
        "SELECT n.kind, count(*) FROM notice n JOIN notice_account a ON a.notice_id = n.id "
        "WHERE n.kind = 'expiry-coming' GROUP BY n.id",
    ) == [("expiry-coming", 3)]


def test_an_account_that_was_saved_is_not_reminded_again(store: Cli) -> None:
    """Its renewal given back after the first reminder: no second one comes."""
    ordered(store)
    store.ok("account", "renew", "1", "--mode", "none", "-y")
    store.ok("tick", "--to", "2026-01-20")
    store.ok("account", "renew", "1", "--mode", "monthly", "-y")
    store.ok("tick", "--to", "2026-02-10")
    assert kinds(store, "expiry-coming", "deletion-coming") == [("expiry-coming", "2026-01-17")]


def at(cli: Cli, moment: str, *argv: str) -> Any:
    """A command at a moment of a wall clock."""
    with freeze_time(moment):
        return cli.ok(*argv)


def ending(cli: Cli) -> None:
    """A wall store made on 2026-01-01 with an account that ends on 2026-02-01."""
    with freeze_time("2026-01-01T09:00:00Z"):
        cli.ok("init", "--timezone", "UTC")
        ordered(cli)
        cli.ok("account", "renew", "1", "--mode", "none", "-y")


def test_after_missed_ticks_only_the_latest_reminder_comes(cli: Cli) -> None:
    """From the 10th to the 30th nobody ticked: of 15 and 3 days before, only the latter."""
    ending(cli)
    at(cli, "2026-01-10T06:00:00Z", "tick")
    at(cli, "2026-01-30T06:00:00Z", "tick")
    assert kinds(cli, "expiry-coming") == [("expiry-coming", "2026-01-30")]


def test_after_the_event_no_reminder_comes(cli: Cli) -> None:
    """The tick that suspends does not announce the suspension."""
    ending(cli)
    at(cli, "2026-01-10T06:00:00Z", "tick")
    at(cli, "2026-02-01T06:00:00Z", "tick")
    assert kinds(cli, "expiry-coming", "accounts-suspended") == [
        ("accounts-suspended", "2026-02-01")
    ]


def test_a_second_tick_of_a_day_reminds_nobody_again(cli: Cli) -> None:
    """However often cron runs."""
    ending(cli)
    for hour in range(6, 12):
        at(cli, f"2026-01-17T{hour:02}:00:00Z", "tick")
    assert kinds(cli, "expiry-coming") == [("expiry-coming", "2026-01-17")]


@pytest.mark.parametrize("written", [None, "2026-01-16", "2026-01-17", "2026-01-20"])
def test_the_first_tick_of_a_store_reminds_of_all_since_it_was_made(
    written: str | None, cli: Cli
) -> None:
    """Whatever was written to the store meanwhile: the reminder of the 17th comes on the 21st."""
    ending(cli)
    if written:
        at(cli, f"{written}T09:00:00Z", "customer", "edit", "acme", "--city", "Nantes")
    at(cli, "2026-01-21T06:00:00Z", "tick")
    assert kinds(cli, "expiry-coming") == [("expiry-coming", "2026-01-21")]


def test_on_the_day_of_the_suspension_the_deletion_is_not_announced(store: Cli) -> None:
    """Its notice says the day of the deletion already; the reminder comes later."""
    ordered(store)
    store.ok("settings", "set", "retention-days", "7")
    store.ok("account", "renew", "1", "--mode", "none", "-y")
    store.ok("tick", "--to", "2026-02-20")
    assert kinds(store, "deletion-coming", "accounts-suspended", "accounts-deleted") == [
        ("accounts-suspended", "2026-02-01"),
        ("deletion-coming", "2026-02-06"),
        ("accounts-deleted", "2026-02-08"),
    ]


def test_without_reminder_days_nobody_is_reminded(store: Cli) -> None:
    """An empty setting turns the reminders off."""
    ordered(store)
    store.ok("settings", "set", "expiry-reminder-days", "")
    store.ok("account", "renew", "1", "--mode", "none", "-y")
    store.ok("tick", "--to", "2026-02-05")
    assert kinds(store, "expiry-coming") == []
