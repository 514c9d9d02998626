"""Sentences about what money made possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.domain.text import counted, listed

if TYPE_CHECKING:
    from mailctl.actions.result import MoneyResult


def consequences(result: MoneyResult, *, would: bool) -> str:
    """The orders that were paid and the accounts that are active again, if any."""
    return _paid_orders(result.paid_orders, would=would) + active_again(result.reopened)


def active_again(accounts: int) -> str:
    """A sentence about the accounts whose suspension for debt ended, if any."""
    return f" {counted(accounts, 'account')} suspended for debt: active again." if accounts else ""


def _paid_orders(numbers: tuple[int, ...], *, would: bool) -> str:
    if not numbers:
        return ""
    which = listed([str(number) for number in numbers], most=5)
    orders, verb = ("Order", "is") if len(numbers) == 1 else ("Orders", "are")
    return f" {orders} {which} {'would be' if would else verb} paid with it."
