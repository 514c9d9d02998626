"""Colour on a terminal: when there is any, and how a text gets it.

Each of them can be read on a light and on a dark ground; the words say the same without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TextIO


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Style(StrEnum):
    """How a text is set off, in the codes of terminals (ECMA-48)."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"
    YELLOW = "33"
    MAGENTA = "35"
    CYAN = "36"
    BOLD_RED = "1;31"
    BOLD_MAGENTA = "1;35"


def is_colored(choice: Color, stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a stream gets colour: the flag, NO_COLOR, FORCE_COLOR, the terminal (CLI, Form)."""
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    if environment.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if environment.get(name, "0") not in ("", "0"):
            return True
    return stream.isatty() and environment.get("TERM") != "dumb"


def styled(text: str, style: Style, *, is_colored: bool) -> str:
    """The text set off, where there is colour."""
    return f"\x1b[{style}m{text}\x1b[0m" if is_colored and style and text else text
