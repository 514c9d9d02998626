"""The store's file, inspected before SQLite opens it: what kind of file it is, and who may open it.

Closing a file gives up the locks that this process has on it (POSIX): nothing here is opened while
a connection to it is open.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailctl.errors import DiskFailedError, StoreExposedError, StoreForeignError, StoreMissingError
from mailctl.store.engine.sqlite.exposure import OTHERS, check_beside, check_folders
from mailctl.values import Value

SQLITE_HEADER = b"SQLite format 3\x00"
_HEADER_BYTES = 100


class Header(Value):
    """What a store's first bytes say: which program's database it is, and the schema's version."""

    application_id: int
    version: int


def inspected(path: Path) -> Header:
    """Inspect the file at a store's path without SQLite.

    Raises StoreMissingError, StoreForeignError, StoreExposedError where others may open it or put
    files beside it, or DiskFailedError where it cannot be opened.
    """
    if place_of(path) in _kept_open:
        raise RuntimeError(f"{path} is kept open by this process, which would lose its locks")
    try:
        # A pipe in the store's place must not make us wait for its other end.
        with open(path, "rb", opener=_without_waiting) as file:
            found = os.fstat(file.fileno())
            mode = found.st_mode
            header = file.read(_HEADER_BYTES) if stat.S_ISREG(mode) else b""
    except IsADirectoryError:
        raise StoreForeignError(
            f"{path} is a folder", hint=f"name the file in it, such as {path / 'mailctl.db'}"
        ) from None
    except PermissionError:
        raise DiskFailedError(
            f"the store {path} cannot be opened by this user", hint="run as the store's owner"
        ) from None
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise _missing(path) from None
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _missing(path) from None
        raise DiskFailedError(
            f"the store {path} cannot be read: {error.strerror}", hint="check the disk"
        ) from None
    if not header.startswith(SQLITE_HEADER):
        raise StoreForeignError(
            f"{path} is not a store of mailctl",
            hint="check the path; if a store was there: mailctl store restore BACKUP",
        )
    if mode & OTHERS:
        raise StoreExposedError(f"other users may open the store {path}", hint=f"chmod 600 {path}")
    check_folders(path, found.st_uid)
    check_beside(beside(path, ""), found.st_uid)
    return Header(
        application_id=int.from_bytes(header[68:72], "big"),
        version=int.from_bytes(header[60:64], "big"),
    )


Place = tuple[int, int]
"""Which file it is: its device, and its number there."""
_kept_open: set[Place] = set()


def place_of(path: Path) -> Place | None:
    """Which file is at a path; None where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


@contextmanager
def kept_open(place: Place) -> Iterator[None]:
    """A block in which a connection to a file stays open: this process inspects it no more."""
    _kept_open.add(place)
    try:
        yield
    finally:
        _kept_open.discard(place)


def beside(path: Path, ending: str) -> Path:
    """The file beside a store whose name is the store's plus an ending; links are followed."""
    try:
        real = Path(os.path.realpath(path))
    except ValueError:
        real = path
    return real.parent.joinpath(f"{real.name}{ending}")


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the store: its newest header may be in there."""
    try:
        return beside(path, "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError:
        return True


def has_journal(path: Path) -> bool:
    """Whether a rollback journal lies beside the store, as of a program that was killed."""
    try:
        return beside(path, "-journal").stat().st_size > 0
    except OSError:
        return False


def sync_file(path: Path) -> None:
    """Let the disk have a file; OSError where that fails."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut; OSError where that fails."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)


def _missing(path: Path) -> StoreMissingError:
    return StoreMissingError(
        f"there is no store at {path}",
        hint="check the path; for a new store: mailctl init",
    )
