"""Offers: what each lets its accounts do, and the prices shipped as examples (rules 3)."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedOffer:
    """An offer that every new store has; prices are net cents and examples."""

    name: str
    label: str
    expiry_of: ExpiryOf
    prices: tuple[tuple[Period, int], ...]


SHIPPED_OFFERS = (
    ShippedOffer(
        name="email-pro",
        label="E-mail Pro",
        expiry_of=ExpiryOf.ACCOUNT,
        prices=((Period.MONTHLY, 159), (Period.YEARLY, 1788)),
    ),
    ShippedOffer(
        name="hosted-exchange",
        label="Hosted Exchange",
        expiry_of=ExpiryOf.ACCOUNT,
        prices=((Period.MONTHLY, 399), (Period.YEARLY, 4308)),
    ),
    ShippedOffer(
        name="private-exchange",
        label="Private Exchange",
        expiry_of=ExpiryOf.PLATFORM,
        prices=((Period.MONTHLY, 299),),
    ),
)


def check_period(
    offer: str, expiry_of: ExpiryOf, period: Period, *, hint: str = "leave --period out"
) -> None:
    """NoPeriodicityError where the offer has no such period; `hint` is what helps there."""
    if period not in expiry_of.periods:
        raise NoPeriodicityError(
            f"{offer} has the monthly period alone: it is billed with its platform", hint=hint
        )
