"""Cells of a sheet: what a spreadsheet would run is protected by a quote, taken off when read.

A text that begins with quotes before such a sign gets one more, so that each comes back as it was.
"""

from __future__ import annotations

from collections.abc import Iterable

# What makes a spreadsheet take a cell for a formula, in both widths.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001
QUOTE = "'"

_FIRST = frozenset((*_STARTS, QUOTE))


def are_safe(texts: Iterable[str]) -> bool:
    """Whether `protected` would leave all of these as they are: none begins with a sign."""
    return _FIRST.isdisjoint([text[:1] for text in texts])


def protected(text: str) -> str:
    """The text as a cell that a spreadsheet shows instead of running it."""
    return f"{QUOTE}{text}" if text.lstrip(QUOTE).startswith(_STARTS) else text


def unprotected(text: str) -> str:
    """The text of a cell, without the one quote that protected it."""
    return text[1:] if text.startswith(QUOTE) and protected(text) != text else text
