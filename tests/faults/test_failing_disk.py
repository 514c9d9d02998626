"""A disk that is full or fails: exit status 74, a sentence that says so, and books that hold."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.faults import forked
from tests.faults.faulty import calls, command, injected, left_in, spread, strace
from tests.faults.forked import limited
from tests.helpers import Cli, Outcome, environment
from tests.lives.many import how_many
from tests.process.running import HOME
from tests.store.plain import twin
from tests.tick.dumps import differing, dump

pytestmark = pytest.mark.files_only(
    "what fails is a file; a server's faults are in tests/postgresql/test_refusing_servers.py"
)

CREDIT = ("prepaid", "credit", "acme", "10", "--key", "once", "-o", "json")
TICK = ("tick", "--to", "2026-05-15", "-o", "json")
INIT = ("init", "--clock", "2026-01-01", "-o", "json")


@pytest.mark.parametrize("argv", [CREDIT, TICK], ids=["credit", "tick"])
def test_a_commit_that_fails_is_of_unknown_outcome_and_says_so(
    argv: tuple[str, ...], busy: Cli
) -> None:
    """fsync fails: it may be there or not; the sentence says that, and a second try is safe."""
    whole, before = twin(busy, "whole"), dump(busy.store)
    whole.ok(*argv[:-2])
    done = dump(whole.store)
    for fault in ("fdatasync:error=EIO:when=1+", "fdatasync:error=EIO:when=1"):
        victim = twin(busy, f"eio-{fault[-1]}")
        outcome = injected(victim, fault, *argv)
        error = outcome.error()
        assert (outcome.status, error["code"]) == (74, "disk-failed")
        assert "unknown" in error["message"]
        assert "mailctl journal list" in error["hint"]
        after = dump(victim.store)
        assert differing(after, before) == [] or differing(after, done) == []
        victim.ok(*argv[:-2])
        assert differing(dump(victim.store), done) == []
        assert victim.ok("journal", "verify")["ok"] is True


@pytest.mark.parametrize("argv", [("account", "list"), CREDIT[:-2], ("journal", "verify")])
def test_a_store_that_cannot_be_read_is_no_bug_of_the_program(
    argv: tuple[str, ...], busy: Cli
) -> None:
    """Bad blocks, from the n-th read on: the disk failed, or the store is damaged for SQLite."""
    for number in (1, 2, 3, 4, 8):
        # A copy has its log folded in: every page is read from the store's own file.
        victim = twin(busy, f"unreadable-{number}")
        outcome = injected(victim, f"pread64:error=EIO:when={number}+", *argv, "-o", "json", end="")
        ending = (outcome.status, outcome.error()["code"])
        assert (number, ending in ((74, "disk-failed"), (10, "store-damaged"))) == (number, True)


@pytest.mark.parametrize("argv", [("account", "list"), CREDIT[:-2], INIT[:-2], ("status",)])
def test_a_folder_that_is_closed_to_this_user_is_no_bug_of_the_program(
    argv: tuple[str, ...], busy: Cli
) -> None:
    """What every user but its owner meets: the store cannot be opened, and whose it is helps."""
    outcome = injected(busy, "newfstatat:error=EACCES:when=1+", *argv, "-o", "json", end="")
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")


@pytest.mark.parametrize("argv", [("account", "list"), CREDIT[:-2]], ids=["list", "credit"])
@pytest.mark.parametrize(
    ("fault", "end"),
    [
        ("mmap:error=ENOMEM", "-shm"),
        ("fcntl:error=EIO", ""),
        ("openat:error=EMFILE", "-wal"),
        ("openat:error=EROFS", ""),
    ],
    ids=["no memory for the index", "no locks", "no more files", "read-only"],
)
def test_whatever_the_system_refuses_is_reported_in_a_sentence(
    fault: str, end: str, argv: tuple[str, ...], busy: Cli
) -> None:
    """Memory, locks, files: exit status 74, nothing changed."""
    victim = twin(busy, "victim")
    before = dump(busy.store)
    outcome = injected(victim, fault, *argv, "-o", "json", end=end)
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
    assert differing(dump(victim.store), before) == []


def test_an_init_where_no_links_can_be_made_is_no_bug_of_the_program(cli: Cli) -> None:
    """A file system without hard links: a whole store all the same, or a refusal and nothing."""
    outcome = injected(cli, "link,linkat:error=EPERM", *INIT)
    assert outcome.status in (0, 74)
    assert left_in(cli.store.parent) == (["mailctl.db"] if outcome.status == 0 else [])


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)],
    ids=["SIGINT", "SIGTERM", "SIGHUP"],
)
def test_a_command_stopped_in_its_commit_says_what_became_of_it(
    number: int, status: int, busy: Cli
) -> None:
    """A slow disk, a kill while it writes: stopped and undone, or done and acknowledged."""
    before = dump(twin(busy, "before").store)
    slow = [
        "-o",
        "/dev/null",
        "-e",
        "trace=fdatasync",
        "-e",
        "inject=fdatasync:delay_enter=1s:when=1",
    ]
    process = subprocess.Popen(
        [strace(), "-f", "-qq", *slow, *command(CREDIT)],
        env=environment(busy.store) | {"PYTHONPATH": HOME},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    writer = noted_writer(busy)
    time.sleep(0.4)
    os.kill(writer, number)
    process.communicate(timeout=30)
    changed = differing(dump(busy.store), before) != []
    assert (process.returncode, changed) in ((0, True), (status, False))


def noted_writer(cli: Cli) -> int:
    """The process that says that it holds the store, as soon as one does."""
    note = cli.store.with_name(cli.store.name + "-writer")
    for _ in range(2000):
        with suppress(OSError, ValueError):
            return int(json.loads(note.read_text(encoding="utf-8"))["pid"])
        time.sleep(0.005)
    raise AssertionError("the command never held the store")


LIMITS = {
    resource.RLIMIT_FSIZE: ("the size of files", range(0, 300_000, 6_000)),
    resource.RLIMIT_NOFILE: ("open files", range(24)),
    resource.RLIMIT_AS: ("memory", range(0, 24 << 20, 1 << 20)),
}
"""What a system limits, and how much of it a command gets until it is enough."""


@pytest.mark.parametrize("argv", [CREDIT, TICK], ids=["credit", "tick"])
@pytest.mark.parametrize("kind", LIMITS, ids=[name for name, _ in LIMITS.values()])
def test_under_a_limit_of_the_system_a_change_is_made_or_not_and_says_so(
    kind: int, argv: tuple[str, ...], busy: Cli, record_property: Callable[[str, object], None]
) -> None:
    """ulimit: one step more each time, until it is enough; the outcome is never left open."""
    before, whole = dump(busy.store), twin(busy, "whole")
    whole.ok(*argv[:-2])
    done, statuses = dump(whole.store), []
    _, steps = LIMITS[kind]
    points = [steps[number - 1] for number in spread(len(steps), how_many(6))]
    for amount in points:
        victim = twin(busy, "victim")
        outcome = limited(victim, argv, kind, amount)
        statuses.append(outcome.status)
        expected = before if outcome.status else done
        assert (amount, differing(dump(victim.store), expected)) == (amount, []), outcome.err
        if outcome.status:
            assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed"), outcome.err
            assert "unknown" not in outcome.err
    assert statuses[0] == 74
    record_property("limits", len(points))


def init_under(cli: Cli, blocks: int) -> Outcome:
    """Make a store where files may not grow beyond so many blocks of 512 bytes."""
    return limited(cli, INIT, resource.RLIMIT_FSIZE, blocks * 512)


@pytest.mark.parametrize("blocks", [0, 8, 100, 400])
def test_an_init_under_a_limit_leaves_nothing(blocks: int, cli: Cli) -> None:
    """A store that does not fit is not made, and no part of it stays."""
    outcome = init_under(cli, blocks)
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
    assert left_in(cli.store.parent) == []


@pytest.mark.parametrize("lasting", ["", "+"], ids=["once", "for good"])
def test_an_init_on_a_full_disk_leaves_a_whole_store_or_nothing(lasting: str, cli: Cli) -> None:
    """Wherever the space ends: a refusal and an empty folder, or a store that holds."""
    place = cli.store.parent / "place"
    count = calls(Cli(cli.store.with_name("whole.db")), "pwrite64", *INIT)
    points = {*spread(count, 5), *(count * part // 40 for part in (34, 35, 36, 37, 38, 39))}
    got = []
    for number in sorted(points):
        place.mkdir()
        victim = Cli(place / "mailctl.db")
        fault = f"pwrite64:error=ENOSPC:when={number}{lasting}"
        outcome = forked.injected(victim, fault, INIT)
        if outcome.status:
            ending = (outcome.status, outcome.error()["code"], left_in(place))
        else:
            holds = victim("journal", "verify").status == 0
            ending = (0, "whole" if holds else "half", [])
        got.append((number, ending))
        for path in place.iterdir():
            path.unlink()
        place.rmdir()
    allowed = [(74, "disk-failed", list[str]()), (0, "whole", list[str]())]
    assert [point for point in got if point[1] not in allowed] == []


@pytest.mark.parametrize("number", [5, 40, 80])
def test_an_init_whose_sync_fails_leaves_nothing(number: int, cli: Cli) -> None:
    """A disk that cannot promise to keep it keeps no store."""
    outcome = injected(cli, f"fdatasync:error=EIO:when={number}+", *INIT)
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
    assert left_in(cli.store.parent) == []


def test_an_init_whose_folder_cannot_be_synced_does_not_leave_what_it_denies(cli: Cli) -> None:
    """The very last step fails: the command fails, and there is no store."""
    outcome = injected(cli, "fsync:error=EIO:when=1+", *INIT)
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
    assert left_in(cli.store.parent) == []
