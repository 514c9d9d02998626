"""Offers, their prices, and tax rates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mailctl.actions import undo, undo_prices
from mailctl.actions.result import Result
from mailctl.domain.money import LARGEST_CENTS, format_rate, money, typed_amount
from mailctl.domain.names import check_filled, check_name, check_text
from mailctl.domain.offers import check_period
from mailctl.domain.profile import normal_country
from mailctl.domain.tax import check_rated
from mailctl.domain.terms import Period
from mailctl.effects import price_changes
from mailctl.errors import AlreadyExistsError, AmountTooLargeError, UsageError
from mailctl.hints import command, named
from mailctl.store import customers, offers, own_prices
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class OfferChanged(Result):
    """An offer that was added, edited or closed."""

    thing: str = "offer"


class PriceChanged(OfferChanged):
    """A price of an offer, for all or for one customer, and its effect on announced renewals.

    Some cost another amount, and their customers are notified; some keep their price, because a
    rise is too late for them.
    """

    period: Period
    customer: str | None
    renewals_repriced: int
    renewals_kept: int


class PriceSet(PriceChanged):
    """A price that is valid from a day on, and until a day if it ends."""

    cents: int
    from_on: date
    until_on: date | None


class RateSet(Result):
    """A country's tax rate that is valid from a day on."""

    thing: str = "tax"


def add(
    transaction: Transaction, *, name: str, like: str, label: str | None = None
) -> OfferChanged:
    """Add an offer with another's capabilities and, until it has its own, its prices (rules 3)."""
    check_name(name, "name of an offer")
    parent = offers.find(transaction, like)
    if offers.exists(transaction, name):
        raise AlreadyExistsError(f"there is an offer {name} already", hint="mailctl offer list")
    text = check_text(label or name, "label") or name
    offers.add(transaction, name, text, parent.expiry_of, parent.id)
    transaction.record("offer-added", f"offer/{name}", {"like": like, "label": text})
    return OfferChanged(
        items=(offers.show(transaction, name),),
        undo=undo.by("offer", "close", named("offer", name), "--yes", note="the name stays taken"),
    )


def edit(transaction: Transaction, *, name: str, label: str) -> OfferChanged:
    """Change an offer's name on invoices; those issued before keep the one they have (rules 3)."""
    offer = offers.find(transaction, name)
    text = check_filled(label, "label")
    old = offers.show(transaction, name)["label"]
    if text != old:
        offers.set_label(transaction, offer.id, text)
        transaction.record("offer-edited", f"offer/{name}", {"old": old, "label": text})
    return OfferChanged(
        items=(offers.show(transaction, name),),
        changed=text != old,
        undo=undo.by("offer", "edit", named("offer", name), "--label", str(old)),
    )


class ClosePlan(Value):
    """An offer that will take no new platform, and how many it has."""

    offer: str
    platforms: int
    changes_nothing: bool


def plan_close(reader: Reader, *, name: str) -> ClosePlan:
    """What closing an offer concerns."""
    offer = offers.find(reader, name)
    return ClosePlan(
        offer=name,
        platforms=offers.platforms_of(reader, offer.id),
        changes_nothing=offer.is_closed,
    )


def close(transaction: Transaction, plan: ClosePlan) -> OfferChanged:
    """Close an offer to new platforms; existing ones continue."""
    if not plan.changes_nothing:
        offers.close(transaction, offers.find(transaction, plan.offer).id)
        transaction.record("offer-closed", f"offer/{plan.offer}")
    return OfferChanged(
        items=(offers.show(transaction, plan.offer),),
        changed=not plan.changes_nothing,
        undo=undo.by("offer", "reopen", named("offer", plan.offer)),
    )


