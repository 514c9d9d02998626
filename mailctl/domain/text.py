"""Words and characters that sentences, files and terminals share."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

# ZWNJ and ZWJ say whether the letters beside them join. Persian, Hindi and emoji made of several
# need them.
JOINERS = ("\u200c", "\u200d")
# Letters and their marks; symbols and their modifiers.
_JOINED = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "So", "Sk"))
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Controls, invisible and direction-changing characters, lone surrogates, line and paragraph ends:
the categories of Unicode that never reach a terminal, a header or a letter as they are."""


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 account`, `2 accounts`, `1,500 accounts`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(words: Sequence[str], *, most: int | None = None) -> str:
    """Words as a sentence has them: `a, b and c`; beyond `most`, how many others there are."""
    if most is not None and len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def joins(text: str, at: int) -> bool:
    """Whether a joiner stands there between two letters, or two parts of one emoji (rules 4)."""
    return (
        text[at] in JOINERS
        and 0 < at < len(text) - 1
        and unicodedata.category(text[at - 1]) in _JOINED
        and unicodedata.category(text[at + 1]) in _JOINED
    )


def only_seen(text: str, instead: Callable[[str], str]) -> str:
    """The text with each invisible character replaced; joiners inside words stay."""
    return "".join(
        instead(char) if unicodedata.category(char) in UNSEEN and not joins(text, at) else char
        for at, char in enumerate(text)
    )


def visible(text: str) -> str:
    """Text from the store as a letter or a page shows it: a mark for each invisible character."""
    if text.isprintable():
        return text
    return only_seen(text, lambda _: "\ufffd")


def printable(text: str, instead: str = "\ufffd") -> str:
    """The text with everything replaced that Python does not print: joiners and odd spaces too."""
    return "".join(char if char.isprintable() else instead for char in text)
