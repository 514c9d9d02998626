"""Help laid out for a terminal: words are never broken, options and commands stay in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mailctl.cli.render.text import broken

WIDEST = 80
"""Longer lines are hard to read, however wide the terminal is."""
_NARROWEST = 20
_STEP = 2
_GAP = 2
_LONGEST_TERM = 26
# Under this width an explanation stands below its term, not beside it.
_LEAST_BESIDE = 30
_LEAST_WORDS = 24
# A line of a page that begins with a word, a gap and its explanation.
_DEFINED = re.compile(r"(?P<term> *\S+(?: \S+)*) {2,}(?P<text>\S.*)")


def page_width() -> int:
    """How wide help is: as the terminal, but never wider than is read easily."""
    from shutil import get_terminal_size

    return max(_NARROWEST, min(get_terminal_size().columns, WIDEST))


def filled(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """A paragraph as lines, broken between words alone; a word that is too long stands out."""
    return broken(text, width, first=first, indent=len(others)) if text.strip() else []


def reflowed(text: str, width: int) -> str:
    """A page that was laid out for 80 columns, for fewer; what is indented like code is kept."""
    if max(map(len, text.split("\n"))) <= width:
        return text
    lines: list[str] = []
    for start, indent, words in _blocks(text.split("\n")):
        if start is None:
            lines.append(words)
        elif width - indent < _LEAST_WORDS and start.strip():
            few = " " * (len(start) - len(start.lstrip()))
            lines += [start.rstrip(), *filled(words, width, f"{few}    ", f"{few}    ")]
        elif len(start) >= indent > 0:
            lines += [start, *filled(words, width, " " * indent, " " * indent)]
        else:
            lines += filled(words, width, start.ljust(indent), " " * indent)
    return "\n".join(lines)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[str | None, int, str]]:
    """What belongs together: how it begins, how far it is indented, its words.

    None begins a line that stays as it is.
    """
    block: tuple[str, int, str] | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        found = _DEFINED.fullmatch(line)
        if block and line.strip() and indent == block[1] and not found:
            block = (block[0], block[1], f"{block[2]} {line.strip()}")
            continue
        if block and indent and not found and not block[1] and " " not in block[2]:
            # A term that is too long to have its explanation beside it.
            block = (block[2], indent, line.strip())
            continue
        if block:
            yield block
            block = None
        if found:
            block = (found["term"], found.start("text"), found["text"])
        elif line.strip() and not indent:
            block = ("", 0, line)
        else:
            yield None, 0, line
    if block:
        yield block


class HelpPage:
    """The help of a command as it is written, section by section; it stands in for Typer's."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.current_indent = 0
        self._lines: list[str] = []

    def getvalue(self) -> str:
        """The whole page."""
        return "".join(f"{line}\n" for line in self._lines)

    def write(self, text: str) -> None:
        """Add text as it stands, which ends in a line end."""
        self._lines += text.removesuffix("\n").split("\n")

    def write_usage(self, program: str, arguments: str = "", prefix: str = "Usage: ") -> None:
        """Add the usage line; what does not fit goes on below the arguments."""
        start = f"{prefix}{program} "
        if len(start) + 20 <= self.width:
            self._lines += filled(arguments or " ", self.width, start, " " * len(start)) or [start]
        else:
            self._lines += [start.rstrip(), *filled(arguments, self.width, " " * 8, " " * 8)]

    def write_paragraph(self) -> None:
        """Add an empty line between paragraphs."""
        if self._lines:
            self._lines.append("")

    def write_heading(self, heading: str) -> None:
        """Add the title of a section."""
        self._lines.append(f"{'':{self.current_indent}}{heading}:")

    def write_text(self, text: str) -> None:
        """Add a paragraph of prose."""
        indent = " " * self.current_indent
        self._lines += filled(text, self.width, indent, indent)

    def write_dl(self, rows: Sequence[tuple[str, str]]) -> None:
        """Add terms and their explanations: beside them where there is room, else below."""
        longest = max((len(term) for term, _ in rows), default=0)
        column = self.current_indent + min(longest, _LONGEST_TERM) + _GAP
        below = self.width - column < _LEAST_BESIDE
        indent = " " * (self.current_indent + 4 if below else column)
        for term, text in rows:
            start = f"{'':{self.current_indent}}{term}"
            if below or len(start) + _GAP > column or not text:
                self._lines += [start, *filled(text, self.width, indent, indent)]
            else:
                self._lines += filled(text, self.width, start.ljust(column), indent)

    def indent(self) -> None:
        """Indent what follows by a step."""
        self.current_indent += _STEP

    def dedent(self) -> None:
        """Take the last step back."""
        self.current_indent -= _STEP

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A titled part of the page."""
        self.write_paragraph()
        self.write_heading(name)
        with self.indentation():
            yield

    @contextmanager
    def indentation(self) -> Iterator[None]:
        """A part that is indented."""
        self.indent()
        try:
            yield
        finally:
            self.dedent()
