"""Lines of an input file, CSV with a header or JSON Lines, as named values (CLI, Form)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mailctl.domain.cells import unprotected
from mailctl.errors import UsageError

# Numbers that may be as long as a card's, each checked by a library.
_LONG_NUMBERS = frozenset(("phone", "vat_number"))


@dataclass(frozen=True, slots=True)
class Record:
    """One line: its number in the file, as an editor counts, and its values by name.

    A line that cannot be read has a `fault`, so that it is listed together with the lines whose
    values are wrong.
    """

    line: int
    values: Mapping[str, str]
    fault: str | None = None

    def check(self) -> None:
        """UsageError where the line could not be read."""
        if self.fault is not None:
            raise UsageError(self.fault)

    def get(self, name: str) -> str | None:
        """A value, or None where it is missing or empty."""
        return self.values.get(name) or None


def parse(
    text: str, what: str, *, allowed: Iterable[str], needed: Iterable[str], others: bool = False
) -> list[Record]:
    """The records of a file's text; JSON Lines if it begins with `{`, else CSV.

    `others`: columns that are not `allowed` are kept all the same. UsageError for an empty file, or
    an unknown or missing column in a header.
    """
    text = text.removeprefix("\ufeff")
    names = Names(known=tuple(allowed), needed=tuple(needed), others=others)
    if not text.strip():
        raise UsageError(f"{what} is empty", hint=f"its columns are {names.listed}")
    if text.lstrip().startswith("{"):
        return _json_lines(text, names)
    return _csv(text, what, names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The columns that a file may have, and those that it must."""

    known: tuple[str, ...]
    needed: tuple[str, ...] = ()
    others: bool = False

    @property
    def listed(self) -> str:
        """The names as a header has them."""
        return ",".join(self.known)

    def check(self, given: Iterable[str], what: str) -> None:
        """UsageError for a column that is unknown, or missing."""
        found = set(given)
        unknown = sorted(found - set(self.known)) if not self.others else []
        missing = [name for name in self.needed if name not in found]
        if unknown or missing:
            wrong = f"has the unknown column {unknown[0]!r}" if unknown else f"lacks {missing[0]!r}"
            raise UsageError(f"{what} {wrong}", hint=f"its columns are {self.listed}")


def header_of(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """The columns that a CSV text's header names; none where it cannot be read."""
    try:
        return _Sheet(text.removeprefix("\ufeff"), tuple(known)).header
    except csv.Error:
        return ()


SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)


class _Sheet:
    """CSV as spreadsheets of any country save it, with any of their separators.

    A first line `sep=;` names the separator; else it is the one with which most columns of the
    header are known.
    """

    def __init__(self, text: str, known: tuple[str, ...]) -> None:
        named = _SEPARATOR_LINE.match(text)
        self.skipped = 0 if named is None else 1
        body = text if named is None else text[named.end() :]
        headers = {
            separator: _header(body, separator)
            for separator in (SEPARATORS if named is None else (named[1],))
        }
        best = max(headers, key=lambda one: len(set(known).intersection(headers[one])))
        self.header = headers[best]
        self.rows = _reader(body, best)
        # What no separator can read is refused here.
        next(self.rows, None)


def _reader(text: str, separator: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _header(text: str, separator: str) -> tuple[str, ...]:
    """The names in a header; none where the quotes do not fit this separator."""
    try:
        return tuple(name.strip() for name in next(_reader(text, separator), []))
    except csv.Error:
        return ()


def _csv(text: str, what: str, names: Names) -> list[Record]:
    records: list[Record] = []
    last = 0
    try:
        sheet = _Sheet(text, names.known)
        header = sheet.header
        names.check(header, what)
        if len(set(header)) != len(header):
            raise UsageError(f"{what} names a column twice in its header")
        last = sheet.skipped + sheet.rows.line_num
        for row in sheet.rows:
            # A quoted value may hold line breaks: a record is named by its first line.
            line, last = last + 1, sheet.skipped + sheet.rows.line_num
            if any(row):
                records.append(_csv_record(line, header, row))
    except csv.Error as error:
        records.append(Record(last + 1, {}, fault=str(error)))
    return records


def _csv_record(line: int, header: tuple[str, ...], row: list[str]) -> Record:
    if len(row) != len(header):
        return Record(line, {}, fault=f"it has {len(row)} values, but the header has {len(header)}")
    cells = (unprotected(value.strip()) for value in row)
    return _record(line, dict(zip(header, cells, strict=True)))


def _record(line: int, values: dict[str, str]) -> Record:
    """A line with its values, unless one is a card's number."""
    from mailctl.domain.cards import has_card_number

    if any(has_card_number(value) for name, value in values.items() if name not in _LONG_NUMBERS):
        return Record(line, {}, fault="it has what looks like a card's number; mailctl keeps none")
    return Record(line, values)


def _json_lines(text: str, names: Names) -> list[Record]:
    records: list[Record] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = _json_values(line)
            names.check(values, "it")
        except UsageError as error:
            records.append(Record(number, {}, fault=error.message))
        else:
            records.append(_record(number, values))
    return records


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise UsageError("it gives a key twice")
    return dict(pairs)


def _json_values(line: str) -> dict[str, str]:
    try:
        found = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"it is not JSON ({error})") from None
    if not isinstance(found, dict):
        raise UsageError("it is not a JSON object")
    values: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            raise UsageError(f"{name} is neither text, an integer nor null")
        values[name] = "" if value is None else str(value).strip()
    return values
