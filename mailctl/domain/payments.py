"""Payments: how money is collected, and how far a payment is (rules 10)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mailctl.values import Value


class MethodKind(StrEnum):
    """How money is collected."""

    BANK = "bank"
    CARD = "card"
    PAYPAL = "paypal"


class MethodStatus(StrEnum):
    """Whether a payment method can still be used; only cards expire."""

    VALID = "valid"
    EXPIRED = "expired"


class MethodDetails(Value):
    """A method as it is kept: shown as `label`, used through `details`; cards expire."""

    kind: MethodKind
    label: str
    details: dict[str, str | None]
    expires_on: str | None = None


class PaymentStatus(StrEnum):
    """What became of a payment: only a pending one can still bring money."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


def end_to_end_id(payment: int, attempt: int) -> str:
    """What a file for the bank, and the bank's answer, call a payment's try; the first is 1."""
    return f"payment-{payment}-{attempt}"


def can_be_charged(expires_on: str | None, day: date) -> bool:
    """Whether a method can be charged on a day: a card not past its last month, `2028-09`."""
    return expires_on is None or expires_on >= day.isoformat()[:7]


def last_day_of_month(month: str) -> date:
    """The last day of a month, `2028-09`: through it a card of that month can be charged."""
    from calendar import monthrange

    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])


class FileFormat(StrEnum):
    """The formats of files for banks (pain.008) and for gateways."""

    SEPA = "sepa"
    CSV = "csv"
