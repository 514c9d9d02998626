"""A draft of a store that is filled from a backup: any file that is a whole store (rules 18).

The bytes are copied, not read by SQLite: a backup may lie where nothing can be written, and nothing
of it may change. Whether the copy is whole is seen in the draft.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from mailctl.errors import (
    BackupInvalidError,
    DiskFailedError,
    MailctlError,
    StoreForeignError,
    StoreNewerError,
)
from mailctl.store.engine import drafts
from mailctl.store.engine.sqlite import migrations, replacing, upgrade
from mailctl.store.engine.sqlite.errors import mapped_errors
from mailctl.store.engine.sqlite.exposure import check_folders
from mailctl.store.engine.sqlite.file_store import APPLICATION_ID, FileStore
from mailctl.store.engine.sqlite.store_file import SQLITE_HEADER, beside, has_log, sync_file

_PART = 1 << 22
ANOTHER = "give a backup that is whole, such as the one before"


def check_place(path: Path, file: Path) -> None:
    """Raise where a backup cannot be restored at a path: something else is there, or the backup.

    StoreForeignError for what is no file, StoreExposedError where others may write the folder.
    """
    real = beside(path, "")
    try:
        found = real.lstat()
    except (OSError, ValueError):
        found = None
    if found is not None and not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "no ordinary file"
        raise StoreForeignError(
            f"what is at {path} is {what}, and is not replaced",
            hint="give --store the file of the store",
        )
    try:
        is_same = found is not None and os.path.samestat(file.stat(), found)
    except (OSError, ValueError):
        is_same = False
    if is_same:
        raise BackupInvalidError(
            f"{file} is the store itself",
            hint="give the backup; to check the store: mailctl store check",
        )
    check_folders(path, _owner(real)[0])


def _owner(real: Path) -> tuple[int, int]:
    """The user and group that a store at a path will belong to, also where root restores it."""
    for place in (real, real.parent) if os.geteuid() == 0 else (real,):
        with suppress(OSError, ValueError):
            found = place.stat()
            return found.st_uid, found.st_gid
    return os.geteuid(), os.getegid()


@contextmanager
def drafted(path: Path, file: Path, told: Callable[[str], object]) -> Iterator[Path]:
    """A draft beside a store's place with all that a backup holds, of this program's version.

    Raises BackupInvalidError where the file is no store, StoreNewerError, and DiskFailedError.
    """
    real = beside(path, "")
    replacing.settle(path)
    with ExitStack() as stack:
        try:
            real.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            owner = _owner(real)
            check_folders(path, owner[0])
            draft, number = stack.enter_context(drafts.open_draft(real))
            for end in ("", *replacing.LOGS):
                _copy(file, draft, end, number, told)
            if os.geteuid() == 0:
                # Before it is opened: what SQLite makes beside it has the same owner. By its
                # number: its name could be another file's by now.
                os.fchown(number, *owner)
        except OSError as error:
            raise DiskFailedError(
                f"nothing can be written beside {path}: {error.strerror}; nothing was done",
                hint="free space or check the disk, then run the same command again",
            ) from None
        yield draft


def _copy(file: Path, draft: Path, end: str, number: int, told: Callable[[str], object]) -> None:
    """Copy the bytes of a backup into an open draft, or of a log beside it, if there is one."""
    name = beside(file, end)
    try:
        source = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        if end and isinstance(error, FileNotFoundError):
            return
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise BackupInvalidError(f"{name} cannot be read: {reason}", hint=ANOTHER) from None
    try:
        found = os.fstat(source)
        if not stat.S_ISREG(found.st_mode):
            what = "is a folder" if stat.S_ISDIR(found.st_mode) else "is no ordinary file"
            raise BackupInvalidError(f"{name} {what}", hint="name the file of the backup")
        with ExitStack() as stack:
            if end:
                beside_draft = draft.with_name(f"{draft.name}{end}")
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
                number = os.open(beside_draft, flags, 0o600)
                stack.callback(os.close, number)
            _pour(source, number, found.st_size, name, told)
    finally:
        os.close(source)


def _pour(source: int, target: int, size: int, name: Path, told: Callable[[str], object]) -> None:
    done = 0
    while True:
        try:
            part = os.read(source, _PART)
        except OSError as error:
            raise BackupInvalidError(
                f"{name} cannot be read to its end: {error.strerror}", hint=ANOTHER
            ) from None
        if not part:
            return
        while part:
            part = part[os.write(target, part) :]
        done += _PART
        told(f"copied {min(done, size) >> 20:,} of {size >> 20:,} MiB")


def opened(draft: Path, file: Path) -> tuple[int, str]:
    """Bring a draft to this program's version; its last transaction's id and digest before."""
    with refused(file):
        _check_header(draft, file)
        with mapped_errors(file), closing(sqlite3.connect(draft, isolation_level=None)) as db:
            (application_id,) = db.execute("PRAGMA application_id").fetchone()
            (version,) = db.execute("PRAGMA user_version").fetchone()
            if application_id != APPLICATION_ID or version < 1:
                raise BackupInvalidError(f"{file} is no store of mailctl", hint=ANOTHER)
            if version > migrations.VERSION:
                raise StoreNewerError(
                    f"{file} was written by a newer mailctl (schema {version}, this one knows "
                    f"{migrations.VERSION})",
                    hint="pip install --upgrade mailctl",
                )
            row = db.execute("SELECT id, digest FROM batch ORDER BY id DESC LIMIT 1").fetchone()
            if row is None:
                raise BackupInvalidError(f"{file} is a store without a journal", hint=ANOTHER)
            db.execute("PRAGMA journal_mode = WAL").fetchone()
        upgrade.without_copy(draft)
        return int(row[0]), str(row[1])


def _check_header(draft: Path, file: Path) -> None:
    with open(draft, "rb") as begun:  # noqa: PTH123 - as elsewhere
        if begun.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            raise BackupInvalidError(f"{file} is no store of mailctl", hint=ANOTHER)


@contextmanager
def refused(file: Path) -> Iterator[None]:
    """Call what is wrong with the draft a fault of the backup that it was made of."""
    try:
        yield
    except (BackupInvalidError, StoreNewerError, DiskFailedError):
        raise
    except MailctlError as error:
        raise BackupInvalidError(
            f"{file} cannot be restored: {error.message}", hint=ANOTHER
        ) from error


def store_of(draft: Path) -> FileStore:
    """The store that a draft is."""
    return FileStore(draft)


def complete(draft: Path) -> None:
    """Let the disk have all of a draft, which nobody has open any more."""
    if has_log(draft):
        raise DiskFailedError(f"the new store at {draft} could not be written", hint="free space")
    try:
        sync_file(draft)
    except OSError as error:
        raise DiskFailedError(
            f"the new store at {draft} could not be written: {error.strerror}",
            hint="free space or check the disk, then run the same command again",
        ) from None
