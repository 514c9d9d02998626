"""Which other users could put files beside the store, or in its place.

A user who may write the folder can plant a log beside the store, or another store under its name,
and then controls the books.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mailctl.errors import StoreExposedError
from mailctl.write_access import Exposed, exposed_on_the_way

BESIDE = ("-wal", "-shm", "-journal", "-writer")
OTHERS = 0o077


def check_folders(path: Path, owner: int) -> None:
    """Raise StoreExposedError where others could write a folder on the way to the store.

    `owner` is the store's.
    """
    exposed = exposed_on_the_way(path, {0, os.geteuid(), owner})
    if exposed is not None:
        raise StoreExposedError(
            f"others could put their own in the place of the store {path}, or beside it: the "
            f"{exposed.what} {exposed.place} {exposed.reason}",
            hint=_way_out(path, exposed),
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


def _way_out(path: Path, exposed: Exposed) -> str:
    from shlex import quote

    is_sticky = bool(exposed.found.st_mode & stat.S_ISVTX)
    if exposed.found.st_uid == os.geteuid() and not is_sticky:
        return f"chmod go-w {quote(str(exposed.place))}"
    if exposed.is_own and is_sticky:
        safe = quote(str(exposed.place.joinpath("mailctl")))
    else:
        safe = "~/mailctl"
    return (
        f"make a folder of your own: mkdir -m 700 {safe}; have the store there: "
        f"--store {safe}/{quote(path.name)}"
    )
