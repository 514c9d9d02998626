"""The password for the mail server: from the environment, a file, or typed.

It is never an argument, and nothing that mailctl writes contains it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from mailctl.errors import MailNotConfiguredError
from mailctl.secret_files import first_line

VARIABLE = "MAILCTL_MAIL_PASSWORD"


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
    path = path.expanduser()

    def unfit(why: str, hint: str | None) -> MailNotConfiguredError:
        return MailNotConfiguredError(
            f"the file with the mail password, {path}, {why}",
            hint=hint or f"mailctl settings set mail-password-file -, or set {VARIABLE}",
        )

    return first_line(path, unfit)
