"""Who could change a file, or put another in its place.

A user who may write a folder on the way to a file can make another one of its name. A sticky folder
(/tmp) protects what is in it, but lets others add to it: it may be above a file's own folder, but
not be that folder.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from mailctl.values import Value

_MOST_LINKS = 40


class Exposed(Value):
    """A file, folder or link that others than the trusted users could change."""

    place: Path
    found: os.stat_result
    is_own: bool
    """Whether it is the folder in which the file itself is."""
    reason: str

    @property
    def what(self) -> str:
        """What it is, as a sentence names it."""
        if stat.S_ISDIR(self.found.st_mode):
            return "folder"
        return "link" if stat.S_ISLNK(self.found.st_mode) else "file"


def exposed_on_the_way(path: Path, trusted: set[int]) -> Exposed | None:
    """The first folder or link on the way to a file that others than these users could change.

    Links are followed one by one: a user who could change one of them could make it lead elsewhere.
    """
    own = Path(os.path.realpath(path)).parent
    for place, found in _way_to(path):
        is_own = place == own
        reason = reason_of(found, trusted, is_own=is_own)
        if reason is not None:
            return Exposed(place=place, found=found, is_own=is_own, reason=reason)
    return None


def reason_of(found: os.stat_result, trusted: set[int], *, is_own: bool) -> str | None:
    """Why others could change a file, folder or link; `is_own` where being sticky is no excuse."""
    if found.st_uid not in trusted:
        return "belongs to another user"
    if stat.S_ISLNK(found.st_mode):
        return None
    by_others = bool(found.st_mode & stat.S_IWOTH)
    by_group = bool(found.st_mode & stat.S_IWGRP) and not _is_private(found.st_gid, found.st_uid)
    if not (by_others or by_group) or (found.st_mode & stat.S_ISVTX and not is_own):
        return None
    return "can be written by everybody" if by_others else "can be written by its group"


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
