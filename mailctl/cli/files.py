"""Input that is not on the command line: files of records, and words from standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl.cli import parse
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.domain.records import Record

STDIN = "-"


def text_of(name: str) -> str:
    """The text of a file, `-` for standard input; UsageError where it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{said(name)} is not UTF-8 text (byte {error.start + 1})",
            hint=f"iconv -f latin1 -t utf-8 {name}, if it is Latin-1",
        ) from None
    except OSError as error:
        raise UsageError(
            f"{said(name)} cannot be read: {(error.strerror or str(error)).lower()}",
            hint="give the path of a file, or - for standard input",
        ) from None


def said(name: str) -> str:
    """How a sentence names a file."""
    return "standard input" if name == STDIN else name


def records_of(
    name: str | None, *, allowed: Sequence[str], needed: Sequence[str]
) -> tuple[Record, ...] | None:
    """The records of a file, CSV or JSON Lines; None where no file is given."""
    if name is None:
        return None
    from mailctl.domain import records

    return tuple(records.parse(text_of(name), said(name), allowed=allowed, needed=needed))


def columns_of(text: str) -> frozenset[str]:
    """The names that a file's first line has: its header, or the keys of its first object."""
    import csv
    import json

    first = text.removeprefix("\ufeff").lstrip().partition("\n")[0]
    try:
        if first.startswith("{"):
            return frozenset(json.loads(first))
        return frozenset(name.strip() for name in next(csv.reader([first]), []))
    except (ValueError, csv.Error):
        return frozenset()


def accounts_in(words: Iterable[str]) -> tuple[str, ...]:
    """The ids and addresses named; `-` stands for those on standard input, one a line."""
    found: list[str] = []
    for word in words:
        if word == STDIN:
            found.extend(parse.account_words(text_of(STDIN).splitlines()))
        else:
            # An empty word is somebody's empty variable, and names no account.
            found.append(word.strip())
    return tuple(found)
