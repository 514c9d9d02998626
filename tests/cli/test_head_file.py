"""`journal head --to`: a line a head, synced, each once, whole, and no other file harmed."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from tests.faults.faulty import KILLED, injected
from tests.helpers import Cli
from tests.process.running import ended, started

LINE = re.compile(
    r"2026-02-05 [0-9]+ [0-9a-f]{64} [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
)
CREDIT = ("prepaid", "credit", "acme", "10")


@pytest.fixture
def heads(busy: Cli) -> Path:
    """Where a file of heads can be: a folder of this user's own."""
    folder = busy.store.parent / "other"
    folder.mkdir(mode=0o700)
    return folder / "heads"


def kept(busy: Cli, heads: Path) -> str:
    """What a command that adds the head says."""
    outcome = busy("journal", "head", "--to", str(heads))
    assert outcome.status == 0, outcome.err
    return outcome.out


def test_a_head_is_added_once_however_often_it_is_asked_for(busy: Cli, heads: Path) -> None:
    """Cron adds a line after each tick; nobody else reads the file."""
    first = busy.ok("journal", "head")
    assert kept(busy, heads) == f"Added the head of transaction {first['batch']} to {heads}.\n"
    again = kept(busy, heads)
    assert again == f"{heads} has the head of transaction {first['batch']} already.\n"
    busy.ok(*CREDIT)
    assert busy.ok("journal", "head", "--to", str(heads)) == busy.ok("journal", "head")
    lines = heads.read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert all(LINE.fullmatch(line) for line in lines)
    assert lines[0].split()[1:3] == [str(first["batch"]), first["digest"]]
    assert stat.S_IMODE(heads.stat().st_mode) == 0o600


def test_a_line_that_a_crash_cut_off_is_made_whole(busy: Cli, heads: Path) -> None:
    """Wherever: it is completed or started anew, and nothing is glued to it."""
    kept(busy, heads)
    busy.ok(*CREDIT)
    before = heads.read_bytes()
    kept(busy, heads)
    whole = heads.read_bytes()
    for length in range(len(before), len(whole), 5):
        heads.write_bytes(whole[:length])
        kept(busy, heads)
        # A line without its last word, as one that was mailed, says all that is needed.
        lines = [line.split()[:3] for line in whole.splitlines()]
        assert [line.split()[:3] for line in heads.read_bytes().splitlines()] == lines, length
        assert heads.read_bytes().endswith(b"\n")
        assert busy("journal", "verify", "--heads", str(heads)).status == 0
    heads.write_bytes(before + bytes(40))
    kept(busy, heads)
    assert heads.read_bytes() == whole


def test_two_at_once_add_one_line(busy: Cli, heads: Path) -> None:
    """And none is torn or lost."""
    processes = [started(busy, "journal", "head", "--to", str(heads)) for _ in range(4)]
    assert [ended(process).status for process in processes] == [0] * 4
    assert len(heads.read_text("utf-8").splitlines()) == 1


