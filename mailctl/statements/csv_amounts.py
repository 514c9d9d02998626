"""Amounts as a bank's CSV writes them: each in the form that was said, or refused (rules 20)."""

from __future__ import annotations

import re
from typing import NamedTuple

from mailctl.domain.csv_forms import NO_DECIMALS

_SPACES = " \u00a0\u202f\u2009"
_MINUS = "-\u2212\u2013"
_CURRENCY = re.compile(r"^([A-Z]{3}|€)\s*|\s*([A-Z]{3}|€)$")
_FORMS = {
    ",": re.compile(r"(\d{1,12}|\d{1,3}(?:([.' ])\d{3})(?:\2\d{3})*(?=,))(?:,(\d{1,2}))?"),
    ".": re.compile(r"(\d{1,12}|\d{1,3}(?:([,' ])\d{3})(?:\2\d{3})*(?=\.))(?:\.(\d{1,2}))?"),
    NO_DECIMALS: re.compile(r"(\d{1,12})()()"),
}


class Amount(NamedTuple):
    """Signed cents, the currency where it stands beside them, and how many decimals it has."""

    cents: int
    currency: str
    decimals: int


def amount_of(text: str, decimal: str) -> Amount | None:
    """The amount that a cell says; None where it is not of this form.

    Signs that group thousands are taken only where decimals follow: `1.234` could be either.
    """
    rest = text.strip(_SPACES)
    currency = _CURRENCY.search(rest)
    if currency:
        rest = (rest[: currency.start()] + rest[currency.end() :]).strip(_SPACES)
    sign = ""
    if rest[:1] and rest[0] in "+" + _MINUS:
        sign, rest = rest[0], rest[1:].lstrip(_SPACES)
    elif rest[-1:] and rest[-1] in "+" + _MINUS:
        sign, rest = rest[-1], rest[:-1].rstrip(_SPACES)
    for space in _SPACES[1:]:
        rest = rest.replace(space, " ")
    rest = rest.replace("\u2019", "'")
    found = _FORMS[decimal].fullmatch(rest)
    if found is None or not rest.isascii():
        return None
    whole = re.sub(r"\D", "", found[1])
    part = found[3] or ""
    cents = int(whole) * 100 + int(f"{part}00"[:2])
    name = (currency[1] or currency[2]) if currency else ""
    return Amount(
        -cents if sign and sign in _MINUS else cents,
        "EUR" if name == "€" else name,
        len(part),
    )
