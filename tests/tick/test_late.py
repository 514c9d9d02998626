"""A cron that stopped: what a late tick of a wall clock does, and what holds it back.

Amounts: email-pro monthly is 1.59 + 0.32 tax = 1.91.
"""

from __future__ import annotations

from typing import Any

import pytest
from freezegun import freeze_time

from tests.helpers import Cli, Outcome
from tests.store.plain import rows, twin
from tests.tick.dumps import differing, dump

MADE = "2026-01-31"


def at(day: str, cli: Cli, *argv: str) -> Any:
    """A command that must succeed, at noon of a day."""
    with freeze_time(f"{day}T12:00:00Z"):
        return cli.ok(*argv)


def tried(day: str, cli: Cli, *argv: str) -> Outcome:
    """A command at noon of a day, however it ends."""
    with freeze_time(f"{day}T12:00:00Z"):
        return cli(*argv, "-o", "json")


def sign_of_life(day: str, cli: Cli) -> None:
    """Something is written, so that the system's clock is trusted; no tick runs."""
    at(day, cli, "customer", "edit", "acme", "--city", f"Nantes {day}")


@pytest.fixture
def wall(cli: Cli) -> Cli:
    """A wall store of 2026-01-31: acme with 100.00 and three monthly accounts on two platforms."""
    at(MADE, cli, "init", "--timezone", "UTC")
    at(MADE, cli, "customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    at(MADE, cli, "prepaid", "credit", "acme", "100")
    for name in ("one", "two"):
        at(MADE, cli, "platform", "add", name, "--customer", "acme", "--offer", "email-pro")
    at(MADE, cli, "account", "order", "one", "--count", "2", "-y")
    at(MADE, cli, "account", "order", "two", "-y")
    return cli


def test_missed_terms_of_all_platforms_are_lines_of_one_invoice(wall: Cli) -> None:
    """Three accounts, three months missed: nine lines, one debit, dated and due from the tick."""
    for day in ("2026-02-25", "2026-03-25", "2026-04-25"):
        sign_of_life(day, wall)
    counts = at("2026-05-05", wall, "tick")
    assert (counts["renewed"], counts["invoices"]) == (9, 1)
    assert rows(
        wall.store,
        "SELECT i.issued_on, o.due_on, count(*), min(l.period_start_on), max(l.period_end_on) "
        "FROM invoice i JOIN invoice_open o ON o.invoice_id = i.id "
        "JOIN invoice_line l ON l.invoice_id = i.id WHERE i.order_number IS NULL "
        "GROUP BY i.id, o.due_on",
    ) == [("2026-05-05", "2026-05-12", 9, "2026-02-28", "2026-05-31")]


def test_a_late_tick_bills_the_same_terms_as_daily_ones(wall: Cli) -> None:
    """Each line is the same, term by term and price by price; only the invoices are fewer."""
    daily = twin(wall, "daily")
    for day in ("2026-02-28", "2026-03-31", "2026-04-30"):
        sign_of_life(day, wall)
        at(day, daily, "tick")
    for cli in (wall, daily):
        at("2026-05-05", cli, "tick")
    query = (
        "SELECT account_id, period_start_on, period_end_on, unit_cents FROM invoice_line "
        "ORDER BY 1, 2"
    )
    assert rows(wall.store, query) == rows(daily.store, query)
    expiries = "SELECT id, expires_on, anchor_day FROM account ORDER BY id"
    assert rows(wall.store, expiries) == rows(daily.store, expiries)


def test_delays_count_from_the_day_of_the_late_tick(wall: Cli) -> None:
    """A debt begun late, a suspension and its deletion: all from the tick's day, none shorter."""
    at(MADE, wall, "account", "renew", "3", "--mode", "none", "-y")
    at(MADE, wall, "customer", "add", "poor", "--name", "Poor", "--email", "it@poor.example")
    at(MADE, wall, "platform", "add", "poor", "--customer", "poor", "--offer", "email-pro")
    at(MADE, wall, "prepaid", "credit", "poor", "10")
    at(MADE, wall, "account", "order", "poor", "--count", "4", "-y")
    sign_of_life("2026-02-25", wall)

    counts = at("2026-03-10", wall, "tick")

    assert (counts["renewed"], counts["debts_opened"], counts["suspended_expired"]) == (6, 1, 1)
    ended = at("2026-03-10", wall, "account", "show", "3")
    assert (ended["suspended_on"], ended["deletes_on"]) == ("2026-03-10", "2026-03-24")
    assert at("2026-03-10", wall, "prepaid", "show", "poor")["debt_due_on"] == "2026-03-17"
    assert at("2026-03-17", wall, "tick")["suspended_debt"] == 0
    assert at("2026-03-18", wall, "tick")["suspended_debt"] == 4


def test_an_overdue_customer_is_suspended_late_but_not_billed_first(wall: Cli) -> None:
    """A step suspends for debt before it renews: nothing more is billed to who has not paid."""
    at(MADE, wall, "customer", "add", "poor", "--name", "Poor", "--email", "it@poor.example")
    at(MADE, wall, "platform", "add", "poor", "--customer", "poor", "--offer", "email-pro")
    at(MADE, wall, "account", "order", "poor", "-y")
    sign_of_life("2026-02-20", wall)
    counts = at("2026-03-05", wall, "tick")
    assert (counts["suspended_debt"], counts["renewed"]) == (1, 3)
    assert at("2026-03-05", wall, "account", "show", "4")["deletes_on"] == "2026-03-19"


def test_ten_ticks_a_day_are_one(wall: Cli) -> None:
    """However often cron runs on the day, the rows are those of one tick."""
    often = twin(wall, "often")
    at("2026-02-28", wall, "tick")
    for hour in range(10):
        with freeze_time(f"2026-02-28T{hour:02}:30:00Z"):
            often.ok("tick")
    assert differing(dump(wall.store), dump(often.store)) == []


def test_an_idle_tick_of_a_wall_clock_changes_the_clock_alone(wall: Cli) -> None:
    """The day it ran is all that is new."""
    before = dump(wall.store)
    at("2026-02-02", wall, "tick")
    assert differing(dump(wall.store), before) == ["clock"]
    assert dump(wall.store)["clock"] == [
        {
            "id": 1,
            "reached_on": "2026-02-02",
            "last_tick_on": "2026-02-02",
            "erasing_since_on": None,
        }
    ]


def test_reading_does_not_move_the_clock(wall: Cli) -> None:
    """A list of the 20th is no write of the 20th."""
    before = dump(wall.store)
    at("2026-02-20", wall, "status")
    at("2026-02-20", wall, "account", "list")
    assert differing(dump(wall.store), before) == []


def test_a_command_that_is_refused_does_not_move_the_clock(wall: Cli) -> None:
    """A failed command changes nothing, not even the day of the last write."""
    before = dump(wall.store)
    assert tried("2026-02-20", wall, "account", "delete", "1", "-y").status == 1
    assert tried("2026-02-20", wall, "account", "order", "one", "-n", "-y").status == 0
    assert differing(dump(wall.store), before) == []


@pytest.mark.parametrize(
    ("days", "day", "status"),
    [(31, "2026-03-03", 0), (31, "2026-03-04", 1), (5, "2026-02-05", 0), (5, "2026-02-06", 1)],
)
def test_the_gap_that_is_trusted_is_a_setting(days: int, day: str, status: int, wall: Cli) -> None:
    """So many days after the last write are accepted, one more is not."""  # fmt: skip
    at(MADE, wall, "settings", "set", "gap-days", str(days))
    assert tried(day, wall, "tick").status == status
    assert tried(day, wall, "tick", "--dry-run").status == status


def test_after_an_accepted_gap_the_late_work_is_done_at_once(wall: Cli) -> None:
    """A host that was off for a year: twelve terms each, one invoice, and the clock is right."""
    at(MADE, wall, "prepaid", "credit", "acme", "1000")
    counts = at("2027-02-01", wall, "tick", "--accept-gap")
    assert (counts["renewed"], counts["invoices"]) == (36, 1)
    assert at("2027-02-01", wall, "account", "show", "1")["expires_on"] == "2027-02-28"


def end_many(wall: Cli) -> None:
    """25 accounts that are suspended on 2026-02-28 and deleted on 2026-03-14."""
    at(MADE, wall, "platform", "add", "many", "--customer", "acme", "--offer", "email-pro")
    at(MADE, wall, "account", "order", "many", "--count", "25", "-y")
    at(MADE, wall, "platform", "cancel", "many", "-y")


def test_a_mass_of_deletions_is_held_as_a_mass_of_suspensions_is(wall: Cli) -> None:
    """Each of the two needs its own --accept-mass; refused, nothing is done."""
    end_many(wall)
    at("2026-02-27", wall, "settings", "set", "mail-host", "none")
    assert tried("2026-02-28", wall, "tick").error()["code"] == "mass-change"
    assert at("2026-02-28", wall, "tick", "--accept-mass")["suspended_expired"] == 25
    before = dump(wall.store)
    refused = tried("2026-03-14", wall, "tick")
    assert (refused.status, refused.error()["code"]) == (1, "mass-change")
    assert differing(dump(wall.store), before) == []
    assert at("2026-03-14", wall, "tick", "--accept-mass")["deleted"] == 25


def test_a_refused_mass_names_the_accounts(wall: Cli) -> None:
    """Twenty of them, and how many more."""
    end_many(wall)
    lines = tried("2026-02-28", wall, "tick").error()["lines"]
    assert (len(lines), lines[-1]) == (21, "and 5 more")
    assert lines[0] == "suspended: account 4 (blank) of many"


def test_a_refused_mass_does_not_bill_either(wall: Cli) -> None:
    """The step is atomic: the three renewals of the day wait with it."""
    end_many(wall)
    assert tried("2026-02-28", wall, "tick").status == 1
    assert at("2026-02-28", wall, "account", "show", "1")["expires_on"] == "2026-02-28"
    assert at("2026-02-28", wall, "tick", "--accept-mass")["renewed"] == 3


def test_a_manual_clock_has_no_brakes(store: Cli) -> None:
    """Trials and demonstrations go on for years, whoever is suspended."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "many", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "many", "--count", "30", "-y")
    store.ok("platform", "cancel", "many", "-y")
    assert store.ok("tick", "--to", "2028-01-01")["deleted"] == 30
