"""Which other users could put files beside the store, or in its place.

A user who may write the folder can plant a log beside the store, or another store under its name,
and then controls the books. A sticky folder (/tmp) protects the files in it, but lets others add
some: it may be above the store's folder, but not be that folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mailctl.errors import StoreExposedError

BESIDE = ("-wal", "-shm", "-journal", "-writer")
OTHERS = 0o077
_MOST_LINKS = 40


def check_folders(path: Path, owner: int) -> None:
    """Raise StoreExposedError where others could write a folder on the way to the store.

    `owner` is the store's. Links are followed one by one: a user who could change one of them could
    make it lead elsewhere.
    """
    trusted = {0, os.geteuid(), owner}
    own = Path(os.path.realpath(path)).parent
    for folder, found in _way_to(path):
        is_own = folder == own
        reason = _reason(found, trusted, is_own=is_own)
        if reason is not None:
            what = "folder" if stat.S_ISDIR(found.st_mode) else "link"
            raise StoreExposedError(
                f"others could put their own in the place of the store {path}, or beside it: the "
                f"{what} {folder} {reason}",
                hint=_way_out(path, folder, found, is_own=is_own),
            )


def check_beside(path: Path, owner: int) -> None:
    """Raise StoreExposedError for a file beside the store that others may open or have made."""
    trusted = {0, os.geteuid(), owner}
    for end in BESIDE:
        name = path.with_name(f"{path.name}{end}")
        try:
            found = name.lstat()
        except OSError:
            # It is not there, or cannot be inspected: then the store cannot be opened either.
            continue
        if not stat.S_ISREG(found.st_mode):
            reason = "is no ordinary file"
        elif found.st_uid not in trusted:
            reason = "belongs to another user"
        elif found.st_mode & OTHERS:
            reason = "may be opened by other users"
        else:
            continue
        from shlex import quote

        raise StoreExposedError(
            f"{name}, beside the store, {reason}",
            hint=f"see who made it: ls -l {quote(str(name))}; then move it away, or chmod 600",
        )


def _way_to(path: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Every folder and every link on the way to a file, as far as they exist."""
    current = Path("/")
    waiting = list(reversed(path.absolute().parts[1:]))
    links = 0
    yield current, current.stat()
    while waiting:
        part = waiting.pop()
        if part == "..":
            current = current.parent
            continue
        place = current.joinpath(part)
        try:
            found = place.lstat()
            if stat.S_ISLNK(found.st_mode):
                links += 1
                target = place.readlink()
        except (OSError, ValueError):
            return
        if stat.S_ISLNK(found.st_mode):
            yield place, found
            if links > _MOST_LINKS:
                return
            current = Path("/") if target.is_absolute() else current
            waiting.extend(reversed(target.parts[1:] if target.is_absolute() else target.parts))
        elif stat.S_ISDIR(found.st_mode):
            current = place
            yield current, found


def _reason(found: os.stat_result, trusted: set[int], *, is_own: bool) -> str | None:
    if found.st_uid not in trusted:
        return "belongs to another user"
    if stat.S_ISLNK(found.st_mode):
        return None
    by_others = bool(found.st_mode & stat.S_IWOTH)
    by_group = bool(found.st_mode & stat.S_IWGRP) and not _is_private(found.st_gid, found.st_uid)
    if not (by_others or by_group) or (found.st_mode & stat.S_ISVTX and not is_own):
        return None
    return "can be written by everybody" if by_others else "can be written by its group"


def _is_private(group: int, owner: int) -> bool:
    """Whether a group is its owner's alone: many systems make one for each user."""
    import grp
    import pwd

    try:
        user, found = pwd.getpwuid(owner), grp.getgrgid(group)
    except KeyError:
        return False
    return (
        group == user.pw_gid
        and found.gr_name == user.pw_name
        and set(found.gr_mem) <= {user.pw_name}
    )


def _way_out(path: Path, folder: Path, found: os.stat_result, *, is_own: bool) -> str:
    from shlex import quote

    if found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX:
        return f"chmod go-w {quote(str(folder))}"
    if is_own and found.st_mode & stat.S_ISVTX:
        safe = quote(str(folder.joinpath("mailctl")))
    else:
        safe = "~/mailctl"
    return (
        f"make a folder of your own: mkdir -m 700 {safe}; have the store there: "
        f"--store {safe}/{quote(path.name)}"
    )
