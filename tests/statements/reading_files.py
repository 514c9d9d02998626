"""Reading a file that a test wrote."""

from __future__ import annotations

import io

from mailctl.domain.csv_forms import CsvForm
from mailctl.domain.statements import FileKind, ReadEntry, StatementHead
from mailctl.statements.reading import read

Read = list[tuple[StatementHead, list[ReadEntry]]]


def all_of(
    text: str | bytes, form: CsvForm | None = None
) -> tuple[FileKind, Read, tuple[str, ...]]:
    """The kind, the statements with their entries, and the notes of a file."""
    data = text.encode() if isinstance(text, str) else text
    with read(io.BytesIO(data), name="file", csv_form=form) as reading:
        told = [(head, list(entries)) for head, entries in reading.statements()]
        assert reading.entry_count == sum(len(entries) for _, entries in told)
        return reading.kind, told, reading.notes


def entries_of(text: str | bytes, form: CsvForm | None = None) -> list[ReadEntry]:
    _, told, _ = all_of(text, form)
    return [entry for _, entries in told for entry in entries]


def only(text: str | bytes, form: CsvForm | None = None) -> ReadEntry:
    (entry,) = entries_of(text, form)
    return entry