def test_who_holds_the_file_is_waited_for_and_then_named(busy: Cli, heads: Path) -> None:
    """As with a busy store: 75."""
    import fcntl

    heads.touch(0o600)
    with heads.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused = busy("journal", "head", "--to", str(heads), "--wait", "0", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (75, "store-busy")
    assert heads.read_bytes() == b""


@pytest.mark.parametrize("what", ["link", "dangling link", "pipe", "folder"])
def test_what_is_no_file_of_heads_is_left_alone(what: str, busy: Cli, heads: Path) -> None:
    """Whoever planted it gets nothing written, and nobody waits for a pipe."""
    victim = heads.with_name("victim")
    if what == "pipe":
        os.mkfifo(heads)
    elif what == "folder":
        heads.mkdir()
    else:
        heads.symlink_to(victim)
        if what == "link":
            victim.touch()
    refused = ended(started(busy, "journal", "head", "--to", str(heads), "-o", "json"), longest=10)
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    assert victim.exists() == (what == "link")
    assert not victim.exists() or victim.read_bytes() == b""


@pytest.mark.parametrize(
    "content",
    [b"precious\n", b"precious", b"2026-01-01 1 abc\nmore\n", b"%PDF-1.4\n\xff\xfe\n"],
)
def test_another_file_is_never_added_to(content: bytes, busy: Cli, heads: Path) -> None:
    """Every line must be a head; the first that is none is named."""
    heads.write_bytes(content)
    heads.chmod(0o600)
    refused = busy("journal", "head", "--to", str(heads), "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    assert "its line 1 is no head of a journal" in refused.error()["message"]
    assert heads.read_bytes() == content


def test_the_heads_of_another_store_are_not_mixed_in(
    busy: Cli, heads: Path, tmp_path: Path
) -> None:
    """They are told apart by when the stores were made."""
    kept(busy, heads)
    before = heads.read_bytes()
    marks = before.decode().split()
    heads.write_text(f"{' '.join(marks[:3])} 2020-01-01T00:00:00Z\n", "utf-8")
    refused = busy("journal", "head", "--to", str(heads), "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "already-exists")
    assert "heads of another store, made at 2020-01-01T00:00:00Z" in refused.error()["message"]
    found = busy("journal", "verify", "--heads", str(heads), "-o", "json")
    assert (found.status, found.json()["reason"].partition(": it is ")[2]) == (
        1,
        "of another store, made at 2020-01-01T00:00:00Z",
    )


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_file_that_others_could_change_proves_nothing(what: str, busy: Cli, heads: Path) -> None:
    """It is refused before anything is written; the sentence says what is open to whom."""
    if what == "file":
        heads.touch()
        heads.chmod(0o602)
    else:
        heads.parent.chmod(0o1777)
    refused = busy("journal", "head", "--to", str(heads), "-o", "json")
    heads.parent.chmod(0o700)
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert "can be written by everybody" in refused.error()["message"]
    assert not heads.exists() or heads.read_bytes() == b""


@pytest.mark.files_only("a file that is missing leaves none")
def test_without_a_store_no_file_is_made(cli: Cli, tmp_path: Path) -> None:
    """A wrong --store leaves nothing behind."""
    assert cli("journal", "head", "--to", str(tmp_path / "heads")).status == 10
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "fault", ["write:error=ENOSPC", "write:error=EIO", "fsync:error=EIO", "write:retval=20"]
)
def test_what_the_disk_does_not_take_is_taken_back(fault: str, busy: Cli, heads: Path) -> None:
    """74, the lines before are as they were, and the next run adds the head."""
    kept(busy, heads)
    busy.ok(*CREDIT)
    before = heads.read_bytes()
    argv = ("journal", "head", "--to", str(heads), "-o", "json")
    options = f"{fault}:when=1" if "retval" in fault else f"{fault}:when=1+"
    outcome = injected(busy, options, *argv, only=heads)
    if "retval" in fault:
        # It claimed to have written 20 bytes; the rest came after them.
        assert outcome.status == 0
        return
    assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
    assert heads.read_bytes() == before
    kept(busy, heads)
    assert len(heads.read_bytes().splitlines()) == 2


@pytest.mark.parametrize("call", ["write", "fsync", "ftruncate"])
def test_a_command_killed_at_its_line_is_gone_on_with(call: str, busy: Cli, heads: Path) -> None:
    """The head is there or not; given again it is there once."""
    kept(busy, heads)
    before = heads.read_bytes()
    busy.ok(*CREDIT)
    heads.write_bytes(before + b"2026-02-05 99")
    outcome = injected(
        busy, f"{call}:signal=KILL:when=1", "journal", "head", "--to", str(heads), only=heads
    )
    assert outcome.status == KILLED
    kept(busy, heads)
    assert [bool(LINE.fullmatch(line)) for line in heads.read_text("utf-8").splitlines()] == [
        True,
        True,
    ]


def test_the_line_is_read_by_ordinary_tools(busy: Cli, heads: Path) -> None:
    """awk finds the digest, which --head takes."""
    kept(busy, heads)
    digest = subprocess.run(
        ["awk", "{ print $3 }", str(heads)], capture_output=True, check=True
    ).stdout.decode()
    assert busy("journal", "verify", "--head", digest.strip()).status == 0
