"""Lines of an input file, CSV with a header or JSON Lines, as named values (CLI, Form)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING

from mailctl.close_words import VERY_ALIKE, close_words, did_you_mean
from mailctl.domain.cells import QUOTE, unprotected
from mailctl.domain.line_source import LineSource
from mailctl.errors import MailctlError, UsageError
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.wrong_lines import WrongLines

# Numbers that may be as long as a card's, each checked by a library.
_LONG_NUMBERS = frozenset(("phone", "vat_number"))
_WHOLE_NUMBERS = frozenset(("buyer_reference",))
"""Columns of numbers that others give out: only as a whole may they be a card's."""
# What JSON can write and no database keeps: \\u0000, and half of a pair that makes a character.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Fault(Value):
    """Why a line cannot be read; `reason` is the same for all lines that are wrong like it."""

    message: str
    reason: str


class Record(Value):
    """One line: its number in the file, as an editor counts, and its values by name.

    A line that cannot be read has a `fault`, so that it is listed together with the lines whose
    values are wrong.
    """

    line: int
    values: Mapping[str, str]
    fault: Fault | None = None

    def check(self) -> None:
        """UsageError where the line could not be read."""
        if self.fault is not None:
            refused = UsageError(self.fault.message)
            refused.reason = self.fault.reason
            raise refused

    def get(self, name: str) -> str | None:
        """A value, or None where it is missing or empty."""
        return self.values.get(name) or None

    def need(self, name: str) -> str:
        """A value; UsageError where it is missing or empty."""
        value = self.get(name)
        if value is None:
            raise refused_value(name, "is missing", f"the {name} is missing")
        return value


def refused_value(column: str, reason: str, message: str) -> UsageError:
    """The refusal of a value; `reason` follows the column's name, the same for all values."""
    refused = UsageError(message)
    refused.column, refused.reason = column, reason
    return refused


class in_column:  # noqa: N801 - read as the word of a `with`
    """Whatever is refused inside is a value of this column."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        """Nothing is to be prepared."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Name the column of a refusal that names none."""
        if isinstance(error, MailctlError) and error.column is None:
            error.column = self._name


def collect(
    wrong: WrongLines, record: Record, refused: MailctlError, file: str | None = None
) -> None:
    """Note a refused line among the wrong ones."""
    from mailctl.wrong_lines import WrongLine

    column = refused.column
    wrong.add(
        WrongLine(
            file=file,
            line=record.line,
            column=column,
            value=None if column is None else record.values.get(column),
            code=refused.code,
            message=refused.message,
        ),
        refused.general,
    )


class Columns(Value):
    """The columns of a form: those that are read, those it needs, and others that lists print.

    Any other column of a file is left alone, unless it looks like a mistyped one and `guesses`.
    `last` are those at the end of a list, whose empty cells a spreadsheet may leave out.
    """

    read: tuple[str, ...]
    needed: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    guesses: bool = True
    last: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The names as a header has them."""
        return ",".join(self.read)

    def check(self, given: Iterable[str], what: str) -> None:
        """UsageError for a column that is missing, seems to be mistyped, or is a card's number."""
        from mailctl.domain.cards import has_card_number

        found = set(given)
        for name in sorted(found.difference(self.read, self.listed)):
            if has_card_number(name):
                raise UsageError(
                    f"{what} names a column by what looks like a card's number; mailctl keeps none"
                )
            if self.guesses and (meant := self._meant(name, found)):
                raise UsageError(
                    f"{what} has the unknown column {name!r}{did_you_mean([meant])}",
                    hint=f"the columns that are read: {self.shown}",
                )
        missing = [name for name in self.needed if name not in found]
        if missing:
            raise UsageError(
                f"{what} lacks {missing[0]!r}", hint=f"the columns that are read: {self.shown}"
            )

    def _meant(self, name: str, found: set[str]) -> str | None:
        free = [one for one in self.read if one not in found]
        plain = name.lower().replace("-", "_").replace(" ", "_")
        inside = [one for one in free if len(one) > 3 and one in plain]
        return next(iter(inside or close_words(plain, free, most=1, likeness=VERY_ALIKE)), None)

    def unread(self, given: Iterable[str]) -> tuple[str, ...]:
        """The columns that are neither read nor printed by a list of the same things."""
        return tuple(name for name in given if name not in (*self.read, *self.listed))


class Records(Value):
    """The lines of a file, read as they are asked for, each time anew; `columns` are its names.

    Where it has no header, they are those of its first line, and others may have more.
    """

    columns: tuple[str, ...]
    read: Callable[[], Iterator[Record]]
    has_header: bool = False

    def __iter__(self) -> Iterator[Record]:
        """The lines from the first on."""
        return self.read()

    def names(self) -> tuple[str, ...]:
        """The names on any of its lines."""
        if self.has_header:
            return self.columns
        return tuple(dict.fromkeys(name for record in self for name in record.values))


