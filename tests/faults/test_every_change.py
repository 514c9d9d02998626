"""Every changing command, killed at every call that changes a file: old, or new, and whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import changes
from tests.faults.changes import TRIED
from tests.faults.faulty import KILLED, spread
from tests.faults.forked import CHANGING, Call, injected, traced
from tests.faults.scene import Scene, State, difference
from tests.lives.many import how_many

pytestmark = pytest.mark.files_only("what is killed writes files")

POINTS = how_many(3)
Staged = Callable[[str], Scene]


def test_every_change_has_its_line() -> None:
    """A new command is disturbed here too, as soon as it is there."""
    assert changes.missing() == set()


def changing_calls(scene: Scene) -> tuple[list[Call], State]:
    """The calls by which the command changes files, and the state that it leaves."""
    outcome = scene.given()
    assert outcome.status == 0, outcome.err
    scene.fresh()
    outcome, calls = traced(scene.cli, scene.argv, CHANGING)
    assert outcome.status == 0, outcome.err
    here = str(scene.here)
    return [one for one in calls if one.changes and one.path.startswith(here)], scene.state()


@pytest.mark.parametrize("name", TRIED)
def test_a_change_killed_anywhere_is_old_or_new_and_can_be_repeated(
    name: str, staged: Staged, record_property: Callable[[str, object], None]
) -> None:
    """What it wrote is there, or nothing; given again, it ends as if nothing had been."""
    scene = staged(name)
    old = scene.state()
    calls, new = changing_calls(scene)
    points = [calls[number - 1] for number in spread(len(calls), POINTS)]
    for call in points:
        scene.fresh()
        at = (call.name, call.number, call.path)
        outcome = injected(scene.cli, f"{call.name}:signal=KILL:when={call.number}", scene.argv)
        assert (at, outcome.status) == (at, KILLED)
        found = scene.state()
        if found not in (old, new):
            assert scene.change.in_steps, (at, difference(found, old), difference(found, new))
        again = scene.given()
        if found == new and scene.change.repeats:
            continue
        is_done = found == new or scene.change.waits
        assert again.status == 0 or (is_done and again.status in (1, 4)), (at, again.err)
        if found not in (old, new):
            assert scene.cli("store", "check").status == 0, at
        if not scene.change.waits:
            assert (at, difference(scene.state(), new)) == (at, [])
        assert (at, scene.drafts()) == (at, [])
    record_property("kills", len(points))
