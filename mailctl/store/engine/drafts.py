"""Files that are being written have a name of their own until they are complete.

Each has a name that no other process gives, and is locked while its process lives. This tells what
a killed process left behind, which is removed, from what another is still writing, even where
process ids repeat (containers).
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

ENDS = ("", "-wal", "-shm", "-journal", "-writer")
_LONGEST_NAME = 200
# File systems without links, as those of memory sticks.
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A new, empty file of mode 0600 beside a path, removed at the end; abandoned ones go first.

    The caller fills it and gives it its name by a link or a rename. OSError where none can be made.
    """
    with open_draft(path) as (place, _):
        yield place


@contextmanager
def open_draft(path: Path) -> Iterator[tuple[Path, int]]:
    """A draft and its open file, for a folder in which others may put another under its name."""
    clear(path)
    place = path.with_name(f"{_beginning(path)}{token_hex(8)}")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    number = os.open(place, flags, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield place, number
    finally:
        _remove(place)
        os.close(number)


def give_name(draft: Path, path: Path) -> None:
    """Give a draft that is complete its name; FileExistsError where something has it.

    Unlike a rename, a link never replaces what has appeared there meanwhile.
    """
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        draft.rename(path)


def fill(number: int, content: bytes) -> None:
    """Write and sync what a draft is to hold, whatever has its name meanwhile."""
    fill_with(number, (content,))


def fill_with(number: int, pieces: Iterable[bytes]) -> None:
    """As `fill`, a piece at a time."""
    with open(number, "wb", closefd=False) as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(number)


def clear(path: Path) -> None:
    """Remove the drafts of a path whose processes are dead."""
    beginning = _beginning(path)
    ours = re.compile(
        rf"{re.escape(beginning)}[0-9a-f]{{16}}|{re.escape(f'.{path.name}')}\.(?P<pid>[0-9]{{1,9}})"
    )
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - names alone are wanted
    except (OSError, ValueError):
        return
    for name in names:
        found = ours.fullmatch(name)
        if found is None:
            continue
        place = path.with_name(name)
        with suppress(OSError):
            if _is_dead(place) and not (found["pid"] and _is_alive(int(found["pid"]))):
                _remove(place)


def _beginning(path: Path) -> str:
    name = path.name.encode()[:_LONGEST_NAME].decode(errors="ignore")
    return f".{name}.draft-"


def _remove(place: Path) -> None:
    for end in ENDS:
        place.with_name(f"{place.name}{end}").unlink(missing_ok=True)


def _is_dead(place: Path) -> bool:
    """Whether no process writes it any more: its lock ended with its process."""
    number = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
            return False
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(number)
    return True


def _is_alive(pid: int) -> bool:
    """Whether a process has that id: mailctl before 0.2 put its own in the draft's name."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
