"""Prices of one customer's own: each day's price, whatever is set, ended and taken away (rules 3).

Monthly prices of email-pro; None is a day on which the offer's price applies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from mailctl.domain.terms import Period
from mailctl.store import customers, offers, own_prices
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from tests.helpers import Cli

TODAY = date(2026, 1, 1)
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
END_OF_MARCH, END_OF_APRIL = date(2026, 3, 31), date(2026, 4, 30)


@pytest.fixture
def host(store: Cli) -> Cli:
    """Two customers without prices of their own."""
    for name in ("acme", "bolt"):
        store.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
    return store


class Prices:
    """acme's own prices within a change."""

    def __init__(self, transaction: Transaction) -> None:
        self.transaction = transaction
        self.acme = customers.find(transaction, "acme").id
        self.offer = offers.find(transaction, "email-pro").id

    def keep(self, cents: int, from_on: date = TODAY, until_on: date | None = None) -> None:
        """Set a price."""
        own_prices.keep(
            *(self.transaction, self.acme, self.offer, Period.MONTHLY, cents),
            from_on=from_on,
            until_on=until_on,
        )

    def end(self, period: Period = Period.MONTHLY) -> bool:
        """Take them away; whether there were any."""
        return own_prices.end(self.transaction, self.offer, period, self.acme)

    def held(self, name: str = "acme") -> list[tuple[object, ...]]:
        """Each price with its first and its last day."""
        rows = own_prices.listing(self.transaction, customer=name)
        return [(row["cents"], row["from_on"], row["until_on"]) for row in rows]


@contextmanager
def changing(cli: Cli) -> Iterator[Prices]:
    with store_at(cli.store).write("test") as transaction:
        yield Prices(transaction)


def test_a_price_applies_until_the_day_before_the_next_one(host: Cli) -> None:
    with changing(host) as own:
        own.keep(100)
        own.keep(120, MARCH)
        assert own.held() == [(100, "2026-01-01", "2026-02-28"), (120, "2026-03-01", None)]


def test_the_last_price_that_is_set_for_a_day_holds(host: Cli) -> None:
    with changing(host) as own:
        own.keep(100)
        own.keep(110)
        assert own.held() == [(110, "2026-01-01", None)]


def test_the_end_of_a_price_is_its_last_day(host: Cli) -> None:
    """After it the offer's price applies."""
    with changing(host) as own:
        own.keep(100, MARCH, END_OF_MARCH)
        assert own.held() == [(100, "2026-03-01", "2026-03-31")]


def test_after_a_price_that_ends_the_one_before_it_goes_on(host: Cli) -> None:
    with changing(host) as own:
        own.keep(120)
        own.keep(100, MARCH, END_OF_MARCH)
        assert own.held() == [
            (120, "2026-01-01", "2026-02-28"),
            (100, "2026-03-01", "2026-03-31"),
            (120, "2026-04-01", None),
        ]


def test_within_a_price_that_ends_nothing_else_applies(host: Cli) -> None:
    """What was to begin up to its last day applies after it; what begins later stays."""
    with changing(host) as own:
        own.keep(120, END_OF_MARCH)
        own.keep(140, JUNE)
        own.keep(100, MARCH, END_OF_MARCH)
        assert own.held() == [
            (100, "2026-03-01", "2026-03-31"),
            (120, "2026-04-01", "2026-05-31"),
            (140, "2026-06-01", None),
        ]


def test_what_begins_on_the_day_after_an_end_stays_as_it_is(host: Cli) -> None:
    with changing(host) as own:
        own.keep(120)
        own.keep(140, APRIL)
        own.keep(100, MARCH, END_OF_MARCH)
        assert own.held()[-1] == (140, "2026-04-01", None)


def test_a_price_without_an_end_forgets_the_ends_up_to_the_next_price(host: Cli) -> None:
    """The end of a later price is that price's, and stays."""
    with changing(host) as own:
        own.keep(100, TODAY, END_OF_MARCH)
        own.keep(90, MAY, date(2026, 5, 31))
        own.keep(110, MARCH)
        assert own.held() == [
            (100, "2026-01-01", "2026-02-28"),
            (110, "2026-03-01", "2026-04-30"),
            (90, "2026-05-01", "2026-05-31"),
        ]


def test_taken_away_it_applied_until_yesterday_and_what_was_to_come_is_gone(host: Cli) -> None:
    """The past stays, to explain what was billed; a second time there is nothing to take away."""
    with changing(host) as own:
        own.keep(100)
    host.ok("tick", "--to", "2026-02-01")
    with changing(host) as own:
        own.keep(120, MARCH)
        assert own.end()
        assert own.held() == [(100, "2026-01-01", "2026-01-31")]
        assert not own.end()


@pytest.mark.parametrize("from_on", [TODAY, MARCH])
def test_it_says_whether_there_was_a_price_to_take_away(host: Cli, from_on: date) -> None:
    """Of today, or only one to come."""
    with changing(host) as own:
        assert not own.end()
        own.keep(100, from_on)
        assert own.end()


def test_an_end_is_no_price_that_can_be_taken_away(host: Cli) -> None:
    """It ended yesterday: of the price nothing is left but its end."""
    with changing(host) as own:
        own.keep(100, TODAY, date(2026, 1, 31))
    host.ok("tick", "--to", "2026-02-01")
    with changing(host) as own:
        assert not own.end()


def test_prices_of_other_periods_and_customers_are_left_alone(host: Cli) -> None:
    with changing(host) as own:
        own.keep(100)
        bolt = customers.find(own.transaction, "bolt").id
        own_prices.keep(
            *(own.transaction, bolt, own.offer, Period.MONTHLY, 70), from_on=TODAY, until_on=None
        )
        own_prices.keep(
            *(own.transaction, own.acme, own.offer, Period.YEARLY, 900),
            from_on=MARCH,
            until_on=END_OF_APRIL,
        )
        own.keep(110, MARCH)
        assert own.end()
        assert own.held() == [(900, "2026-03-01", "2026-04-30")]
        assert own.held("bolt") == [(70, "2026-01-01", None)]
