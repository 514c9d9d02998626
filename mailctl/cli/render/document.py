"""Pages for people: headings, labelled lines, rows, commands; on a terminal and in a pipe alike.

Lines break between words alone, never inside an amount, and commands never: they are copied.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

from mailctl.cli.render.colors import Style, is_colored, styled
from mailctl.cli.render.output import Output
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.render.text import broken, clean
from mailctl.domain.text import counted
from mailctl.values import Value

LABELS = 13
"""How wide the labels before lines are."""
WIDEST = 100
"""A line longer than this is hard to read, however wide the terminal is."""
NARROW = 60
"""On a page narrower than this what goes on needs its whole width: addresses are not broken."""
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d [A-Z]{3}")


class Line(Value):
    """A line of a page; what has no room goes on under `indent` columns."""

    text: str
    indent: int = 0
    is_heading: bool = False
    is_command: bool = False


BLANK = Line(text="")


def heading(text: str) -> Line:
    """The line over a section."""
    return Line(text=text, is_heading=True, indent=2)


def labelled(label: str, parts: Iterable[str]) -> Line:
    """A label and what belongs to it, joined by commas; empty parts are left out."""
    return Line(text=f"{label:<{LABELS}}{', '.join(filter(None, parts))}".rstrip(), indent=LABELS)


def joined(*parts: str) -> Line:
    """What belongs together on a line, joined by commas; empty parts are left out."""
    return Line(text=f"  {', '.join(filter(None, parts))}", indent=2)


def rows(found: Iterable[Sequence[str]]) -> Iterator[Line]:
    """Lines under a heading whose cells stand below each other; amounts end in one column."""
    cells = [[clean(cell) for cell in row] for row in found]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        placed = [
            cell.rjust(wide) if _AMOUNT.fullmatch(cell) else cell.ljust(wide)
            for cell, wide in zip(row, widths, strict=True)
        ]
        yield Line(text=f"  {'  '.join(placed)}".rstrip(), indent=4 + (widths[0] if widths else 0))


def commands(pairs: Iterable[tuple[str, str]], width: int) -> Iterator[Line]:
    """Commands to be copied, whole, each behind what it is for, where there is room for both."""
    found = list(pairs)
    wide = max((len(text) for text, _ in found), default=0)
    fits = all(4 + wide + len(complete(command)) <= width for _, command in found)
    for text, command in found:
        before = f"{text:<{wide}}  " if fits else ""
        yield Line(text=f"  {before}{command}", is_command=True)


def more(left: int, what: str, command: str) -> Iterator[Line]:
    """How many of a list are not shown, and the command that lists all; nothing where none is."""
    if left > 0:
        left_out = counted(left, f"more {what}")
        yield Line(text=f"  and {left_out}: {command}", is_command=True, indent=4)


def width_for(output: Output) -> int:
    """How wide a page is."""
    return min(output.document_width(), WIDEST)


def show(output: Output, lines: Iterable[Line]) -> None:
    """Write a page on stdout."""
    colored = is_colored(output.color, sys.stdout, os.environ)
    output.drawn(
        styled(part, Style.BOLD if line.is_heading else Style.PLAIN, is_colored=colored) + "\n"
        for line in lines
        for part in laid_out(line, width_for(output))
    )


def laid_out(line: Line, width: int) -> list[str]:
    """A line as a page so wide has it, with the store in its commands."""
    # Text of the store is no command, whatever it says.
    text = clean(complete(line.text) if line.is_command else line.text)
    if len(text) <= width:
        return [text]
    if line.is_command:
        # What it is for stands above; the command is whole, on a line of its own.
        what, sign, command = text.partition("mailctl ")
        return [what.rstrip(), f"    {sign}{command}"] if what.strip() else [text]
    return broken(text, width, indent=line.indent if width >= NARROW else 2)
