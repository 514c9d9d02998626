"""The lock of the one writer, and a note beside the store that tells others who it is.

The note is for messages only. The lock itself is the database's, and ends with its process.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mailctl import clock
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.store_file import beside

_LONGEST_NOTE = 4096
PATIENCE_SECONDS = 0.05
"""How long one try for the lock may last."""


class WriterNote:
    """The note beside the store that names its present writer."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._path = beside(store, "-writer")

    @contextmanager
    def named(self, command: str) -> Iterator[None]:
        """Keep a note there while the lock is held."""
        import json

        note = json.dumps({"pid": os.getpid(), "command": command, "since": clock.stamp()})
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            with os.fdopen(os.open(self._path, flags, 0o600), "w", encoding="utf-8") as file:
                file.write(note)
        try:
            yield
        finally:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    def described(self) -> str:
        """`: mailctl tick, process 12, since …`, or which other program has it, as far as known."""
        holder = _holder(self._store, "WRITE")
        return self.known() or f": another program is writing to it{holder}"

    def known(self) -> str:
        """The same, where the writer is a mailctl; empty where none is known."""
        import json

        try:
            note = json.loads(_read(self._path))
            # A killed process leaves its note behind: who holds the lock now is not known then.
            os.kill(int(note["pid"]), 0)
            return f": mailctl {note['command']}, process {note['pid']}, since {note['since']}"
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return ""


def opened_by(store: Path) -> str:
    """`: mailctl tick, process 12, since …`, or `: litestream, process 12`: who has it open."""
    holder = _holder(store, "READ", "WRITE").removeprefix(", ")
    return WriterNote(store).known() or (f": {holder}" if holder else "")


def _holder(store: Path, *kinds: str) -> str:
    """`, sqlite3, process 12`: another process that has such a lock on it, where Linux tells."""
    with suppress(OSError, ValueError, IndexError):
        inodes = {str(path.stat().st_ino) for path in (store, beside(store, "-shm"))}
        for line in Path("/proc/locks").read_text("utf-8").splitlines():
            # 1: POSIX  ADVISORY  WRITE 812 08:01:1835297 120 120
            _, kind, _, access, pid, place, *_ = line.split()
            if (
                kind == "POSIX"
                and access in kinds
                and place.rpartition(":")[2] in inodes
                and int(pid) != os.getpid()
            ):
                name = Path(f"/proc/{int(pid)}/comm").read_text("utf-8", "replace").strip()
                return f", {name}, process {pid}"
    return ""


def _read(path: Path) -> bytes:
    """The bytes of a note: no link is followed, and a pipe in its place does not make us wait."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            return b""
        return os.read(number, _LONGEST_NOTE)
    finally:
        os.close(number)


def take_lock(connection: sqlite3.Connection, path: Path, wait: float) -> None:
    """Begin the transaction that changes a store, once no other is open.

    Raises StoreBusyError, which names the other writer, after `wait` seconds.
    """
    # Many short tries instead of a long one: Python handles signals between them.
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_SECONDS * 1000)}")
    tries = max(1, round(wait / PATIENCE_SECONDS))
    for left in reversed(range(tries)):
        try:
            connection.execute("BEGIN IMMEDIATE")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_BUSY" and left:
                continue
            with mapped_errors(path, WriterNote(path).described):
                raise
    connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")
