"""Every story is told the same in a file and on a server, and so is all that can be read then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from freezegun import freeze_time

from mailctl.store.engine.postgresql.connection import ServerConnection
from mailctl.store.engine.sqlite.connection import Connection
from tests import on_server
from tests.contract.commands import COMMANDS
from tests.scenarios.story import play
from tests.scenarios.test_scenarios import STORIES
from tests.twins import Twins

# What is said of the store itself differs: its place, its size, what its database is. What a mail
# server says does not come from the store.
OF_THE_STORE = ("store info", "store check", "settings test-mail", "demo", "driver check")
# Words that a command asks for and that are the same in every store.
WORDS = {
    "find": ["acme"],
    "advise": [],
    "driver dovecot": ["--config"],
    "report calendar": ["read.ics", "--force"],
    "report page": ["read.html", "--force"],
    "export books": ["--format", "csv", "--from", "2026-01-01", "--to", "2026-12-31"],
}
FORMS = ("", "-o json", "-o table", "-o jsonl", "-o csv", "-o name")


def is_reading(command: str) -> bool:
    """Whether a command only shows what is in the store."""
    changes = any(part.name == "dry_run" for part in COMMANDS[command].params)
    return not (changes or command in OF_THE_STORE or command.startswith("help "))


def readings(both: Twins) -> Iterator[list[str]]:
    """Every reading command, of the last two things of its kind."""
    lasts = {
        noun: both(noun, "list", "-o", "name").out.split()[-2:]
        for noun in (
            "customer",
            "platform",
            "account",
            "order",
            "invoice",
            "notice",
            "offer",
            "bank",
        )
    }
    lasts["prepaid"] = lasts["customer"]
    for command in filter(is_reading, COMMANDS):
        words = command.split()
        if command in WORDS:
            yield [*words, *WORDS[command]]
        elif any(part.param_type_name == "argument" for part in COMMANDS[command].params):
            yield from ([*words, name] for name in lasts[words[0]])
        else:
            yield words


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Some stories in each run, all of them where the tests are run on a server."""
    is_whole = metafunc.config.getoption("--engine") == "postgresql"
    chosen = STORIES if is_whole else STORIES[::5]
    metafunc.parametrize("path", chosen, ids=[path.stem for path in chosen])


def test_a_story_is_told_the_same_in_a_file_and_on_a_server(
    path: Path, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer, every file, every row at the end, and every page that can be read then."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with (
        freeze_time("2026-03-01 10:00:00"),
        on_server.place(database, folder) as place,
    ):
        both = Twins(tmp_path / "mailctl.db", place, folder)
        play(path, both, folder)
        here, there = both.digests()
        assert here == there
        for connection in (Connection, ServerConnection):
            monkeypatch.setattr(connection, "size", lambda _: 1)
        for number, words in enumerate(readings(both), STORIES.index(path)):
            both(*words, *FORMS[number % len(FORMS)].split())
