"""Who holds the store: a small file beside it that a busy command reads, for its message alone.

The lock itself is the database's, and dies with its process.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mailctl import clock


class Holder:
    """The note beside the store that names its present writer."""

    def __init__(self, store: Path) -> None:
        self._path = store.with_name(store.name + "-writer")

    @contextmanager
    def named(self, command: str) -> Iterator[None]:
        """Leave a note while the lock is held."""
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
        """` (mailctl tick, process 12, since …)`, or nothing where nobody is named."""
        try:
            note = json.loads(self._path.read_text(encoding="utf-8"))
            # A process that was killed left its note; who holds the lock now is not known then.
            os.kill(int(note["pid"]), 0)
            return f": mailctl {note['command']}, process {note['pid']}, since {note['since']}"
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return ""
