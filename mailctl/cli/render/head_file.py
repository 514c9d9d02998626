"""A file that keeps heads of the journal outside the store: a line is added, none ever changed.

It proves something only while nobody else can change it, so it is refused where others could.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shlex import quote

from mailctl.cli.render.new_files import check_name_fits
from mailctl.domain.kept_heads import KeptHead, is_cut_off
from mailctl.errors import AlreadyExistsError, DiskFailedError, StoreBusyError, UsageError
from mailctl.write_access import exposed_on_the_way, reason_of

LARGEST = 64 << 20
"""The most bytes of such a file: a line a minute for a year."""
_PAUSE = 0.05
_NAME_ANOTHER = "give --to FILE another name"


def append(path: Path, newest: Callable[[], KeptHead], *, trusted: set[int], wait: float) -> bool:
    """Add the newest head as a synced line; False where the file has it already.

    `newest` is asked once the file is this process's alone, so that the heads stand in their order.
    `trusted` are the users who may change the file. Raises UsageError where others could, or where
    no file can be made, AlreadyExistsError where something else is there, StoreBusyError where
    another process has the file for longer than `wait` seconds.
    """
    exposed = exposed_on_the_way(path, trusted)
    if exposed is not None:
        raise UsageError(
            f"{path} would prove nothing: the {exposed.what} {exposed.place} {exposed.reason}",
            hint="--to FILE, in a folder that only you may write",
        )
    # A store that cannot be read leaves no empty file.
    newest()
    with _opened(path) as number:
        _check_ours(path, number, trusted)
        _lock(path, number, wait)
        text = _text_of(path, number)
        head = newest()
        change = _change(path, text, head)
        _write(path, number, len(text), change)
    return bool(change[1].strip())


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The file, made with mode 0600 where it is not there; a link is not followed."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        number = os.open(path, flags, 0o600)
    except OSError as error:
        if path.is_symlink() or path.is_dir():
            raise _something_else(path) from None
        check_name_fits(path, error, hint="--to FILE, in a folder where you may write")
        raise
    try:
        yield number
    finally:
        os.close(number)


def _something_else(path: Path) -> AlreadyExistsError:
    what = "a link" if path.is_symlink() else "a folder" if path.is_dir() else "no ordinary file"
    return AlreadyExistsError(f"{path} is {what}", hint=_NAME_ANOTHER)


def _check_ours(path: Path, number: int, trusted: set[int]) -> None:
    found = os.fstat(number)
    if not stat.S_ISREG(found.st_mode):
        raise _something_else(path)
    reason = reason_of(found, trusted, is_own=True)
    if reason is not None:
        raise UsageError(
            f"{path} proves nothing: it {reason}",
            hint=f"{_NAME_ANOTHER}, or, if you trust what it says: chmod go-w {quote(str(path))}",
        )


def _lock(path: Path, number: int, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(_PAUSE)
                continue
            raise StoreBusyError(
                f"another command is adding to {path}", hint="try again, or give --wait S"
            ) from None
        return


def _text_of(path: Path, number: int) -> bytes:
    size = os.fstat(number).st_size
    if size > LARGEST:
        raise UsageError(
            f"{path} has more than {LARGEST >> 20} MiB", hint="begin another: --to FILE"
        )
    os.lseek(number, 0, os.SEEK_SET)
    found = b""
    while part := os.read(number, LARGEST):
        found += part
    return found


def _change(path: Path, text: bytes, newest: KeptHead) -> tuple[int, bytes]:
    """How many bytes at the end go, where a crash left half a line, and what is added.

    AlreadyExistsError where the file has other lines than heads, or another store's heads.
    """
    *lines, last = text.split(b"\n")
    if KeptHead.of(last.decode(errors="replace")) is not None:
        # Only its end is missing.
        gone, end = 0, b"\n"
        lines.append(last)
    elif is_cut_off(last):
        gone, end = len(last), b""
    else:
        lines.append(last)
    has_it = False
    for at, line in enumerate(lines, 1):
        head = KeptHead.of(line.decode(errors="replace"))
        if head is None and line.strip():
            raise AlreadyExistsError(
                f"{path} is there already, and its line {at:,} is no head of a journal",
                hint=f"{_NAME_ANOTHER}, or take that line out",
            )
        if head is None:
            continue
        if head.store not in (None, newest.store):
            raise AlreadyExistsError(
                f"{path} has the heads of another store, made at {head.store}", hint=_NAME_ANOTHER
            )
        has_it = has_it or (head.transaction, head.digest) == (newest.transaction, newest.digest)
    return gone, end if has_it else end + newest.line().encode() + b"\n"


def _write(path: Path, number: int, size: int, change: tuple[int, bytes]) -> None:
    """Do it and let the disk have it; what cannot be written as a whole is taken back."""
    from mailctl.store.engine.sqlite.store_file import sync_folder

    gone, added = change
    kept = size - gone
    try:
        if gone:
            os.ftruncate(number, kept)
        while added:
            added = added[os.write(number, added) :]
        os.fsync(number)
        sync_folder(path.absolute().parent)
    except OSError as error:
        _take_back(number, kept)
        raise DiskFailedError(
            f"the head could not be added to {path}: {error.strerror}",
            hint="free space or check the disk, then run the command again",
        ) from None


def _take_back(number: int, size: int) -> None:
    with suppress(OSError):
        os.ftruncate(number, size)
