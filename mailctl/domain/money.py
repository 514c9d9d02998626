"""Money is integer cents; amounts are read and written here, and tax is rounded here."""

from __future__ import annotations

import re

LARGEST_CENTS = 999_999_999
"""The largest amount that one command may move: 9,999,999.99 (rules 9)."""

_AMOUNT = re.compile(r"(\d{1,12})(?:[.,](\d{1,2}))?")
_RATE = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?")


def parse_amount(text: str) -> int:
    """The cents of an amount as a person types it: `10`, `10.5` or `10,50` (CLI, Form).

    Raises ValueError for anything else: signs, exponents, separators of thousands, a third decimal.
    """
    return _hundredths(_AMOUNT, text)


def format_amount(cents: int) -> str:
    """An amount in cents as mailctl shows it to a person: `1,234.56`, `-0.05`."""
    whole, decimals = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{decimals:02d}"


def money(cents: int, currency: str) -> str:
    """An amount as mailctl shows it to a person, everywhere alike: `1,234.56 EUR`."""
    return f"{format_amount(cents)} {currency}"


def typed_amount(cents: int) -> str:
    """An amount as a command takes it: `1234.56`."""
    return format_amount(cents).replace(",", "")


def tax_cents(net_cents: int, rate: int) -> int:
    """The tax on a net sum in cents, rounded half up to the cent (EN 16931 BR-CO-17, rules 3).

    `rate` is in hundredths of a percent: 2000 is 20 %. Neither may be negative.
    """
    return (net_cents * rate + 5_000) // 10_000


def parse_rate(text: str) -> int:
    """Hundredths of a percent of a tax rate as a person types it: `20`, `8.5`; or ValueError."""
    return _hundredths(_RATE, text)


def format_rate(rate: int) -> str:
    """A rate in hundredths of a percent as text without needless zeros: 2000 is `20`, 810 `8.1`."""
    whole, decimals = divmod(rate, 100)
    return f"{whole}.{decimals:02d}".rstrip("0").rstrip(".")


def _hundredths(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.fullmatch(text.strip()) if text.isascii() else None
    if match is None:
        raise ValueError(text)
    whole, decimals = match.groups()
    return int(whole) * 100 + int((decimals or "").ljust(2, "0"))
