"""Offers, their prices, and tax rates."""

from __future__ import annotations

from datetime import date

from mailctl.actions.result import Changed
from mailctl.domain.money import LARGEST_CENTS, format_rate, typed_amount
from mailctl.domain.names import check_name, check_text
from mailctl.domain.offers import check_period
from mailctl.domain.profile import normal_country
from mailctl.domain.tax import check_rated
from mailctl.domain.terms import Period
from mailctl.effects import price_changes
from mailctl.errors import AlreadyExistsError, AmountTooLargeError, UsageError
from mailctl.store import customers, offers, own_prices
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


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
    until_on: date | None = None,
) -> Changed:
    """Set the net price of an offer's period from a day on, for all or one customer (SPEC 3).

    A customer's own may have a last day. Renewals that were announced are told of their new price,
    or keep the old one where a rise comes too late for them.
    """
    offer = offers.find(transaction, name)
    owner = customers.find(transaction, customer) if customer else None
    check_period(name, offer.expiry_of, period, hint=_monthly(name, cents))
    day = _not_past(transaction, from_on, "price")
    _check_price(cents, day, until_on)
    owner_id = owner.id if owner else None
    details = {"offer": name, "period": period.value, "cents": cents, "from_on": day.isoformat()}
    if until_on is not None:
        details["until_on"] = until_on.isoformat()
    transaction.record("price-set", f"customer/{owner.slug}" if owner else f"offer/{name}", details)
    with price_changes.watched(transaction, owner_id) as effects:
        if owner_id is None:
            offers.set_price(transaction, offer.id, period.value, day, cents)
        else:
            own_prices.keep(
                transaction,
                owner_id,
                offer.id,
                period.value,
                cents,
                from_on=day,
                until_on=until_on,
            )
    return Changed(
        thing="offer",
        items=(offers.show(transaction, name),),
        facts={
            "period": period.value,
            "cents": cents,
            "from_on": day,
            "until_on": until_on,
            "customer": customer,
            "effects": effects,
        },
    )


def _check_price(cents: int, day: date, until_on: date | None) -> None:
    if cents > LARGEST_CENTS:
        raise AmountTooLargeError("a price is at most 9,999,999.99")
    if until_on is not None and until_on < day:
        raise UsageError(
            f"the last day, {until_on}, is before the first, {day}", hint=f"--until {day}, or later"
        )


def remove_price(transaction: Transaction, *, name: str, period: Period, customer: str) -> Changed:
    """End a customer's own price from today, and drop those to come (SPEC 3).

    What was billed at it stays explained by it.
    """
    offer = offers.find(transaction, name)
    owner = customers.find(transaction, customer)
    check_period(
        name,
        offer.expiry_of,
        period,
        hint=f"mailctl offer price {name} monthly --customer {customer} --remove",
    )
    with price_changes.watched(transaction, owner.id) as effects:
        had_any = own_prices.end(transaction, offer.id, period.value, owner.id)
    if had_any:
        transaction.record(
            "price-removed",
            f"customer/{owner.slug}",
            {
                "offer": name,
                "period": period.value,
                "from_on": transaction.today.isoformat(),
            },
        )
    return Changed(
        thing="offer",
        items=(offers.show(transaction, name),),
        changed=had_any,
        facts={"period": period.value, "customer": customer, "effects": effects},
    )


def explain_missing_period(reader: Reader, *, name: str, cents: int) -> UsageError:
    """What to say where an amount stands in the place of the period."""
    offer = offers.find(reader, name)
    if len(offer.expiry_of.periods) == 1:
        said = f"{name} has the monthly period alone, and it is to be named before the amount"
    else:
        said = f"the period is missing before the amount: {name} has monthly and yearly"
    return UsageError(said, hint=_monthly(name, cents))


def _monthly(name: str, cents: int) -> str:
    return f"mailctl offer price {name} monthly {typed_amount(cents)}"


def set_rate(
    transaction: Transaction, *, country: str, rate: int, from_on: date | None = None
) -> Changed:
    """Set a country's standard rate, in hundredths of a percent, from a day on.

    UsageError for a country whose rate no rule would ever use (SPEC 3).
    """
    code = normal_country(country)
    check_rated(code, transaction.info.seller_country)
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
