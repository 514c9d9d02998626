"""Which font has which letters: the fonts that documents are written in, and what they lack.

Everything is written in Noto Sans; a name in another script takes the letters that it lacks from
the font of that script. A font is opened only for a document that needs it: that of Chinese and
Japanese has four megabytes.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from mailctl.domain.text import JOINERS, UNSEEN

FONTS = Path(__file__).parent / "fonts"
REGULAR = "Regular"
SEMIBOLD = "SemiBold"
KOREAN = "Korean"
EAST_ASIAN = "EastAsian"
MISSING = "\N{REPLACEMENT CHARACTER}"
"""What stands for a letter that no font has: an archive's PDF may not show an empty glyph."""

_SAYING_MORE = ("<super>", "<sub>", "<fraction>", "<circle>")
"""What Unicode calls letters that say something else without their form, such as an exponent."""

SCRIPTS: dict[str, tuple[tuple[int, int], ...]] = {
    "Hebrew": ((0x0590, 0x05FF), (0xFB1D, 0xFB4F)),
    "Arabic": ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0xFB50, 0xFDFF)),
    "Armenian": ((0x0530, 0x058F), (0xFB13, 0xFB17)),
    "Georgian": ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F)),
    "Devanagari": ((0x0900, 0x097F), (0xA8E0, 0xA8FF)),
    "Thai": ((0x0E00, 0x0E7F),),
    KOREAN: ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF)),
    EAST_ASIAN: ((0x2E80, 0x312F), (0x3190, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F),
                 (0xFF00, 0xFFEF)),
}  # fmt: skip
"""By font, the blocks of Unicode that are looked for in it."""

SHAPED = frozenset(("Hebrew", "Arabic", "Devanagari", "Thai"))
"""The fonts whose letters change their forms or places beside each other."""


@cache
def path_of(font: str) -> Path:
    """The file of a font."""
    return FONTS / f"{font}.ttf"


@cache
def letters_of(font: str) -> frozenset[int]:
    """The characters that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(path_of(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


@cache
def font_of(char: str) -> str | None:
    """The font that has a character; None where none has."""
    code = ord(char)
    if code in letters_of(REGULAR):
        return REGULAR
    for font, blocks in SCRIPTS.items():
        if any(first <= code <= last for first, last in blocks):
            return font if code in letters_of(font) else None
    return None


def writable(text: str) -> str:
    """A text as it is written: composed letters, one line, `MISSING` for what no font has."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", " ".join(text.splitlines()))
    return "".join(map(_written, composed))


def _written(char: str) -> str:
    """A character as the fonts have it: what is made of letters, such as a ligature, as those."""
    if char in JOINERS:
        return char
    if unicodedata.category(char) in UNSEEN:
        return ""
    if font_of(char):
        return char
    letters = unicodedata.normalize("NFKC", char)
    says_more = unicodedata.decomposition(char).startswith(_SAYING_MORE)
    return MISSING if says_more or not all(map(font_of, letters)) else letters


def unwritable(text: str) -> str:
    """The letters of a text that no font has, each once."""
    found = (char for char in unicodedata.normalize("NFC", text) if _written(char) == MISSING)
    return "".join(sorted(set(found) - {MISSING}))


@lru_cache(4096)
def is_plain(text: str) -> bool:
    """Whether letters stand side by side as they are, in the one font."""
    return text.isascii() or all(
        font_of(char) == REGULAR and not unicodedata.combining(char) for char in text
    )
