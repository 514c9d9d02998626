"""Reading letters in tests: written as they would be sent now, and their HTML taken apart."""

from __future__ import annotations

from html.parser import HTMLParser
from shlex import split

from mailctl.notices.letter import Letter, compose
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.store.plain import rows

DEBTOR = """
init --clock 2026-01-10 --seller-name "Hote SAS"
customer add krull --name "Krull GmbH" --email it@krull.example --country DE
platform add krull-hx --customer krull --offer hosted-exchange
account order krull-hx ann@krull.example --count 2 -y
"""
"""Somebody without money who has ordered: notices 1 `order-confirmed` and 2 `debt-opened`."""


def letter(cli: Cli, number: int, *, with_secret: bool = True) -> Letter:
    """The letter of a notice, as it would be sent now."""
    with store_at(cli.store).read() as db:
        return compose(db, number, with_secret=with_secret)


def last_of(cli: Cli, kind: str) -> int:
    """The id of the last notice of a kind."""
    ((number,),) = rows(cli.store, f"SELECT max(id) FROM notice WHERE kind = '{kind}'")
    return int(number)


def run(cli: Cli, lines: str) -> Cli:
    """Carry out commands, one a line."""
    for line in lines.split("\n"):
        if line.strip():
            cli.ok(*split(line))
    return cli


def plain(text: str) -> str:
    """A text whose spaces that do not break are ordinary ones."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


class Words(HTMLParser):
    """What an HTML document shows, and of what it is made."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.shown: list[str] = []
        self._inside = ""
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside != "title":
            self.shown += data.split()
