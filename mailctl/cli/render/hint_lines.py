"""A hint on a terminal: a command that is wider is broken so that a shell joins it again."""

from __future__ import annotations

from mailctl.cli.render.text import broken_command, clean, wrapped

_FIRST, _OTHER = "hint: ", "  or: "


def hint_lines(hint: str, width: int) -> str:
    """The hint, ending in a line end; whole commands can be pasted into a shell as they stand."""
    ways = hint.split(", or ")
    if len(f"{_FIRST}{hint}") <= width or not all(way.startswith("mailctl ") for way in ways):
        return wrapped(f"{_FIRST}{hint}", width)
    starts = (_FIRST, *(_OTHER for _ in ways[1:]))
    return "".join(
        f"{line}\n"
        for start, way in zip(starts, ways, strict=True)
        for line in broken_command(start, clean(way), width)
    )
