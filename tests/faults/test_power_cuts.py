"""The power goes while a command works: what was acknowledged is there, and the store is whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.changes import TRIED
from tests.faults.power import cut, put
from tests.faults.scene import difference
from tests.faults.test_every_change import Staged
from tests.lives.many import ASKED, how_many
from tests.store.plain import opened

pytestmark = pytest.mark.files_only("what a disk keeps")

POINTS = how_many(5)
# Each so many images the command is given again.
AGAIN = 15
WHICH = TRIED if ASKED else ("prepaid credit", "store copy", "init", "payment export")


@pytest.mark.parametrize("name", WHICH)
def test_after_a_power_cut_the_store_is_whole_and_has_what_was_acknowledged(
    name: str, staged: Staged, record_property: Callable[[str, object], None]
) -> None:
    """Whatever the disk kept of what was not synced yet; then the command is given again."""
    scene = staged(name)
    old = scene.state()
    power = cut(scene.cli, scene.argv)
    assert power.outcome.status == 0, power.outcome.err
    new = scene.state()
    number = 0
    for number, (acknowledged, image) in enumerate(power.images(POINTS), start=1):
        put(image, scene.here)
        found = scene.state()
        if acknowledged:
            assert (number, difference(found, new)) == (number, [])
        elif not scene.change.in_steps:
            assert found in (old, new), (number, difference(found, old), difference(found, new))
        if number % AGAIN or (found == new and scene.change.repeats):
            continue
        repeated = scene.given()
        is_done = found == new or scene.change.waits
        assert repeated.status == 0 or (is_done and repeated.status in (1, 4)), repeated.err
        if not scene.change.waits:
            assert (number, difference(scene.state(), new)) == (number, [])
        assert (number, scene.cli("store", "check").status) == (number, 0)
    record_property("disk images", number)


def test_a_commit_alone_is_on_the_disk_before_it_is_acknowledged(
    staged: Staged, record_property: Callable[[str, object], None]
) -> None:
    """Somebody reads meanwhile, so that the log is not merged into the store: nothing but it is."""
    scene = staged("prepaid credit")
    with opened(scene.cli.store) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM account").fetchone()
        power = cut(scene.cli, scene.argv)
    assert power.outcome.status == 0, power.outcome.err
    new = scene.state()
    images = list(power.images(how_many(60)))
    for number, (acknowledged, image) in enumerate(images):
        put(image, scene.here)
        if acknowledged:
            assert (number, difference(scene.state(), new)) == (number, [])
    assert any(acknowledged for acknowledged, _ in images)
    record_property("disk images", len(images))
