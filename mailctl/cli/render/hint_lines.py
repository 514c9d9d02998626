"""A hint on a terminal: a command that is wider is broken so that a shell joins it again."""

from __future__ import annotations

import re

from mailctl.cli.render.text import clean, wrapped

# A word as a shell reads it, with what is quoted in it.
_SHELL_WORD = re.compile(r"(?:'[^']*'|\"[^\"]*\"|\\.|\S)+")
_FIRST, _OTHER = "hint: ", "  or: "


def hint_lines(hint: str, width: int) -> str:
    """The hint, ending in a line end; whole commands can be pasted into a shell as they stand."""
    ways = hint.split(", or ")
    if len(f"{_FIRST}{hint}") <= width or not all(way.startswith("mailctl ") for way in ways):
        return wrapped(f"{_FIRST}{hint}", width)
    starts = (_FIRST, *(_OTHER for _ in ways[1:]))
    return "".join(
        _command(start, clean(way), width) for start, way in zip(starts, ways, strict=True)
    )


def _command(start: str, command: str, width: int) -> str:
    """A command in lines that end in a backslash, but for the last."""
    lines: list[str] = []
    line = start
    for word in _SHELL_WORD.findall(command):
        if line.strip() and line != start and len(line) + len(word) + len(" \\") > width:
            lines.append(f"{line}\\")
            line = " " * len(start)
        line += f"{word} "
    return "".join(f"{one}\n" for one in (*lines, line.rstrip()))
