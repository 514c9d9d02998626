"""Processes that stand in a folder: found, ended, and never left behind.

The working directory of a process tells where it belongs: PostgreSQL's children change their titles
and Patroni's its parent, but all stay in the folder of their machine.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")
# Seconds, on a machine that does much else at the same time.
LONGEST = 90.0
# It outlives the test for as long as it takes to end what the test started, however that ended.
JANITOR = """
import shutil, sys
from pathlib import Path
from tests.cluster.processes import stop_all_in
folder = Path(sys.argv[1])
sys.stdin.read()
stop_all_in(folder)
shutil.rmtree(folder)
"""


def pids_in(folder: Path, *, title: str = "") -> list[int]:
    """The processes that stand in a folder and have this text in their title."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stands_there = (process / "cwd").readlink().is_relative_to(folder)
            if stands_there and title in (process / "cmdline").read_text(errors="replace"):
                found.append(int(process.name))
    return found


def send(what: signal.Signals, pids: list[int]) -> None:
    """A signal to each process that is still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def end_all_in(folder: Path) -> None:
    """End every process in a folder at once, and what they start meanwhile."""
    while pids := pids_in(folder):
        send(signal.SIGKILL, pids)
        time.sleep(0.02)


def stop_all_in(folder: Path) -> None:
    """End every process in a folder; PostgreSQL gives back its shared memory before."""
    send(signal.SIGQUIT, pids_in(folder))
    deadline = time.monotonic() + 3
    while pids_in(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    end_all_in(folder)


def until(happened: Callable[[], T | None], what: str, longest: float = LONGEST) -> T:
    """What a look every tenth of a second gives at last; None and False are looked at again."""
    deadline = time.monotonic() + longest
    while not (found := happened()):
        assert time.monotonic() < deadline, f"{what}: not in {longest:.0f} s"
        time.sleep(0.1)
    return found


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that goes at the end with all who stand in it, even where the test is killed."""
    where = MEMORY if os.access(MEMORY, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="mailctl-cluster-", dir=where))
    janitor = subprocess.Popen(
        [sys.executable, "-c", JANITOR, str(folder)],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        yield folder
    finally:
        janitor.communicate(b"")


def server_owner() -> str | None:
    """Who runs the servers where the tests run as root, whom PostgreSQL refuses."""
    return "postgres" if os.geteuid() == 0 else None


def hand_over(folder: Path) -> None:
    """Give a folder with all that is in it to who runs the servers."""
    if owner := server_owner():
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, owner)
