"""Every command of every page is typed, in order, and shows what the page shows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests import on_server
from tests.docs.pages import ROOT, matches, pages
from tests.docs.walk import made_trial, shell_of, walked
from tests.helpers import Cli

PAGES = {found.name: found for found in pages()}
# They copy the store as a file, or show how an erasure ends where the store is one.
ABOUT_FILES = (
    "docs/howto/close-a-customer.md",
    "docs/howto/correct-mistakes.md",
    "docs/howto/move-the-store.md",
    "docs/operations.md",
)
# Languages of blocks that hold no commands.
NO_COMMANDS = ("text", "csv", "ini", "json", "sql", "crontab")


@pytest.fixture(scope="session")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the how-tos, made once; before the test that asks for it has its umask."""
    mask = os.umask(0o022)
    try:
        return made_trial(tmp_path_factory.mktemp("trial") / "home")
    finally:
        os.umask(mask)


TYPED = {
    name: read
    for name, read in PAGES.items()
    if any(block.language == "console" for block in read.blocks)
}


@pytest.mark.parametrize("name", [name for name in TYPED if name not in ABOUT_FILES])
def test_every_command_of_a_page_does_what_the_page_shows(
    name: str, trial: Path, tmp_path: Path, cli: Cli
) -> None:
    """A reader who types a page from its beginning gets through it, and sees what it shows."""
    server = cli.store if isinstance(cli.store, on_server.Place) else None
    walked(TYPED[name], shell_of(TYPED[name], tmp_path / "home", trial, server))


@pytest.mark.files_only("the page is about a file")
@pytest.mark.parametrize("name", ABOUT_FILES)
def test_every_command_of_a_page_about_a_file_does_what_the_page_shows(
    name: str, trial: Path, tmp_path: Path
) -> None:
    """As above."""
    walked(TYPED[name], shell_of(TYPED[name], tmp_path / "home", trial))


@pytest.mark.parametrize("name", PAGES)
def test_every_block_is_typed_or_says_why_not(name: str) -> None:
    """A block of another language that holds commands has its reason beside it."""
    for block in PAGES[name].blocks:
        assert block.language in ("console", "sh", *NO_COMMANDS), block.line
        assert ("not run" in block.marks) == (block.language == "sh"), block.line


def test_every_how_to_is_in_the_index() -> None:
    """A page that nothing names is a page that nobody finds."""
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    assert [name for name in PAGES if f"({name.removeprefix('docs/')})" not in index] == [
        "README.md",
        "docs/README.md",
    ]


@pytest.mark.parametrize(
    ("shown", "seen", "same"),
    [
        (("a", "b"), "a\nb\n", True),
        (("a", "b"), "a\n", False),
        (("a", "…", "c"), "a\nb\nb\nc\n", True),
        (("a", "…", "c"), "a\nc\n", True),
        (("a … c",), "a 12 c\n", True),
        (("a … c",), "a 12\nc\n", False),
        (("1.89 EUR",), "1x89 EUR\n", False),
    ],
)
def test_dots_stand_for_what_varies_and_nothing_else_does(
    shown: tuple[str, ...], seen: str, *, same: bool
) -> None:
    """What a page shows is compared to the letter, but where it shows dots."""
    assert matches(shown, seen) == same
