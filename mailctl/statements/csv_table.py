"""The rows of a bank's CSV and its header, which may stand below other lines (rules 20)."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from mailctl.close_words import close_words
from mailctl.domain.csv_forms import CsvForm
from mailctl.domain.text import counted, listed
from mailctl.errors import BankFileInvalidError
from mailctl.statements.source import Source
from mailctl.statements.text_lines import TextLines
from mailctl.statements.words import plain

HEADER_WITHIN = 60
"""Banks write who and when above the header; so many lines of it at most."""
_MOST_SHOWN = 20
HOW = "what bank-csv says of the file is shown by: mailctl settings list"

_SIGN_WORDS = frozenset(
    "s h soll haben d c dr cr db debit credit debet kredit débit crédit af bij - + in out".split()
)

Row = list[str]


class Header:
    """Where the columns of the form stand in a file, and its other columns."""

    def __init__(self, names: Sequence[str], form: CsvForm) -> None:
        self.names = names
        self.width = len(names)
        self.places = {key: _place(names, name) for key, name in form.columns.items()}
        self.texts = [_place(names, name) for name in form.texts]
        self.missing = [
            name for name in (*form.columns.values(), *form.texts) if _place(names, name) is None
        ]
        used = {*self.places.values(), *self.texts}
        self.others = [
            (place, plain(name, 60))
            for place, name in enumerate(names)
            if place not in used and name.strip()
        ]

    def cell(self, cells: Row, key: str) -> str:
        """What a row has in the column of a key; empty without such a column."""
        place = self.places.get(key)
        return "" if place is None or place >= len(cells) else cells[place].strip()


class SignWords:
    """Columns that say in words whether money came or went, as far as they were looked at."""

    def __init__(self) -> None:
        self._columns: dict[str, bool] = {}

    def look(self, header: Header, cells: Row) -> None:
        """One more row: a column with any other word is none."""
        for place, name in header.others:
            word = cells[place] if place < len(cells) else ""
            is_word = _normal(word) in _SIGN_WORDS
            self._columns[name] = self._columns.get(name, True) and is_word

    def column(self) -> str | None:
        """The first column that has such a word in every row."""
        return next((name for name, is_one in self._columns.items() if is_one), None)


class Table:
    """The rows of one file, which is read as often as it takes."""

    def __init__(self, source: Source, form: CsvForm, text: TextLines) -> None:
        self._source = source
        self._form = form
        self._text = text

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each row that has a text, with the line on which it ends."""
        rows = csv.reader(self._text.lines(newline=""), delimiter=self._form.separator, strict=True)
        try:
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    yield rows.line_num, cells
        except csv.Error as error:
            raise self._source.refused(f"{error}", line=rows.line_num) from None

    def header(self) -> tuple[int, Header]:
        """How many rows stand above the header, and the header."""
        nearest: Header | None = None
        for above, (_, cells) in enumerate(islice(self._rows_above(), HEADER_WITHIN)):
            header = Header(cells, self._form)
            if not header.missing:
                return above, header
            if nearest is None or (-len(header.missing), header.width) > (
                -len(nearest.missing),
                nearest.width,
            ):
                nearest = header
        if nearest is None:
            raise self._source.refused("the file has no header", hint=HOW)
        raise self._no_header(nearest)

    def _rows_above(self) -> Iterator[tuple[int, Row]]:
        """Rows as `rows` has them, up to one that is none: above a header may be any text."""
        rows = self.rows()
        while True:
            try:
                yield next(rows)
            except (StopIteration, BankFileInvalidError):
                return

    def _no_header(self, nearest: Header) -> BankFileInvalidError:
        missing = nearest.missing[0]
        names = [plain(name, 60) for name in nearest.names if name.strip()]
        if missing in names:
            return self._source.refused(
                f"several columns are called {missing!r}",
                hint=f"say which one in bank-csv: {missing}#1, or {missing}#2; {HOW}",
            )
        near = close_words(missing, names, most=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        there = listed([repr(name) for name in names], most=_MOST_SHOWN)
        return self._source.refused(
            f"no line has the column {missing!r} of bank-csv{meant}; "
            f"there are {there}, separated by {self._form.separator!r}",
            hint=HOW,
        )

    def check_width(self, header: Header, cells: Row, line: int) -> None:
        """Refuse a row with other columns than the header: it is cut, or a text was not quoted."""
        least = len("".join(f"{bool(name.strip()):d}" for name in header.names).rstrip("0"))
        if len(cells) < least or any(cell.strip() for cell in cells[header.width :]):
            raise self._source.refused(
                f"the row has {counted(len(cells), 'column')}, and the header {header.width}",
                line=line,
                hint="the file may be cut, or bank-csv has another separator than the file",
            )


def _normal(name: str) -> str:
    return " ".join(name.split()).casefold()


def _place(names: Sequence[str], name: str) -> int | None:
    """Where a column stands; `Name#2` is the second of those that are called so."""
    wanted, _, which = name.rpartition("#")
    if not (wanted and which.isascii() and which.isdecimal()):
        wanted, which = name, ""
    found = [place for place, one in enumerate(names) if _normal(one) == _normal(wanted)]
    if not which:
        return found[0] if len(found) == 1 else None
    return found[int(which) - 1] if 1 <= int(which) <= len(found) else None


def is_one_of(word: str, words: Sequence[str]) -> bool:
    """Whether it is one of the words, in letters of any size."""
    return _normal(word) in {_normal(one) for one in words}
