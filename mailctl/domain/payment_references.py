"""Payment references: what a transfer says it is for, with check digits (ISO 11649, rules 8).

`RF94I2026000123` is invoice 2026-000123 and `RF42O1234` order 1234. Banks carry them unchanged, and
a mistyped one is refused before the money leaves.
"""

from __future__ import annotations

import re

_INVOICE = re.compile(r"(\d{4})-(\d{6}|[1-9]\d{6,11})", re.ASCII)
_OWN = re.compile(r"RF\d\d(?:I(\d{4})(\d{6}|[1-9]\d{6,11})|O([1-9]\d{0,11}))", re.ASCII)


def reference_of_invoice(number: str) -> str:
    """The reference of an invoice; a credit note is never paid, and has none (ValueError)."""
    match = _INVOICE.fullmatch(number)
    if match is None:
        raise ValueError(f"{number!r} is not the number of an invoice")
    return _checked(f"I{match[1]}{match[2]}")


def reference_of_order(number: int) -> str:
    """The reference of a purchase order."""
    return _checked(f"O{number}")


def _checked(content: str) -> str:
    from stdnum.iso7064 import mod_97_10

    return f"RF{mod_97_10.calc_check_digits(content + 'RF')}{content}"


def referred(text: str) -> str | int | None:
    """The number of the invoice (`2026-000123`) or order (1234) that a reference names.

    The whole text is the reference, in any case, in groups or in one piece. None where it is none
    of ours, or its check digits are wrong.
    """
    reference = "".join(text.split()).upper()
    match = _OWN.fullmatch(reference)
    if match is None:
        return None
    year, seq, order = match.groups()
    if order is not None:
        return int(order) if reference_of_order(int(order)) == reference else None
    number = f"{year}-{seq}"
    return number if reference_of_invoice(number) == reference else None


def printed(reference: str) -> str:
    """A reference, or an IBAN, in groups of four, as people copy it."""
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))
