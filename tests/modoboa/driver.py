"""The driver as mailctl runs it, in a process of its own, with few words."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailctl.drivers import program
from mailctl.drivers.protocol import Answer
from tests.modoboa.server import Modoboa

LONG_AGO = 3600.0


class Mailctl:
    """Asks the driver for tasks; each is the first attempt, unless it says otherwise."""

    def __init__(self, driver: program.Driver, notes: Path) -> None:
        self.driver = driver
        self.notes = notes

    def ask(self, kind: str, mailbox: str, address: str | None = None, **keys: object) -> Answer:
        """The whole answer."""
        usual: dict[str, object] = {"attempt": 1, "dry_run": False}
        if kind == "create":
            usual["existing"] = False
        return self.driver.ask(kind, mailbox=mailbox, address=address, **(usual | keys))

    def does(self, kind: str, mailbox: str, address: str | None = None, **keys: object) -> str:
        """The result alone."""
        return str(self.ask(kind, mailbox, address, **keys).verdict)

    def state(self, mailbox: str) -> tuple[object, object] | None:
        """State and address; None where there is no mailbox."""
        answer = self.driver.ask("state", mailbox=mailbox)
        more = answer.more
        return None if answer.verdict == "absent" else (more["state"], more["address"])

    def listed(self) -> dict[str, tuple[object, object]]:
        """Every mailbox."""
        found = self.driver.ask("list").more["mailboxes"]
        assert isinstance(found, list)
        return {one["mailbox"]: (one["state"], one["address"]) for one in found}

    def wait(self) -> None:
        """Let the time pass in which folders are left alone."""
        age(self.notes)


def settings_of(modoboa: Modoboa, url: str | None = None) -> dict[str, str]:
    """The settings of a store that uses it."""
    return {"modoboa-url": url or modoboa.url, "modoboa-token-file": str(modoboa.token_file)}


@contextmanager
def asking(modoboa: Modoboa, url: str | None = None) -> Iterator[Mailctl]:
    """The driver at work."""
    settings = settings_of(modoboa, url)
    with program.of_setting("modoboa", settings).started(timeout=60) as driver:
        yield Mailctl(driver, notes_of(modoboa))


def notes_of(modoboa: Modoboa) -> Path:
    """The driver's notes."""
    return Path(f"{modoboa.token_file}.mailboxes")


def age(notes: Path) -> None:
    """Write the notes as if all in them was long ago; a driver at work takes the new file."""
    lines = [json.loads(line) for line in notes.read_text().splitlines()]
    for line in lines:
        for key in ("at", "moved", "begun"):
            if line.get(key):
                line[key] = time.time() - LONG_AGO
    new = notes.with_suffix(".aged")
    new.write_text("".join(json.dumps(line) + "\n" for line in lines))
    new.chmod(0o600)
    new.replace(notes)


class Killed:
    """The driver as a bare process, to be killed while it is at work."""

    def __init__(self, modoboa: Modoboa, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "mailctl.drivers.modoboa"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/",
        )  # fmt: skip
        self._line()
        self.ask(kind="settings", settings=settings_of(modoboa, url))

    def ask(self, **request: object) -> bytes:
        """Its answer; nothing if it was killed."""
        assert self.process.stdin is not None
        line = json.dumps({"id": 1, "attempt": 1, "dry_run": False, "existing": False} | request)
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        return self._line()

    def _line(self) -> bytes:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    def end(self) -> None:
        """Whether it lives or not."""
        self.process.kill()
        with self.process:
            pass
