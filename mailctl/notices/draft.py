"""A letter while it is written: paragraphs, figures and lists, for plain text and HTML alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Protocol, TypeVar

from mailctl.documents import pictures
from mailctl.domain.documents import Transfer
from mailctl.domain.text import visible
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import letters
from mailctl.store.queries.letter_money import TermCount
from mailctl.store.queries.letters import NamedAccount, Notice
from mailctl.texts.translations import Fact, Translation
from mailctl.values import Value


class Paragraph(Value):
    """One or more sentences."""

    text: str


class Figures(Value):
    """Labels with their values; `lines` are the same as plain text."""

    rows: Sequence[tuple[str, str]]
    lines: Sequence[str]


class Items(Value):
    """A list with its heading."""

    heading: str
    entries: Sequence[str]


class Code(Value):
    """A code on a line of its own."""

    code: str


class Scan(Value):
    """What a banking app reads a transfer from, for who reads the letter as a page alone."""

    payee: str
    transfer: Transfer
    cents: int
    caption: str

    @property
    def png(self) -> bytes:
        """Its picture."""
        return pictures.transfer_png(self.payee, self.transfer, self.cents)


Part = Paragraph | Figures | Items | Code | Scan


class ListedMailbox(Protocol):
    """What a letter lists: an address, or the platform of a mailbox that has none yet."""

    @property
    def address(self) -> str | None:
        """Its address, once it has one."""

    @property
    def platform(self) -> str:
        """The platform that it is on."""


Mailbox = TypeVar("Mailbox", bound=ListedMailbox)


class Draft:
    """The letter of one notice, written part by part.

    A text is named by its attribute where it is the kind's own, by `message.attribute` where it is
    shared.
    """

    def __init__(
        self, reader: Reader, notice: Notice, texts: Translation, *, with_secret: bool
    ) -> None:
        self.reader = reader
        self.notice = notice
        self.texts = texts
        self.with_secret = with_secret
        self.parts: list[Part] = []

    def say(self, name: str, /, **facts: Fact) -> str:
        """A text of this kind, or a shared one, filled in."""
        return self.texts.say(name if "." in name else f"{self.notice.kind}.{name}", **facts)

    def money(self, cents: int) -> str:
        """An amount in the store's currency."""
        return self.texts.money(cents, self.reader.info.currency)

    @cached_property
    def accounts(self) -> list[NamedAccount]:
        """The accounts that the letter names, by day."""
        return letters.accounts(self.reader, self.notice)

    def write(self, name: str, /, **facts: Fact) -> None:
        """Add a paragraph."""
        self.parts.append(Paragraph(text=self.say(name, **facts)))

    def append(self, name: str, /, **facts: Fact) -> None:
        """Add to the last paragraph."""
        last = self.parts.pop()
        assert isinstance(last, Paragraph)
        self.parts.append(Paragraph(text=f"{last.text} {self.say(name, **facts)}"))

    def add(self, part: Part) -> None:
        """Add a part that is already written."""
        self.parts.append(part)

    def figures(self, rows: Iterable[tuple[str, Fact | None]]) -> None:
        """Add figures by the names of their labels, without those that are None."""
        self.labelled(
            (self.texts.say(f"label.{name}"), self._shown(value))
            for name, value in rows
            if value is not None
        )

    def labelled(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add figures whose labels are already written."""
        found = list(rows)
        self.parts.append(
            Figures(
                rows=found,
                lines=[
                    self.texts.say("frame.figure", label=name, value=text) for name, text in found
                ],
            )
        )

    def sums(
        self, net_cents: int, tax_cents: int, total_cents: int, *, rate: int | None = None
    ) -> list[tuple[str, str]]:
        """Labels and amounts of net, tax and total; the rate in hundredths of a percent."""
        label = (
            self.texts.say("label.tax")
            if rate is None
            else self.texts.say("label.tax-at", rate=self.texts.rate(rate))
        )
        return [
            (self.texts.say("label.net"), self.money(net_cents)),
            (label, self.money(tax_cents)),
            (self.texts.say("label.total"), self.money(total_cents)),
        ]

    def lines(self, heading: str, lines: Iterable[TermCount]) -> None:
        """Add a list of what is billed, with equal terms counted."""
        items = [
            self.texts.say(
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

    def mailboxes(self, mailboxes: Iterable[Mailbox], heading: Callable[[Mailbox], str]) -> None:
        """Add lists of mailboxes, one under each heading. Blank mailboxes are counted."""
        groups: dict[str, tuple[list[str], Counter[str]]] = {}
        for mailbox in mailboxes:
            addresses, blank = groups.setdefault(heading(mailbox), ([], Counter()))
            if mailbox.address is None:
                blank[mailbox.platform] += 1
            else:
                addresses.append(visible(mailbox.address))
        for title, (addresses, blank) in groups.items():
            unnamed = [
                self.texts.say("accounts.blank", count=count, platform=platform)
                for platform, count in blank.items()
            ]
            self.add(Items(heading=title, entries=addresses + unnamed))

    def _shown(self, value: Fact) -> str:
        if isinstance(value, str):
            return visible(value)
        return str(value) if isinstance(value, int) else self.texts.day(value)
