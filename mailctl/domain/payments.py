"""Payments: how money is collected, and how far a payment is (rules 10)."""

from __future__ import annotations

from enum import StrEnum


class MethodKind(StrEnum):
    """How money is collected."""

    BANK = "bank"
    CARD = "card"
    PAYPAL = "paypal"


class MethodStatus(StrEnum):
    """Whether a payment method can still be used; only cards expire."""

    VALID = "valid"
    EXPIRED = "expired"


class PaymentStatus(StrEnum):
    """What became of a payment: only a pending one can still bring money."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class FileFormat(StrEnum):
    """The formats of files for banks (pain.008) and for gateways."""

    SEPA = "sepa"
    CSV = "csv"
