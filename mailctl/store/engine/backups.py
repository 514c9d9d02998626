"""Backups: a whole store in one file, which no command changes (rules 18).

It is a copy of one snapshot, made while others write; on a server's store too it is a file of
SQLite. It is read again from the disk before it has its name, and nothing ever replaces it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl import clock
from mailctl.errors import (
    AlreadyExistsError,
    DiskFailedError,
    StoreDamagedError,
    StoreExposedError,
    UsageError,
)
from mailctl.store.engine import drafts, moved, seals, sha256, verification
from mailctl.store.engine.location import Location, owner_of, place_of
from mailctl.store.engine.reader import Reader
from mailctl.values import Value
from mailctl.write_access import exposed_on_the_way

if TYPE_CHECKING:
    from mailctl.store.engine.connection import Connection

COMMAND = "store backup"
_COMPANIONS = re.compile(r".*(-wal|-shm|-journal|-writer)|erased|restored", re.DOTALL)
_UNUSUAL = re.compile(r"[^\w.-]", re.ASCII)
_LONGEST_STEM = 150

Told = Callable[[str, int, int], None]
"""Is told how far the work is: `compared`, so many rows, of how many."""


class Target(Value):
    """Where a backup goes: a folder, and its name there; None: the store's name and the time."""

    folder: Path
    name: str | None
    stem: str


class Kept(Value):
    """A file that is provably a backup of a store, named by its time."""

    path: Path
    order: tuple[str, int]


def target(text: str, store: Location) -> Target:
    """The place that is meant: a folder that is there, or a new file in one.

    Raises AlreadyExistsError where something is there, UsageError where no backup can be, and
    StoreExposedError where others than the store's owner could put their own in its place.
    """
    if "://" in text:
        raise UsageError(
            f"a backup is a file, and {text.partition('://')[0]}:// names no place for one",
            hint="give a folder, and copy the backup from there; to move the store: mailctl store "
            "copy --help",
        )
    path = Path(text)
    stem = _stem(store)
    if path.is_dir():
        _check_folder(path / "backup", store)
        return Target(folder=Path(os.path.realpath(path)), name=None, stem=stem)
    if text.endswith("/") or not path.parent.is_dir():
        raise UsageError(
            f"there is no folder {path if text.endswith('/') else path.parent}",
            hint="make it: mkdir -m 700 FOLDER",
        )
    if place_of(path) == place_of(store):
        raise AlreadyExistsError(
            f"{path} is the store itself", hint="give a folder, best on another disk"
        )
    for end in drafts.ENDS:
        if os.path.lexists(f"{path}{end}"):
            raise _taken(Path(f"{path}{end}"))
    if _COMPANIONS.fullmatch(path.name):
        raise UsageError(
            f"{path.name} is what mailctl or SQLite calls a file beside a store",
            hint="give the backup a name such as mailctl-backup.db, or a folder",
        )
    _check_folder(path, store)
    return Target(folder=Path(os.path.realpath(path.parent)), name=path.name, stem=stem)


def _stem(store: Location) -> str:
    if isinstance(store, Path):
        return Path(place_of(store)).stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    return _UNUSUAL.sub("_", store.schema)


def _check_folder(path: Path, store: Location) -> None:
    """Raise StoreExposedError where others could change what is written to a path."""
    owner = owner_of(store)
    found = exposed_on_the_way(path, {0, os.geteuid(), os.geteuid() if owner is None else owner})
    if found is not None:
        raise StoreExposedError(
            f"others could change backups in {path.parent}: the {found.what} {found.place} "
            f"{found.reason}",
            hint="take a folder of your own: mkdir -m 700 FOLDER",
        )


def _taken(path: Path) -> AlreadyExistsError:
    return AlreadyExistsError(
        f"there is something at {path} already", hint="give another name, or a folder"
    )


@contextmanager
def draft(place: Target, store: Location) -> Iterator[Path]:
    """An empty file that will be a backup, removed at the end; abandoned ones go first."""
    path = place.folder.joinpath(f"{place.stem}-backup")
    with _disk_errors_named(place.folder), drafts.open_draft(path) as (made, number):
        if os.geteuid() == 0:
            # Who owns the folder works with what root puts there.
            of_folder = place.folder.stat()
            os.fchown(number, of_folder.st_uid, of_folder.st_gid)
        if isinstance(store, Path):
            _check_room(place.folder, store.stat().st_size)
        yield made


def _check_room(folder: Path, needed: int) -> None:
    found = os.statvfs(folder)
    free = found.f_bavail * found.f_frsize
    if free < needed:
        raise DiskFailedError(
            f"a backup of {needed:,} bytes does not fit into {folder}: {free:,} bytes are free",
            hint="free space, or take another disk",
        )


