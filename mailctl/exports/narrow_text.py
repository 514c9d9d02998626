"""Text for files whose encoding has few letters: what it lacks is written as near as it can be."""

# ruff: noqa: RUF001 - letters that look like others are what is replaced

from __future__ import annotations

import unicodedata

_NEAR = {
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H", "ı": "i", "ŋ": "n", "Ŋ": "N",
    "ŧ": "t", "Ŧ": "T", "ƒ": "f", "ẞ": "SS", "‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"',
    "„": '"', "‹": "<", "›": ">", "–": "-", "—": "-", "‑": "-", "−": "-", "•": "-", "Œ": "OE",
    "œ": "oe",
}  # fmt: skip


class Narrowed:
    """Texts in an encoding, and which of them could not be said in it.

    What separates and ends lines becomes a space, so that no text begins a field or a line.
    """

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.changed: dict[str, str] = {}
        """What was written otherwise, by what it was."""

    def __call__(self, text: str) -> str:
        """The text in one line, with letters of the encoding alone."""
        line = " ".join(text.split())
        if line.isascii() and line.isprintable():
            return line
        made = "".join(self._near(char) for char in line)
        if made != line:
            self.changed[line] = made
        return made

    def _near(self, char: str) -> str:
        if unicodedata.category(char).startswith("C"):
            return ""
        if self._has(char):
            return char
        if char in _NEAR:
            return _NEAR[char]
        parts = unicodedata.normalize("NFKD", char)
        letters = "".join(part for part in parts if not unicodedata.combining(part))
        return letters if letters and self._has(letters) else "?"

    def _has(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True
