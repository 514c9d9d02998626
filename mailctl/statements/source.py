"""The bytes of a file from a bank, read once and in pieces (rules 20)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from mailctl.errors import BankFileInvalidError

_PIECE = 65_536
LARGEST = 1 << 30
"""The most bytes that are read of a file: a device, or another program, may never end."""
_PACKED = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"%PDF": "PDF",
}
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_AGAIN = "fetch the file from the bank again: nothing of this one was taken"
OTHER_FORMAT = "take what the bank offers as camt.053, camt.052, camt.054, pain.002 or MT940"


class Source:
    """A stream that is read once, from first byte to last, under the name that it was given.

    `start` are its first bytes, by which its format is known.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        self._stream = stream
        self._sum = hashlib.sha256()
        self.start = self._first()
        self._check_start()

    @property
    def digest(self) -> str:
        """The SHA-256 of all bytes that were read, as hexadecimal digits."""
        return self._sum.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """All bytes, in pieces of up to 64 kB; once."""
        piece, left = self.start, LARGEST
        while piece:
            left -= len(piece)
            if left < 0:
                raise self.refused(
                    f"the file has more than {LARGEST >> 30} GiB",
                    hint="take what the bank gives by day",
                )
            self._sum.update(piece)
            yield piece
            piece = self._stream.read(_PIECE)

    def start_text(self) -> str:
        """The start as text, for telling formats apart, without what is no text of its encoding."""
        for mark, encoding in _MARKS.items():
            if self.start.startswith(mark):
                return self.start[len(mark) :].decode(encoding, "ignore")
        # XML without a byte order mark, in two bytes a letter.
        for start, encoding in ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be")):
            if self.start.startswith(start):
                return self.start.decode(encoding, "ignore")
        return self.start.decode("utf-8", "ignore")

    def refused(
        self, cause: str, *, line: int | None = None, hint: str = _AGAIN
    ) -> BankFileInvalidError:
        """The refusal of the whole file: its name, the line where it is known, and the cause."""
        place = "" if line is None else f", line {line}"
        return BankFileInvalidError(f"{self.name}{place}: {cause}", hint=hint)

    def _first(self) -> bytes:
        """The first bytes: as many as there are, also of a pipe that gives a few at a time."""
        start = b""
        while len(start) < _PIECE and (piece := self._stream.read(_PIECE - len(start))):
            start += piece
        return start

    def _check_start(self) -> None:
        """Refuse what is empty or packed."""
        if not self.start.strip(b"\0\t\r\n "):
            raise self.refused("the file is empty")
        for mark, packer in _PACKED.items():
            if self.start.startswith(mark):
                if packer == "PDF":
                    raise self.refused("this is a PDF, made for people", hint=OTHER_FORMAT)
                raise self.refused(
                    f"this is a {packer} file", hint="unpack it, and import the files in it"
                )
