"""Lines of an input file, CSV with a header or JSON Lines, as named values (CLI, Commands)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailctl.errors import LinesRefusedError, UsageError


@dataclass(frozen=True, slots=True)
class Record:
    """One line: its number in the file, as an editor counts, and its values by name."""

    line: int
    values: Mapping[str, str]

    def get(self, name: str) -> str | None:
        """A value, or None where it is missing or empty."""
        return self.values.get(name) or None


def parse(text: str, what: str, *, allowed: Iterable[str], needed: Iterable[str]) -> list[Record]:
    """The records of a file's text; JSON Lines if it begins with `{`, else CSV.

    UsageError for an empty file or an unknown or missing column, LinesRefusedError naming every
    line that cannot be read.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UsageError(f"{what} is empty", hint=f"its columns are {','.join(allowed)}")
    if text.lstrip().startswith("{"):
        return _json_lines(text, what, tuple(allowed), tuple(needed))
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
    bad: list[str] = []
    try:
        header = [name.strip() for name in next(reader)]
        _check_names(header, what, allowed, needed)
        if len(set(header)) != len(header):
            raise UsageError(f"{what} names a column twice in its header")
        last = reader.line_num
        for row in reader:
            # A quoted value may hold line breaks: a record is named by its first line.
            line, last = last + 1, reader.line_num
            if not any(row):
                continue
            if len(row) != len(header):
                bad.append(f"line {line}: has {len(row)} values, the header has {len(header)}")
                continue
            values = [value.strip() for value in row]
            records.append(Record(line, dict(zip(header, values, strict=True))))
    except csv.Error as error:
        bad.append(f"line {reader.line_num}: {error}")
    _refuse(bad, what)
    return records


def _json_lines(
    text: str, what: str, allowed: tuple[str, ...], needed: tuple[str, ...]
) -> list[Record]:
    records: list[Record] = []
    bad: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            values = _json_values(line)
            _check_names(values, f"line {number}", allowed, needed)
        except UsageError as error:
            bad.append(
                error.message if error.message.startswith("line") else f"line {number}: {error}"
            )
            continue
        records.append(Record(number, values))
    _refuse(bad, what)
    return records


def _json_values(line: str) -> dict[str, str]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"is not JSON ({error})") from None
    if not isinstance(found, dict):
        raise UsageError("is not a JSON object")
    values: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            raise UsageError(f"{name} is neither text, an integer nor null")
        values[name] = "" if value is None else str(value).strip()
    return values


def _refuse(bad: list[str], what: str) -> None:
    if bad:
        count = f"{len(bad)} line{'s' if len(bad) > 1 else ''}"
        raise LinesRefusedError(
            f"{count} of {what} cannot be read; nothing was taken",
            lines=tuple(bad),
            hint="mend the lines and run the command again",
        )
