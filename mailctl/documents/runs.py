"""A line as it is set: runs of one font and one direction, from left to right.

Names from right to left are ordered by the Unicode bidirectional algorithm (UAX 9); its levels are
computed by fpdf2, which orders fragments of a line too simply for a number between Hebrew words.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby

from mailctl.documents import faces
from mailctl.domain.text import JOINERS
from mailctl.values import Value


class Run(Value):
    """Letters of one font in one direction; shaped where they change beside each other."""

    text: str
    font: str
    is_from_right: bool
    is_shaped: bool


@lru_cache(1024)
def runs(text: str) -> tuple[Run, ...]:
    """The runs of a line that is not plain (`faces.is_plain`)."""
    from fpdf.bidi import BidiParagraph, auto_detect_base_direction

    base = auto_detect_base_direction(text)
    paragraph = BidiParagraph(text=text, base_direction=base, preserve_bn_chars=True)
    characters = paragraph.get_characters_with_embedding_level()
    fonts = _fonts(text)
    levels = [
        (character.embedding_level, font) for character, font in zip(characters, fonts, strict=True)
    ]
    made: list[tuple[int, Run]] = []
    at = 0
    for (level, font), group in groupby(levels):
        count = len(list(group))
        made.append((level, _run(text[at : at + count], font, is_from_right=level % 2 == 1)))
        at += count
    return tuple(_ordered(made))


def _fonts(text: str) -> list[str]:
    """The font of each letter: what all have, such as a space, is written as what stands before."""
    fonts: list[str] = []
    for char in text:
        font = faces.font_of(char) or faces.REGULAR
        is_mark = unicodedata.category(char) in ("Mn", "Cf", "Zs")
        if is_mark and fonts and ord(char) in faces.letters_of(fonts[-1]):
            font = fonts[-1]
        fonts.append(font)
    return fonts


def _run(text: str, font: str, *, is_from_right: bool) -> Run:
    is_shaped = (
        is_from_right
        or font in faces.SHAPED
        or any(unicodedata.combining(char) or char in JOINERS for char in text)
    )
    return Run(text=text, font=font, is_from_right=is_from_right, is_shaped=is_shaped)


def _ordered(made: list[tuple[int, Run]]) -> list[Run]:
    """The runs as they are seen: from the highest level down, what is as high is turned (L2)."""
    for least in range(max(level for level, _ in made), 0, -1):
        turned: list[tuple[int, Run]] = []
        for is_high, group in groupby(made, key=lambda pair: pair[0] >= least):
            together = list(group)
            turned += reversed(together) if is_high else together
        made = turned
    return [run for _, run in made]
