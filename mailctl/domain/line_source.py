"""A text that is read line by line, as often as it takes: its letters are never all in memory."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from mailctl.values import Value


class LineSource(Value):
    """The bytes of a text, which are known to be text in this encoding."""

    data: bytes
    encoding: str = "utf-8-sig"

    @classmethod
    def of(cls, text: str) -> LineSource:
        """A text that is in memory already."""
        return cls(data=text.encode())

    def lines(self, *, any_ending: bool = True) -> Iterator[str]:
        """The lines from the first on, with their endings: all usual ones, or a line feed alone."""
        newline = "" if any_ending else "\n"
        return TextIOWrapper(BytesIO(self.data), self.encoding, newline=newline)

    def first_line(self) -> str:
        """The first line that is not blank, up to its line feed; empty where there is none."""
        lines = self.lines(any_ending=False)
        return next((line.rstrip("\n") for line in lines if line.strip()), "")
