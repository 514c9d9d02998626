"""Random lives of a store: every command done in the program and in the oracle must end equal.

`MAILCTL_LIVES=2000` asks for that many lives of each sort, at random; without it a few dozen fixed
ones are lived.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.helpers import Cli, contents
from tests.lives import Life, Move, a_life, differences, killed_at, snapshot

ASKED = os.environ.get("MAILCTL_LIVES")
lives = settings(
    max_examples=int(ASKED or 70),
    derandomize=ASKED is None,
    deadline=None,
    database=None,
    # Explaining a failure costs minutes; the shrunken life is explanation enough.
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)

STARTS = [
    "2026-01-01", "2026-01-28", "2026-01-29", "2026-01-30", "2026-01-31",
    "2024-01-31", "2024-02-29", "2025-02-28", "2023-12-31", "2026-11-30",
]  # fmt: skip
COMMON = ["do_order", "do_tick", "do_renew", "do_credit"]
RARE = [
    "do_order", "do_configure", "do_rename", "do_renew", "do_renew_all", "do_reset", "do_delete",
    "do_cancel", "do_resume", "do_platform", "do_credit", "do_price", "do_tax", "do_retention",
    "do_domain", "do_edit", "do_tick", "do_crash", "do_wait",
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
def test_a_life_on_a_manual_clock_ends_as_the_oracle_says(start: str, moves: list[Move]) -> None:
    with a_life(start) as life:
        live(life, moves)


@lives
@given(start=st.sampled_from(STARTS), moves=moves)
def test_a_life_on_a_wall_clock_with_late_ticks_ends_as_the_oracle_says(
    start: str, moves: list[Move]
) -> None:
    with a_life(start, wall=True) as life:
        live(life, moves)


BUSY: list[Move] = [
    ("do_order", 2, 1, 1),
    ("do_order", 3, 1, 0),
    ("do_order", 4, 2, 2),
    ("do_order", 1, 1, 0),
    ("do_cancel", 2, 0, 0),
    ("do_retention", 2, 0, 0),
]


def test_a_tick_killed_at_any_statement_is_undone_whole_and_done_by_the_next_one() -> None:
    """Killed at every 61st statement (or at each) of 40 days with all sorts of work."""
    with a_life("2026-01-29") as life:
        for move in BUSY:
            life.play(move)
        day = life.oracle.today + timedelta(days=40)
        life.oracle.tick_to(day)
        expected = life.oracle.snapshot()
        folder = life.cli.store.parent
        kills, statement = 0, 1
        while True:
            copy = Cli(folder / "killed" / life.cli.store.name)
            shutil.rmtree(copy.store.parent, ignore_errors=True)
            copy.store.parent.mkdir()
            for part in folder.glob(f"{life.cli.store.name}*"):
                shutil.copy2(part, copy.store.parent / part.name)
            killed = killed_at(statement, copy, "tick", "--to", str(day))
            copy.ok("tick", "--to", str(day))
            assert differences(snapshot(copy, expected), expected) == [], statement
            if not killed:
                break
            kills, statement = kills + 1, statement + (1 if ASKED else 61)
        assert kills >= 10


@pytest.mark.parametrize("start", ["2024-01-31", "2026-01-29"])
def test_a_tick_in_pieces_leaves_the_same_store_as_one_tick(start: str, tmp_path: Path) -> None:
    """Every row but those of the journal, which also records the ticks themselves."""
    with a_life(start) as life, freeze_time("2026-01-01 12:00:00"):
        for move in BUSY:
            life.play(move)
        first = life.oracle.today
        whole = Cli(tmp_path / life.cli.store.name)
        for part in life.cli.store.parent.glob(f"{life.cli.store.name}*"):
            shutil.copy2(part, tmp_path / part.name)
        whole.ok("tick", "--to", str(first + timedelta(days=200)))
        for days in (1, 28, 29, 63, 150, 200):
            life.cli.ok("tick", "--to", str(first + timedelta(days=days)))
        assert of_the_books(life.cli) == of_the_books(whole)


def of_the_books(cli: Cli) -> dict[str, list[tuple[object, ...]]]:
    """Every table but the journal's own."""
    tables = contents(cli.store)
    return {name: rows for name, rows in tables.items() if name not in ("journal", "batch")}
