"""A letter while it is written: paragraphs, figures and lists, for plain text and HTML alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailctl.notices.words import Fact, Words, seen
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.letter_money import Line, Sums
from mailctl.store.queries.letters import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Labels with what they stand for; `lines` are the same as plain text."""

    rows: Sequence[tuple[str, str]]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list with what stands above it."""

    heading: str
    entries: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code on a line of its own."""

    code: str


Part = Paragraph | Figures | Items | Code


class Draft:
    """The letter of one notice, written part by part.

    A text is named by its attribute where it is the kind's own, by `message.attribute` where it is
    shared.
    """

    def __init__(self, reader: Reader, notice: Head, words: Words, *, with_secret: bool) -> None:
        self.reader = reader
        self.notice = notice
        self.words = words
        self.with_secret = with_secret
        self.parts: list[Part] = []

    def say(self, name: str, /, **facts: Fact) -> str:
        """A text of this kind, or a shared one, filled in."""
        return self.words.say(name if "." in name else f"{self.notice.kind}.{name}", **facts)

    def money(self, cents: int) -> str:
        """An amount in the store's currency."""
        return self.words.money(cents, self.reader.info.currency)

    def tell(self, name: str, /, **facts: Fact) -> None:
        """Add a paragraph."""
        self.parts.append(Paragraph(text=self.say(name, **facts)))

    def go_on(self, name: str, /, **facts: Fact) -> None:
        """Add to the last paragraph."""
        last = self.parts.pop()
        assert isinstance(last, Paragraph)
        self.parts.append(Paragraph(text=f"{last.text} {self.say(name, **facts)}"))

    def add(self, part: Part) -> None:
        """Add what is written already."""
        self.parts.append(part)

    def figures(self, rows: Iterable[tuple[str, Fact | None]]) -> None:
        """Add figures under the names of their labels; those that are None are left out."""
        self.labelled(
            (self.words.say(f"label.{name}"), self._shown(value))
            for name, value in rows
            if value is not None
        )

    def labelled(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add figures whose labels are written already."""
        found = list(rows)
        self.parts.append(
            Figures(
                rows=found,
                lines=[
                    self.words.say("frame.figure", label=name, value=text) for name, text in found
                ],
            )
        )

    def sums(self, sums: Sums) -> list[tuple[str, str]]:
        """Labels and amounts of net, tax and total."""
        label = (
            self.words.say("label.tax")
            if sums.rate is None
            else self.words.say("label.tax-at", rate=self.words.rate(sums.rate))
        )
        return [
            (self.words.say("label.net"), self.money(sums.net_cents)),
            (label, self.money(sums.tax_cents)),
            (self.words.say("label.total"), self.money(sums.total_cents)),
        ]

    def lines(self, heading: str, lines: Iterable[Line]) -> None:
        """Add a list of what is billed, alike terms together."""
        items = [
            self.words.say(
                "accounts.line",
                count=line.count,
                period=line.period,
                offer=line.offer,
                amount=self.money(line.count * line.unit_cents),
            )
            for line in lines
        ]
        if items:
            self.add(Items(heading=heading, entries=items))

    def mailboxes(self, rows: Iterable[tuple[str, str | None, str]]) -> None:
        """Add lists of mailboxes: heading, address, platform. Blank ones are counted."""
        groups: dict[str, tuple[list[str], dict[str, int]]] = {}
        for heading, address, platform in rows:
            addresses, blank = groups.setdefault(heading, ([], {}))
            if address is None:
                blank[platform] = blank.get(platform, 0) + 1
            else:
                addresses.append(seen(address))
        for heading, (addresses, blank) in groups.items():
            unnamed = [
                self.words.say("accounts.blank", count=count, platform=platform)
                for platform, count in blank.items()
            ]
            self.add(Items(heading=heading, entries=addresses + unnamed))

    def _shown(self, value: Fact) -> str:
        if isinstance(value, str):
            return seen(value)
        return str(value) if isinstance(value, int) else self.words.day(value)
