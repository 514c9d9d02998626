"""Offers: what each lets its accounts do (rules 3)."""

from __future__ import annotations

from enum import StrEnum

from mailctl.domain.terms import Period
from mailctl.errors import NoPeriodicityError


class ExpiryOf(StrEnum):
    """What an offer's expiry dates belong to."""

    ACCOUNT = "account"
    PLATFORM = "platform"

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods that can be ordered; accounts that expire with their platform are monthly."""
        if self is ExpiryOf.PLATFORM:
            return (Period.MONTHLY,)
        return (Period.MONTHLY, Period.YEARLY)


def check_period(
    offer: str, expiry_of: ExpiryOf, period: Period, *, hint: str = "leave --period out"
) -> None:
    """NoPeriodicityError where the offer has no such period; `hint` is what helps there."""
    if period not in expiry_of.periods:
        raise NoPeriodicityError(
            f"{offer} has the monthly period alone: it is billed with its platform", hint=hint
        )
