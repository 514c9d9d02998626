"""Offers, prices and tax rates."""

from __future__ import annotations

from datetime import date

import pytest

from mailctl.actions import offers
from mailctl.domain.terms import Period
from mailctl.errors import AlreadyExistsError, AmountTooLargeError, UsageError
from mailctl.store.engine.transaction import Transaction


def test_an_offer_is_added_once_and_closed_once(tx: Transaction) -> None:
    """It has the prices of the one it is like."""
    added = offers.add(tx, name="mail-plus", like="email-pro")
    assert (added.item["like"], added.item["label"]) == ("email-pro", "mail-plus")
    with pytest.raises(AlreadyExistsError):
        offers.add(tx, name="mail-plus", like="email-pro")
    assert offers.close(tx, offers.plan_close(tx, name="mail-plus")).changed
    assert not offers.close(tx, offers.plan_close(tx, name="mail-plus")).changed


def test_a_price_is_valid_from_today_unless_a_day_is_given(tx: Transaction) -> None:
    """Nobody's renewal was announced, so nobody is notified."""
    result = offers.price(tx, name="email-pro", period=Period.MONTHLY, cents=179)
    assert (result.period, result.cents, result.customer) == (Period.MONTHLY, 179, None)
    assert (result.from_on, result.until_on) == (date(2026, 2, 5), None)
    assert (result.renewals_repriced, result.renewals_kept) == (0, 0)


def test_a_customers_own_price_ends_once(tx: Transaction) -> None:
    """Removing one that there is not changes nothing."""
    until = date(2026, 12, 31)
    result = offers.price(
        tx, name="email-pro", period=Period.YEARLY, cents=900, customer="late", until_on=until
    )
    assert (result.customer, result.until_on) == ("late", until)
    period = Period.YEARLY
    assert offers.remove_price(tx, name="email-pro", period=period, customer="late").changed
    assert not offers.remove_price(tx, name="email-pro", period=period, customer="late").changed


def test_a_price_in_the_past_is_refused(tx: Transaction) -> None:
    """So are one that ends before it begins, and one that is too large."""
    with pytest.raises(UsageError, match="cannot begin"):
        offers.price(tx, name="email-pro", period=Period.MONTHLY, cents=1, from_on=date(2026, 2, 4))
    with pytest.raises(UsageError, match="before the first"):
        offers.price(
            tx,
            name="email-pro",
            period=Period.MONTHLY,
            cents=1,
            customer="late",
            until_on=date(2026, 2, 4),
        )
    with pytest.raises(AmountTooLargeError):
        offers.price(tx, name="email-pro", period=Period.MONTHLY, cents=10**9 + 1)


def test_an_amount_in_place_of_the_period_is_explained(tx: Transaction) -> None:
    """By the periods that the offer has."""
    both = offers.missing_period(tx, name="email-pro", cents=500)
    assert both.message.endswith("email-pro has monthly and yearly")
    one = offers.missing_period(tx, name="private-exchange", cents=500)
    assert "only the monthly period" in one.message
    assert one.hint == "mailctl offer price private-exchange monthly 5.00"


def test_a_tax_rate_is_valid_from_a_day(tx: Transaction) -> None:
    """Countries whose rate no rule uses have none."""
    result = offers.set_rate(tx, country="de", rate=1950, from_on=date(2027, 1, 1))
    assert result.item == {"country": "DE", "rate": "19.5", "from_on": "2027-01-01"}
    with pytest.raises(UsageError):
        offers.set_rate(tx, country="US", rate=700)


def test_an_offer_is_called_otherwise_from_now_on(tx: Transaction) -> None:
    """A label is one line with words in it."""
    assert offers.edit(tx, name="email-pro", label="Mail").item["label"] == "Mail"
    assert not offers.edit(tx, name="email-pro", label="Mail").changed
    with pytest.raises(UsageError, match="label"):
        offers.edit(tx, name="email-pro", label="")
