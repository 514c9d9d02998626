"""The file `restored`: how often a store was restored without proof of the ids that it had given.

It lies beside the store and beside the backup. Whoever restores the same backup twice, each time
without anything left of the store before, must not give the same ids twice (rules 18). A line is an
instant and what tells the store from every other.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mailctl import clock
from mailctl.store.engine import sha256

NAME = "restored"
_MOST_BYTES = 1 << 20


def earlier(folders: Iterable[Path], origin: tuple[str, str]) -> int:
    """How many restores the files of these folders tell of, each once."""
    found: set[bytes] = set()
    mark = _mark(origin)
    for folder in folders:
        with suppress(OSError), _opened(folder, os.O_RDONLY) as number:
            found.update(
                line
                for line in os.read(number, _MOST_BYTES).split(b"\n")
                if line.endswith(b" " + mark)
            )
    return len(found)


def note(folders: Iterable[Path], origin: tuple[str, str]) -> None:
    """Tell of a restore that is about to be done; a folder that cannot be written is left out."""
    line = f"{clock.now().isoformat()} ".encode() + _mark(origin) + b"\n"
    for folder in dict.fromkeys(folders):
        with suppress(OSError), _opened(folder, os.O_WRONLY | os.O_CREAT | os.O_APPEND) as number:
            os.write(number, line)
            os.fsync(number)


def _mark(origin: tuple[str, str]) -> bytes:
    return sha256.of_text(" ".join(origin))[:32].encode()


@contextmanager
def _opened(folder: Path, flags: int) -> Iterator[int]:
    """The file of a folder: no link is followed, a pipe does not make us wait."""
    flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    number = os.open(folder.joinpath(NAME), flags, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError
        yield number
    finally:
        os.close(number)
