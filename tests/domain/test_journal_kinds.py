"""The kinds of journal rows that can be asked for are those that the program writes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import mailctl
from mailctl.domain.journal_kinds import JournalKind
from mailctl.domain.tasks import TaskStatus

PROGRAM = Path(mailctl.__file__).parent
SOURCES = [path for path in PROGRAM.rglob("*.py") if path.name != "journal_kinds.py"]
RECORDING = {"record", "_record", "record_each", "Entry"}
ANSWERED = {f"task-{status}" for status in TaskStatus if status is not TaskStatus.TO_DO}
"""The only kinds that are put together."""
SUBJECTS = {"host", "store"}


def _texts(source: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _recorded(source: Path) -> Iterator[str]:
    """The words that a call which records gives first, or as its kind."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name not in RECORDING:
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
        for given in (*node.args[:3], *named):
            either = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
            for word in either:
                if isinstance(word, ast.Constant) and re.fullmatch("[a-z-]+", str(word.value)):
                    yield str(word.value)


def test_what_is_recorded_is_a_kind_that_can_be_asked_for() -> None:
    """A new kind that the list does not know would be refused by `journal list --kind`."""
    found = {word for source in SOURCES for word in _recorded(source)}

    assert len(found) > len(JournalKind) / 2
    assert found - SUBJECTS - set(JournalKind) == set()


def test_every_kind_that_can_be_asked_for_is_written_somewhere() -> None:
    """The refusal of an unknown kind lists no word that never comes."""
    written = {text for source in SOURCES for text in _texts(source)} | ANSWERED

    assert set(JournalKind) - written == set()
