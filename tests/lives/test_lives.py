"""Random lives of a store: every command done in the program and in the oracle must end equal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers import Cli, contents
from tests.lives import many
from tests.lives.life import Life, Move, a_life
from tests.lives.life_store import differences, killed_at, snapshot
from tests.store.plain import trial, twin

lives = many.lives(35)

STARTS = [
    "2026-01-01", "2026-01-28", "2026-01-29", "2026-01-30", "2026-01-31",
    "2024-01-31", "2024-02-29", "2025-02-28", "2023-12-31", "2026-11-30",
]  # fmt: skip
COMMON = ["do_order", "do_tick", "do_renew", "do_credit"]
RARE = [
    "do_order", "do_configure", "do_rename", "do_renew", "do_renew_all", "do_reset", "do_delete",
    "do_cancel", "do_resume", "do_change_of_mind", "do_platform", "do_credit", "do_edit",
    "do_price", "do_price_removed",
    "do_tax", "do_retention", "do_domain", "do_tick", "do_crash", "do_wait",
    "do_clock_back", "do_import", "do_two_debts",
]  # fmt: skip
small = st.integers(0, 15)
moves = st.lists(
    st.tuples(st.sampled_from(COMMON) | st.sampled_from(RARE), small, small, small),
    min_size=1,
    max_size=30,
)


def live(life: Life, moves: Sequence[Move]) -> None:
    """Do every move, looking at the whole store half-way and at the end."""
    for done, move in enumerate(moves, start=1):
        life.play(move)
        if done in (len(moves) // 2, len(moves)):
            life.check()
    life.cli.ok("journal", "verify")


@lives
@given(start=st.sampled_from(STARTS), moves=moves)
def test_a_life_on_a_manual_clock_ends_as_the_oracle_says(
    start: str, moves: list[Move], server_url: str | None
) -> None:
    with a_life(start, server_url) as life:
        live(life, moves)


@lives
@given(start=st.sampled_from(STARTS), moves=moves)
def test_a_life_on_a_wall_clock_with_late_ticks_ends_as_the_oracle_says(
    start: str, moves: list[Move], server_url: str | None
) -> None:
    with a_life(start, server_url, wall=True) as life:
        live(life, moves)


BUSY: list[Move] = [
    ("do_order", 2, 1, 1),
    ("do_order", 3, 1, 0),
    ("do_order", 4, 2, 1),
    ("do_order", 1, 1, 0),
    ("do_cancel", 2, 0, 0),
    ("do_retention", 2, 0, 0),
]


@pytest.mark.parametrize("events", [50_000, 3])
def test_a_tick_killed_at_any_statement_is_undone_whole_and_done_by_the_next_one(
    events: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server_url: str | None
) -> None:
    """Killed at every 199th statement of 40 days, in one transaction or in many."""
    monkeypatch.setattr("mailctl.tick.run.EVENTS_PER_TRANSACTION", events)
    with a_life("2026-01-29", server_url) as life:
        for move in BUSY:
            life.play(move)
        day = life.oracle.today + timedelta(days=40)
        life.oracle.tick_to(day)
        expected = life.oracle.snapshot()
        reached, statement, killed = set(), 1, True
        while killed:
            store = trial(life.cli.store, tmp_path / "killed")
            killed = killed_at(statement, store, "tick", "--to", str(day))
            reached.add(store.ok("status")["clock_on"])
            store.ok("tick", "--to", str(day))
            assert differences(snapshot(store, expected), expected) == [], statement
            statement += 7 if many.ASKED else 199
        assert statement > 10 * 61
        assert (len(reached) > 2) == (events == 3)


@pytest.mark.parametrize(
    ("move", "argv"),
    [
        (("do_order", 2, 1, 1), "account order hx b@anna.example --count 2 --period monthly -y"),
        (("do_credit", 1, 2, 2), "prepaid credit bernd 100.00"),
        (("do_cancel", 0, 0, 0), "platform cancel old-pro -y"),
        (("do_delete", 5, 0, 0), "account delete 6 -y"),
    ],
    ids=["order", "credit", "cancel", "delete"],
)
def test_a_command_killed_at_any_statement_is_done_whole_or_not_at_all(
    move: Move, argv: str, tmp_path: Path, server_url: str | None
) -> None:
    with a_life("2026-01-29", server_url) as life:
        before = life.oracle.snapshot()
        store = twin(life.cli, "before").store
        life.play(move)
        after = life.oracle.snapshot()
        seen, statement, killed = [], 1, True
        while killed:
            one = trial(store, tmp_path / "killed")
            killed = killed_at(statement, one, *argv.split())
            found = snapshot(one, after)
            assert [] in (differences(found, before), differences(found, after))
            seen.append(differences(found, before) == [])
            statement += 1 if many.ASKED else 5
        # First it is not done at all, from some statement on it is.
        assert seen == sorted(seen, reverse=True)
        assert (seen[0], seen[-1]) == (True, False)


@pytest.mark.parametrize("start", ["2024-01-31", "2026-01-29"])
def test_a_tick_in_pieces_leaves_the_same_store_as_one_tick(
    start: str, tmp_path: Path, server_url: str | None
) -> None:
    """Every row but those of the journal, which also records the ticks themselves."""
    with a_life(start, server_url) as life, freeze_time("2026-01-01 12:00:00"):
        for move in BUSY:
            life.play(move)
        first = life.oracle.today
        whole = twin(life.cli, "whole")
        whole.ok("tick", "--to", str(first + timedelta(days=200)))
        for days in (1, 28, 29, 63, 150, 200):
            life.cli.ok("tick", "--to", str(first + timedelta(days=days)))
        assert of_the_books(life.cli) == of_the_books(whole)


def of_the_books(cli: Cli) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the journal's own."""
    tables = contents(cli.store)
    return {name: rows for name, rows in tables.items() if name not in ("journal", "batch")}


@pytest.mark.parametrize(("start", "terms"), [("2024-01-31", 122), ("2024-02-29", 121)])
def test_ten_years_in_one_tick_end_as_the_oracle_says(
    start: str, terms: int, server_url: str | None
) -> None:
    """Until 1 March 2034; account 8 is the first one ordered, and monthly."""
    with a_life(start, server_url) as life:
        for customer in ("anna", "bernd", "civic"):
            life.both(
                partial(life.oracle.credit, customer, 500_000),
                "prepaid", "credit", customer, "5000",
            )  # fmt: skip
        for platform in ("old-pro", "hx", "own", "priv", "old-priv"):
            for period in ("monthly",) if "priv" in platform else ("monthly", "yearly"):
                life.both(
                    partial(life.oracle.order, platform, (), 2, period),
                    "account", "order", platform, "--count", "2", "--period", period, "-y",
                )  # fmt: skip
        first = life.oracle.today
        life.tick(first.replace(year=first.year + 10, month=3, day=1))
        life.check()
        lines = [line for invoice in life.oracle.invoices for line in invoice.lines]
        assert sum(line[0] == 8 for line in lines) == terms
