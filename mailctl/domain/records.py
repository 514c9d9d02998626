"""Lines of an input file, CSV with a header or JSON Lines, as named values (CLI, Commands)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailctl.domain.methods import has_card_number
from mailctl.errors import UsageError

# Numbers that may be as long as a card's, each checked by a library.
_LONG_NUMBERS = frozenset(("phone", "vat_number"))


@dataclass(frozen=True, slots=True)
class Record:
    """One line: its number in the file, as an editor counts, and its values by name.

    A line that cannot be read has a `fault`, so that it is named together with the lines whose
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


def parse(text: str, what: str, *, allowed: Iterable[str], needed: Iterable[str]) -> list[Record]:
    """The records of a file's text; JSON Lines if it begins with `{`, else CSV.

    UsageError for an empty file, or an unknown or missing column in a header.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UsageError(f"{what} is empty", hint=f"its columns are {','.join(allowed)}")
    if text.lstrip().startswith("{"):
        return _json_lines(text, tuple(allowed), tuple(needed))
    return _csv(text, what, tuple(allowed), tuple(needed))


def _check_names(
    names: Iterable[str], what: str, allowed: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    given = set(names)
    unknown, missing = sorted(given - set(allowed)), [name for name in needed if name not in given]
    if unknown or missing:
        said = f"has the unknown column {unknown[0]!r}" if unknown else f"lacks {missing[0]!r}"
        raise UsageError(f"{what} {said}", hint=f"its columns are {','.join(allowed)}")


def _csv(text: str, what: str, allowed: tuple[str, ...], needed: tuple[str, ...]) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    last = 0
    try:
        header = [name.strip() for name in next(reader)]
        _check_names(header, what, allowed, needed)
        if len(set(header)) != len(header):
            raise UsageError(f"{what} names a column twice in its header")
        last = reader.line_num
        for row in reader:
            # A quoted value may hold line breaks: a record is named by its first line.
            line, last = last + 1, reader.line_num
            if any(row):
                records.append(_csv_record(line, header, row))
    except csv.Error as error:
        records.append(Record(last + 1, {}, fault=str(error)))
    return records


def _csv_record(line: int, header: list[str], row: list[str]) -> Record:
    if len(row) != len(header):
        return Record(line, {}, fault=f"it has {len(row)} values, but the header has {len(header)}")
    return _record(line, dict(zip(header, (value.strip() for value in row), strict=True)))


def _record(line: int, values: dict[str, str]) -> Record:
    """A line whose values are kept, unless one is a card's number."""
    if any(has_card_number(value) for name, value in values.items() if name not in _LONG_NUMBERS):
        return Record(line, {}, fault="it has what looks like a card's number; mailctl keeps none")
    return Record(line, values)


def _json_lines(text: str, allowed: tuple[str, ...], needed: tuple[str, ...]) -> list[Record]:
    records: list[Record] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = _json_values(line)
            _check_names(values, "it", allowed, needed)
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
