"""Payments by card and PayPal as the CSV that gateways take (rules 10)."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from datetime import date
from io import StringIO

from mailctl.domain.text import printable, visible
from mailctl.exports.entries import amount
from mailctl.values import Value

COLUMNS = ("payment", "customer", "amount", "currency", "reference", "description")


class Charge(Value):
    """One payment in cents; `reference` is the card's token, or the PayPal agreement.

    `collect_on` is the first day of a debit from a bank account.
    """

    payment: int
    customer: str
    amount_cents: int
    reference: str
    description: str
    collect_on: date | None = None


def charges(payments: Iterable[Charge], *, currency: str) -> str:
    """The file, with a header. A machine reads it: nothing is escaped for spreadsheets.

    Debits from bank accounts have the first day of their collection as a last column.
    """
    found = list(payments)
    has_days = any(payment.collect_on for payment in found)
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow((*COLUMNS, "collect_on") if has_days else COLUMNS)
    for payment in found:
        writer.writerow(
            (
                payment.payment,
                visible(payment.customer),
                amount(payment.amount_cents),
                currency,
                visible(payment.reference),
                printable(payment.description),
                *((payment.collect_on,) if has_days else ()),
            )
        )
    return buffer.getvalue()


def without(content: str, payment_ids: Collection[int]) -> str:
    """A file without the rows of some payments."""
    gone = {str(payment_id) for payment_id in payment_ids}
    buffer = StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(
        row for row in csv.reader(StringIO(content)) if row and row[0] not in gone
    )
    return buffer.getvalue()
