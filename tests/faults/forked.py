"""Commands in a process forked from this one, under strace: a fault costs no start of Python.

What they would import is there already, so that the calls which strace counts are those of the
command itself. `faulty.py` has whole processes.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TextIO, cast

from mailctl.__main__ import main
from tests.faults.faulty import LONGEST, strace
from tests.helpers import Cli, Outcome, environment

_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)

Watch = subprocess.Popen[bytes]

CHANGING = (
    "pwrite64,write,writev,pwritev,fsync,fdatasync,ftruncate,truncate,unlink,unlinkat,rename,"
    "renameat,renameat2,link,linkat,mkdir,mkdirat,rmdir,fallocate,openat,chmod,fchmod"
)
"""The calls by which a command changes what is on the disk."""
ASKING = "pread64,read,newfstatat,fstat,lstat,stat,fcntl,flock,getdents64,mmap,brk,mremap"
"""The other calls that may fail."""

_CALL = re.compile(r"^(?P<name>[a-z0-9_]+)\((?P<rest>.*)$")
_PATH = re.compile(r'(?:AT_FDCWD[^,]*, |^)"(?P<named>[^"]*)"|^\d+<(?P<held>[^>]*)>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A system call that a command makes: the n-th of its name, on a file."""

    name: str
    number: int
    path: str
    text: str

    @property
    def changes(self) -> bool:
        """Whether it may change what is on the disk."""
        if self.name == "openat":
            return "O_CREAT" in self.text or "O_TRUNC" in self.text
        return self.name in CHANGING.split(",")


def run(cli: Cli, options: list[str], argv: tuple[str, ...]) -> Outcome:
    """Run a command in a forked process that strace watches with these options."""

    def watched(pid: int) -> Watch:
        return subprocess.Popen(
            [strace(), "-p", str(pid), *options], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    return _forked(cli, argv, watched, lambda: None)


def limited(cli: Cli, argv: tuple[str, ...], kind: int, amount: int) -> Outcome:
    """Run a command that gets no more of something than so much, or so much beyond what is used."""

    def limit() -> None:
        used = 0
        if kind == resource.RLIMIT_AS:
            used = int(Path("/proc/self/statm").read_text("utf-8").split()[0]) * 4096
        elif kind == resource.RLIMIT_NOFILE:
            # The lowest number that is free is the next one that is given.
            used = os.dup(0)
            os.close(used)
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (used + amount, most))

    return _forked(cli, argv, lambda _: None, limit)


def _forked(
    cli: Cli,
    argv: tuple[str, ...],
    watched: Callable[[int], Watch | None],
    limit: Callable[[], None],
) -> Outcome:
    # Pipes: what is said must not count as a file. It is short.
    pipes = [os.pipe() for _ in range(3)]
    (hold, go), *streams = pipes
    pid = os.fork()
    if pid == 0:
        os.close(go)
        _carry_out(cli, argv, hold, [writing for _, writing in streams], limit)
    for number in (hold, *(writing for _, writing in streams)):
        os.close(number)
    watch = watched(pid)
    try:
        if watch is not None:
            assert watch.stderr is not None
            said = watch.stderr.readline()
            assert b"attached" in said, said
    finally:
        os.close(go)
        _, waited = os.waitpid(pid, 0)
    if watch is not None:
        watch.communicate(timeout=LONGEST)
    texts = []
    for reading, _ in streams:
        with os.fdopen(reading, "rb") as stream:
            texts.append(stream.read().decode())
    return Outcome(status=os.waitstatus_to_exitcode(waited), out=texts[0], err=texts[1])


def _carry_out(
    cli: Cli,
    argv: tuple[str, ...],
    hold: int,
    streams: list[int],
    limit: Callable[[], None],
) -> NoReturn:
    """What the forked process does: as `mailctl` does, once it is watched."""
    status = 99
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, stream in enumerate(streams, start=1):
            os.dup2(stream, number)
        ctypes.CDLL(None).prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)
        os.environ.clear()
        os.environ.update(environment(cli.store))
        sys.stdin = _stream(0, "r")
        sys.stdout = _stream(1, "w")
        sys.stderr = _stream(2, "w", buffering=1)
        os.read(hold, 1)
        os.close(hold)
        limit()
        status = main(list(argv))
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - nothing of the test runs in this process
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _stream(number: int, mode: str, buffering: int = -1) -> TextIO:
    return cast(TextIO, open(number, mode, buffering, encoding="utf-8", closefd=False))


def traced(cli: Cli, argv: tuple[str, ...], names: str) -> tuple[Outcome, list[Call]]:
    """Run a command; its outcome, and the calls of these names that it made, in their order."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
        outcome = run(cli, ["-y", "-s", "0", "-o", log.name, "-e", f"trace={names}"], argv)
        return outcome, calls_in(log.read())


def calls_in(log: str) -> list[Call]:
    """The calls that strace wrote down."""
    counted: Counter[str] = Counter()
    found = []
    for line in log.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        counted[match["name"]] += 1
        path = _PATH.search(match["rest"])
        found.append(
            Call(
                name=match["name"],
                number=counted[match["name"]],
                path=(path["named"] or path["held"] or "") if path else "",
                text=line,
            )
        )
    return found


def injected(cli: Cli, fault: str, argv: tuple[str, ...]) -> Outcome:
    """Run a command with a fault, as `pwrite64:error=ENOSPC:when=3+`."""
    name = fault.partition(":")[0]
    return run(cli, ["-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={fault}"], argv)
