"""A mailbox's password as a person types it: twice, and unseen (rules 16)."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.cli.terminal import on_terminal
from tests.drivers.toy import toy_driver
from tests.helpers import Cli, environment
from tests.store.plain import rows

STRONG = "kind zebra paints slowly"


@pytest.fixture
def driven(busy: Cli, tmp_path: Path) -> Cli:
    """The busy host with a driver that does everything."""
    busy.ok("settings", "set", "driver", toy_driver(tmp_path))
    return busy


def is_set(cli: Cli, password: str) -> bool:
    """Whether anna's password is this one."""
    ((found,),) = rows(cli.store, "SELECT hash FROM mailbox_password WHERE account_id = 1")
    return PasswordHasher().verify(str(found), password)


def test_a_password_is_asked_for_twice(driven: Cli) -> None:
    """One that is too weak, or typed otherwise the second time, is asked for again."""
    answers = ["12345678", STRONG, "kind zebra", STRONG, STRONG]

    got = on_terminal(
        driven.store, "account", "password", "1", answer="".join(f"{one}\n" for one in answers)
    )

    assert got.status == 0, got.err
    assert got.err.count("New password of anna@acme.example: ") == 3
    assert got.err.count("The same again: ") == 2
    assert "the password could be guessed" in got.err
    assert "the two are not the same" in got.err
    assert is_set(driven, STRONG)


def test_the_end_of_input_ends_without_a_change(driven: Cli) -> None:
    """As Ctrl-D at any other question."""
    got = on_terminal(driven.store, "account", "password", "1", answer=f"{STRONG}\n\x04")
    assert got.status == 1
    assert rows(driven.store, "SELECT 1 FROM mailbox_password") == []


def test_nothing_is_asked_where_it_may_not_be(driven: Cli) -> None:
    """With --no-input a terminal is not asked; the flag that helps is named."""
    got = on_terminal(driven.store, "account", "password", "1", "--no-input")
    assert got.status == 2
    assert "--generate" in got.err


def test_what_is_typed_is_not_shown_and_the_terminal_is_as_before(driven: Cli) -> None:
    """A terminal that shows what is typed does not show this, and does so again afterwards."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mailctl", "account", "password", "1"],
        env=environment(driven.store),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    seen = b""
    for question in (b"New password of", b"The same again"):
        seen = _until(ours, question, seen)
        time.sleep(0.3)
        os.write(ours, f"{STRONG}\n".encode())
    assert process.wait(timeout=30) == 0
    seen = _until(ours, b"Set a new password", seen)
    assert STRONG.encode() not in seen
    os.write(ours, b"shown again")
    assert b"shown again" in _until(ours, b"shown again", b"")
    os.close(theirs)
    os.close(ours)


def _until(terminal: int, what: bytes, seen: bytes) -> bytes:
    """Everything that was shown until these words were."""
    while what not in seen:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, seen
        seen += os.read(terminal, 65_536)
    return seen