def in_parts(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Records, so many at a time: memory holds no more of them."""
    each = iter(records)
    while some := list(islice(each, size)):
        yield some


def parse(source: LineSource, what: str, columns: Columns) -> Records:
    """The records of a file's text; JSON Lines if it begins with `{`, else CSV.

    UsageError for an empty file, or for a column that is missing or seems to be mistyped.
    """
    first = source.first_line().lstrip()
    if not first:
        raise UsageError(f"{what} is empty", hint=f"its columns are {columns.shown}")
    if first.startswith("{"):
        return _json_lines(source, first, columns)
    return _csv(source, what, columns)


def header_of(source: LineSource, known: Iterable[str]) -> tuple[str, ...]:
    """The columns that a CSV text's header names; none where it cannot be read."""
    from mailctl.domain.sheets import Sheet

    return Sheet(source, known).header


def _csv(source: LineSource, what: str, columns: Columns) -> Records:
    from mailctl.domain.sheets import Sheet

    sheet = Sheet(source, (*columns.read, *columns.listed))
    header = sheet.header
    named = [name for name in header if name]
    columns.check(named, what)
    if len(set(named)) != len(named):
        raise UsageError(f"{what} names a column twice in its header")
    # A spreadsheet may leave out the separators of empty cells at the end of a row.
    counted = set(columns.read).difference(columns.last)
    fewest = 1 + max((i for i, name in enumerate(header) if name in counted), default=0)

    def read() -> Iterator[Record]:
        for line, cells, fault in sheet.rows():
            if cells is None:
                yield _faulty(line, fault or "", "is not CSV that can be read")
            else:
                yield _csv_record(line, header, cells, fewest)

    return Records(columns=tuple(named), read=read, has_header=True)


def _csv_record(line: int, header: tuple[str, ...], cells: list[str], fewest: int) -> Record:
    width = len(header)
    cells = [cell.strip() for cell in cells]
    if len(cells) < fewest or any(cells[width:]):
        message = f"it has {len(cells)} values, but the header has {width}"
        return _faulty(line, message, "has more or fewer values than the header")
    values = dict(zip(header, cells, strict=False))
    if "" in values:
        for name, cell in zip(header, cells, strict=False):
            if cell and not name:
                message = f"it has the value {cell!r} in a column without a name"
                return _faulty(line, message, "has values in a column without a name")
        del values[""]
    for name, value in values.items():
        if value[:1] == QUOTE:
            values[name] = unprotected(value)
    return _record(line, values)


def _record(line: int, values: dict[str, str]) -> Record:
    """A line with its values, unless one is a card's number."""
    from mailctl.domain.cards import FEWEST_DIGITS, has_card_number

    for name, value in values.items():
        if len(value) < FEWEST_DIGITS or name in _LONG_NUMBERS:
            continue
        if has_card_number(value, glued=name not in _WHOLE_NUMBERS):
            message = "it has what looks like a card's number; mailctl keeps none"
            return _faulty(line, message, "has what looks like a card's number")
    return Record(line=line, values=values)


def _faulty(line: int, message: str, reason: str) -> Record:
    return Record(line=line, values={}, fault=Fault(message=message, reason=reason))


def _json_lines(source: LineSource, first: str, columns: Columns) -> Records:
    try:
        names = tuple(_json_object(first))
    except UsageError:
        names = ()

    def records() -> Iterator[Record]:
        for number, line in enumerate(source.lines(any_ending=False), start=1):
            if line.strip():
                yield _json_record(number, line.rstrip("\n"), columns)

    return Records(columns=names, read=records)


def _json_record(number: int, line: str, columns: Columns) -> Record:
    try:
        found = _json_object(line)
        columns.check(found, "it")
        values = {
            name: _json_text(name, value, is_read=name in columns.read)
            for name, value in found.items()
        }
    except UsageError as error:
        return _faulty(number, error.message, error.reason or "has wrong keys")
    return _record(number, values)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise _unreadable("it gives a key twice", "gives a key twice")
    return dict(pairs)


def _unreadable(message: str, reason: str) -> UsageError:
    error = UsageError(message)
    error.reason = reason
    return error


def _json_object(line: str) -> dict[str, object]:
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise _unreadable(f"it is not JSON ({error})", "is not JSON") from None
    if not isinstance(found, dict):
        raise _unreadable("it is not a JSON object", "is not a JSON object")
    return found


def _json_text(name: str, value: object, *, is_read: bool) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | None):
        if not is_read:
            return ""
        raise _unreadable(
            f"{name} is neither text, an integer nor null",
            f"has a {name} that is neither text, an integer nor null",
        )
    text = "" if value is None else str(value).strip()
    if is_read and not text.isprintable() and _NO_TEXT.search(text):
        raise _unreadable(
            f"{name} has a \\u0000 or half of a character, such as \\ud800, in it",
            f"has a {name} with a \\u0000 or half of a character in it",
        )
    return text
