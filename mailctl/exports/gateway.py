"""Payments by card and PayPal as the CSV that gateways take (SPEC 10)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from mailctl.exports.entries import amount, printable

COLUMNS = ("payment", "customer", "amount", "currency", "reference", "description")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """One payment in cents; `reference` is the card's token, or the PayPal agreement."""

    payment: int
    customer: str
    amount_cents: int
    reference: str
    description: str


def charges(payments: Iterable[Charge], *, currency: str) -> str:
    """The file, with a header; a cell that a spreadsheet would run is neutralised by a quote."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for payment in payments:
        writer.writerow(
            (
                payment.payment,
                _safe(payment.customer),
                amount(payment.amount_cents),
                currency,
                _safe(payment.reference),
                _safe(payment.description),
            )
        )
    return buffer.getvalue()


def _safe(text: str) -> str:
    seen = printable(text)
    return f"'{seen}" if seen.startswith(_FORMULA_STARTS) else seen
