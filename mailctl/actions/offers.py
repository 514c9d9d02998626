"""Offers, their prices, and tax rates."""

from __future__ import annotations

from datetime import date

from mailctl.actions.result import Changed
from mailctl.domain.money import LARGEST_CENTS, format_rate
from mailctl.domain.names import check_name, check_text
from mailctl.domain.offers import check_period
from mailctl.domain.profile import normal_country
from mailctl.domain.terms import Period
from mailctl.errors import AlreadyExistsError, AmountTooLargeError, UsageError
from mailctl.store import customers, offers
from mailctl.store.connection import Transaction


def add(transaction: Transaction, *, name: str, like: str, label: str | None = None) -> Changed:
    """Add an offer with another's capabilities and, until it has its own, its prices (SPEC 3)."""
    check_name(name, "name of an offer")
    parent = offers.find(transaction, like)
    if offers.exists(transaction, name):
        raise AlreadyExistsError(f"there is an offer {name} already", hint="mailctl offer list")
    text = check_text(label or name, "label") or name
    offers.add(transaction, name, text, parent.expiry_of, parent.id)
    transaction.record("offer-added", f"offer/{name}", {"like": like, "label": text})
    return Changed(thing="offer", items=(offers.show(transaction, name),))


def close(transaction: Transaction, *, name: str) -> Changed:
    """Let an offer take no new platform; existing ones go on."""
    offer = offers.find(transaction, name)
    if not offer.is_closed:
        offers.close(transaction, offer.id)
        transaction.record("offer-closed", f"offer/{name}")
    return Changed(
        thing="offer", items=(offers.show(transaction, name),), changed=not offer.is_closed
    )


def price(
    transaction: Transaction,
    *,
    name: str,
    period: Period,
    cents: int,
    from_on: date | None = None,
    customer: str | None = None,
) -> Changed:
    """Set the net price of an offer's period from a day on, for all or one customer (SPEC 3)."""
    offer = offers.find(transaction, name)
    owner = customers.find(transaction, customer) if customer else None
    check_period(name, offer.expiry_of, period)
    day = _not_past(transaction, from_on, "price")
    if cents > LARGEST_CENTS:
        raise AmountTooLargeError("a price is at most 9,999,999.99")
    offers.set_price(
        transaction, offer.id, period.value, day, cents, customer_id=owner.id if owner else None
    )
    transaction.record(
        "price-set",
        f"customer/{owner.slug}" if owner else f"offer/{name}",
        {"offer": name, "period": period.value, "cents": cents, "from_on": day.isoformat()},
    )
    return Changed(
        thing="offer",
        items=(offers.show(transaction, name),),
        facts={"period": period.value, "cents": cents, "from_on": day, "customer": customer},
    )


def set_rate(
    transaction: Transaction, *, country: str, rate: int, from_on: date | None = None
) -> Changed:
    """Set a country's standard rate, in hundredths of a percent, from a day on."""
    code = normal_country(country)
    day = _not_past(transaction, from_on, "tax rate")
    offers.set_rate(transaction, code, day, rate)
    transaction.record("rate-set", f"tax/{code}", {"rate": rate, "from_on": day.isoformat()})
    item = {"country": code, "rate": format_rate(rate), "from_on": day.isoformat()}
    return Changed(thing="tax", items=(item,))


def _not_past(transaction: Transaction, from_on: date | None, what: str) -> date:
    day = from_on or transaction.today
    if day < transaction.today:
        raise UsageError(
            f"a {what} cannot begin on {day}: today is {transaction.today}",
            hint=f"--from {transaction.today}, or later",
        )
    return day
