"""A file from a bank, read whole and checked before anything of it is taken (rules 20).

What was read waits in a temporary file, so that 100,000 entries take no memory, and the store is
not held while a file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Self

from mailctl.domain.csv_forms import CsvForm
from mailctl.domain.statements import FileKind, ReadEntry, ReadStatus, StatementHead
from mailctl.statements import camt, csv, mt940, pain002
from mailctl.statements.source import OTHER_FORMAT, Source
from mailctl.statements.spool import Spool
from mailctl.values import Value


class Format(Value):
    """One way in which banks write: how it is known by a file's start, and how it is read."""

    kind_of: Callable[[str], FileKind | None]
    """The kind of a file with this start; None where it is none of this format."""
    read_into: Callable[[Source, Spool, CsvForm | None], None]
    """Reads all of a source into a spool; what a CSV's columns mean comes with it.

    Raises BankFileInvalidError where the file is not whole, or says what cannot be.
    """


FORMATS: tuple[Format, ...] = (
    Format(kind_of=camt.kind_of, read_into=camt.read_into),
    Format(kind_of=pain002.kind_of, read_into=pain002.read_into),
    Format(kind_of=mt940.kind_of, read_into=mt940.read_into),
    Format(kind_of=csv.kind_of, read_into=csv.read_into),
)


class Reading:
    """A file that was read: what it is, and what it says, as often as it takes."""

    def __init__(self, source: Source, spool: Spool) -> None:
        self.kind = spool.kind
        self.name = source.name
        self.digest = source.digest
        self.notes = tuple(spool.notes)
        self.entry_count = spool.entry_count
        self._spool = spool

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the temporary files back."""
        self._spool.close()

    def statements(self) -> Iterator[tuple[StatementHead, Iterator[ReadEntry]]]:
        """Each statement with its entries, in the file's order."""
        return self._spool.statements()

    def statuses(self) -> Iterator[ReadStatus]:
        """Each answer of a status report, in the file's order."""
        return self._spool.statuses()


def read(stream: BinaryIO, *, name: str, csv_form: CsvForm | None = None) -> Reading:
    """The whole of a stream, outside of any transaction; `name` is what refusals call it.

    Raises BankFileInvalidError, with the place and the cause: nothing of such a file is taken.
    """
    source = Source(stream, name)
    start = source.start_text()
    for form in FORMATS:
        kind = form.kind_of(start)
        if kind is not None:
            spool = Spool(kind)
            try:
                form.read_into(source, spool, csv_form)
            except BaseException:
                spool.close()
                raise
            return Reading(source, spool)
    raise source.refused(_unknown(start), hint=OTHER_FORMAT)


def _unknown(start: str) -> str:
    """Why a file is of no format that is read."""
    if start.lstrip().startswith("<"):
        return "this XML is no camt.052, camt.053, camt.054 or pain.002"
    return "this is not a file from a bank: neither XML nor MT940"
