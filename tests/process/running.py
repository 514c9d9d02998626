"""mailctl as a process of its own that is still running: to be waited for, stopped or killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import mailctl
from tests.helpers import Cli, Outcome, environment

HOME = str(Path(mailctl.__file__).parent.parent)
LONGEST = 30.0


def started(cli: Cli, *argv: str) -> subprocess.Popen[bytes]:
    """A command that runs from now on, and hears Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # So a shell starts what runs in its background, and a child would ignore it too.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        [sys.executable, "-m", "mailctl", *argv],
        env=environment(cli.store) | {"PYTHONPATH": HOME},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ended(process: subprocess.Popen[bytes], longest: float = LONGEST) -> Outcome:
    """How it ended, after so many seconds at the most."""
    try:
        out, err = process.communicate(timeout=longest)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Outcome(status=process.returncode, out=out.decode(), err=err.decode())


def wait_for_the_writer(cli: Cli, process: subprocess.Popen[bytes]) -> None:
    """Wait until the command holds the store; its note tells."""
    note = cli.store.with_name(cli.store.name + "-writer")
    deadline = time.monotonic() + LONGEST
    while not (note.exists() and str(process.pid) in note.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline, "the command never held the store"
        assert process.poll() is None, "the command ended before it held the store"
        time.sleep(0.002)


def wait_for_opening(cli: Cli, process: subprocess.Popen[bytes]) -> None:
    """Wait until the command has opened the store, and half a second more for what it does next."""
    deadline = time.monotonic() + LONGEST
    while not _has_open(process.pid, cli.store):
        assert time.monotonic() < deadline, "the command never opened the store"
        assert process.poll() is None, "the command ended before it opened the store"
        time.sleep(0.01)
    time.sleep(0.5)


def _has_open(pid: int, path: Path) -> bool:
    with suppress(OSError):
        return any(file.resolve() == path for file in Path(f"/proc/{pid}/fd").iterdir())
    return False
