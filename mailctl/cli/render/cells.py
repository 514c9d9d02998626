"""How wide text is on a terminal: of all modules only this one knows rich, which knows Unicode."""

from __future__ import annotations

from collections.abc import Callable

_measure: Callable[[str], int] | None = None

ELLIPSIS = "…"


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for `日`, none for an accent by itself."""
    if text.isascii():
        return len(text)
    global _measure  # noqa: PLW0603 - loaded with the first text that needs it
    if _measure is None:
        from rich.cells import cell_len

        _measure = cell_len
    return _measure(text)


def padded(text: str, width: int, *, is_right: bool = False) -> str:
    """The text with blanks up to a width, after it or before it."""
    if text.isascii():
        return text.rjust(width) if is_right else text.ljust(width)
    blanks = " " * (width - cells(text))
    return blanks + text if is_right else text + blanks


def shortened(text: str, width: int) -> str:
    """Free text of at most that width, its end replaced by `…` where it is longer."""
    if cells(text) <= width:
        return text
    end = min(len(text), width)
    while end and cells(text[:end]) > width - 1:
        end -= 1
    return text[:end].rstrip() + ELLIPSIS
