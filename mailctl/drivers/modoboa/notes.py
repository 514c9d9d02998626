"""The driver's notes: which mailbox is which account of Modoboa, and what it was about to do.

A file of JSON Lines beside the token. A line is written and synced before Modoboa is asked for a
change and after it was made, so that a driver that was killed in between knows its own work. The
last line of a mailbox counts; a line that a power cut tore off was never acted upon. Two drivers
at once take turns by a lock on the file.
"""

from __future__ import annotations

import fcntl
import json
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from mailctl import clock
from mailctl.drivers.answering import LaterError, RefusedError
from mailctl.values import Value, fields

FORMAT = "mailctl-modoboa-notes/1"
LOCK_SECONDS = 20.0
_LOOK_SECONDS = 0.05
_OTHERS_WRITE = 0o022
_MOST_SPARE_LINES = 1000
_FREED_KEPT_SECONDS = 86_400
_WHAT_HELPS = "mailctl task reconcile --mend"


class Note(Value):
    """What is known of a mailbox."""

    mailbox: str
    """The name by which mailctl knows it."""
    account: int | None
    """Modoboa's number of its account; None while it is being made."""
    username: str
    """What Modoboa calls it: its address, or a name without meaning where that was taken away."""
    wanted: str | None = None
    """The username that Modoboa was asked to give it."""
    is_suspended: bool = False
    aliases: tuple[str, ...] = ()
    """Its aliases that Modoboa has disabled with it, to be enabled again."""
    begun: float = 0.0
    """Modoboa's time when it was asked to make the account, as seconds since 1970."""
    moved: float = 0.0
    """When its folder was last to be moved, as seconds since 1970."""


