"""What was read of a file waits outside of memory until the store takes it (rules 20)."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any, Self

from mailctl.domain.statements import FileKind, ReadEntry, ReadStatus, StatementHead
from mailctl.values import Value

_BLOCK = 256
_LENGTH = 8
_IN_MEMORY = 65_536
_MOST_NOTES = 20
_MORE = "there is more of this kind"

Row = tuple[Any, ...]


class Rows:
    """Tuples of numbers and texts in a file of their own, which has no name and ends with it.

    The few of a small file stay in memory: many files may be read one after another, and all wait.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it is closed by `close`
        self._waiting: list[Row] = []
        self._end = 0
        self.count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def add(self, row: Row) -> None:
        """One more; a value's tuple must be plain (`tuple(entry)`)."""
        self._waiting.append(row)
        self.count += 1
        if len(self._waiting) == _BLOCK:
            self.flush()

    def flush(self) -> int:
        """Write what waits, and say where the next row begins."""
        if self._waiting:
            block = marshal.dumps(self._waiting)
            self._waiting = []
            self._file.seek(self._end)
            self._file.write(len(block).to_bytes(_LENGTH, "big") + block)
            self._end += _LENGTH + len(block)
        return self._end

    def clear(self) -> None:
        """Forget all rows."""
        self._waiting = []
        self._end = self.count = 0
        self._file.seek(0)
        self._file.truncate()

    def rows(self, begin: int = 0, end: int | None = None) -> Iterator[Row]:
        """The rows between two places that `flush` gave; as often as it takes."""
        last = self.flush() if end is None else end
        while begin < last:
            self._file.seek(begin)
            size = int.from_bytes(self._file.read(_LENGTH), "big")
            # Nobody else can write to this file: it has no name.
            yield from marshal.loads(self._file.read(size))  # noqa: S302
            begin += _LENGTH + size


class Span(Value):
    """A statement's head, and where its entries stand."""

    head: StatementHead
    begin: int
    end: int


class Spool:
    """All that a format reads from one file: statements with their entries, or answers.

    A format adds entries (`add_entry`), and after them the head of their statement, which may be
    known only at its end (`end_statement`); `add_status` for answers; `note` for what it did not
    read.
    """

    def __init__(self, kind: FileKind) -> None:
        self.kind = kind
        self.notes: list[str] = []
        self._entries = Rows()
        self._statuses = Rows()
        self._spans: list[Span] = []

    def add_entry(self, entry: Iterable[Any]) -> None:
        """One entry of the statement that is being read: what `ReadEntry` has, in its order."""
        self._entries.add(tuple(entry))

    def end_statement(self, head: StatementHead) -> None:
        """Say whose the entries since the last one are."""
        begin = self._spans[-1].end if self._spans else 0
        self._spans.append(Span(head=head, begin=begin, end=self._entries.flush()))

    def add_status(self, status: Iterable[Any]) -> None:
        """One answer: what `ReadStatus` has, in its order."""
        self._statuses.add(tuple(status))

    def note(self, sentence: str) -> None:
        """What an administrator must know of this file; once, and of many the first ones."""
        if sentence in self.notes:
            return
        if len(self.notes) < _MOST_NOTES:
            self.notes.append(sentence)
        elif self.notes[-1] != _MORE:
            self.notes.append(_MORE)

    @property
    def entry_count(self) -> int:
        """How many entries were read, each part of a batch as one."""
        return self._entries.count

    @property
    def statement_count(self) -> int:
        """How many statements were read."""
        return len(self._spans)

    def statements(self) -> Iterator[tuple[StatementHead, Iterator[ReadEntry]]]:
        """Each statement with its entries, in the file's order; as often as it takes."""
        for span in self._spans:
            rows = self._entries.rows(span.begin, span.end)
            yield span.head, map(ReadEntry._make, rows)

    def statuses(self) -> Iterator[ReadStatus]:
        """Each answer, in the file's order; as often as it takes."""
        return map(ReadStatus._make, self._statuses.rows())

    def close(self) -> None:
        """Give the files back."""
        self._entries.close()
        self._statuses.close()
