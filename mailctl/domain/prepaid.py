"""The prepaid account of a customer: what moves its balance (rules 9)."""

from __future__ import annotations

from enum import StrEnum


class MovementKind(StrEnum):
    """What a row of the ledger is; what is given back to a customer is a refund."""

    CREDIT = "credit"
    CHARGE = "charge"
    PAYMENT = "payment"
    CREDIT_NOTE = "credit-note"
    REFUND = "refund"
    REVERSAL = "reversal"
