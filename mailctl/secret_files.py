"""A file that holds one secret: a password or a token, which only its owner may open."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Callable
from pathlib import Path

from mailctl.write_access import exposed_on_the_way

LONGEST = 4096
_OTHERS = 0o077


def first_line(path: Path, unfit: Callable[[str, str | None], Exception]) -> str:
    """The first line of a file that only its owner can open.

    Where it cannot be used, `unfit` makes the error that is raised, of what is wrong with the file
    and the command that helps, if there is one. Whoever could put a link to another file in its
    place would be sent the first line of that.
    """
    # The file is taken for a folder: what a sticky one holds is safe from others.
    exposed = exposed_on_the_way(path / "line", {0, os.geteuid()})
    if exposed is not None:
        raise unfit(f"could be replaced: the {exposed.what} {exposed.place} {exposed.reason}", None)
    try:
        # Non-blocking: a pipe in the file's place would wait for a writer.
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise unfit(f"cannot be read: {getattr(error, 'strerror', None) or error}", None) from None
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise unfit("is not a file", None)
        if found.st_uid not in (os.geteuid(), 0):
            raise unfit("belongs to another user", f"chown $USER {shlex.quote(str(path))}")
        if found.st_mode & _OTHERS:
            raise unfit("may be opened by other users", f"chmod 600 {shlex.quote(str(path))}")
        text = os.read(number, LONGEST)
    finally:
        os.close(number)
    return text.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", errors="replace")
