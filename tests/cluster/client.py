"""mailctl as processes on the cluster: commands are given again until they are acknowledged."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from tests.cluster.machines import Cluster
from tests.cluster.processes import LONGEST, ROOT
from tests.cluster.shipped import PASSWORD
from tests.helpers import FOREIGN_VARIABLES, Outcome

# What a command may end with while machines are lost: an unknown outcome, or nobody answers.
ONCE_MORE = {74, 75}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A command that ended well: its words and answer, when it was first tried, when it ended."""

    argv: tuple[str, ...]
    answer: Any
    began: float
    ended: float
    statuses: tuple[int, ...]
    """Of each try; the last is 0."""


@dataclass(frozen=True, slots=True)
class Client:
    """An administrator's machine, with the password in a file and the store in a variable."""

    cluster: Cluster
    url: str

    def at(self, port: int) -> Client:
        """The same administrator, who asks another server."""
        other = re.sub(r"@.*?/", f"@127.0.0.1:{port}/", self.url)
        return Client(self.cluster, other)

    @property
    def environment(self) -> dict[str, str]:
        """What a command is given."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("MAILCTL_", "PG")) and name not in FOREIGN_VARIABLES
        }
        passwords = self.cluster.folder / "pgpass"
        return kept | {
            "MAILCTL_STORE": self.url,
            "PGPASSFILE": str(passwords),
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
        }

    def started(self, *argv: str) -> subprocess.Popen[str]:
        """A command that runs from now on."""
        return subprocess.Popen(
            [sys.executable, "-m", "mailctl", *argv, "-o", "json"],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *argv: str) -> Outcome:
        """A command, tried once."""
        with self.started(*argv) as process:
            out, err = process.communicate()
        return Outcome(status=process.returncode, out=out, err=err)

    def ok(self, *argv: str) -> Any:
        """The answer of a command that must succeed at once."""
        outcome = self.run(*argv)
        assert (outcome.status, argv, outcome.err if outcome.status else "") == (0, argv, "")
        return outcome.json()

    def insist(self, *argv: str) -> Acknowledged:
        """A command that is repeated for as long as its outcome is unknown or nobody answers."""
        began = time.monotonic()
        statuses = []
        while True:
            outcome = self.run(*argv)
            statuses.append(outcome.status)
            if outcome.status == 0:
                return Acknowledged(
                    argv=argv, answer=outcome.json(), began=began, ended=time.monotonic(),
                    statuses=tuple(statuses),
                )  # fmt: skip
            assert outcome.status in ONCE_MORE, (argv, outcome.err)
            assert time.monotonic() < began + LONGEST, (argv, outcome.err)


def client_of(cluster: Cluster) -> Client:
    """A client that may enter."""
    passwords = cluster.folder / "pgpass"
    passwords.write_text(f"*:*:*:*:{PASSWORD}\n", encoding="utf-8")
    passwords.chmod(0o600)
    return Client(cluster, cluster.url())