def reopen(transaction: Transaction, *, name: str) -> OfferChanged:
    """Let a closed offer take new platforms again."""
    offer = offers.find(transaction, name)
    if offer.is_closed:
        offers.reopen(transaction, offer.id)
        transaction.record("offer-reopened", f"offer/{name}")
    return OfferChanged(
        items=(offers.show(transaction, name),),
        changed=offer.is_closed,
        undo=undo.by("offer", "close", named("offer", name), "--yes"),
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
) -> PriceSet:
    """Set the net price of an offer's period from a day on, for all or one customer (rules 3).

    A customer's own price may have a last day. Customers whose renewals were announced at another
    price are notified of the new one; a rise that is set too late for them does not apply.
    """
    offer = offers.find(transaction, name)
    owner = customers.find(transaction, customer) if customer else None
    check_period(name, offer.expiry_of, period, hint=_monthly(name, cents))
    words = ["offer", "price", named("offer", name), period.value, typed_amount(cents)]
    words += ["--customer", customer] if customer else []
    day = _first_day(transaction, cents, from_on, until_on, words)
    owner_id = owner.id if owner else None
    if owner:
        before = undo_prices.own(transaction, owner.slug, name, period)
        taken_back = before.undo_setting(day, until_on, transaction.today)
    else:
        taken_back = undo_prices.of_price(transaction, offer, period, day)
    details = {"offer": name, "period": period.value, "cents": cents, "from_on": day.isoformat()}
    if until_on is not None:
        details["until_on"] = until_on.isoformat()
    transaction.record("price-set", f"customer/{owner.slug}" if owner else f"offer/{name}", details)
    with price_changes.repricing(transaction, owner_id) as effects:
        if owner_id is None:
            offers.set_price(transaction, offer.id, period, day, cents)
        else:
            own_prices.keep(
                transaction, owner_id, offer.id, period, cents, from_on=day, until_on=until_on
            )
    return PriceSet(
        items=(offers.show(transaction, name),),
        period=period,
        customer=customer,
        renewals_repriced=effects.announced,
        renewals_kept=effects.kept,
        cents=cents,
        from_on=day,
        until_on=until_on,
        undo=taken_back,
    )


def _first_day(
    transaction: Transaction,
    cents: int,
    from_on: date | None,
    until_on: date | None,
    words: Sequence[str],
) -> date:
    """From when a price holds, which was typed as these words; UsageError, AmountTooLargeError."""
    day = _not_past(transaction, from_on, "price", words)
    if cents > LARGEST_CENTS:
        raise AmountTooLargeError(
            f"a price is at most {money(LARGEST_CENTS, transaction.info.currency)}"
        )
    if until_on is not None and until_on < day:
        raise UsageError(
            f"the last day, {until_on}, is before the first, {day}",
            hint=f"{command(*words, '--from', day, '--until', day)}, or later",
        )
    return day


def remove_price(
    transaction: Transaction, *, name: str, period: Period, customer: str
) -> PriceChanged:
    """End a customer's own price from today, and remove its later ones (rules 3).

    The price stays in the store, since invoices were billed at it.
    """
    offer = offers.find(transaction, name)
    owner = customers.find(transaction, customer)
    check_period(
        name,
        offer.expiry_of,
        period,
        hint=f"mailctl offer price {name} monthly --customer {customer} --remove",
    )
    before = undo_prices.own(transaction, customer, name, period)
    with price_changes.repricing(transaction, owner.id) as effects:
        had_any = own_prices.end(transaction, offer.id, period, owner.id)
    if had_any:
        transaction.record(
            "price-removed",
            f"customer/{owner.slug}",
            {"offer": name, "period": period.value, "from_on": transaction.today.isoformat()},
        )
    return PriceChanged(
        items=(offers.show(transaction, name),),
        changed=had_any,
        undo=before.undo_removal(transaction.today),
        period=period,
        customer=customer,
        renewals_repriced=effects.announced,
        renewals_kept=effects.kept,
    )


def missing_period(reader: Reader, *, name: str, cents: int) -> UsageError:
    """The error for an amount that stands where the period should."""
    offer = offers.find(reader, name)
    only = len(offer.expiry_of.periods) == 1
    return UsageError(
        f"{name} has only the monthly period; name it before the amount"
        if only
        else f"the period is missing before the amount: {name} has monthly and yearly",
        hint=_monthly(name, cents),
    )


def _monthly(name: str, cents: int) -> str:
    return f"mailctl offer price {name} monthly {typed_amount(cents)}"


def set_rate(
    transaction: Transaction, *, country: str, rate: int, from_on: date | None = None
) -> RateSet:
    """Set a country's standard rate, in hundredths of a percent, from a day on.

    UsageError for a country whose rate no rule uses (rules 3).
    """
    code = normal_country(country)
    check_rated(code, transaction.info.seller_country)
    words = ("tax", "set", code, format_rate(rate))
    day = _not_past(transaction, from_on, "tax rate", words)
    taken_back = undo_prices.of_rate(transaction, code, day)
    offers.set_rate(transaction, code, day, rate)
    transaction.record("rate-set", f"tax/{code}", {"rate": rate, "from_on": day.isoformat()})
    item = {"country": code, "rate": format_rate(rate), "from_on": day.isoformat()}
    return RateSet(items=(item,), undo=taken_back)


def _not_past(
    transaction: Transaction, from_on: date | None, what: str, words: Sequence[str]
) -> date:
    day = from_on or transaction.today
    if day < transaction.today:
        raise UsageError(
            f"a {what} cannot begin on {day}: today is {transaction.today}",
            hint=f"{command(*words, '--from', transaction.today)}, or later",
        )
    return day
