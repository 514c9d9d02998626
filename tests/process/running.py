"""mailctl as a process of its own that is still running: to be waited for, stopped or killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import mailctl
from tests import on_server
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
    """Wait until the command holds the store; its note tells, or the server."""
    note = cli.store.with_name(cli.store.name + "-writer")

    def holds() -> bool:
        if isinstance(cli.store, on_server.Place):
            return (True,) in on_server.run(cli.store, on_server.LOCKED)
        return note.exists() and str(process.pid) in note.read_text(encoding="utf-8")

    _await(holds, process, "held the store")


def wait_for_opening(cli: Cli, process: subprocess.Popen[bytes]) -> None:
    """Wait until the command, which has to wait itself, has opened the store.

    Of a file nobody can tell who waits for it: half a second more for what the command does next.
    """
    if isinstance(store := cli.store, on_server.Place):
        _await(lambda: (False,) in on_server.run(store, on_server.LOCKED), process, "waited")
        return
    _await(lambda: _has_open(process.pid, store), process, "opened the store")
    time.sleep(0.5)


def _await(is_so: Callable[[], bool], process: subprocess.Popen[bytes], what: str) -> None:
    """Wait until something is so of a command; it ends with the test where it never is."""
    deadline = time.monotonic() + LONGEST
    try:
        while not is_so():
            assert time.monotonic() < deadline, f"the command never {what}"
            assert process.poll() is None, f"the command ended before it {what}"
            time.sleep(0.002)
    except BaseException:
        process.kill()
        raise


def _has_open(pid: int, path: Path) -> bool:
    with suppress(OSError):
        return any(file.resolve() == path for file in Path(f"/proc/{pid}/fd").iterdir())
    return False
