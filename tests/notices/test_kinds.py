"""A kind of notice has everything that it needs, or a test names what is missing."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from mailctl.domain.notices import NoticeKind
from mailctl.domain.settings import setting_named
from mailctl.notices import account_letters, money_letters
from mailctl.store.notice_kinds import NOTICE_KINDS, REMINDERS
from tests.notices.test_texts import LANGUAGES, texts

RULES = Path(__file__).parents[2] / "docs/rules.md"
FUNCTIONS = [
    name
    for module in (account_letters, money_letters)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
]


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_kind_has_rules_a_letter_and_texts(kind: NoticeKind) -> None:
    """Its entry, one letter of its name, a subject in three languages, its line in the rules."""
    name = kind.replace("-", "_")
    has = {
        "an entry in store/notice_kinds.py": kind in NOTICE_KINDS,
        f"one function {name} in the modules of letters": FUNCTIONS.count(name) == 1,
        **{
            f"{kind}.subject in texts/{language}.ftl": f"{kind}.subject" in texts(language)
            for language in LANGUAGES
        },
        "its line in the table of docs/rules.md": f"`{kind}`" in RULES.read_text(encoding="utf-8"),
    }
    lacks = [what for what, is_there in has.items() if not is_there]
    assert not lacks, f"{kind} lacks {', '.join(lacks)}"


def test_every_letter_is_that_of_a_kind() -> None:
    """No letter is left that nothing sends, and no subject that no kind has."""
    names = {kind.replace("-", "_") for kind in NoticeKind}
    assert {name.removesuffix("_subject") for name in FUNCTIONS} == names
    assert list(NOTICE_KINDS) == list(NoticeKind)


def test_every_reminder_has_its_setting() -> None:
    """With days, and itself among the kinds that announce its event."""
    for kind, reminder in REMINDERS.items():
        assert setting_named(reminder.setting).default
        assert kind in reminder.announced_by
