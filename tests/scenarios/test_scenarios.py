"""Every story of this folder happens as it is written, to the day and to the cent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import Cli
from tests.scenarios.story import play, steps_of

STORIES = sorted(Path(__file__).parent.glob("*.txt"))


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_the_story_happens_as_told_and_its_books_verify(
    path: Path, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its commands are accepted or refused, and answer, as it says; then the chain is whole."""
    monkeypatch.chdir(tmp_path)
    play(path, cli, tmp_path)
    head = cli.ok("journal", "head")
    cli.ok("tick", "--days", "60", "--dry-run")
    assert cli.ok("journal", "verify")["ok"] is True
    assert cli.ok("journal", "head") == head


def test_every_story_checks_something() -> None:
    """No story is a list of commands alone."""
    checked = {
        path.stem: sum(bool(step.expected) for step in steps_of(path.read_text(encoding="utf-8")))
        for path in STORIES
    }
    assert [name for name, count in checked.items() if count < 3] == []
