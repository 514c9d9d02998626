"""The password for the mail server: from the environment, a file, or typed.

It is never an argument, and nothing that mailctl writes contains it.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

from mailctl.errors import MailNotConfiguredError

VARIABLE = "MAILCTL_MAIL_PASSWORD"
LONGEST = 4096
_OTHERS = 0o077


def password(environment: Mapping[str, str], file: str, ask: Callable[[], str]) -> str:
    """The password: from the environment, else from the file, else as typed.

    MailNotConfiguredError if it cannot be used; `ask` may refuse too.
    """
    return _checked(environment.get(VARIABLE) or (_read(Path(file)) if file else ask()))


def check_file(file: str) -> None:
    """MailNotConfiguredError unless a file gives the password."""
    _checked(_read(Path(file)))


def _checked(found: str) -> str:
    if not found:
        raise MailNotConfiguredError("the password is empty", hint=f"set {VARIABLE}")
    if not (found.isascii() and found.isprintable()):
        raise MailNotConfiguredError(
            "the password has characters that are not ASCII, which mail servers do not agree on",
            hint="choose another password at the mail server",
        )
    return found


def _read(path: Path) -> str:
    """The first line of a file that only its owner can open; MailNotConfiguredError."""
    path = path.expanduser()
    try:
        # Non-blocking: a pipe in the file's place would wait for a writer.
        number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise _unfit(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        found = os.fstat(number)
        if not stat.S_ISREG(found.st_mode):
            raise _unfit(path, "is not a file")
        if found.st_uid not in (os.geteuid(), 0):
            raise _unfit(
                path, "belongs to another user", hint=f"chown $USER {shlex.quote(str(path))}"
            )
        if found.st_mode & _OTHERS:
            raise _unfit(
                path, "may be opened by other users", hint=f"chmod 600 {shlex.quote(str(path))}"
            )
        text = os.read(number, LONGEST)
    finally:
        os.close(number)
    return text.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", errors="replace")


def _unfit(path: Path, why: str, hint: str | None = None) -> MailNotConfiguredError:
    return MailNotConfiguredError(
        f"the file with the mail password, {path}, {why}",
        hint=hint or f"mailctl settings set mail-password-file -, or set {VARIABLE}",
    )
