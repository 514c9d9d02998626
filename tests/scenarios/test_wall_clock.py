"""A store that follows the real date: late ticks, outages, brakes, and a clock that was ahead.

Amounts as in the stories: email-pro monthly is 1.59 + 0.32 tax = 1.91.
"""

from __future__ import annotations

from typing import Any

import pytest
from freezegun import freeze_time

from tests.helpers import Cli, Outcome, contents


class Wall:
    """A command line whose commands run at a given moment (UTC)."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli

    def at(self, moment: str, *argv: str, stdin: str = "") -> Outcome:
        """Run a command at the moment."""
        with freeze_time(moment):
            return self.cli(*argv, stdin=stdin)

    def ok(self, moment: str, *argv: str, stdin: str = "") -> Any:
        """Run a command that must succeed at the moment; its JSON answer."""
        with freeze_time(moment):
            return self.cli.ok(*argv, stdin=stdin)

    def refused(self, moment: str, *argv: str) -> tuple[str, int]:
        """Run a command that must be refused; its code and exit status."""
        outcome = self.at(moment, *argv, "-o", "json")
        assert outcome.out == ""
        return outcome.error()["code"], outcome.status


@pytest.fixture
def wall(cli: Cli) -> Wall:
    """A store on the wall clock, made on 2026-01-31 in UTC, with acme, 100.00 and acme-pro."""
    found = Wall(cli)
    morning = "2026-01-31T09:00:00Z"
    found.ok(morning, "init", "--timezone", "UTC")
    found.ok(morning, "customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    found.ok(morning, "prepaid", "credit", "acme", "100")
    found.ok(morning, "platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    return found


def order(wall: Wall, moment: str, *words: str) -> Any:
    """An order on acme-pro at the moment."""
    return wall.ok(moment, "account", "order", "acme-pro", *words, "-y")


def lines(wall: Wall, moment: str, number: str) -> list[tuple[int, str, str]]:
    """An invoice's lines: account and term."""
    return [
        (line["account"], line["period_start_on"], line["period_end_on"])
        for line in wall.ok(moment, "invoice", "show", number)["lines"]
    ]


def test_two_ticks_a_day_bill_once(wall: Wall) -> None:
    """The second tick of a day finds nothing to do and writes nothing but the clock."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    first = wall.ok("2026-02-28T06:00:00Z", "tick")
    head = wall.ok("2026-02-28T06:01:00Z", "journal", "head")
    second = wall.ok("2026-02-28T18:00:00Z", "tick")
    assert (first["renewed"], first["billed_cents"], first["to_on"]) == (1, 191, "2026-02-28")
    assert (second["renewed"], second["billed_cents"], second["to_on"]) == (0, 0, "2026-02-28")
    assert wall.ok("2026-02-28T18:01:00Z", "journal", "head") == head
    assert wall.ok("2026-02-28T18:01:00Z", "prepaid", "show", "acme")["balance_cents"] == 9618


def test_a_tick_without_anything_to_do_is_silent_in_cron(wall: Wall) -> None:
    """Without a terminal a tick that did nothing prints nothing, so cron sends no mail."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    idle = wall.at("2026-02-10T06:00:00Z", "tick")
    assert (idle.status, idle.out, idle.err) == (0, "", "")


def test_a_second_tick_handles_what_became_due_since_the_first(wall: Wall) -> None:
    """Money at noon ends a suspension; what had fallen due is billed by the evening's tick."""
    wall.ok(
        "2026-01-31T09:00:00Z", "customer", "add", "town", "--name", "Town",
        "--email", "it@town.example", "--payment-days", "30",
    )  # fmt: skip
    wall.ok(
        "2026-01-31T09:00:00Z", "platform", "add", "town-pro", "--customer", "town",
        "--offer", "email-pro",
    )  # fmt: skip
    wall.ok("2026-01-31T09:00:00Z", "account", "order", "town-pro", "ann@town.example", "-y")
    # Due on 2 March, so suspended on the 3rd. Two ticks before: its expiry of 28 February renews,
    # which is due on 30 March; that of 31 March passes while it is suspended.
    wall.ok("2026-02-28T06:00:00Z", "tick")
    wall.ok("2026-03-02T06:00:00Z", "settings", "set", "retention-days", "60")
    assert wall.ok("2026-03-03T06:00:00Z", "tick")["suspended_debt"] == 1
    assert wall.ok("2026-04-01T06:00:00Z", "tick")["renewed"] == 0

    wall.ok("2026-04-01T12:00:00Z", "prepaid", "credit", "town", "20")
    evening = wall.ok("2026-04-01T18:00:00Z", "tick")

    assert (evening["renewed"], evening["billed_cents"]) == (1, 191)
    assert lines(wall, "2026-04-01T18:01:00Z", "2026-000003") == [(1, "2026-03-31", "2026-04-30")]


