"""Names and texts as people type them: ids of customers, names of platforms, free text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from mailctl.errors import UsageError

_NAME = re.compile(r"[a-z0-9.-]{1,60}")
# C0 and C1 controls, and what changes the direction or the lines of a text without being seen.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
# ZWNJ and ZWJ, which tell letters beside them how to join: a part of how Persian, Hindi or an emoji
# of several is written.
JOINERS = ("\u200c", "\u200d")
# Letters and their marks; symbols and their modifiers.
_JOINED = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "So", "Sk"))
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Controls, invisible and direction-changing characters, lone surrogates, line and paragraph ends:
the categories of Unicode that never reach a terminal, a header or a letter as they are."""

LONGEST_TEXT = 200


def check_name(name: str, what: str) -> str:
    """The name, if it is 1 to 60 of `a-z0-9.-` (CLI, Form); else UsageError."""
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            f"{name!r} cannot be the {what}: 1 to 60 of a-z, 0-9, . and - are",
            hint="for example acme or mail-2.example",
        )
    return name


def joins(text: str, at: int) -> bool:
    """Whether a joiner stands there between two letters, or two parts of one emoji (SPEC 4)."""
    return (
        text[at] in JOINERS
        and 0 < at < len(text) - 1
        and unicodedata.category(text[at - 1]) in _JOINED
        and unicodedata.category(text[at + 1]) in _JOINED
    )


def only_seen(text: str, instead: Callable[[str], str]) -> str:
    """The text with each character that is not seen replaced; joiners inside words stay."""
    return "".join(
        instead(char) if unicodedata.category(char) in UNSEEN and not joins(text, at) else char
        for at, char in enumerate(text)
    )


def check_text(text: str, what: str, *, longest: int = LONGEST_TEXT) -> str:
    """Free text in NFC, trimmed, on one line; UsageError for controls and for what is too long."""
    if _UNSEEN.search(text) or any(
        char in JOINERS and not joins(text, at) for at, char in enumerate(text)
    ):
        raise UsageError(
            f"the {what} has control characters in it", hint="write it as plain text on one line"
        )
    normal = unicodedata.normalize("NFC", text.strip())
    if len(normal) > longest:
        raise UsageError(f"the {what} has {len(normal)} characters, {longest} is the most")
    return normal


def check_filled(text: str, what: str, *, longest: int = LONGEST_TEXT) -> str:
    """Free text as `check_text`, that is not empty."""
    normal = check_text(text, what, longest=longest)
    if not normal:
        raise UsageError(f"the {what} is empty")
    return normal
