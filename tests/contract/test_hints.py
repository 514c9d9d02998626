"""A command line that mailctl proposes, wherever it is written, is one that there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailctl
from mailctl.cli.nouns import NOUNS
from tests.contract.commands import COMMANDS

PACKAGE = Path(mailctl.__file__).parent
# Where a value is filled in, and where a command ends in a sentence.
FILLED = "VALUE"
END = re.compile(r"[`;)\n]|, |: |\. |\.$| or |$")


def texts(path: Path) -> Iterator[str]:
    """Every text of a module, with VALUE where one is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else FILLED
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"\{\w+\}", FILLED, node.value)


def proposed(text: str) -> Iterator[list[str]]:
    """The commands that a text names, each as its words, to where it ends in the sentence."""
    text = re.sub(r"\\\n\s*", "", text)
    for start in re.finditer(r"(?<![\w./-])mailctl (?=[a-z]|--store )", text):
        rest = text[start.end() :]
        rest = re.sub(r"^--store \S+ ", "", rest)
        words = rest[: END.search(rest).start()].split()  # type: ignore[union-attr]
        if words and words[0] in NOUNS:
            yield words


def wrong(words: list[str]) -> str | None:
    """What is wrong with a command, or None."""
    noun, *rest = words
    name = noun
    if noun not in COMMANDS:
        verbs = {one.split()[1] for one in COMMANDS if one.startswith(f"{noun} ")}
        if not rest or rest[0].startswith("-"):
            return None if "list" in verbs or "--help" in rest or not rest else "no verb"
        if noun == "help" and rest[0] not in verbs:
            return None if rest[0] in (FILLED, *NOUNS) else "no such topic"
        if rest[0] not in verbs:
            return None if rest[0] == FILLED else f"no verb {rest[0]}"
        name = f"{noun} {rest.pop(0)}"
    known = {opt for one in COMMANDS[name].params for opt in one.opts} | {"--help", "-h"}
    unknown = [
        word
        for word in rest
        if word.startswith("--")
        and word.partition("=")[0].removesuffix(FILLED).rstrip(".") not in known
    ]
    return f"no option {unknown}" if unknown else None


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=str(path.relative_to(PACKAGE))) for path in PACKAGE.rglob("*.py")],
)
def test_every_command_in_a_text_is_one_that_there_is(path: Path) -> None:
    """Hints, messages, advice, explanations, help: the noun, the verb and each option exist."""
    found = [words for text in texts(path) for words in proposed(text)]

    assert [(" ".join(words), fault) for words in found if (fault := wrong(words))] == []


def test_hints_are_found_where_they_are_written() -> None:
    """The search sees the table of hints, and a mistake in one."""
    lines = [words for text in texts(PACKAGE / "hints.py") for words in proposed(text)]

    assert ["account", "renew", FILLED, "--mode", "none"] in lines
    assert wrong(["account", "renwe", "17"]) == "no verb renwe"
    assert wrong(["account", "renew", "17", "--period", "x"]) == "no option ['--period']"
    assert wrong(["help", "lifecycl"]) == "no such topic"


@pytest.mark.parametrize("page", ["ftl", "html"])
def test_letters_name_no_command(page: str) -> None:
    """Customers read them."""
    for path in PACKAGE.rglob(f"*.{page}"):
        assert not list(proposed(path.read_text(encoding="utf-8")))
