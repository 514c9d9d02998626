"""Orders: how far one is, and what it waits for (rules 7)."""

from __future__ import annotations

from enum import StrEnum

from mailctl.hints import Hint


class OrderKind(StrEnum):
    """What an order is for; `debt` orders are made by mailctl, for what a customer owes."""

    ACCOUNTS = "accounts"
    EXTENSION = "extension"
    REOPENING = "reopening"
    PREPAID_CREDIT = "prepaid-credit"
    DEBT = "debt"


class OrderStatus(StrEnum):
    """How far an order is."""

    NOT_PAID = "not-paid"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


DAYS_TO_TRY = 30
"""How many days after its validity an order is still tried whose money was received, if something
else holds it up (rules 9)."""

STEPS = ("validating", "validated", "delivering", "available")


def steps(
    *, status: str | None, ordered_on: str | None, paid_on: str | None, ended_on: str | None
) -> list[dict[str, object]]:
    """The four steps with `todo`, `doing`, `done` or `error`, and since when; derived, never typed.

    An order waits in `validating` for its money; what is paid is delivered in the same transaction,
    so only a cancelled order ends in `error`.
    """
    if status == OrderStatus.DELIVERED:
        return [_step(name, "done", paid_on or ended_on) for name in STEPS]
    if status == OrderStatus.CANCELLED:
        return [
            _step("validating", "error", ended_on),
            *(_step(name, "todo") for name in STEPS[1:]),
        ]
    assert status == OrderStatus.NOT_PAID, status
    return [_step("validating", "doing", ordered_on), *(_step(name, "todo") for name in STEPS[1:])]


def _step(name: str, status: str, on: str | None = None) -> dict[str, object]:
    return {"step": name, "status": status, "on": on}


def needs(
    kind: str, status: str, customer: str, number: object, *, has_come: bool = False
) -> str | None:
    """What an order waits for, as a sentence; None where it waits for nothing.

    If its money `has_come`, something else holds it up.
    """
    if status != OrderStatus.NOT_PAID:
        return None
    if has_come:
        return f"what holds it up, the money of {customer} is there: {Hint.PAY_ORDER(order=number)}"
    if kind == OrderKind.DEBT:
        return f"money of {customer}: {Hint.CREDIT(customer=customer)}"
    return f"payment by {customer}: {Hint.PAY_ORDER(order=number)}"
