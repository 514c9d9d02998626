"""A mailbox as files: Maildir++ with its folders, or an mbox a folder.

The mail is read through Dovecot, so it does not matter how Dovecot keeps it.
"""

from __future__ import annotations

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import asctime, gmtime

from mailctl.drivers.answering import LaterError, RefusedError
from mailctl.drivers.dovecot.sockets import Mail
from mailctl.values import Value

FORMATS = ("maildir", "mbox")
_LONGEST_NAME = 240
"""So many bytes; most file systems take 255."""
_FLAGS = {
    "\\Draft": "D",
    "\\Flagged": "F",
    "\\Answered": "R",
    "\\Seen": "S",
    "\\Deleted": "T",
}
_STATUS = {"\\Answered": "A", "\\Flagged": "F", "\\Draft": "T", "\\Deleted": "D"}
_KEYWORD_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def export(mail: Mail, user: str, folder: Path, format: str) -> int:
    """Write the whole mailbox of a user into a new folder, durably; gives how many messages.

    What was written is removed where it fails: RefusedError, LaterError.
    """
    if format not in FORMATS:
        raise RefusedError(f"a mailbox is exported as maildir or mbox, not as {format!r}")
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise RefusedError(f"there is a folder {folder} already") from None
    except OSError as error:
        raise LaterError(f"{folder} cannot be made: {error.strerror}") from None
    try:
        written = _Maildir(folder) if format == "maildir" else _Mboxes(folder)
        messages = _copied(mail, user, written)
        _sync(folder)
    except BaseException as error:
        # What is left of Dovecot's answer must not be taken for the next one.
        mail.close()
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError):
            raise LaterError(f"{folder} cannot be written: {error.strerror}") from None
        raise
    return messages


def _copied(mail: Mail, user: str, written: _Maildir | _Mboxes) -> int:
    for folder in mail.fields(user, "mailbox list"):
        written.begin(_text(folder))
    messages = 0
    fields = mail.fields(user, "fetch", "mailbox flags date.received.unixtime text", "all")
    for mailbox in fields:
        name, flags, received = _text(mailbox), _text(next(fields)), _text(next(fields))
        message = _Message(mailbox=name, flags=flags.split(), received=int(received))
        written.add(message, next(fields))
        messages += 1
    return messages


class _Message(Value):
    """What is known of a message beside its text; `received` is in seconds since 1970."""

    mailbox: str
    flags: list[str]
    received: int


class _Names:
    """What folders are called on the disk: no two of them alike, and none too long.

    `written` makes such a name of a folder's. Users choose what their folders are called.
    """

    def __init__(self, written: Callable[[str], str]) -> None:
        self._written = written
        self._given: dict[str, str] = {}

    def of(self, mailbox: str) -> str:
        """The name of a folder, each time the same."""
        if mailbox not in self._given:
            self._given[mailbox] = self._new(mailbox.replace("/", "."))
        return self._given[mailbox]

    def _new(self, name: str) -> str:
        n, taken = 1, {"..", *self._given.values()}
        found = self._written(name)
        while (is_long := len(os.fsencode(found)) > _LONGEST_NAME) or found in taken:
            if is_long:
                name = name[:-1]
            else:
                n += 1
            found = self._written(name if n == 1 else f"{name}-{n}")
        return found


