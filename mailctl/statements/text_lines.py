"""The lines of a file that is text, in the encoding that its bytes show (rules 20)."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import Self

from mailctl.statements.source import Source

LONGEST_LINE = 100_000
_IN_MEMORY = 1_000_000
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


class TextLines:
    """A file's text, line by line and as often as it takes, without holding it in memory.

    It is UTF-8 if all of its bytes are; else each byte is a letter of western Europe
    (Windows-1252): that changes letters of names at worst, and never a digit. A byte order mark
    decides instead. `is_guessed` where it did not. `ends_with_newline`: the last line is ended.
    """

    def __init__(self, source: Source) -> None:
        """Raises BankFileInvalidError where the file holds bytes that no text has."""
        mark = next((mark for mark in _MARKS if source.start.startswith(mark)), b"")
        self._source = source
        self._begin = len(mark)
        self.ends_with_newline = False
        # It lives as long as this does, and is closed by `close`.
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
        try:
            encoding = self._copy(_MARKS.get(mark, "utf-8"), is_said=bool(mark))
        except BaseException:
            self.close()
            raise
        self.is_guessed = encoding is None
        self._encoding = encoding or "cp1252"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the temporary file back."""
        self._file.close()

    def lines(self, *, newline: str | None = None) -> Iterator[str]:
        """The lines from the first on; `newline` as `open` takes it."""
        self._file.seek(self._begin)
        # Bytes that Windows-1252 has no letter for are of no use to anybody.
        text = TextIOWrapper(
            self._file, self._encoding, errors="replace" if self.is_guessed else "strict",
            newline=newline,
        )  # fmt: skip
        number = 0
        try:
            while line := text.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    raise self._source.refused("a line is too long", line=number)
                yield line
        finally:
            if not self._file.closed:
                text.detach()

    def _copy(self, encoding: str, *, is_said: bool) -> str | None:
        """Keep the bytes; the encoding if they are all of it, None if they are of no known one."""
        decoder = codecs.getincrementaldecoder(encoding)()
        is_right, skipped = True, self._begin
        is_wide = encoding != "utf-8"
        tail = b""
        for piece in self._source.pieces():
            self._file.write(piece)
            tail = piece[-2:]
            if not is_wide and b"\0" in piece:
                raise self._source.refused("the file holds bytes that no text has")
            is_right = is_right and _takes(decoder, piece[skipped:])
            skipped = 0
        is_right = is_right and _takes(decoder, b"", is_end=True)
        self.ends_with_newline = tail.strip(b"\0")[-1:] in (b"\n", b"\r")
        if is_said and not is_right:
            raise self._source.refused(f"the file is not whole: it begins as {encoding.upper()}")
        return encoding if is_right else None


def _takes(decoder: codecs.IncrementalDecoder, piece: bytes, *, is_end: bool = False) -> bool:
    try:
        decoder.decode(piece, is_end)
    except UnicodeDecodeError:
        return False
    return True
