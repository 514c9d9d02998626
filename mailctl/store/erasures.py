"""The file `erased`: who was erased from a store, beside it and in each folder with its backups.

A backup that is older than an erasure still has the customer; a restore reads here whom to erase
again (rules 4 and 18). A line is `2026-11-28 MARK NUMBER ID`: the day, the store's mark for life,
and the customer's number there and id. Stores of one folder share the file. Lines are added and
never removed, each before the change that it tells of: after a crash between the two, what was
commanded is done again rather than forgotten.
"""

from __future__ import annotations

import fcntl
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mailctl.errors import DiskFailedError, StoreExposedError
from mailctl.store.engine.location import Location, owner_of, place_of
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.store_file import sync_folder
from mailctl.values import Value
from mailctl.write_access import exposed_on_the_way, reason_of

NAME = "erased"
_LINE = re.compile(rb"(\d{4}-\d\d-\d\d) ([0-9a-f]{32}) (\d{1,18}) ([a-z0-9.-]{1,60})")


class Erasure(Value):
    """A customer who was erased: their number in the store, which nobody else ever has, and id."""

    erased_on: date
    customer_id: int
    slug: str


def known(reader: Reader) -> list[Erasure]:
    """Everybody who was erased from a store, as far as it knows."""
    return reader.facts(
        Erasure,
        """
        SELECT coalesce(max(j.happened_on), k.reached_on) AS erased_on, c.id AS customer_id, c.slug
        FROM customer c
        CROSS JOIN clock k
        LEFT JOIN journal j ON j.subject = 'customer/' || c.slug AND j.kind = 'customer-erased'
        WHERE c.state = 'erased'
        GROUP BY c.id, c.slug, k.reached_on
        ORDER BY c.id
        """,
    )


def to_repeat(reader: Reader, found: Iterable[Erasure]) -> list[Erasure]:
    """Those of a file who are in a store and not erased there; each once."""
    wanted = {(one.slug, one.customer_id): one for one in found}
    there = reader.pairs("SELECT slug, id FROM customer WHERE state <> 'erased' ORDER BY id")
    return [wanted[customer] for customer in there if customer in wanted]


def folder_of(location: Location) -> Path | None:
    """The folder of a store's file; a server has none."""
    return Path(place_of(location)).parent if isinstance(location, Path) else None


def add(folder: Path, store: Location, mark: str, erasures: Iterable[Erasure]) -> None:
    """Write into a folder's file what it lacks of a store's erasures; the disk has it then.

    `mark` is the store's (`mark_of`). Nothing is made where there are none. Raises DiskFailedError
    where it cannot be written, and StoreExposedError where others could change it.
    """
    wanted = {(one.customer_id, one.slug): one for one in erasures}
    if not wanted:
        return
    with _opened(folder, store, os.O_RDWR | os.O_CREAT | os.O_APPEND) as number:
        fcntl.flock(number, fcntl.LOCK_EX)
        text = _whole(number)
        for found in _read(text, mark.encode()):
            wanted.pop((found.customer_id, found.slug), None)
        if not wanted:
            return
        lines = "".join(
            f"{one.erased_on} {mark} {one.customer_id} {one.slug}\n" for one in wanted.values()
        ).encode()
        # A line that a crash tore stays alone.
        added = b"\n" + lines if text and not text.endswith(b"\n") else lines
        # A disk that is nearly full takes a part, and refuses the rest.
        while added:
            added = added[os.write(number, added) :]
        os.fsync(number)
        if not text:
            sync_folder(folder)


def read(folder: Path, store: Location, mark: str) -> tuple[Erasure, ...] | None:
    """Who was erased from a store, by the file of a folder; None where there is no file.

    `mark` is the store's, which every backup of it has. Raises DiskFailedError where it cannot be
    read, StoreExposedError where others could change it.
    """
    try:
        with _opened(folder, store, os.O_RDONLY) as number:
            text = _whole(number)
    except FileNotFoundError:
        return None
    return tuple(_read(text, mark.encode()))


def _read(text: bytes, mark: bytes) -> Iterator[Erasure]:
    for line in text.split(b"\n"):
        parts = _LINE.fullmatch(line)
        if parts is not None and parts[2] == mark:
            try:
                day = date.fromisoformat(parts[1].decode())
            except ValueError:
                continue
            yield Erasure(erased_on=day, customer_id=int(parts[3]), slug=parts[4].decode())


@contextmanager
def _opened(folder: Path, store: Location, flags: int) -> Iterator[int]:
    """The file of a folder: no link is followed, and a pipe in its place does not make us wait.

    FileNotFoundError where it is not there and is not made.
    """
    path = folder.joinpath(NAME)
    owner = owner_of(store)
    trusted = {0, os.geteuid(), os.geteuid() if owner is None else owner}
    exposed = exposed_on_the_way(path, trusted)
    if exposed is not None:
        raise _refused(path, f"the {exposed.what} {exposed.place} {exposed.reason}")
    try:
        number = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, 0o600)
    except FileNotFoundError as error:
        if flags & os.O_CREAT:
            raise _failed(path, error) from None
        raise
    except OSError as error:
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            raise _refused(path, "it is no ordinary file") from None
        raise _failed(path, error) from None
    try:
        found = os.fstat(number)
        reason = _why_untrusted(found, trusted)
        if reason is not None:
            raise _refused(path, reason)
        if os.geteuid() == 0 and found.st_size == 0 and flags & os.O_CREAT:
            # Who owns the folder adds to it next.
            of_folder = folder.stat()
            os.fchown(number, of_folder.st_uid, of_folder.st_gid)
        yield number
    except OSError as error:
        raise _failed(path, error) from None
    finally:
        os.close(number)


def _why_untrusted(found: os.stat_result, trusted: set[int]) -> str | None:
    if not stat.S_ISREG(found.st_mode):
        return "it is no ordinary file"
    return reason_of(found, trusted, is_own=True)


def _whole(number: int) -> bytes:
    size = os.fstat(number).st_size
    text = b""
    while part := os.pread(number, size + 1, len(text)):
        text += part
    return text


def _failed(path: Path, error: OSError) -> DiskFailedError:
    return DiskFailedError(
        f"{path}, which says who was erased, cannot be written or read: {error.strerror or error}",
        hint="free space, or run as the store's owner",
    )


def _refused(path: Path, reason: str) -> StoreExposedError:
    return StoreExposedError(
        f"{path} cannot be trusted to say who was erased: {reason}",
        hint=f"see who made it: ls -ld {path}; then move it away",
    )
