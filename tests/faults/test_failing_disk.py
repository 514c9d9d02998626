"""A disk that is full or fails: exit status 74, a sentence that says so, and books that hold."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress

import pytest

from tests.faults.faulty import calls, command, injected, left_in, spread, strace
from tests.helpers import Cli, Outcome, environment
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
def test_on_a_full_disk_nothing_is_changed(argv: tuple[str, ...], busy: Cli) -> None:
    """From the n-th write on there is no space: refused and unchanged, or done and acknowledged."""
    whole, before = twin(busy, "whole"), dump(busy.store)
    count = calls(whole, "pwrite64", *argv)
    statuses = set()
    for number in spread(count, 8):
        victim = twin(busy, f"full-{number}")
        outcome = injected(victim, f"pwrite64:error=ENOSPC:when={number}+", *argv)
        expected = before if outcome.status else dump(whole.store)
        assert (number, differing(dump(victim.store), expected)) == (number, [])
        if outcome.status:
            assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
        statuses.add(outcome.status)
        # With space again it goes through.
        victim.ok(*argv[:-2])
        assert (number, differing(dump(victim.store), dump(whole.store))) == (number, [])
    assert 74 in statuses


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


def limited(cli: Cli, blocks: int, *argv: str) -> Outcome:
    """Run a command whose files may not grow beyond so many blocks of 512 bytes."""
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f "$0" && exec "$@"', str(blocks), *command(argv)],
        env=environment(cli.store) | {"PYTHONPATH": HOME},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Outcome(status=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def test_a_limit_on_the_size_of_files_is_a_full_disk(busy: Cli) -> None:
    """ulimit -f: the log cannot grow, so nothing is changed, and the command says why."""
    before = dump(twin(busy, "kept").store)
    outcome = limited(busy, 8, *CREDIT)
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
    assert differing(dump(busy.store), before) == []
    busy.ok(*CREDIT[:-2])
    assert busy.ok("journal", "verify")["ok"] is True


@pytest.mark.parametrize("blocks", [0, 8, 100, 400])
def test_an_init_under_a_limit_leaves_nothing(blocks: int, cli: Cli) -> None:
    """A store that does not fit is not made, and no part of it stays."""
    outcome = limited(cli, blocks, *INIT)
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
        outcome = injected(victim, f"pwrite64:error=ENOSPC:when={number}{lasting}", *INIT)
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
