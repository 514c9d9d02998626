"""CSV as spreadsheets of any country save it, read row by row (CLI, Form)."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any

from mailctl.domain.line_source import LineSource

SEPARATORS = (",", ";", "\t")
# A spreadsheet may add separators up to the last column.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\1*\r?\n', re.IGNORECASE)
_TAB = "\t"


class Sheet:
    """A CSV text: the names in its header, and its rows.

    A first line `sep=;` names the separator; else it is the one with which most columns of the
    header are known.
    """

    def __init__(self, source: LineSource, known: Iterable[str]) -> None:
        self._source = source
        named = _SEPARATOR_LINE.match(next(source.lines(), ""))
        self._skipped = 0 if named is None else 1
        headers = {
            separator: self._header(separator)
            for separator in (SEPARATORS if named is None else (named[1],))
        }
        wanted = set(known)
        self._separator = max(headers, key=lambda one: len(wanted.intersection(headers[one])))
        self.header = headers[self._separator]

    def _lines(self) -> Iterator[str]:
        return islice(self._source.lines(), self._skipped, None)

    def _header(self, separator: str) -> tuple[str, ...]:
        """The names in a header; none where the quotes do not fit this separator."""
        try:
            return tuple(name.strip() for name in next(_reader(self._lines(), separator), []))
        except csv.Error:
            return ()

    def rows(self) -> Iterator[tuple[int, list[str] | None, str | None]]:
        """After the header: the row's first line as an editor counts, its cells, or what is wrong.

        Rows without any text are left out; nothing is read after a row that is wrong.
        """
        last = 0
        reader = self._read()
        try:
            for number, (cells, upto) in enumerate(reader):
                # A quoted value may hold line breaks: a row is named by its first line.
                line, last = last + 1, upto
                if number and "".join(cells).strip():
                    yield self._skipped + line, cells, None
        except csv.Error as error:
            yield self._skipped + last + 1, None, str(error)

    def _read(self) -> Iterator[tuple[list[str], int]]:
        """Each row's cells, and how many lines were read with it."""
        if self._separator == _TAB:
            yield from _tabbed(self._lines())
            return
        reader = _reader(self._lines(), self._separator)
        for cells in reader:
            yield cells, reader.line_num


def _reader(lines: Iterable[str], separator: str) -> Any:
    return csv.reader(lines, delimiter=separator, strict=True)


class _Lines:
    """Lines of which some are looked at before it is known what they belong to."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ahead: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        return self._ahead.popleft() if self._ahead else next(self._lines)

    def give_back(self, lines: list[str]) -> None:
        """Lines that were taken come again."""
        self._ahead.extendleft(reversed(lines))


def _tabbed(all_lines: Iterator[str]) -> Iterator[tuple[list[str], int]]:
    """Rows separated by tabs: with quotes as spreadsheets write them, or bare as mailctl does."""
    count, width = 0, 0
    lines = _Lines(all_lines)
    for line in lines:
        count += 1
        cells = line.rstrip("\r\n").split(_TAB)
        width = width or len(cells)
        if len(cells) < width and any(cell.startswith('"') for cell in cells):
            # A quoted value goes on in the next line.
            reader = _reader(chain([line], lines), _TAB)
            yield next(reader), count + reader.line_num - 1
            count += reader.line_num - 1
        elif whole := _with_its_end(line, cells, lines, width):
            yield whole[0], count + whole[1]
            count += whole[1]
        else:
            yield [_unquoted(cell) for cell in cells], count


def _with_its_end(
    line: str, cells: list[str], lines: _Lines, width: int
) -> tuple[list[str], int] | None:
    """A row whose last value goes on in the next lines, and in how many; None where it does not.

    A line that is a row itself is never a part of a value: the quote before it is a bare one.
    """
    quotes = cells[-1].count('"')
    if not cells[-1].startswith('"') or quotes % 2 == 0:
        return None
    taken: list[str] = []
    for more in lines:
        taken.append(more)
        quotes += more.count('"')
        if more.count(_TAB) + 1 >= width:
            break
        if quotes % 2 == 0:
            with suppress(csv.Error):
                rows = list(_reader([line, *taken], _TAB))
                if len(rows) == 1 and len(rows[0]) == len(cells):
                    return rows[0], len(taken)
            break
    lines.give_back(taken)
    return None


def _unquoted(cell: str) -> str:
    """A cell without the quotes around it; one that only begins with a quote is as it is."""
    inner = cell[1:-1]
    is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if is_quoted else cell
