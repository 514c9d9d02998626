"""Input that is not on the command line: files of records, and words from standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from errno import EACCES, EISDIR, ELOOP, ENAMETOOLONG, ENOENT, ENOTDIR, EPERM, EROFS
from pathlib import Path
from typing import TYPE_CHECKING

from mailctl.cli import parse
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.domain.records import Record

STDIN = "-"
UNFIT_NAME = (ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG, EROFS)
"""Why a file cannot be made under a name that somebody gave: another name would do."""
LARGEST = 256 << 20
"""So many bytes of a file are read at most: a device that never ends is no list of accounts."""


def text_of(name: str) -> str:
    """The text of a file, `-` for standard input; UsageError where it cannot be read."""
    try:
        data = _data_of(name)
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{said(name)} is not UTF-8 text (byte {error.start + 1})",
            hint=f"iconv -f latin1 -t utf-8 {name}, if it is Latin-1",
        ) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UsageError(
            f"{said(name)} cannot be read: {reason}",
            hint="give the path of a file, or - for standard input",
        ) from None


def _data_of(name: str) -> bytes:
    if name == STDIN:
        data = sys.stdin.buffer.read(LARGEST + 1)
    else:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UsageError(
            f"{said(name)} has more than {LARGEST >> 20} MiB", hint="give it in several files"
        )
    return data


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
    except (ValueError, RecursionError, csv.Error):
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