def test_a_late_tick_bills_every_missed_term_on_one_invoice(wall: Wall) -> None:
    """Two months missed are two lines of an invoice of the tick's day, due from that day."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    # Other work shows that the clock is right, although cron has stopped.
    wall.ok("2026-02-25T09:00:00Z", "customer", "edit", "acme", "--city", "Nantes")
    wall.ok("2026-03-20T09:00:00Z", "customer", "edit", "acme", "--city", "Rennes")

    late = wall.ok("2026-04-10T06:00:00Z", "tick")

    assert (late["renewed"], late["invoices"], late["billed_cents"]) == (2, 1, 382)
    invoice = wall.ok("2026-04-10T07:00:00Z", "invoice", "show", "2026-000002")
    assert (invoice["issued_on"], invoice["due_on"]) == ("2026-04-10", "2026-04-17")
    assert (invoice["net_cents"], invoice["tax_cents"]) == (318, 64)
    assert lines(wall, "2026-04-10T07:00:00Z", "2026-000002") == [
        (1, "2026-02-28", "2026-03-31"),
        (1, "2026-03-31", "2026-04-30"),
    ]
    account = wall.ok("2026-04-10T07:00:00Z", "account", "show", "1")
    assert (account["expires_on"], account["anchor_day"]) == ("2026-04-30", 31)


def test_missed_terms_have_the_price_of_their_own_start(wall: Wall) -> None:
    """A price from 15 March is not that of the term from 28 February, however late the tick."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    wall.ok(
        "2026-02-25T09:00:00Z", "offer", "price", "email-pro", "monthly", "2.00",
        "--from", "2026-03-15",
    )  # fmt: skip
    wall.ok("2026-03-20T09:00:00Z", "customer", "edit", "acme", "--city", "Rennes")
    # 1.59 + 2.00 = 3.59, tax 0.718, so 0.72
    assert wall.ok("2026-04-10T06:00:00Z", "tick")["billed_cents"] == 431
    invoice = wall.ok("2026-04-10T07:00:00Z", "invoice", "show", "2026-000002")
    assert [(line["period_start_on"], line["unit_cents"]) for line in invoice["lines"]] == [
        ("2026-02-28", 159),
        ("2026-03-31", 200),
    ]


def test_a_missed_change_of_period_begins_at_the_old_expiry(wall: Wall) -> None:
    """Asked to go yearly before an expiry that cron missed: one year from that expiry."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    wall.ok("2026-02-25T09:00:00Z", "account", "renew", "1", "--mode", "yearly", "-y")
    wall.ok("2026-03-20T09:00:00Z", "customer", "edit", "acme", "--city", "Rennes")
    late = wall.ok("2026-04-10T06:00:00Z", "tick")
    assert (late["renewed"], late["billed_cents"]) == (1, 2146)
    assert lines(wall, "2026-04-10T07:00:00Z", "2026-000002") == [(1, "2026-02-28", "2027-02-28")]


def test_a_missed_cron_shortens_nobodys_grace(wall: Wall) -> None:
    """Suspensions and debts of a late tick count their days from the tick's day."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    wall.ok("2026-01-31T10:00:00Z", "account", "renew", "1", "--mode", "none", "-y")
    wall.ok("2026-02-25T09:00:00Z", "customer", "edit", "acme", "--city", "Nantes")

    late = wall.ok("2026-03-20T06:00:00Z", "tick")

    account = wall.ok("2026-03-20T07:00:00Z", "account", "show", "1")
    assert (late["suspended_expired"], late["deleted"]) == (1, 0)
    assert (account["suspended_on"], account["deletes_on"]) == ("2026-03-20", "2026-04-03")


