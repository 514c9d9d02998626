"""Wrong lines of a file, by cause: how many of each, the first ones, and every one if asked for.

Memory holds a few lines of each cause, however many are wrong; every line goes to a temporary file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from mailctl.values import Value, fields

FIRST = 3
"""How many lines of a cause are kept as examples."""


class WrongLine(Value):
    """One wrong line, or one wrong word of a command line: where, in which column, and why.

    `line` counts as an editor does. `code` is that of the refusal, `value` what the column has.
    """

    file: str | None = None
    line: int | None = None
    column: str | None = None
    value: str | None = None
    code: str
    message: str

    @property
    def place(self) -> str:
        """Where it is: `accounts.csv, line 7`, or nothing for a word of the command line."""
        number = None if self.line is None else f"line {self.line}"
        return ", ".join(part for part in (self.file, number) if part)

    @property
    def text(self) -> str:
        """Where it is, and what is wrong."""
        return f"{self.place}: {self.message}" if self.place else self.message

    def item(self) -> dict[str, str | int | None]:
        """Its parts by name."""
        return fields(self)


@dataclass(slots=True, kw_only=True)
class Cause:
    """Lines that are wrong for one reason: the same refusal, in the same column."""

    code: str
    column: str | None
    reason: str | None
    count: int = 0
    first: list[WrongLine] = field(default_factory=list)


class WrongLines:
    """The wrong lines found so far; with `every` each of them can be listed.

    `first` are the first ones of each cause, in the order in which they were found; `has_every`
    says that there are more than those to read.
    """

    def __init__(self, *, every: bool = False) -> None:
        self._causes: dict[tuple[str, str | None, str | None], Cause] = {}
        self.has_every = every
        self._every: IO[str] | None = None
        self.first: list[WrongLine] = []
        self.count = 0

    def add(self, wrong: WrongLine, reason: str | None = None) -> None:
        """Count a wrong line; those of one code, column and reason have one cause."""
        key = (wrong.code, wrong.column, reason)
        cause = self._causes.get(key)
        if cause is None:
            cause = Cause(code=wrong.code, column=wrong.column, reason=reason)
            self._causes[key] = cause
        cause.count += 1
        self.count += 1
        if cause.count <= FIRST:
            cause.first.append(wrong)
            self.first.append(wrong)
        if self.has_every:
            self._every = self._every or _temporary_file()
            self._every.write(_packed(wrong))

    @property
    def causes(self) -> list[Cause]:
        """The causes, the most frequent first."""
        return sorted(self._causes.values(), key=lambda cause: -cause.count)

    def lines(self) -> Iterator[WrongLine]:
        """Every wrong line in its order, or the first ones of each cause if no more are kept."""
        if self._every is None:
            yield from self.first
            return
        from json import loads

        self._every.seek(0)
        for line in self._every:
            yield WrongLine(**loads(line))

    def close(self) -> None:
        """Give the temporary file up, once the lines have been read."""
        if self._every is not None:
            self._every.close()


def _packed(wrong: WrongLine) -> str:
    # Needed for few commands, and each pays for what it imports.
    from json import dumps

    return f"{dumps(wrong.item())}\n"


def _temporary_file() -> IO[str]:
    from tempfile import SpooledTemporaryFile

    # A file without a name, which is gone with the process.
    return SpooledTemporaryFile(max_size=1 << 20, mode="w+", encoding="utf-8")
