"""Litestream beside a store, as the service and the crontab of contrib/ run it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.helpers import Cli

ROOT = Path(__file__).resolve().parent.parent.parent
UNIT = ROOT / "contrib/systemd/mailctl-litestream.service"
CRONTAB = ROOT / "contrib/cron/litestream"
PROGRAM = Path(sys.executable).with_name("litestream")
INSTALLED = "/opt/mailctl/bin/litestream"
CONFIGURATION = "/etc/mailctl/litestream.yml"
LONGEST = 60.0


class Replica:
    """A store's replica in a folder, and the Litestream that writes it."""

    def __init__(self, cli: Cli) -> None:
        self.cli = cli
        self.folder = cli.store.parent / "replica"
        self.configuration = cli.store.parent / "litestream.yml"
        printed = cli("store", "replicate", "--config", "--to", str(self.folder))
        assert (printed.status, printed.err) == (0, "")
        self.configuration.write_text(printed.out, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def send(self, *under: str) -> None:
        """What the service does first: it sends a whole copy; maybe under another program."""
        subprocess.run([*under, *self._of_unit("ExecStartPre")], check=True, capture_output=True)

    def start(self) -> None:
        """Start it as the service does."""
        self.send()
        log = (self.cli.store.parent / "litestream.log").open("ab")
        with log:
            self._process = subprocess.Popen(self._of_unit("ExecStart"), stdout=log, stderr=log)
        # From then on it keeps the log in use, and sends what is left when it is stopped.
        wait_until(self._has_opened)
        time.sleep(0.2)

    def _has_opened(self) -> bool:
        assert self._process is not None
        held = []
        for number in Path(f"/proc/{self._process.pid}/fd").iterdir():
            with suppress(OSError):
                held.append(number.readlink())
        return self.cli.store in held

    def kill(self) -> None:
        """End it by kill -9, if it runs."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """End it as systemd does: it sends what is left."""
        assert self._process is not None
        self._process.terminate()
        assert self._process.wait(LONGEST) == 0

    def cron(self) -> None:
        """What the crontab does once a day."""
        (line,) = re.findall(
            r"^\d+ \S+ \S+ \S+ \S+ mailctl (.*)$", CRONTAB.read_text("utf-8"), re.MULTILINE
        )
        done = subprocess.run(
            ["/bin/sh", "-c", self._as_here(line)], capture_output=True, check=False
        )
        # What cron is told is mailed.
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def wait_for_sync(self) -> None:
        """Wait until all that is committed now has been sent."""
        before = self.newest()
        # What is sent next may have begun before.
        wait_until(lambda: self.newest() > before + 1)

    def newest(self) -> int:
        """The number of the newest changes in the replica."""
        names = [path.name for path in self.folder.glob("ltx/0/*.ltx")]
        return max((int(name[17:33], 16) for name in names), default=0)

    def restored(self, name: str, *more: str) -> Cli:
        """A new store, restored from the replica."""
        path = self.cli.store.with_name(name)
        done = subprocess.run(
            [PROGRAM, "restore", "-config", self.configuration, "-o", path, *more, self.cli.store],
            umask=0o077,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        return Cli(path)

    def _of_unit(self, key: str) -> list[str]:
        """The words of a command of the service."""
        (line,) = re.findall(rf"^{key}=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)
        return shlex.split(self._as_here(line))

    def _as_here(self, command: str) -> str:
        store = self.cli.store
        return (
            command.replace(INSTALLED, shlex.quote(str(PROGRAM)))
            .replace(CONFIGURATION, shlex.quote(str(self.configuration)))
            .replace("/var/lib/mailctl/.mailctl.db-", f"{store.parent}/.{store.name}-")
            .replace("/var/backups/mailctl/replica", str(self.folder))
        )


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, which Litestream or a command is about to bring about."""
    until = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < until, "nothing happens"
        time.sleep(0.05)