class Notes:
    """The file of notes; its mailboxes can be read and changed while the lock is held."""

    def __init__(self, path: Path, url: str) -> None:
        self.path = path
        self._url = url
        self._number = -1
        self._size = 0
        self._lines = 0
        self._of_mailbox: dict[str, Note] = {}
        self._of_account: dict[int, Note] = {}
        self._freed: dict[str, float] = {}

    @contextmanager
    def held(self) -> Iterator[None]:
        """The notes as they are now, for this driver alone until the block ends.

        LaterError while another driver has them; RefusedError where they cannot be used.
        """
        until = monotonic() + LOCK_SECONDS
        while not self._locked():
            if monotonic() > until:
                raise LaterError("another mailctl is at work with Modoboa")
            sleep(_LOOK_SECONDS)
        try:
            self._read()
            yield
        finally:
            fcntl.flock(self._number, fcntl.LOCK_UN)

    def of(self, mailbox: str) -> Note | None:
        """What is known of a mailbox of that name."""
        return self._of_mailbox.get(mailbox)

    def of_account(self, account: int) -> Note | None:
        """What is known of the mailbox that is this account of Modoboa."""
        return self._of_account.get(account)

    def freed_at(self, address: str) -> float:
        """When a mailbox lost that address, as seconds since 1970; 0 if none did."""
        return self._freed.get(address, 0.0)

    def write(self, note: Note) -> Note:
        """Note what is so, or what is about to be."""
        self._append(fields(note))
        return note

    def free(self, address: str, at: float) -> None:
        """Note that a mailbox loses an address."""
        self._append({"freed": address, "at": at})

    def forget(self, mailbox: str) -> None:
        """Note that a mailbox is gone."""
        self._append({"gone": mailbox})

    def _locked(self) -> bool:
        """Whether the file is open, locked, and still the one of that name."""
        try:
            if self._number < 0:
                flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
                self._number = os.open(self.path, flags | os.O_NONBLOCK, 0o600)
                self._size = self._lines = 0
            fcntl.flock(self._number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            ours = os.fstat(self._number)
            is_there = os.path.samestat(self.path.lstat(), ours)
        except BlockingIOError:
            return False
        except FileNotFoundError:
            if not self.path.parent.is_dir():
                raise self._unusable("their folder is not there") from None
            is_there = False
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from None
        if not is_there:
            self._close()
            return False
        if not stat.S_ISREG(ours.st_mode):
            raise self._unusable("they are no ordinary file")
        if ours.st_uid not in (os.geteuid(), 0) or ours.st_mode & _OTHERS_WRITE:
            raise self._unusable("others may write them")
        return True

    def _close(self) -> None:
        os.close(self._number)
        self._number = -1

    def _read(self) -> None:
        """Take in the lines that are new."""
        if self._size == 0:
            self._of_mailbox, self._of_account, self._freed = {}, {}, {}
        size = os.fstat(self._number).st_size
        text = os.pread(self._number, size - self._size, self._size)
        whole = text[: text.rfind(b"\n") + 1]
        for line in whole.splitlines():
            self._lines += 1
            self._take(line)
        self._size += len(whole)
        if len(whole) < len(text):
            os.ftruncate(self._number, self._size)
        if self._size == 0:
            self._append({"format": FORMAT, "url": self._url})
            _sync_folder(self.path.parent)
        elif self._lines > 2 * (len(self._of_mailbox) + len(self._freed)) + _MOST_SPARE_LINES:
            self._shorten()

    def _take(self, line: bytes) -> None:
        try:
            found = json.loads(line)
            if self._lines == 1:
                self._check_first(found)
            elif "gone" in found:
                self._drop(found["gone"])
            elif "freed" in found:
                self._freed[found["freed"]] = float(found["at"])
            else:
                found["aliases"] = tuple(found["aliases"])
                self._keep(Note(**found))
        except (ValueError, TypeError, KeyError):
            raise self._unusable(f"line {self._lines} is damaged") from None

    def _check_first(self, found: Mapping[str, object]) -> None:
        if found["format"] != FORMAT:
            raise self._unusable("another program or a newer mailctl has written them")
        if found["url"] != self._url:
            raise RefusedError(
                f"the notes {self.path} are of {found['url']}, not of {self._url}: if it is the "
                "same Modoboa, change their first line; another one needs its token in another file"
            )

    def _keep(self, note: Note) -> None:
        self._drop(note.mailbox)
        self._of_mailbox[note.mailbox] = note
        if note.account is not None:
            self._of_account[note.account] = note

    def _drop(self, mailbox: str) -> None:
        old = self._of_mailbox.pop(mailbox, None)
        if old is not None and old.account is not None:
            self._of_account.pop(old.account, None)

    def _append(self, line: Mapping[str, object]) -> None:
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            _write_all(self._number, text)
        except OSError as error:
            os.ftruncate(self._number, self._size)
            raise LaterError(
                f"the notes of the driver, {self.path}, cannot be written: "
                f"{error.strerror or error}"
            ) from None
        self._size += len(text)
        self._lines += 1
        self._take(text)

    def _shorten(self) -> None:
        """Write a file that has each mailbox once in the place of this one, and keep the lock."""
        lines: list[Mapping[str, object]] = [{"format": FORMAT, "url": self._url}]
        lines += [fields(note) for note in self._of_mailbox.values()]
        recent = clock.now().timestamp() - _FREED_KEPT_SECONDS
        self._freed = {address: at for address, at in self._freed.items() if at > recent}
        lines += [{"freed": address, "at": at} for address, at in self._freed.items()]
        text = b"".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for line in lines
        )
        new = self.path.with_name(f"{self.path.name}.new")
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        number = os.open(new, flags, 0o600)
        try:
            with os.fdopen(os.dup(number), "wb") as file:
                file.write(text)
            os.fsync(number)
            fcntl.flock(number, fcntl.LOCK_EX)
            new.replace(self.path)
        except OSError:
            # The long file is as good.
            os.close(number)
            return
        _sync_folder(self.path.parent)
        self._close()
        self._number, self._size, self._lines = number, len(text), len(lines)

    def _unusable(self, why: str) -> RefusedError:
        return RefusedError(
            f"the notes of the driver, {self.path}, cannot be used: {why}; where they are lost, "
            f"move them away, then: {_WHAT_HELPS}"
        )


def _write_all(number: int, text: bytes) -> None:
    """Append a line and sync it; OSError."""
    if os.write(number, text) != len(text):
        raise OSError("the disk is full")
    os.fsync(number)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
