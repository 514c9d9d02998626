"""Amounts, days and texts as banks write them, made ours: no float, no control character."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from mailctl.domain.statements import ReadEntry

_AMOUNT = re.compile(r"\+?(\d{0,13})(?:\.(\d{0,17}))?", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*|Z|[+-]\d\d:\d\d)?", re.ASCII)
_DATED = range(1970, 2200)
LONGEST_NAME = 210
LONGEST_TEXT = 4_000
LONGEST_IDENTIFIER = 140
LONGEST_REST = 4_000
# Where banks that write a text in lines of fixed width break it, also inside of a word.
_WIDTHS = frozenset({27, 35, 65, 70, 140})
_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def cents_of(text: str) -> int | None:
    """Cents of an amount such as 18.40, which has no sign; None where it is none in whole cents."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    whole, part = found[1], found[2] or ""
    if not whole and not part:
        return None
    if part[2:].strip("0"):
        return None
    return int(whole or "0") * 100 + int(f"{part}00"[:2])


@lru_cache(maxsize=4096)
def day_of(text: str) -> str | None:
    """The ISO day of a date or a date with its time, as it is where the bank is; None if none."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return found[1] if date.fromisoformat(found[1]).year in _DATED else None
    except ValueError:
        return None


def plain(text: str, longest: int = LONGEST_NAME) -> str:
    """A text on one line, composed (NFC), without control characters, cut where it is too long."""
    if not text.isascii() or not text.isprintable():
        text = unicodedata.normalize("NFC", text)
        text = "".join(
            " " if one.isspace() else one
            for one in text
            if one.isspace() or unicodedata.category(one) not in _CONTROLS
        )
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def identifier(text: str) -> str | None:
    """A reference as it was written, without spaces around it; None where it is too long for one.

    A part of a reference could name something else, so none is ever cut.
    """
    found = plain(text, LONGEST_IDENTIFIER + 1)
    return None if len(found) > LONGEST_IDENTIFIER else found


def iban(text: str) -> str:
    """An account as it is compared: capitals, without spaces; empty where it is too long."""
    found = "".join(plain(text, LONGEST_IDENTIFIER).split()).upper()
    return "" if len(found) > 34 else found


def joined(lines: Sequence[str]) -> str:
    """Lines of a text as one, with a word that was broken at the end of a line whole again.

    A bank that breaks its texts at a fixed width fills every line but the last.
    """
    if len(lines) == 1:
        return plain(lines[0], LONGEST_TEXT)
    widths = {len(line) for line in lines[:-1]}
    is_filled = len(widths) == 1 and widths < _WIDTHS and len(lines[-1]) <= min(widths)
    return plain(("" if is_filled else " ").join(lines), LONGEST_TEXT)


def rest_of(values: Mapping[str, str]) -> str:
    """What was not understood, by where it stands, as JSON of bounded length; empty without."""
    kept: dict[str, str] = {}
    left = LONGEST_REST
    for name, value in values.items():
        text = plain(value, LONGEST_TEXT)
        left -= len(name) + len(text) + len('"": "", ')
        if text and left >= 0:
            kept[name] = text
    return json.dumps(kept, ensure_ascii=False) if kept else ""


NOTHING = ReadEntry(
    entry_reference="",
    part=1,
    parts=1,
    entry_cents=0,
    booked_on="",
    value_on=None,
    amount_cents=0,
    currency="",
    name="",
    iban="",
    reference="",
    end_to_end_id="",
    creditor_reference="",
    text="",
    mandate="",
    message_id="",
    batch_id="",
    batch_count=None,
    is_reversal=False,
    return_code="",
    return_text="",
    bank_code="",
    charges_cents=0,
    rest="",
)
"""An entry of which nothing is said, to be filled."""
