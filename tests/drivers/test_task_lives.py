"""Random lives with a driver: whatever happens, the server ends as the books say (rules 16)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.drivers.task_life import Move, TaskLife, begun
from tests.lives import many

MOVES = [
    "do_order", "do_order", "do_order", "do_rename", "do_rename", "do_reset", "do_reset",
    "do_delete", "do_end", "do_lock", "do_lock", "do_tick", "do_trouble", "do_trouble",
    "do_run", "do_run", "do_killed_run", "do_killed_run", "do_killed_run", "do_quiet_run",
]  # fmt: skip
small = st.integers(0, 15)
moves = st.lists(st.tuples(st.sampled_from(MOVES), small, small), min_size=5, max_size=30)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that every life begins with, made once."""
    return begun(tmp_path_factory.mktemp("begun"))


@pytest.mark.files_only("the driver's tests run on both where they look at single rules")
# A life takes a second: a hundred are many.
@settings(many.lives(8), max_examples=min(100, many.how_many(8)))
@given(moves=moves, how=st.sampled_from(["kept", "not kept"]))
def test_the_server_has_what_the_books_say(original: Path, moves: list[Move], how: str) -> None:
    """With kills between any two steps, answers that come late, and a driver that dies."""
    with tempfile.TemporaryDirectory(dir=original.parent.parent) as folder:
        life = TaskLife(Path(folder), keeps_copies=how == "kept", original=original)
        for move in [("do_order", 0, 0), ("do_order", 1, 1), *moves, ("do_quiet_run", 0, 0)]:
            life.play(move)