@contextmanager
def _disk_errors_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DiskFailedError(
            f"no backup can be made in {folder}: {error.strerror or error}",
            hint="free space, or run as the folder's owner",
        ) from None


def write(source: Reader, draft: Path, made_at: str, told: Told) -> int:
    """Fill a draft with all that a reader sees, and prove that it holds that; how many rows.

    Raises StoreDamagedError where the store is damaged, DiskFailedError where the copy is not it.
    """
    from mailctl.store.engine.sqlite import backup_file

    backup_file.fill(source, draft, made_at)
    with backup_file.opened(source, draft) as copy:
        rows = backup_file.compare(source, copy, told)
        # Equal to the store: what is wrong now is wrong there too.
        for fault in faults(copy):
            raise damaged(source.location, fault)
    return rows


def damaged(store: Location, fault: str) -> StoreDamagedError:
    """The refusal of a backup that would be as damaged as its store."""
    return StoreDamagedError(
        f"the store {store} is damaged ({fault}), so no backup was made of it",
        hint="keep the last backup, and see what is damaged: mailctl store check",
    )


def faults(connection: Connection) -> Iterator[str]:
    """Whatever shows that a store is not what mailctl has written; the books are not looked at."""
    yield from connection.faults()
    yield from connection.lost_references()
    yield from connection.differences()
    found = verification.verify(connection)
    if found.broken is not None:
        yield f"transaction {found.broken}: {found.reason}"
    for part in seals.broken(connection):
        yield f"its table {part.table} was changed by another program"
    day = seals.no_day(connection)
    if day is not None:
        yield day


def publish(draft: Path, place: Target, made_at: str) -> Path:
    """Give a draft its name, for good once this is back; AlreadyExistsError where that is taken."""
    from mailctl.store.engine.sqlite.store_file import sync_folder

    with _disk_errors_named(place.folder):
        for path in _names(place, made_at):
            try:
                drafts.give_name(draft, path)
            except FileExistsError:
                if place.name is not None:
                    raise _taken(path) from None
                continue
            try:
                sync_folder(place.folder)
            except OSError:
                path.unlink(missing_ok=True)
                raise
            return path
    raise AssertionError


def free_name(place: Target, made_at: str) -> Path:
    """The name that a backup would have."""
    return next(path for path in _names(place, made_at) if not os.path.lexists(path))


def _names(place: Target, made_at: str) -> Iterator[Path]:
    """The names that a backup may have: several may be made in one second."""
    if place.name is not None:
        yield place.folder.joinpath(place.name)
        return
    for number in count(1):
        yield place.folder.joinpath(named(place.stem, made_at, number))


def named(stem: str, made_at: str, number: int = 1) -> str:
    """What a backup is called that is named by its time: `mailctl-2026-11-28T105840Z.db`."""
    again = f"-{number}" if number > 1 else ""
    return f"{stem}-{made_at.replace(':', '')}{again}.db"


def mark_of(db: Reader) -> str:
    """What tells a store from every other for all its life, wherever it is moved or restored.

    Its first transaction is in every backup of it, and holds sums with a random key (rules 13).
    """
    first = db.text("SELECT digest FROM batch WHERE id = 1") or ""
    return sha256.of_text(f"{db.info.created_at} {first}")[:32]


def older(place: Target, mark: str, than: str) -> list[Kept]:
    """The backups of a store in a folder that are named by their time, but the one made at `than`.

    The newest first. Only what its name and its content prove to be one.
    """
    from mailctl.store.engine.sqlite import backup_file

    pattern = re.compile(
        rf"{re.escape(place.stem)}-(\d{{4}}-\d\d-\d\dT)(\d\d)(\d\d)(\d\dZ)(?:-(\d+))?\.db", re.ASCII
    )
    found = []
    for name in os.listdir(place.folder):  # noqa: PTH208 - names alone are wanted
        parts = pattern.fullmatch(name)
        if parts is None or name == than:
            continue
        path, at = place.folder.joinpath(name), f"{parts[1]}{parts[2]}:{parts[3]}:{parts[4]}"
        if _is_own_file(path) and backup_file.identity(path) == (mark, at):
            found.append(Kept(path=path, order=(at, int(parts[5] or 1))))
    return sorted(found, key=lambda one: one.order, reverse=True)


def _is_own_file(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_uid in (os.geteuid(), path.parent.stat().st_uid)


def stamp() -> str:
    """When a backup is made: no later than the snapshot that it holds."""
    return clock.stamp()


def head(db: Reader) -> tuple[int, str]:
    """The last transaction that a reader sees, and its digest."""
    return db.number("SELECT max(id) FROM batch"), moved.head(db)