class _Maildir:
    """Maildir++: INBOX is the folder itself, another is `.Its.Name` in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = _Names(lambda name: f".{encoded(name)}")
        self._numbers = count(1)
        self._keywords: dict[Path, list[str]] = {}

    def begin(self, mailbox: str) -> Path:
        """Have a folder, also one without mail; gives where it is."""
        place = self._folder
        if mailbox.upper() != "INBOX":
            place /= self._names.of(mailbox)
        if place not in self._keywords:
            for part in ("cur", "new", "tmp"):
                (place / part).mkdir(parents=True)
            if place != self._folder:
                (place / "maildirfolder").touch()
            self._keywords[place] = []
        return place

    def add(self, message: _Message, text: Iterator[bytes]) -> None:
        """Write a message."""
        place = self.begin(message.mailbox)
        letters = sorted(letter for flag in message.flags if (letter := self._letter(place, flag)))
        name = (
            f"{message.received}.M{next(self._numbers)}P{os.getpid()}.mailctl:2,{''.join(letters)}"
        )
        path = place / "cur" / name
        with path.open("xb") as file:
            file.writelines(text)
        os.utime(path, (message.received, message.received))

    def _letter(self, place: Path, flag: str) -> str:
        """What a flag is in a file's name; keywords are letters of their folder's own list."""
        if flag.startswith("\\"):
            return _FLAGS.get(flag, "")
        known = self._keywords[place]
        if flag not in known:
            if len(known) == len(_KEYWORD_LETTERS):
                return ""
            keywords = place / "dovecot-keywords"
            with keywords.open("a", encoding="utf-8", errors="surrogateescape") as file:
                file.write(f"{len(known)} {flag}\n")
            known.append(flag)
        return _KEYWORD_LETTERS[known.index(flag)]


class _Mboxes:
    """A file a folder: INBOX.mbox, Sent.mbox; a line of a text that begins with From is quoted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = _Names(lambda name: f"{name.lstrip('.')}.mbox")

    def begin(self, mailbox: str) -> Path:
        """Have a folder, also one without mail; gives where it is."""
        place = self._folder / self._names.of(mailbox)
        place.touch()
        return place

    def add(self, message: _Message, text: Iterator[bytes]) -> None:
        """Write a message."""
        with self.begin(message.mailbox).open("ab") as file:
            file.write(f"From MAILER-DAEMON {asctime(gmtime(message.received))}\n".encode())
            file.write(_status_lines(message.flags).encode(errors="surrogateescape"))
            last = b"\n"
            for line in _lines(text):
                last = line.removesuffix(b"\r\n") + b"\n" if line.endswith(b"\r\n") else line
                if last.lstrip(b">").startswith(b"From "):
                    file.write(b">")
                file.write(last)
            file.write(b"\n" if last.endswith(b"\n") else b"\n\n")


def _status_lines(flags: list[str]) -> str:
    seen = "RO" if "\\Seen" in flags else "O"
    others = "".join(sign for flag, sign in _STATUS.items() if flag in flags)
    words = " ".join(flag for flag in flags if not flag.startswith("\\"))
    lines = f"Status: {seen}\n"
    lines += f"X-Status: {others}\n" if others else ""
    return lines + (f"X-Keywords: {words}\n" if words else "")


def _lines(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The lines of a text that comes in pieces, with their ends."""
    held = b""
    for piece in pieces:
        *whole, held = (held + piece).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if held:
        yield held


def encoded(name: str) -> str:
    """A folder's name in modified UTF-7 (RFC 3501, 5.1.3), as Maildir++ has it on disk."""
    written, beyond = "", ""
    for sign in [*name, ""]:
        if beyond and (not sign or " " <= sign <= "~"):
            coded = (
                base64.b64encode(beyond.encode("utf-16-be", "surrogatepass")).decode().rstrip("=")
            )
            written += f"&{coded.replace('/', ',')}-"
            beyond = ""
        if sign == "&":
            written += "&-"
        elif " " <= sign <= "~":
            written += sign
        else:
            beyond += sign
    return written


def _text(pieces: Iterator[bytes]) -> str:
    return b"".join(pieces).decode("utf-8", "surrogateescape")


def _sync(folder: Path) -> None:
    """Have all that is in a folder on the disk, and the folder itself in the one above."""
    for place, _, files in os.walk(folder):
        for name in files:
            with _open(Path(place) / name) as number:
                os.fsync(number)
        with _open(Path(place)) as number:
            os.fsync(number)
    with _open(folder.parent) as number:
        os.fsync(number)


@contextmanager
def _open(path: Path) -> Iterator[int]:
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield number
    finally:
        os.close(number)