def test_a_gap_of_31_days_is_accepted(wall: Wall) -> None:
    """The 31st day after the last write is an ordinary day."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    assert wall.ok("2026-03-03T06:00:00Z", "tick")["renewed"] == 1


def test_a_gap_of_32_days_is_refused_until_it_is_accepted(wall: Wall) -> None:
    """After 32 days no command writes; only `tick --accept-gap` goes on."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    before = contents(wall.cli.store)
    day = "2026-03-04T06:00:00Z"
    assert wall.refused(day, "tick") == ("gap-too-long", 1)
    assert wall.refused(day, "prepaid", "credit", "acme", "10") == ("gap-too-long", 1)
    assert wall.refused(day, "customer", "edit", "acme", "--city", "Nantes") == ("gap-too-long", 1)
    assert contents(wall.cli.store) == before
    assert wall.ok(day, "account", "show", "1")["expires_on"] == "2026-02-28"

    accepted = wall.ok(day, "tick", "--accept-gap")

    assert (accepted["renewed"], accepted["to_on"]) == (1, "2026-03-04")
    assert wall.ok(day, "prepaid", "credit", "acme", "10")["balance_cents"] == 10_618


def test_a_tick_that_would_end_many_accounts_is_refused(wall: Wall) -> None:
    """21 of 21 accounts about to be suspended: refused with the plan, done when accepted."""
    order(wall, "2026-01-31T09:00:00Z", "--count", "21")
    wall.ok("2026-01-31T09:00:00Z", "platform", "cancel", "acme-pro", "-y")
    before = contents(wall.cli.store)
    assert wall.refused("2026-02-28T06:00:00Z", "tick") == ("mass-change", 1)
    assert contents(wall.cli.store) == before

    accepted = wall.ok("2026-02-28T06:00:00Z", "tick", "--accept-mass")

    assert accepted["suspended_expired"] == 21


def test_twenty_accounts_at_once_are_no_mass(wall: Wall) -> None:
    """More than 20 is the measure: 20 of 20 are suspended without a question."""
    order(wall, "2026-01-31T09:00:00Z", "--count", "20")
    wall.ok("2026-01-31T09:00:00Z", "platform", "cancel", "acme-pro", "-y")
    assert wall.ok("2026-02-28T06:00:00Z", "tick")["suspended_expired"] == 20


@pytest.mark.parametrize(
    ("others", "expected"), [(190, 0), (188, 1)], ids=["a tenth of 210", "more than a tenth of 208"]
)
def test_many_accounts_are_a_mass_only_as_more_than_a_tenth(
    wall: Wall, others: int, expected: int
) -> None:
    """21 of 210 live accounts are a tenth, not more; 21 of 208 are more."""
    morning = "2026-01-31T09:00:00Z"
    wall.ok(morning, "prepaid", "credit", "acme", "1000")
    wall.ok(morning, "platform", "add", "big", "--customer", "acme", "--offer", "email-pro")
    for count in (100, others - 100):
        wall.ok(morning, "account", "order", "big", "--count", str(count), "-y")
    order(wall, morning, "--count", "21")
    wall.ok(morning, "platform", "cancel", "acme-pro", "-y")
    assert wall.at("2026-02-28T06:00:00Z", "tick", "-o", "json").status == expected


def test_a_clock_that_was_ahead_and_comes_back_dates_nothing_backwards(wall: Wall) -> None:
    """After a write on a false later date, today stays there, with a warning, until it is past."""
    wall.ok("2026-02-20T09:00:00Z", "prepaid", "credit", "acme", "10")

    back = wall.at("2026-02-10T09:00:00Z", "prepaid", "credit", "acme", "10", "-o", "json")

    assert (back.status, back.json()["balance_cents"]) == (0, 12_000)
    assert "2026-02-20" in back.err
    reading = wall.at("2026-02-10T09:00:00Z", "status", "-o", "json")
    assert (reading.json()["clock_on"], "2026-02-20" in reading.err) == ("2026-02-20", True)
    rows = wall.ok("2026-02-10T09:00:00Z", "prepaid", "statement", "acme")["items"]
    assert [row["on"] for row in rows] == ["2026-01-31", "2026-02-20", "2026-02-20"]
    order(wall, "2026-02-10T09:00:00Z", "ann@acme.example")
    account = wall.ok("2026-02-10T09:00:00Z", "account", "show", "1")
    assert (account["ordered_on"], account["expires_on"]) == ("2026-02-20", "2026-03-20")
    past = wall.at("2026-02-21T09:00:00Z", "status", "-o", "json")
    assert (past.json()["clock_on"], past.err) == ("2026-02-21", "")


