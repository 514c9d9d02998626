"""A file as it was read, all of it at once: for files of a few entries."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest

from mailctl.domain.statements import FileKind, ReadEntry, ReadStatus, StatementHead
from mailctl.errors import BankFileInvalidError
from mailctl.statements.reading import read

NAME = "bank.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that a reading gives."""

    kind: FileKind
    digest: str
    notes: tuple[str, ...]
    heads: list[StatementHead]
    entries: list[ReadEntry]
    statuses: list[ReadStatus]

    @property
    def entry(self) -> ReadEntry:
        """The only entry."""
        (entry,) = self.entries
        return entry

    @property
    def head(self) -> StatementHead:
        """The only statement."""
        (head,) = self.heads
        return head


def whole(data: bytes, name: str = NAME) -> Whole:
    """A file that is read without a refusal."""
    with read(io.BytesIO(data), name=name) as reading:
        statements = [(head, list(entries)) for head, entries in reading.statements()]
        entries = [entry for _, some in statements for entry in some]
        assert reading.entry_count == len(entries)
        return Whole(
            kind=reading.kind,
            digest=reading.digest,
            notes=reading.notes,
            heads=[head for head, _ in statements],
            entries=entries,
            statuses=list(reading.statuses()),
        )


def refusal(data: bytes, name: str = NAME) -> str:
    """The sentence with which a file is refused; it begins with the file's name and has a hint."""
    with pytest.raises(BankFileInvalidError) as refused:
        read(io.BytesIO(data), name=name)
    assert refused.value.hint
    assert refused.value.message.startswith(name)
    return refused.value.message.removeprefix(name)
