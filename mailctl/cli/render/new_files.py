"""A new file: whole and synced under its name, or not there at all; never over another one."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from mailctl.errors import AlreadyExistsError, UsageError

_UNFIT_NAME = (
    *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EACCES, errno.EPERM, errno.ELOOP),
    # The last two are a socket's, or a device's that is not there.
    *(errno.ENAMETOOLONG, errno.EROFS, errno.ENXIO, errno.ENODEV),
)


@contextmanager
def prepared(name: str) -> Iterator[Callable[[str | Iterable[bytes]], None]]:
    """A place for a new file, made sure of now; gives what writes it, for its owner alone.

    It takes a text, or pieces of bytes.

    AlreadyExistsError where something stands there, UsageError where nothing can be written.
    """
    from mailctl.store.engine import drafts
    from mailctl.store.engine.sqlite.store_file import sync_folder

    path = Path(name)
    stack = ExitStack()
    try:
        with suppress(FileNotFoundError):
            path.lstat()
            raise _taken(name)
        draft, number = stack.enter_context(drafts.open_draft(path))
    except OSError as error:
        check_name_fits(path, error, hint="--to FILE, in a folder where you may write")
        raise

    def write(content: str | Iterable[bytes]) -> None:
        drafts.fill_with(number, (content.encode(),) if isinstance(content, str) else content)
        try:
            drafts.give_name(draft, path)
        except FileExistsError:
            raise _taken(name) from None
        sync_folder(path.parent)

    with stack:
        yield write


def has(name: str, content: bytes) -> bool:
    """Whether a file of ours is there with just this content."""
    try:
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    with os.fdopen(number, "rb") as file:
        found = os.fstat(number)
        is_ours = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
        return is_ours and found.st_size == len(content) and file.read() == content


def check_name_fits(path: Path, error: OSError, *, hint: str) -> None:
    """UsageError where a file cannot be made under its name and another name would do."""
    if error.errno in _UNFIT_NAME:
        raise UsageError(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}", hint=hint
        ) from None


def _taken(name: str) -> AlreadyExistsError:
    return AlreadyExistsError(f"{name} exists already", hint="give --to a name that is free")
