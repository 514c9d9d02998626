"""How Dovecot's driver writes copies of mailboxes whose folders have any name (rules 16)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any, cast

import pytest

from mailctl.drivers import copies, program
from mailctl.drivers.dovecot.exporting import export
from mailctl.drivers.dovecot.sockets import DOVEADM, Mail
from mailctl.errors import DriverTimeoutError

ODD = [
    "INBOX",
    ".",
    "..",
    "a/b",
    "a.b",
    "x" * 400,
    "x" * 401,
    "é" * 250,
    "deep/" * 90,
    "b\udcff",
    "&",
]


class _Dovecot:
    """One message in each of these folders, each with a keyword; as a socket of Dovecot's tells."""

    def __init__(self, folders: list[str]) -> None:
        self._folders = [name.encode("utf-8", "surrogateescape") for name in folders]

    def fields(self, _: str, command: str, *_words: str) -> Iterator[Iterator[bytes]]:
        """The answer to a command, field by field."""
        for name in self._folders:
            yield iter([name])
            if command == "fetch":
                yield from map(
                    iter, ([b"\\Seen l\xffabel"], [b"1767225600"], [b"S: ", name, b"\r\n"])
                )

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("format", ["maildir", "mbox"])
def test_folders_of_any_name_are_copied_into_the_copy(tmp_path: Path, format: str) -> None:
    """A user can neither keep the own mailbox from being copied nor write beside the copy."""
    folder = tmp_path / "copies" / "copy"
    folder.parent.mkdir()
    mail: Any = _Dovecot(ODD)
    messages = export(cast("Mail", mail), "user", folder, format)
    assert messages == len(ODD)
    assert copies.fault_of(folder, format, messages) is None
    assert [one.name for one in folder.parent.iterdir()] == ["copy"]
    kept = [one for one in folder.glob("*") if one.name not in ("cur", "new", "tmp")]
    folders = [one for one in kept if one.is_dir() == (format == "maildir")]
    assert len(folders) == len(ODD) - (format == "maildir")


def test_a_copy_that_takes_too_long_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else each try would leave a part of the mail, which nobody removes."""
    monkeypatch.setattr(program, "COPY_SECONDS", 1)
    run, copy = tmp_path / "run", tmp_path / "copy"
    run.mkdir()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(run / DOVEADM))
    listening.listen()
    slow = Thread(target=_answers_slowly, args=(listening,))
    slow.start()
    settings = {
        "dovecot-database": str(tmp_path / "mailboxes.db"),
        "dovecot-home": str(tmp_path),
        "dovecot-run": str(run),
    }
    asked = {"mailbox": "1", "address": "a@x.example", "attempt": 1, "dry_run": False}
    with program.of_setting("dovecot", settings).started(timeout=10) as driver:
        driver.ask("create", existing=False, **asked)
        driver.timeout = 1
        with pytest.raises(DriverTimeoutError):
            driver.ask("export", folder=str(copy), format="maildir", **asked)
        assert any((copy / "cur").iterdir())
    slow.join()
    assert not copy.exists()


def _answers_slowly(listening: socket.socket) -> None:
    """Dovecot tells of a folder and of half a message, and no more."""
    with listening:
        there, _ = listening.accept()
    with there:
        there.recv(4096)
        for said in (b"+\n", b"INBOX\t\n+\n", b"INBOX\t\\Seen\t1767225600\tSubject: half"):
            there.sendall(said)
        while there.recv(4096):
            pass
