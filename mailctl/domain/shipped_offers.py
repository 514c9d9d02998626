"""The offers that every new store has, with prices that are examples (rules 3)."""

from __future__ import annotations

from mailctl.domain.offers import ExpiryOf
from mailctl.domain.terms import Period
from mailctl.values import Value


class ShippedOffer(Value):
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
