"""The texts of the notices: three languages that say the same, each in its own way of writing."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import mailctl
from mailctl.texts.translations import TEXTS, translation

LANGUAGES = ("fr", "de", "en")


class Placeholders(Visitor):
    """The names after a dollar sign in a text."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        """One of them."""
        self.found.add(node.id.name)


def messages(language: str) -> list[ftl.Message]:
    """The messages of a language; a file that a translator broke has something else in it."""
    resource = FluentParser().parse((TEXTS / f"{language}.ftl").read_text(encoding="utf-8"))
    assert [entry for entry in resource.body if isinstance(entry, ftl.Junk)] == []
    return [entry for entry in resource.body if isinstance(entry, ftl.Message)]


def texts(language: str) -> dict[str, ftl.Pattern]:
    """Every text of a language by its name, in the order of the file."""
    return {
        f"{message.id.name}.{attribute.id.name}": attribute.value
        for message in messages(language)
        for attribute in message.attributes
    }


def placeholders(language: str) -> list[tuple[str, list[str]]]:
    """Every text's name with the placeholders that it has."""
    found = []
    for name, pattern in texts(language).items():
        visitor = Placeholders()
        visitor.visit(pattern)
        found.append((name, sorted(visitor.found)))
    return found


@pytest.mark.parametrize("language", ["fr", "de"])
def test_no_language_lacks_a_text_or_a_placeholder(language: str) -> None:
    """The same texts, in the same order, with the same placeholders, none of them unknown."""
    assert placeholders(language) == placeholders("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_written_twice(language: str) -> None:
    """Of two texts of one name a reader would get the first, and its translator never know."""
    names = [
        f"{message.id.name}.{attribute.id.name}"
        for message in messages(language)
        for attribute in message.attributes
    ]
    assert len(names) == len(set(names))
    assert len({message.id.name for message in messages(language)}) == len(messages(language))


def test_every_text_is_used() -> None:
    """A text that no letter and no document has would be translated for nobody.

    A text about a term stands for its twin about a single day.
    """
    home = Path(mailctl.__file__).parent
    said = {
        node.value
        for folder in ("notices", "documents", "texts")
        for path in home.glob(f"{folder}/*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [
        name
        for name in texts("en")
        if not {name, name.partition(".")[2], name.removesuffix("-day")} & said
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_for_translators_is_no_text(language: str) -> None:
    """A comment stands before its message: inside of one it would be sent."""
    for message in messages(language):
        for attribute in message.attributes:
            assert not any(
                isinstance(part, ftl.TextElement) and re.search(r"(^|\n)\s*#", part.value)
                for part in attribute.value.elements
            ), attribute.id.name


WRONG = {
    "fr": r"""(?<![\u00a0])[:»]|(?<!\u202f)[;?!]|«(?!\u00a0)|['"]""",
    "de": r"""\s[:;?!]|["”']""",
    "en": r"""\s[:;?!]|["']""",
}
"""By language, what its typography does not have in a sentence."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_typography_is_that_of_the_language(language: str) -> None:
    """French keeps a space that does not break before tall signs; nobody uses typewriter quotes."""

    class Sentences(Visitor):
        def visit_TextElement(self, node: ftl.TextElement) -> None:  # noqa: N802
            assert re.search(WRONG[language], node.value) is None, repr(node.value)

    for pattern in texts(language).values():
        Sentences().visit(pattern)


@pytest.mark.parametrize(
    ("language", "first", "other", "amount", "negative", "rate", "month"),
    [
        ("fr", "1er\u00a0mars\u00a02026", "28\u00a0février\u00a02026", "1\u202f234,56\u00a0€",
         "-0,05\u00a0€", "5,5\u00a0%", "août 2026"),
        ("de", "1.\u00a0März\u00a02026", "28.\u00a0Februar\u00a02026", "1.234,56\u00a0€",
         "-0,05\u00a0€", "5,5\u00a0%", "August 2026"),
        ("en", "1\u00a0March\u00a02026", "28\u00a0February\u00a02026", "€1,234.56",
         "-€0.05", "5.5%", "August 2026"),
    ],
)  # fmt: skip
def test_dates_and_amounts_are_written_as_the_language_does(
    language: str, first: str, other: str, amount: str, negative: str, rate: str, month: str
) -> None:
    """By the library, to the cent; the first of a French month is its premier."""
    said = translation(language)
    assert said.day(date(2026, 3, 1)) == first
    assert said.day(date(2026, 2, 28)) == other
    assert said.money(123456, "EUR") == amount
    assert said.money(-5, "EUR") == negative
    assert said.rate(550) == rate
    assert said.month(date(2026, 8, 31)) == month


def test_an_amount_is_never_rounded() -> None:
    """Not in a currency without cents, nor where a float would have lost them."""
    assert translation("en").money(123456, "JPY") == "JP¥1,234.56"
    assert translation("en").money(90071992547409931, "EUR") == "€900,719,925,474,099.31"


@pytest.mark.parametrize(
    ("language", "one", "many", "thousand"),
    [
        ("fr", "Une boîte e-mail supprimée", "2 boîtes e-mail supprimées",
         "1\u202f000 boîtes e-mail supprimées"),
        ("de", "Ein Postfach gelöscht", "2 Postfächer gelöscht", "1.000 Postfächer gelöscht"),
        ("en", "One mailbox deleted", "2 mailboxes deleted", "1,000 mailboxes deleted"),
    ],
)  # fmt: skip
def test_plurals(language: str, one: str, many: str, thousand: str) -> None:
    """One and many, as the language has them."""
    said = translation(language)
    assert said.say("accounts-deleted.subject", count=1) == one
    assert said.say("accounts-deleted.subject", count=2) == many
    assert said.say("accounts-deleted.subject", count=1000) == thousand


def test_a_fact_that_only_another_program_can_have_written_breaks_no_letter() -> None:
    """Fluent refuses to write thousands of letters: they are cut off."""
    said = translation("en").say("frame.about", name="N" * 100_000, customer="acme")
    assert len(said) < 3_000
    assert "acme" in said
