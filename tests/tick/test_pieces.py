"""Time that passes in one piece or in many, twice or on paper: the same store at the end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mailctl.tick import run as ticking
from tests.helpers import Cli
from tests.store.plain import image, twin
from tests.tick.dumps import differing, dump

START = date(2026, 2, 5)
# Days on which something happens to the busy host, the days around them, and some on which nothing.
BETWEEN = (
    "2026-02-06", "2026-02-14", "2026-02-15", "2026-02-16", "2026-02-28", "2026-03-01",
    "2026-03-02", "2026-03-31", "2026-04-01", "2026-07-14", "2026-12-31", "2027-01-01",
)  # fmt: skip
END = "2027-02-05"


@pytest.mark.parametrize("between", BETWEEN)
def test_a_stop_on_the_way_changes_nothing(between: str, busy: Cli) -> None:
    """`tick --to A; tick --to B` leaves the same rows as `tick --to B`, in every table."""
    other = twin(busy, "other")
    busy.ok("tick", "--to", END)
    other.ok("tick", "--to", between)
    other.ok("tick", "--to", END)
    assert differing(dump(busy.store), dump(other.store)) == []


def test_a_hundred_days_one_by_one_are_a_hundred_days(busy: Cli) -> None:
    """A tick a day, as cron does it, is one tick over them all."""
    other = twin(busy, "other")
    busy.ok("tick", "--days", "100")
    for _ in range(100):
        other.ok("tick")
    assert differing(dump(busy.store), dump(other.store)) == []


def test_the_counts_of_the_pieces_add_up(busy: Cli) -> None:
    """What the pieces say that they did is together what the whole says."""
    other = twin(busy, "other")
    whole = busy.ok("tick", "--to", END)
    pieces = [other.ok("tick", "--to", day) for day in (*BETWEEN, END)]
    numbers = [name for name, value in whole.items() if isinstance(value, int)]
    assert {name: sum(piece[name] for piece in pieces) for name in numbers} == {
        name: whole[name] for name in numbers
    }


def test_transactions_of_any_size_leave_the_same_store(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick that commits after every busy day is one that commits at its end."""
    other = twin(busy, "other")
    busy.ok("tick", "--to", END)
    monkeypatch.setattr(ticking, "EVENTS_PER_TRANSACTION", 1)
    counts = other.ok("tick", "--to", END)
    assert differing(dump(busy.store), dump(other.store)) == []
    assert (counts["from_on"], counts["to_on"], counts["renewed"] > 12) == (
        "2026-02-05", END, True,
    )  # fmt: skip


def test_a_tick_to_today_does_nothing(busy: Cli) -> None:
    """A day is processed once: the second `--to` the same day changes no row."""
    busy.ok("tick", "--to", "2026-03-01")
    before = dump(busy.store)
    again = busy.ok("tick", "--to", "2026-03-01")
    assert differing(dump(busy.store), before) == []
    assert (again["from_on"], again["to_on"], again["renewed"]) == ("2026-03-01", "2026-03-01", 0)


@pytest.mark.parametrize("paid", [True, False], ids=["nobody owes", "somebody owes"])
def test_an_idle_tick_changes_the_clock_alone(busy: Cli, *, paid: bool) -> None:
    """On a day on which nothing is due no other table gets, loses or changes a row."""
    if paid:
        busy.ok("prepaid", "credit", "late", "1.91")
    busy.ok("tick")
    before = dump(busy.store)
    busy.ok("tick")
    assert differing(dump(busy.store), before) == ["clock"]


def test_a_dry_tick_leaves_the_file_as_it_is_byte_for_byte(busy: Cli) -> None:
    """A year on paper: the same bytes and rows, and nothing in the folder but SQLite's own."""
    before = image(busy.store), dump(busy.store)
    tried = busy.ok("tick", "--to", END, "--dry-run")
    assert (image(busy.store), dump(busy.store)) == before
    assert logged(busy.store) == 0
    assert {path.name for path in busy.store.parent.iterdir()} <= {
        "mailctl.db", "mailctl.db-wal", "mailctl.db-shm",
    }  # fmt: skip
    done = busy.ok("tick", "--to", END)
    assert {**tried, "dry_run": False} == done


def logged(store: Path) -> int:
    """How many bytes the write-ahead log beside a store has."""
    log = store.with_name(store.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def test_a_day_is_processed_when_the_clock_reaches_it(busy: Cli) -> None:
    """What a command makes due later that day waits for the next one."""
    busy.ok("tick", "--to", "2026-03-01")
    busy.ok("settings", "set", "retention-days", "0")
    busy.ok("account", "renew", "anna@acme.example", "--mode", "none", "-y")
    busy.ok("tick", "--to", "2026-03-31")
    busy.ok("platform", "cancel", "acme-pro", "-y")
    assert busy.ok("tick", "--to", "2026-03-31")["suspended_expired"] == 0
    assert busy.ok("tick")["suspended_expired"] == 2


@pytest.mark.parametrize("start", [START + timedelta(days=days) for days in (0, 10, 24, 25, 54)])
def test_independent_customers_do_not_depend_on_each_other(start: date, busy: Cli) -> None:
    """What happens to bolt is the same whatever acme does meanwhile."""
    other = twin(busy, "other")
    for cli in (busy, other):
        cli.ok("tick", "--to", str(start))
    other.ok("account", "order", "acme-pro", "--count", "5", "-y")
    other.ok("prepaid", "credit", "acme", "100")
    for cli in (busy, other):
        cli.ok("tick", "--to", "2026-06-01")
    keys = ("on", "kind", "amount_cents", "before_cents", "after_cents")
    got, expected = (
        [[row[key] for key in keys] for row in cli.ok("prepaid", "statement", "bolt")["items"]]
        for cli in (other, busy)
    )
    assert got == expected
