"""A Redis of the tests' own: in memory, on loopback, ended with the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST_START = 30.0


def free_port() -> int:
    """A port of loopback on which nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something takes connections on a port of loopback."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def await_port(port: int, process: subprocess.Popen[bytes], longest: float) -> None:
    """Wait until a process takes connections."""
    until = time.monotonic() + longest
    while not listens(port):
        assert process.poll() is None, f"{process.args} has ended at once"
        assert time.monotonic() < until, f"{process.args} does not begin to listen"
        time.sleep(0.05)


@contextmanager
def running_redis() -> Iterator[str]:
    """The address of a Redis.

    Debian's redis-tools has the server under another name, and no service that would be started.
    """
    program = shutil.which("redis-check-rdb")
    assert program is not None, "apt install redis-tools"
    port = free_port()
    process = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
         "--appendonly", "no", "--dir", "/tmp", "--daemonize", "no"],
        executable=program, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await_port(port, process, LONGEST_START)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()
