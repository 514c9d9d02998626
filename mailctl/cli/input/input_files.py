"""Input that is not on the command line: files of records, and words from standard input."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl.cli.input import card_guard, parse
from mailctl.domain.line_source import LineSource
from mailctl.errors import UsageError
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.cli.render.output import Output
    from mailctl.domain.records import Columns, Record, Records

STDIN = parse.STDIN
LARGEST = 256 << 20
"""The most bytes that are read of a file: a device may never end."""
LONGEST_LINE = 1 << 20
"""A line of so many bytes is read; one of twice as many is refused."""
MOST_LINES = 3_000_000
LONGEST_SHOWN = 40
_BLOCK = 1 << 20

# How .xlsx and .ods begin, which are zip files, and .xls.
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def text_of(name: str) -> str:
    """The text of a file, as `source_of` reads it."""
    source = source_of(name)
    return source.data.decode(source.encoding)


def source_of(name: str) -> LineSource:
    """What a file says, `-` for standard input; UsageError where it cannot be read.

    UTF-8, or UTF-16 that begins with its mark, as spreadsheets save it.
    """
    try:
        data = _data_of(name)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(
            f"{shown_name(name)} cannot be read: {reason}",
            hint="give the path of a file, or - for standard input",
        ) from None
    if data.startswith(_SPREADSHEETS):
        raise UsageError(
            f"{shown_name(name)} is a spreadsheet or another packed file, not CSV",
            hint='open it, and save it as "CSV UTF-8" under another name',
        )
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in data and not is_wide:
        wrong = "has zero bytes, as UTF-16 without its mark has"
        raise _not_utf8(name, wrong, "utf-16le")
    encoding = "utf-16" if is_wide else "utf-8-sig"
    try:
        _check_decodes(data, encoding)
    except UnicodeDecodeError as error:
        if is_wide:
            raise UsageError(
                f"{shown_name(name)} begins as UTF-16, and is not that (byte {error.start + 1})",
                hint="save it again as CSV in UTF-8",
            ) from None
        line = data.count(b"\n", 0, error.start) + 1
        wrong = f"is not UTF-8 (line {line:,}): it seems to be Windows-1252 or Latin-1"
        raise _not_utf8(name, wrong, "windows-1252") from None
    return LineSource(data=data, encoding=encoding)


def _check_decodes(data: bytes, encoding: str) -> None:
    """UnicodeDecodeError where bytes are no text; the text is not made as a whole, being larger."""
    decoder = codecs.getincrementaldecoder(encoding)()
    blocks = memoryview(data)
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(blocks[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # It says where: within all of it.
        data.decode(encoding.removesuffix("-sig"))
        raise


def _data_of(name: str) -> bytes:
    if name == STDIN:
        data = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _too_much(name, f"{LARGEST >> 20} MiB")
    if data.count(b"\n") > MOST_LINES:
        raise _too_much(name, f"{MOST_LINES:,} lines")
    for start in range(0, len(data) - LONGEST_LINE, LONGEST_LINE):
        end = start + LONGEST_LINE
        if data.find(b"\n", start, end) < 0 and data.find(b"\r", start, end) < 0:
            raise UsageError(
                f"{shown_name(name)} has a line of more than {LONGEST_LINE >> 20} MiB",
                hint="it is no list: its lines have some hundred letters",
            )
    return data


def _too_much(name: str, most: str) -> UsageError:
    return UsageError(f"{shown_name(name)} has more than {most}", hint="give it in several files")


def _not_utf8(name: str, wrong: str, encoding: str) -> UsageError:
    import shlex

    file = "FILE" if name == STDIN else shlex.quote(name)
    return UsageError(
        f"{shown_name(name)} {wrong}",
        hint='save it again as "CSV UTF-8", or convert it: '
        f"iconv -f {encoding} -t utf-8 {file} > NEW.csv",
    )


def shown_name(name: str) -> str:
    """How a sentence names a file."""
    return "standard input" if name == STDIN else name


def records_of(name: str | None, columns: Columns) -> tuple[Record, ...] | None:
    """The records of a file, CSV or JSON Lines, at once; None where no file is given."""
    lines = lines_of(name, columns)
    return None if lines is None else tuple(lines)


def lines_of(name: str | None, columns: Columns) -> Records | None:
    """The same, read as they are asked for."""
    if name is None:
        return None
    from mailctl.domain import records

    return records.parse(source_of(name), shown_name(name), columns)


def unread_columns(records: Iterable[Record], columns: Columns) -> tuple[str, ...]:
    """The columns of some lines that are neither read nor printed by a list of the same things."""
    return columns.unread(dict.fromkeys(name for record in records for name in record.values))


def note_unread(output: Output, columns: Sequence[str], file: str = "the file") -> None:
    """Name the columns of a file that are left alone."""
    if columns:
        names = card_guard.without(", ".join(columns))
        output.note(f"Columns of {file} that are not read: {names}.")


def columns_of(source: LineSource, known: Iterable[str]) -> frozenset[str]:
    """The names at the beginning of a file: its header, or the keys of its first object."""
    import json

    from mailctl.domain import records

    first = source.first_line().lstrip()
    if not first.startswith("{"):
        return frozenset(records.header_of(source, known))
    try:
        return frozenset(json.loads(first))
    except (ValueError, RecursionError):
        return frozenset()


def accounts_in(words: Iterable[str]) -> tuple[str, ...]:
    """The ids and addresses named; `-` stands for those on standard input, one a line."""
    found: list[str] = []
    for word in words:
        if word == STDIN:
            found.extend(parse.account_words(text_of(STDIN).splitlines()))
        else:
            # An empty word comes from an empty variable, and names no account.
            found.append(word.strip())
    return tuple(found)


def names_in(thing: str, words: Iterable[str]) -> tuple[str, ...]:
    """The names of things, each once; `-` stands for those on standard input, one a line."""
    found: list[str] = []
    for word in words:
        lines = text_of(STDIN).splitlines() if word == STDIN else [word]
        found.extend(line.strip().removeprefix(f"{thing}/") for line in lines if line.strip())
    return tuple(dict.fromkeys(found))


class Numbers(Value):
    """The ids or numbers that were named, each once; `many`: the answer is a list."""

    ids: tuple[int, ...]
    many: bool


def numbers_in(
    thing: str, words: Iterable[str], *, called: str | None = None, listed_by: str | None = None
) -> Numbers:
    """The numbers named; `-` stands for those on standard input, one a line, as `-o name` has them.

    `called` is what a sentence calls the thing, and `listed_by` the command that lists them, where
    these are not the thing's own words.
    Blank lines are left out; UsageError for a line that is no number. One that is named is one;
    what comes from standard input is always a list.
    """
    named = [part for word in words for part in word.split(",")]
    listing = listed_by or f"{thing} list"
    found: list[int] = []
    for word in named:
        is_list = word == STDIN
        found.extend(_numbers_on_stdin(thing, called or thing, listing) if is_list else [int(word)])
    ids = tuple(dict.fromkeys(found))
    return Numbers(ids=ids, many=STDIN in named or len(ids) != 1)


def _numbers_on_stdin(thing: str, called: str, listing: str) -> list[int]:
    from mailctl.domain.text import counted

    parse_number = parse.number(thing)
    found, wrong = [], []
    for at, line in enumerate(text_of(STDIN).splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(parse_number(line.strip()))
        except parse.BadValue:
            wrong.append((at, line.strip()))
    if wrong:
        at, line = wrong[0]
        shown = line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
        more = f" (nor {counted(len(wrong) - 1, 'other line')})" if len(wrong) > 1 else ""
        raise UsageError(
            f"line {at} of standard input, {shown!r}, is not the number of {parse.a(called)}{more}",
            hint=f"one a line, as mailctl {listing} -o name prints them",
        )
    return found
