"""Settlement: which invoices a customer's money has paid (rules 9).

Money pays the oldest invoices first, so what is missing lies on the newest. SQL knows the same rule
as `store.expressions.open_cents`; a test compares both.
"""

from __future__ import annotations

from collections.abc import Iterable


def open_cents(missing_cents: int, asked_cents: Iterable[int]) -> list[int]:
    """How much of each invoice is open, when so much is missing; both newest first."""
    left = []
    for asked in asked_cents:
        left.append(max(0, min(missing_cents, asked)))
        missing_cents -= asked
    return left
