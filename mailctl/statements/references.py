"""References and accounts by their own check, where a file does not say what it is (ISO 11649)."""

from __future__ import annotations

import re

_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{11,30}", re.ASCII)
_CREDITOR_REFERENCE = re.compile(r"RF\d\d[A-Z0-9]{1,21}", re.ASCII)


def is_iban(text: str) -> bool:
    """Whether a text without spaces is an IBAN, by its check digits."""
    return bool(_IBAN.fullmatch(text)) and _rest_of_97(text) == 1


def creditor_reference(text: str) -> str:
    """The creditor reference that a text is, without spaces; empty where it is any other text."""
    tight = "".join(text.split()).upper()
    is_one = _CREDITOR_REFERENCE.fullmatch(tight) and _rest_of_97(tight) == 1
    return tight if is_one else ""


def _rest_of_97(text: str) -> int:
    """ISO 7064 MOD 97-10, of a text whose check digits are its third and fourth letter."""
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97
