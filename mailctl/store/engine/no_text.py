"""Bytes that are no text: only a file that another program wrote can hold them."""

from __future__ import annotations

_BEGINNING = "Could not decode to UTF-8"


class NoTextError(ValueError):
    """Bytes that a database gave are no text."""

    def __init__(self) -> None:
        super().__init__(_BEGINNING)


def is_no_text(error: Exception) -> bool:
    """Whether a database failed because what it holds as a text is not UTF-8."""
    return str(error).startswith(_BEGINNING)
