"""A document while it is laid out: its paper, its words, and how far down the sheet it has come."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.documents.paper import Paper, Style
from mailctl.documents.places import BOTTOM, TOP_AGAIN, Window
from mailctl.domain.documents import Document, DocumentCode
from mailctl.texts.translations import Fact, Translation


@dataclass(slots=True, kw_only=True)
class Composition:
    """`y` is where the next thing begins."""

    document: Document
    window: Window
    texts: Translation
    paper: Paper
    y: float = 0.0

    def say(self, name: str, **facts: Fact) -> str:
        """A text of documents, or of what the letters share with them."""
        return self.texts.say(name if "." in name else f"document.{name}", **facts)

    def money(self, cents: int) -> str:
        """An amount with its currency."""
        return self.texts.money(cents, self.document.currency)

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes back what another document billed."""
        return self.document.code is DocumentCode.CREDIT_NOTE

    @property
    def title(self) -> str:
        """What it is, and its number."""
        kind = self.say("credit-note" if self.is_credit_note else "invoice")
        return f"{kind} {self.document.number}"

    def fits(self, height: float) -> bool:
        """Whether the sheet has room for so many millimetres."""
        return self.y + height <= BOTTOM

    def turn(self) -> None:
        """Go on at the top of a new sheet."""
        self.paper.new_page()
        self.y = TOP_AGAIN

    def keep(self, height: float) -> None:
        """Go on where that height stands together."""
        if not self.fits(height):
            self.turn()

    def paragraph(self, text: str, style: Style, x: float, width: float) -> None:
        """Write a text, a line after the other, over as many sheets as it takes."""
        for line in self.paper.wrapped(text, style, width):
            self.keep(style.leading)
            self.y += style.leading
            self.paper.write(x, self.y, line, style)

    def pair(
        self, label: str, value: str, x: float, width: float, styles: tuple[Style, Style]
    ) -> None:
        """Write a label on the left and its value on the right, below it if there is no room."""
        faint, strong = styles
        paper = self.paper
        lines = paper.wrapped(value, strong, width)
        self.y += strong.leading
        paper.write(x, self.y, label, faint)
        if paper.width(label, faint) + paper.width(lines[0], strong) + 2 > width or len(lines) > 1:
            self.y += strong.leading
        for at, line in enumerate(lines):
            self.y += strong.leading * bool(at)
            paper.write(x + width, self.y, line, strong, right=True)
