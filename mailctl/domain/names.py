"""Names and texts as people type them: ids of customers, names of platforms, free text."""

from __future__ import annotations

import re
import unicodedata

from mailctl.domain.text import JOINERS, joins
from mailctl.errors import UsageError

_NAME = re.compile(r"[a-z0-9.-]{1,60}")
# C0 and C1 controls, and what changes the direction or the lines of a text without being seen.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)

LONGEST_TEXT = 200


def check_name(name: str, what: str) -> str:
    """The name, if it is 1 to 60 of `a-z0-9.-` (CLI, Form); else UsageError."""
    if _NAME.fullmatch(name) is None:
        raise UsageError(
            f"{name!r} cannot be the {what}: 1 to 60 of a-z, 0-9, . and - are",
            hint="for example acme or mail-2.example",
        )
    return name


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
