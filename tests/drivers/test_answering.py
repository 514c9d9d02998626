"""The loop of the drivers that come with mailctl: requests in, an answer to each, nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mailctl.drivers import answering, program
from mailctl.drivers.protocol import Hello, Verdict, answer_of, hello_of, line_of

DRIVER = """
import os, subprocess, sys
from mailctl.drivers.answering import LaterError, RefusedError, Reply, serve
from mailctl.drivers.protocol import Hello, Verdict

def done(request):
    print("printed by a library")
    subprocess.run(["sh", "-c", "cat; echo printed by a program"])
    return Reply(verdict=Verdict.DONE, changed=True, detail=repr(request), more={"x": 1})

def refused(request):
    raise RefusedError(f"not {request.text('hash')}")

def later(request):
    raise LaterError("the disk is full")

def broken(request):
    raise ValueError("a bug")

HELLO = Hello(name="loop", version="1", capabilities=frozenset(("suspend", "reopen")),
              delivery_while_suspended=True)
sys.exit(serve(HELLO, {"settings": done, "suspend": done, "password": refused, "reopen": later,
                       "wipe": broken}))
"""


@pytest.fixture
def loop(tmp_path: Path) -> Path:
    """A driver that serves with these handlers."""
    path = tmp_path / "driver"
    path.write_text(f"#!{sys.executable} -I\n{DRIVER}")
    path.chmod(0o755)
    return path


def said(loop: Path, given: bytes) -> tuple[int, list[bytes], bytes]:
    """What the driver says to these bytes: status, lines, standard error."""
    done = subprocess.run([str(loop)], input=given, capture_output=True, check=False)
    return done.returncode, done.stdout.splitlines(keepends=True), done.stderr


def request(**keys: Any) -> bytes:
    """A line as mailctl writes it."""
    return line_of({"id": 7, **keys})


def test_each_request_is_answered_by_its_kind(loop: Path) -> None:
    """What libraries and programs print meanwhile goes elsewhere, and they read no request."""
    given = request(kind="suspend", mailbox="42", address="é@x.example", attempt=2, dry_run=True)
    status, lines, errors = said(loop, given + request(kind="reopen"))
    assert status == 0
    assert hello_of(lines[0]).name == "loop"
    first, second = (answer_of(line, 7) for line in lines[1:])
    assert (first.verdict, first.changed, first.more) == ("done", True, {"x": 1})
    assert "mailbox='42', address='é@x.example', attempt=2, dry_run=True" in first.detail
    assert (second.verdict, second.detail) == ("later", "the disk is full")
    assert sorted(errors.splitlines()) == [b"printed by a library", b"printed by a program"]


def test_what_it_does_not_know_is_refused_and_the_next_is_answered(loop: Path) -> None:
    """An unknown kind, a key that is missing; what a request holds besides is not repeated."""
    given = [{}, {"kind": "fly"}, {"kind": ["x"]}, {"kind": "password"}]
    _, lines, _ = said(loop, b"".join(request(**one) for one in given))
    answers = [answer_of(line, 7) for line in lines[1:]]
    assert [answer.verdict for answer in answers] == ["refused"] * 4
    assert answers[-1].detail == "the request has no hash"


def test_a_dry_run_is_one_in_doubt() -> None:
    """A value that is not plainly false changes nothing on a server."""
    for value, is_dry in ((False, False), (True, True), ("no", True), (None, True)):
        found = answering._request_of(request(kind="suspend", dry_run=value))  # noqa: SLF001
        assert found.dry_run is is_dry


def test_a_hash_is_not_shown_with_its_request() -> None:
    """A request that stands in a traceback or a log has nothing secret in it."""
    found = answering._request_of(request(kind="password", hash="$argon2id$secret"))  # noqa: SLF001
    assert "secret" not in repr(found)


@pytest.mark.parametrize(
    ("given", "status"),
    [(b"", 0), (b'{"id":7,"kind":"susp', 0), (b"x" * 1_100_000, 1)],
    ids=["nothing", "half a line", "an endless line"],
)
def test_it_ends_when_its_input_does(given: bytes, status: int, loop: Path) -> None:
    """Half a request was not asked; one that is too long ends it with another status."""
    ended, lines, errors = said(loop, given)
    assert (ended, len(lines), errors) == (status, 1, b"")


def test_a_closed_pipe_ends_it_quietly(loop: Path) -> None:
    """mailctl was killed: nobody reads a traceback."""
    process = subprocess.Popen(
        [str(loop)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    process.stdin.write(request(kind="reopen"))
    process.stdin.close()
    assert (process.wait(20), process.stderr.read()) == (0, b"")
    process.stderr.close()


def test_a_bug_is_told_with_its_last_words(loop: Path) -> None:
    """It is a failure of the driver, and nothing was done."""
    with (
        pytest.raises(Exception, match=r"ended with status 1.*ValueError: a bug"),
        program.of_setting(str(loop), {}).started(timeout=20) as driver,
    ):
        driver.ask("wipe", mailbox="42")


def test_a_long_list_comes_in_parts_that_fit_into_a_line() -> None:
    """A thousand at most, and fewer where their names are long."""
    short = [{"mailbox": f"{n:04}", "state": "active", "address": None} for n in range(1001)]
    first = answering.listed(short).more
    assert (len(first["mailboxes"]), first["more"]) == (1000, True)  # type: ignore[arg-type]
    assert answering.listed(short[:1000]).more["more"] is False
    long = [{"mailbox": f"{n:04}" + "é" * 1000, "state": "active"} for n in range(1000)]
    part = answering.listed(long)
    line = line_of({"id": 1, "result": part.verdict, **part.more})
    assert 400_000 < len(line) < 1_000_000
    assert part.more["more"] is True
    one = answering.listed([{"mailbox": "x" * 950_000}, {"mailbox": "y"}]).more
    assert (len(one["mailboxes"]), one["more"]) == (1, True)  # type: ignore[arg-type]


def test_the_first_line_is_what_mailctl_reads() -> None:
    """Both sides are of one text."""
    hello = Hello(
        name="n", version="2", capabilities=frozenset(("list",)), delivery_while_suspended=False
    )
    assert hello_of(answering._first_line(hello)) == hello  # noqa: SLF001
    assert json.loads(line_of({"result": Verdict.DONE})) == {"result": "done"}
