"""kill -9 at the n-th write of `store copy` to a file: one place is the store, and is whole."""

from __future__ import annotations

import pytest

from tests.faults.faulty import KILLED, calls, left_in, spread
from tests.faults.forked import injected
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.store.plain import twin
from tests.tick.dumps import differing, dump

POINTS = how_many(6)
CREDIT = ("prepaid", "credit", "acme", "10", "--key")
MARK = {"moved", "seal"}


def new_place(cli: Cli, name: str) -> Cli:
    """Where the store moves to: a file, in a folder of its own."""
    folder = cli.store.parent / f"new-{name}"
    folder.mkdir(mode=0o700)
    return Cli(folder / "mailctl.db")


@pytest.mark.parametrize("call", ["pwrite64", "fsync"])
def test_a_move_killed_anywhere_leaves_one_store_and_can_be_repeated(busy: Cli, call: str) -> None:
    """Exactly one of the two takes a change; after the second move it is the new one."""
    whole = twin(busy, "whole")
    count = calls(
        whole, call, "store", "copy", str(whole.store), str(new_place(whole, "whole").store)
    )
    ended = set()
    for number in spread(count, POINTS):
        victim = twin(busy, f"{call}-{number}")
        there = new_place(victim, str(number))
        move = ("store", "copy", str(victim.store), str(there.store))
        assert injected(victim, f"{call}:signal=KILL:when={number}", move).status == KILLED
        took = [
            cli("prepaid", "credit", "acme", "10", "--dry-run").status == 0
            for cli in (victim, there)
        ]
        assert (number, sorted(took)) == (number, [False, True])
        ended.add(took.index(True))
        victim.ok(*move)
        assert (number, set(differing(dump(there.store), dump(whole.store)))) <= (number, MARK)
        there.ok(*CREDIT, "after")
        assert victim(*CREDIT, "after", "-o", "json").error()["code"] == "store-moved"
        assert there("store", "check").status == 0
        assert [name for name in left_in(there.store.parent) if name.startswith(".")] == []
    assert 0 in ended


@pytest.mark.parametrize(
    "fault",
    [
        "pwrite64:error=ENOSPC:when=1+",
        "pwrite64:error=ENOSPC:when=30+",
        "fsync:error=EIO:when=1+",
        "fsync:error=EIO:when=2+",
        "?link,?linkat:error=EACCES",
    ],
)
def test_a_move_that_fails_leaves_nothing_at_the_new_place(busy: Cli, fault: str) -> None:
    """A full disk, one that fails, a folder without links: the old place is the store."""
    there = new_place(busy, "one")
    failed = injected(busy, fault, ("store", "copy", str(busy.store), str(there.store)))
    assert failed.status == 74, failed.err
    assert left_in(there.store.parent) == []
    busy.ok(*CREDIT, "once")
