"""`store backup` that is killed, or whose disk fails: a whole backup under its name, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.faulty import KILLED, calls, injected, left_in, spread
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.store.plain import twin
from tests.tick.dumps import differing, dump

POINTS = how_many(5)
LATER = {"moved", "seal", "backup"}


def folder_of(cli: Cli, name: str) -> Path:
    """A folder for the backups of a store."""
    folder = cli.store.parent / f"backups-{name}"
    folder.mkdir(mode=0o700)
    return folder


def whole(folder: Path, store: Cli) -> list[str]:
    """The backups under their names, each of which is whole and holds what the store does."""
    found = [name for name in left_in(folder) if not name.startswith(".")]
    for name in found:
        backup = Cli(folder / name)
        assert backup("store", "check").status == 0
        assert set(differing(dump(backup.store), dump(store.store))) <= LATER
    return found


@pytest.mark.parametrize("call", ["pwrite64", "fsync", "?link,?linkat", "?unlink,?unlinkat"])
def test_a_backup_killed_anywhere_is_whole_or_not_there(busy: Cli, call: str) -> None:
    """And the next one clears away what was left; the store takes changes all the while."""
    first = folder_of(busy, "first")
    name = call.rpartition("?")[2]
    count = calls(busy, name, "store", "backup", str(first)) or 1
    seen = set()
    for number in spread(count, POINTS):
        folder = folder_of(busy, f"{name}-{number}")
        fault = f"{call}:signal=KILL:when={number}"
        done = injected(busy, fault, "store", "backup", str(folder))
        assert done.status in (KILLED, 0)
        seen.add(len(whole(folder, busy)))
        busy.ok("store", "backup", str(folder))
        assert [left for left in left_in(folder) if left.startswith(".")] == []
        assert len(whole(folder, busy)) in (1, 2)
    assert seen <= {0, 1}
    assert busy("store", "check").status == 0


@pytest.mark.parametrize(
    "fault",
    [
        "pwrite64:error=ENOSPC:when=1+",
        "pwrite64:error=ENOSPC:when=40+",
        "pwrite64:error=EIO:when=3",
        "fsync:error=EIO:when=1+",
        "fsync:error=EIO:when=2+",
        "?link,?linkat:error=EACCES",
    ],
)
def test_a_backup_that_fails_leaves_nothing_and_says_why(busy: Cli, fault: str) -> None:
    """A full disk, one that fails, a folder that takes no names: 74, and the store is as before."""
    folder = folder_of(busy, "one")
    before = dump(twin(busy, "before").store)
    failed = injected(busy, fault, "store", "backup", str(folder), "-o", "json")
    assert (failed.status, failed.error()["code"]) == (74, "disk-failed"), failed.err
    assert left_in(folder) == []
    assert differing(dump(busy.store), before) == []


def test_where_no_links_can_be_made_a_backup_is_made_all_the_same(busy: Cli) -> None:
    """Disks for backups are often such: memory sticks, some shares of a network."""
    folder = folder_of(busy, "one")
    fault = "?link,?linkat:error=EPERM"
    assert injected(busy, fault, "store", "backup", str(folder)).status == 0
    assert len(whole(folder, busy)) == 1
    assert injected(busy, fault, "store", "backup", f"{folder}/a.db").status == 0
    assert injected(busy, fault, "store", "backup", f"{folder}/a.db").status == 1
    assert len(left_in(folder)) == 2


@pytest.mark.parametrize("call", ["pwrite64", "write"])
def test_an_erasure_killed_anywhere_is_told_once_it_is_done(busy: Cli, call: str) -> None:
    """If the store says that somebody is erased, the file does; perhaps earlier, never later."""
    for words in (
        "customer add anna --name Anna --email a@anna.example",
        "customer close anna -y",
    ):
        busy.ok(*words.split())
    erase = ("customer", "erase", "anna", "--confirm", "anna")
    count = calls(twin(busy, "whole"), call, *erase)
    for number in spread(count, POINTS):
        victim = Cli(folder_of(busy, f"{call}-{number}") / "mailctl.db")
        twin(busy, "next").store.rename(victim.store)
        injected(victim, f"{call}:signal=KILL:when={number}", *erase)
        told = victim.store.with_name("erased")
        state = victim.ok("customer", "show", "anna")["state"]
        assert state == "closed" or told.read_text(encoding="utf-8").endswith(" anna\n")
        victim.ok(*erase)
        assert told.read_text(encoding="utf-8").count(" anna\n") == 1
