"""The fields of an MT940 file, in the order that a statement has them (rules 20).

A field begins a line with its tag. Banks break the texts of their customers anywhere, so that a
line of a text may begin with `:26:` as well: what may follow decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from mailctl.statements.source import Source

LONGEST_FIELD = 20_000
_TAG = re.compile(r":(\d\d[A-Z]?|NS):")
_MESSAGE = re.compile(r"\{2:[IO](\d{3})")
_BLOCK_START = re.compile(r"^(?:\{[0-9A-Z]+:[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*\{4:")
OPENINGS = ("60F", "60M", "60")
CLOSINGS = ("62F", "62M", "62")
_HEAD = ("21", "25", "25P", "28", "28C", "13", "13D", "34F", "NS", *OPENINGS)
_ENTRY = ("61", "86", "NS", *CLOSINGS)
# No text that is broken anywhere begins a line like these: a minute is 59 at most.
_OTHER_STATEMENT = ("25P", "28C", *OPENINGS)
_REST = ("64", "65", "86", "90C", "90D", "NS", "13D")
_READ_MESSAGES = ("940", "950")


class Field(NamedTuple):
    """A field: its tag, the number of its first line, and its lines as they stand."""

    tag: str
    line: int
    lines: list[str]


class _Place(Enum):
    """Where in a statement a line stands."""

    OUTSIDE = auto()
    HEAD = auto()
    ENTRIES = auto()
    REST = auto()


class Fields:
    """The fields of a file: each statement from its `20` to its closing balance and what follows.

    Raises BankFileInvalidError where a statement ends before its closing balance, or a field
    stands where none can be.
    """

    def __init__(self, source: Source, lines: Iterable[str]) -> None:
        self._source = source
        self._lines = lines
        self._place = _Place.OUTSIDE
        self._is_block_open = False
        self._field: Field | None = None
        self._size = 0

    def __iter__(self) -> Iterator[Field]:
        number = 0
        for number, raw in enumerate(self._lines, start=1):
            line = self._without_envelope(raw.rstrip("\r\n"), number)
            if not line.strip():
                continue
            if self._is_end(line, number):
                yield from self._finished()
            elif tag := self._tag(line, number):
                yield from self._finished()
                self._field = Field(tag, number, [line[len(tag) + 2 :]])
                self._size = len(line)
            elif self._field is not None:
                self._go_on(line, number)
        self._check_ended(number)
        if self._is_block_open:
            raise self._source.refused("the file ends in the middle", line=number)
        yield from self._finished()

    def _finished(self) -> Iterator[Field]:
        if self._field is not None:
            yield self._field
            self._field = None

    def _go_on(self, line: str, number: int) -> None:
        assert self._field is not None
        self._size += len(line)
        if self._size > LONGEST_FIELD:
            raise self._source.refused("a field is too long", line=number)
        self._field.lines.append(line)

    def _without_envelope(self, line: str, number: int) -> str:
        """A line without the blocks of SWIFT around a message."""
        if not line.startswith("{"):
            return line
        if self._place in (_Place.HEAD, _Place.ENTRIES):
            return line
        message = _MESSAGE.search(line)
        if message and message[1] not in _READ_MESSAGES:
            raise self._source.refused(f"this is an MT{message[1]}, no statement", line=number)
        start = _BLOCK_START.match(line)
        if start is None:
            return ""
        self._is_block_open = True
        return line[start.end() :]

    def _is_end(self, line: str, number: int) -> bool:
        """Whether a message ends with this line; in the middle of a statement it must not."""
        if line.rstrip() != "-" and not line.startswith("-}"):
            return False
        self._check_ended(number)
        self._place = _Place.OUTSIDE
        self._is_block_open = self._is_block_open and not line.startswith("-}")
        return True

    def _check_ended(self, number: int) -> None:
        if self._place in (_Place.HEAD, _Place.ENTRIES):
            raise self._source.refused(
                "the statement ends without a closing balance: the file is not whole", line=number
            )

    def _tag(self, line: str, number: int) -> str | None:
        """The tag of the field that begins here; None where the line goes on with another."""
        found = _TAG.match(line)
        tag = found[1] if found else None
        if self._place is _Place.ENTRIES:
            return self._tag_of_entries(tag, number)
        if self._place is _Place.HEAD:
            return self._tag_of_head(tag, number)
        if tag == "20":
            self._place = _Place.HEAD
            return tag
        if self._place is _Place.OUTSIDE and tag and tag in (*_HEAD, *_ENTRY):
            raise self._source.refused(
                f"field {tag} stands outside of any statement: the file is not whole", line=number
            )
        return tag if tag in _REST else None

    def _tag_of_head(self, tag: str | None, number: int) -> str | None:
        if tag in OPENINGS:
            self._place = _Place.ENTRIES
        elif tag in ("20", *_ENTRY) and tag != "NS":
            raise self._source.refused(
                "the statement has no opening balance before its entries", line=number,
                hint="an MT942, of the day that is not over, is no statement: take the MT940",
            )  # fmt: skip
        return tag if tag in _HEAD else None

    def _tag_of_entries(self, tag: str | None, number: int) -> str | None:
        if tag in _OTHER_STATEMENT:
            raise self._source.refused(
                "a statement begins here, and the one before has no closing balance", line=number
            )
        if tag in CLOSINGS:
            self._place = _Place.REST
        return tag if tag in _ENTRY else None
