"""Who did it: the name in the journal, wherever the command comes from."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys

import pytest

from mailctl.store.engine.journal import actor
from tests.helpers import Cli, environment
from tests.process.running import HOME

NAMES = ("SUDO_USER", "LOGNAME", "USER", "LNAME", "USERNAME")


@pytest.fixture(autouse=True)
def nobody_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that names nobody."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_the_actor_is_the_person_behind_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not root, whom sudo made of them."""
    monkeypatch.setenv("USER", "root")
    monkeypatch.setenv("SUDO_USER", "claire")
    assert actor() == "claire"


def test_the_actor_is_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the environment; in a cron job, which has none, from the system's list of users."""
    monkeypatch.setenv("LOGNAME", "claire")
    assert actor() == "claire"
    monkeypatch.delenv("LOGNAME")
    assert actor() == pwd.getpwuid(os.getuid()).pw_name


def test_a_user_without_a_name_is_named_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a container whose user id stands in no list, commands work and name the id."""

    def unknown(uid: int) -> pwd.struct_passwd:
        raise KeyError(uid)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert str(os.getuid()) in actor()


@pytest.mark.parametrize("name", [b"\xff\xfe", b"cl\x1baire", b"cl\naire", b"cl\x1faire"])
def test_a_false_name_does_no_harm(name: bytes, store: Cli) -> None:
    """Bytes that are no text, or control characters, are not kept as they are given."""
    done = subprocess.run(
        [sys.executable, "-m", "mailctl", "settings", "set", "gap-days", "3"],
        env={
            **{key.encode(): value.encode() for key, value in environment(store.store).items()},
            b"PYTHONPATH": HOME.encode(),
            b"SUDO_USER": name,
        },
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    kept = store.ok("journal", "list")["items"][-1]["actor"]
    assert [char for char in kept if ord(char) < 32 or 0xD800 <= ord(char) < 0xE000] == []