def test_a_tick_on_a_clock_that_came_back_does_nothing_new(wall: Wall) -> None:
    """What was billed on the false later date is not billed again on the way there."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example")
    wall.ok("2026-02-28T06:00:00Z", "tick")
    again = wall.ok("2026-02-15T06:00:00Z", "tick")
    assert (again["renewed"], again["to_on"]) == (0, "2026-02-28")
    assert wall.ok("2026-03-01T06:00:00Z", "tick")["renewed"] == 0
    assert wall.ok("2026-03-31T06:00:00Z", "tick")["renewed"] == 1


@pytest.mark.parametrize("words", [("--days", "1"), ("--to", "2026-02-01")], ids=["days", "to"])
def test_a_wall_clock_is_not_moved_by_hand(wall: Wall, words: tuple[str, str]) -> None:
    """`tick` takes no date on a store that follows the real one."""
    assert wall.refused("2026-02-01T09:00:00Z", "tick", *words) == ("wall-clock", 2)


def test_today_is_the_date_of_the_stores_time_zone(cli: Cli) -> None:
    """Half past ten at night in UTC is the next day in Paris, and midday of it in Auckland."""
    wall = Wall(cli)
    wall.ok("2026-06-30T22:30:00Z", "init", "--timezone", "Europe/Paris")
    assert wall.ok("2026-06-30T22:30:00Z", "status")["clock_on"] == "2026-07-01"
    assert wall.ok("2026-07-01T21:59:59Z", "status")["clock_on"] == "2026-07-01"
    assert wall.ok("2026-07-01T22:00:00Z", "status")["clock_on"] == "2026-07-02"


def test_a_reading_command_after_a_gap_still_reads(wall: Wall) -> None:
    """The brake holds what writes; lists and the status go on."""
    got = wall.ok("2027-01-31T09:00:00Z", "customer", "list")["items"]
    assert [row["id"] for row in got] == ["acme"]


def test_dates_of_documents_never_go_back_over_new_year(wall: Wall) -> None:
    """The first invoice of the new year opens its numbers, after the last of the old one."""
    order(wall, "2026-01-31T09:00:00Z", "ann@acme.example", "--period", "yearly")
    for moment in ("2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"):
        wall.ok(f"{moment}T06:00:00Z", "tick")
    for moment in ("2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30"):
        wall.ok(f"{moment}T06:00:00Z", "tick")
    order(wall, "2026-12-31T23:59:59Z", "bob@acme.example")
    order(wall, "2027-01-01T00:00:01Z", "cyd@acme.example", "--period", "monthly")
    got = [
        (row["number"], row["issued_on"])
        for row in wall.ok("2027-01-01T01:00:00Z", "invoice", "list")["items"]
    ]
    assert got == [
        ("2026-000001", "2026-01-31"),
        ("2026-000002", "2026-12-31"),
        ("2027-000001", "2027-01-01"),
    ]


def test_a_store_that_is_taken_up_again_has_reached_the_day(wall: Wall) -> None:
    """Nothing of its journal is dated after the day that it has reached."""
    there = str(wall.cli.store.with_name("there.db"))
    order(wall, "2026-02-01T09:00:00Z", "alice@acme.example")
    wall.ok("2026-02-01T10:00:00Z", "store", "copy", str(wall.cli.store), there)
    noon = "2026-02-03T12:00:00Z"
    wall.ok(noon, "store", "reopen", "--confirm", str(wall.cli.store))
    assert wall.at(noon, "store", "check").status == 0


def test_a_store_that_is_restored_has_reached_the_day(wall: Wall) -> None:
    """The backup is of days ago: the restore is of today, and so is the store."""
    backups = wall.cli.store.with_name("backups")
    backups.mkdir(mode=0o700)
    backup = str(backups / "of-february.db")
    wall.ok("2026-02-01T10:00:00Z", "store", "backup", backup)
    noon = "2026-02-03T12:00:00Z"
    restored = wall.ok(noon, "store", "restore", backup, "--confirm", str(wall.cli.store))
    assert restored["restored_on"] == "2026-02-03"
    assert wall.at(noon, "store", "check").status == 0
