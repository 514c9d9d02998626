"""Text from the store is data: what would steer a terminal or a spreadsheet is made visible.

Everything that reaches a terminal, a message or a machine format passes one of these (CLI, Form).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TextIO

from mailctl.cli.nouns import NOUNS
from mailctl.cli.render.cells import cells
from mailctl.domain.cells import protected
from mailctl.domain.text import JOINERS, UNSEEN, only_seen

# Where the output is no terminal, nothing is broken or cut off.
UNLIMITED = 100_000
# A word as a shell reads it, with what is quoted in it.
_SHELL_WORD = re.compile(r"(?:'[^']*'|\"[^\"]*\"|\\.|\S)+")
# A line of a numbered list, and a command on a line of its own below one.
_NUMBERED = re.compile(r"\d+\. +(?=\S)")
_COMMAND_BELOW = re.compile(r" +(?=mailctl )")


def clean(text: str) -> str:
    r"""The text with every character that is not seen written out, as `\x1b` or `\u202e`."""
    if text.isprintable():
        return text
    if any(char in text for char in JOINERS):
        return only_seen(text, _written_out)
    return text.translate(_WRITTEN_OUT)


def json_text(text: str) -> str:
    r"""One line of JSON with what is not seen as `\u` escapes, which mean the same to a parser."""
    if text.isprintable():
        return text
    return text.translate(_JSON_ESCAPES)


def json_texts(texts: Sequence[str], *, between: str) -> str:
    """Texts of JSON as `json_text` shows each, with this between them."""
    # Looked at together, since there is hardly ever anything to escape. Of ASCII that is not seen
    # JSON has only DEL in it, and this is several times faster than isprintable.
    joined = between.join(texts)
    if joined.isascii() and "\x7f" not in joined:
        return joined
    return between.join(map(json_text, texts))


def are_seen(texts: Iterable[str]) -> bool:
    """Whether `clean` leaves all of these as they are."""
    return "".join(texts).isprintable()


def csv_text(text: str) -> str:
    """The text as a CSV cell that a spreadsheet shows instead of running it."""
    return protected(clean(text))


def wrapped(text: str, width: int) -> str:
    """Cleaned lines that end in a line end, broken between words where they are wider than that.

    What goes on in a numbered list is indented; a command below it can be pasted as it stands.
    """
    lines: list[str] = []
    for line in text.splitlines():
        seen = clean(line)
        if cells(seen) <= width:
            lines.append(seen)
        elif found := _NUMBERED.match(seen):
            first = found[0]
            lines += broken(seen[len(first) :], width, first=first, indent=len(first))
        elif found := _COMMAND_BELOW.match(seen):
            lines += broken_command(found[0], seen[len(found[0]) :], width)
        else:
            lines += broken(seen, width)
    return "".join(f"{line}\n" for line in lines)


def broken_command(start: str, command: str, width: int) -> list[str]:
    """A command in lines that end in a backslash, but for the last: a shell joins them again."""
    lines: list[str] = []
    line = start
    for word in _SHELL_WORD.findall(command):
        if line.strip() and line != start and len(line) + len(word) + len(" \\") > width:
            lines.append(f"{line}\\")
            line = " " * len(start)
        line += f"{word} "
    return [*lines, line.rstrip()]


def broken(text: str, width: int, *, first: str = "", indent: int = 0) -> list[str]:
    """The text in lines of a width, broken between words alone.

    The first line begins with `first`, and has a word at least; what goes on is indented.

    Ids, options and addresses are words. An amount with its currency, an option with its value, and
    a command in backticks or after `mailctl`, stay whole where they fit a line.
    """
    lines: list[str] = []
    line = first
    for blanks, unit in _units(text, width - indent):
        longer = line + blanks + unit
        if line != first and cells(longer) > width:
            lines.append(line)
            longer = " " * indent + unit
        line = longer
    return [*lines, line]


def _units(text: str, width: int) -> Iterator[tuple[str, str]]:
    """The words of a text, several in one where they belong together and fit a line.

    Each comes with the blanks before it.
    """
    for found in _unit().finditer(text):
        blanks, unit = found["blanks"], found["unit"]
        if " " not in unit or cells(unit) <= width:
            yield blanks, unit
        else:
            for word in unit.split():
                yield blanks, word
                blanks = " "


@cache
def _unit() -> re.Pattern[str]:
    nouns = "|".join(re.escape(noun) for noun in NOUNS)
    in_backticks = r"[^\s`]*`[^`]+`[^\s`]*"
    command = rf"mailctl (?:--store \S+ )?(?:{nouns})\b(?:(?![,;.:)](?:\s|$)).)*\S*"
    amount = r"-?\d[\d,.]* [A-Z]{3}\b\S*"
    option = r"--?[a-z][a-z-]* [A-Z]+\b\S*"
    whole = rf"{in_backticks}|{command}|{amount}|{option}|\S+"
    return re.compile(rf"(?P<blanks>\s*)(?P<unit>{whole})")


def width_of(stream: TextIO) -> int:
    """How wide a terminal is; without limit where it is none."""
    from shutil import get_terminal_size

    return get_terminal_size().columns if stream.isatty() else UNLIMITED


def _written_out(char: str) -> str:
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _json_escape(char: str) -> str:
    code = ord(char)
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


class _Escapes(dict[int, str | int]):
    """What stands for each character, found out when it is first met."""

    def __init__(self, escape: Callable[[str], str]) -> None:
        super().__init__()
        self._escape = escape

    def __missing__(self, code: int) -> str | int:
        char = chr(code)
        self[code] = self._escape(char) if unicodedata.category(char) in UNSEEN else code
        return self[code]


_WRITTEN_OUT = _Escapes(_written_out)
_JSON_ESCAPES = _Escapes(_json_escape)
