"""Commands in running text, and in blocks that no test can run, exist with all their options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer._click.core import Context

from mailctl.cli.app import program
from mailctl.cli.nouns import NOUNS
from mailctl.cli.tree import Group
from tests.docs.pages import ROOT, inline_commands, page

PAGES = (
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if "reference" not in path.parts),
    *sorted((ROOT / "examples").rglob("*.md")),
    *sorted((ROOT / "contrib").rglob("*.md")),
)
# What ends a command in a shell, or only marks a place in a text.
ENDS = ("|", ";", "&&", ">", "2>", "<")
VALUED = ("--store", "--wait", "--color")


def commands_of(path: Path) -> list[str]:
    """Every command of mailctl that a page names, as far as it stands there."""
    read = page(path)
    found = [
        text.removeprefix("mailctl ")
        for text in inline_commands(read.text)
        if text.startswith("mailctl ") or _names_a_command(text)
    ]
    for block in read.blocks:
        if block.language == "sh":
            for line in block.lines:
                found += re.findall(r"(?:^|&& |; |sudo -u mailctl )mailctl (.+)", line)
    return found


def _names_a_command(text: str) -> bool:
    """A noun and a word after it, as `account renew` stands in a sentence."""
    noun, _, rest = text.partition(" ")
    return noun in NOUNS and re.match(r"[a-z]|--", rest) is not None


def unknown_word(text: str) -> str | None:
    """The first word of a command that mailctl does not know: a noun, a verb or an option."""
    command: Any = program()
    context = Context(command, info_name="mailctl")
    for word in _meant(_words(text)):
        if isinstance(command, Group) and not word.startswith("-"):
            if not re.fullmatch(r"[a-z-]+(\|[a-z-]+)*", word):
                return None if word.isupper() or word == "…" else word
            names = word.split("|")
            for name in names:
                if command.get_command(context, name) is None:
                    return name
            if len(names) > 1:
                return None
            command = command.get_command(context, word)
            context = Context(command, info_name=word, parent=context)
        elif word.startswith("-") and word != "-" and not word[1:].isdigit():
            for option in word.split("|"):
                if option.startswith("-") and option.partition("=")[0] not in _options(command):
                    return option
    return None


def _meant(words: list[str]) -> list[str]:
    """`help account renew` and `account help renew` are `account renew --help`."""
    noun, *others = words or [""]
    if (noun == "help" and others[:1] and others[0] in NOUNS) or others[:1] == ["help"]:
        return [word for word in words if word != "help"]
    return words


def _options(command: Any) -> set[str]:
    context = Context(command, info_name="any")
    known = {name for one in command.get_params(context) for name in one.opts}
    return known | {name for one in command.get_params(context) for name in one.secondary_opts}


def _words(text: str) -> list[str]:
    """The words of a command, without the brackets that mark what may be left out."""
    words: list[str] = []
    for word in shlex.split(re.sub(r"[\[\]()…]|\.\.\.", " ", text.replace("'", "")), posix=True):
        if word in ENDS:
            break
        words.append(word.rstrip(";,"))
        if word.endswith(";"):
            break
    found: list[str] = []
    for place, word in enumerate(words):
        if word in VALUED or (place and words[place - 1] in VALUED):
            continue
        found.append(word)
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(path: Path) -> None:
    """Nouns, verbs and options are those of the program."""
    wrong = {text: word for text in commands_of(path) if (word := unknown_word(text))}

    assert wrong == {}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    """A link within the project names a file that is there, and a heading in it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page(path).text):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), target


def anchors(path: Path) -> set[str]:
    """The headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.+)$", page(path).text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("account renew --all --platform P --mode none", None),
        ("--store trial.db account list --state live | wc -l", None),
        ("account revive 3", "revive"),
        ("account list --sate live", "--sate"),
        ("acount list", "acount"),
        ("payment settle|fail ID", None),
        ("payment settle|loose ID", "loose"),
    ],
)
def test_a_word_that_does_not_exist_is_found(text: str, word: str | None) -> None:
    """The check itself sees what it must see."""
    assert unknown_word(text) == word
