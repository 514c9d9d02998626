"""kill -9 at every step of `store restore`, and disks that fail: the old store or the new one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from mailctl.store.engine.sqlite import replacing
from tests.faults.faulty import KILLED, calls, injected, left_in, spread
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.restoring import backed_up, kept
from tests.store.plain import rows, twin
from tests.tick.dumps import differing, dump

pytestmark = pytest.mark.files_only("the system calls that replace it")

POINTS = how_many(2)
MARK = {"moved", "seal"}
"""What an interrupted restore may have said in the old store: it means nothing there."""
CREDIT = ("prepaid", "credit", "acme", "10", "--key")


def prepared(busy: Cli) -> Path:
    """A backup, after which something was done."""
    backup = backed_up(busy)
    busy.ok("account", "order", "acme-pro", "--count", "2", "-y")
    return backup


def restore(cli: Cli, backup: Path) -> tuple[str, ...]:
    """The command that restores a backup."""
    return ("store", "restore", str(backup), "--confirm", str(cli.store))


def is_restored(cli: Cli) -> bool:
    """Whether the new store is at the place."""
    return rows(cli.store, "SELECT count(*) FROM restoration") == [(1,)]


@pytest.mark.parametrize("call", ["write", "pwrite64", "fsync", "link", "rename", "unlink"])
def test_a_restore_killed_anywhere_leaves_one_whole_store_and_can_be_repeated(
    busy: Cli, call: str
) -> None:
    """What is at the place takes changes and passes every check; once more completes it."""
    backup = prepared(busy)
    before = dump(busy.store)
    whole = twin(busy, "whole")
    count = calls(whole, call, *restore(whole, backup))
    lost = rows(busy.store, "SELECT max(seq) FROM invoice")[0][0]
    for number in spread(count, POINTS):
        victim = twin(busy, f"{call}-{number}")
        killed = injected(victim, f"{call}:signal=KILL:when={number}", *restore(victim, backup))
        assert (number, killed.status) == (number, KILLED)
        assert (number, victim("store", "check").status) == (number, 0)
        if not is_restored(victim):
            assert (number, set(differing(dump(victim.store), before)) - MARK) == (number, set())
            assert (number, victim(*CREDIT, "used", "--dry-run").status) == (number, 0)
        victim.ok(*restore(victim, backup))
        assert is_restored(victim)
        (old,) = kept(victim)
        assert Cli(old)(*CREDIT, "x", "-o", "json").error()["code"] == "store-moved"
        assert [name for name in left_in(victim.store.parent) if name.startswith(".")] == []
        victim.ok("account", "order", "acme-pro", "--count", "1", "-y")
        assert rows(victim.store, "SELECT max(seq) FROM invoice")[0][0] == lost + 1


@pytest.mark.parametrize(
    "fault",
    [
        "write:error=ENOSPC:when=1+",
        "pwrite64:error=ENOSPC:when=1+",
        "pwrite64:error=ENOSPC:when=20+",
        "fsync:error=EIO:when=1+",
        "fdatasync:error=EIO:when=3+",
        "?link,?linkat:error=EACCES",
        "?rename,?renameat:error=EACCES",
    ],
)
def test_a_restore_that_fails_leaves_the_store_as_it_was(busy: Cli, fault: str) -> None:
    """A full disk, one that fails, a folder without links: nothing is lost, nothing half done."""
    backup = prepared(busy)
    before = dump(busy.store)
    failed = injected(busy, fault, *restore(busy, backup))
    assert failed.status in (1, 74), failed.err
    assert not is_restored(busy)
    assert set(differing(dump(busy.store), before)) - MARK == set()
    assert [name for name in left_in(busy.store.parent) if name.startswith(".")] == []
    busy.ok(*CREDIT, "once")
    busy.ok(*restore(busy, backup))
    assert len(kept(busy)) == 1


def test_a_log_that_cannot_be_merged_is_kept_with_its_store(busy: Cli, tmp_path: Path) -> None:
    """Killed between taking the log away and the new file, the next restore puts it back first."""
    draft = tmp_path / "draft.db"
    shutil.copy(backed_up(busy), draft)
    log = busy.store.with_name(busy.store.name + "-wal")
    log.write_bytes(b"a log")
    old = busy.store.read_bytes()
    # As a kill leaves it: both have second names, the log has lost its first.
    half = busy.store.with_name(f"{busy.store.name}.replaced-20260101T000000Z")
    os.link(log, f"{half}-wal")
    os.link(busy.store, half)
    log.unlink()
    replacing.settle(busy.store)
    assert (log.read_bytes(), kept(busy)) == (b"a log", [])
    named = replacing.replace(busy.store, draft, None, wait=1)
    assert named is not None
    assert (named.read_bytes(), Path(f"{named}-wal").read_bytes()) == (old, b"a log")
    assert not log.exists()
    assert busy("store", "check").status == 0
