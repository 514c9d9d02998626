"""The file `restored`: from which ids a store went on that was restored without proof of them.

It lies beside the store and in each folder with its backups. Whoever restores a backup twice, or an
older one than before, each time without anything left of the store, must not give the same ids
twice (rules 18). A line is an instant, the highest id of all, and what tells the store from others.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mailctl import clock
from mailctl.store.engine import sha256
from mailctl.write_access import reason_of

NAME = "restored"
_MOST_BYTES = 1 << 20


def highest_id(folders: Iterable[Path], origin: tuple[str, str]) -> int:
    """The highest id that the files of these folders tell of; 0 where they tell of none."""
    line = re.compile(rb"\S+ (\d{1,18}) " + _mark(origin))
    highest = 0
    for folder in folders:
        with suppress(OSError), _opened(folder, os.O_RDONLY) as number:
            found = map(line.fullmatch, os.read(number, _MOST_BYTES).split(b"\n"))
            highest = max(highest, *(int(one[1]) for one in found if one), 0)
    return highest


def note(folders: Iterable[Path], origin: tuple[str, str], highest: int) -> None:
    """Tell of a restore that is about to be done; a folder that cannot be written is left out."""
    line = f"{clock.now().isoformat()} {highest} ".encode() + _mark(origin) + b"\n"
    for folder in folders:
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
        found, of_folder = os.fstat(number), folder.stat()
        trusted = {0, os.geteuid(), of_folder.st_uid}
        if not stat.S_ISREG(found.st_mode) or reason_of(found, trusted, is_own=True):
            raise OSError
        is_new = flags & os.O_CREAT and found.st_size == 0 and found.st_nlink == 1
        if is_new and os.geteuid() == 0:
            # Who owns the folder reads it, and adds to it, next.
            os.fchown(number, of_folder.st_uid, of_folder.st_gid)
        yield number
    finally:
        os.close(number)
