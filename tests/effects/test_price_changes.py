"""What a new price does to yearly renewals that were announced (rules 3).

email-pro costs 17.88 a year. The terms begin on 2027-01-01; the 15th day before is 2026-12-17.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mailctl.domain.terms import Period
from mailctl.effects import price_changes
from mailctl.effects.price_changes import RepricedRenewals
from mailctl.store import customers, offers, own_prices
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.store.plain import opened, rows

STARTS_ON = date(2027, 1, 1)
IN_TIME, TOO_LATE = "2026-12-17", "2026-12-18"


@pytest.fixture
def announced(store: Cli) -> Cli:
    """acme has ann and bob, bolt has cyd: all renew yearly, and were announced 40 days before."""
    for name in ("acme", "bolt"):
        store.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
        store.ok("prepaid", "credit", name, "500")
        store.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")
    for platform, *names in (("acme", "ann", "bob"), ("bolt", "cyd")):
        addresses = [f"{name}@{platform}.example" for name in names]
        store.ok("account", "order", platform, *addresses, "--period", "yearly", "-y")
    store.ok("tick", "--to", "2026-11-23")
    return store


def on(cli: Cli, day: str) -> Cli:
    """The day comes; no reminder but the first was queued."""
    with opened(cli.store) as base:
        base.execute("UPDATE clock SET reached_on = ?, last_tick_on = ?", (day, day))
    return cli


def reprice(
    cli: Cli, cents: int, *, customer: str | None = None, from_on: date | None = None
) -> RepricedRenewals:
    """Set the yearly price of email-pro, of all or of one customer."""
    with store_at(cli.store).write("test") as transaction:
        offer = offers.find(transaction, "email-pro")
        owner = customers.find(transaction, customer).id if customer else None
        with price_changes.repricing(transaction, owner) as result:
            day = from_on or transaction.today
            if owner:
                own_prices.keep(
                    *(transaction, owner, offer.id, Period.YEARLY, cents),
                    from_on=day,
                    until_on=None,
                )
            else:
                offers.set_price(transaction, offer.id, Period.YEARLY, day, cents)
        return result


def kept(cli: Cli) -> list[tuple[Any, ...]]:
    """Which accounts keep a price, which, and for the term of which day."""
    return rows(
        cli.store,
        "SELECT a.address, k.cents, k.starts_on FROM kept_price k "
        "JOIN account a ON a.id = k.account_id ORDER BY a.id",
    )


def letters(cli: Cli) -> list[tuple[Any, ...]]:
    """Who was told of a new price, and for how many accounts."""
    return rows(
        cli.store,
        "SELECT c.slug, count(*) FROM notice n JOIN customer c ON c.id = n.customer_id "
        "JOIN notice_account t ON t.notice_id = n.id WHERE n.kind = 'price-changed' "
        "GROUP BY n.id, c.slug ORDER BY n.id",
    )


def journal(cli: Cli) -> list[str]:
    """What became of prices of accounts."""
    found = rows(
        cli.store,
        "SELECT kind FROM journal WHERE kind IN ('price-kept', 'price-released') ORDER BY seq",
    )
    return [kind for (kind,) in found]


def test_a_rise_15_days_before_is_announced_and_applies(announced: Cli) -> None:
    """One letter a customer."""
    assert reprice(on(announced, IN_TIME), 3000) == RepricedRenewals(announced=3)
    assert letters(announced) == [("acme", 2), ("bolt", 1)]
    assert kept(announced) == []


def test_a_rise_14_days_before_does_not_apply(announced: Cli) -> None:
    """Each term keeps what was announced, and its history says so; nobody gets a letter."""
    assert reprice(on(announced, TOO_LATE), 3000) == RepricedRenewals(kept=3)
    assert letters(announced) == []
    assert kept(announced) == [
        ("ann@acme.example", 1788, "2027-01-01"),
        ("bob@acme.example", 1788, "2027-01-01"),
        ("cyd@bolt.example", 1788, "2027-01-01"),
    ]
    assert journal(announced) == ["price-kept"] * 3


@pytest.mark.parametrize("day", [IN_TIME, TOO_LATE, "2026-12-31"])
def test_a_lower_price_applies_at_any_time_and_is_announced(announced: Cli, day: str) -> None:
    assert reprice(on(announced, day), 1787) == RepricedRenewals(announced=3)
    assert kept(announced) == []


def test_the_same_price_again_changes_nothing(announced: Cli) -> None:
    assert reprice(announced, 1788) == RepricedRenewals()
    assert letters(announced) == []


@pytest.mark.parametrize(
    ("from_on", "expected"),
    [(STARTS_ON, RepricedRenewals(announced=3)), (date(2027, 1, 2), RepricedRenewals())],
)
def test_the_price_of_the_terms_first_day_counts(
    announced: Cli, from_on: date, expected: RepricedRenewals
) -> None:
    """A price that begins on that day is of that term; one of the day after is not."""
    assert reprice(announced, 3000, from_on=from_on) == expected


def test_a_price_of_one_customers_own_concerns_nobody_else(announced: Cli) -> None:
    assert reprice(announced, 3000, customer="bolt") == RepricedRenewals(announced=1)
    assert letters(announced) == [("bolt", 1)]


def test_who_has_a_price_of_their_own_is_not_concerned_by_the_offers(announced: Cli) -> None:
    reprice(announced, 1000, customer="bolt")
    assert reprice(announced, 3000) == RepricedRenewals(announced=2)
    assert letters(announced)[1:] == [("acme", 2)]


def test_what_was_not_announced_is_not_announced_again(store: Cli) -> None:
    """More than 40 days before: nobody was told of an amount, so a rise is no news."""
    store.ok("customer", "add", "acme", "--name", "acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme", "--period", "yearly", "-y")
    assert reprice(on(store, TOO_LATE), 3000) == RepricedRenewals()


def test_who_will_not_renew_keeps_the_price_for_when_they_do(announced: Cli) -> None:
    """Nobody can tell them of the rise, however early it is set."""
    announced.ok("account", "renew", "cyd@bolt.example", "--mode", "none", "-y")
    assert reprice(announced, 3000) == RepricedRenewals(announced=2, kept=1)
    assert kept(announced) == [("cyd@bolt.example", 1788, "2027-01-01")]
    assert letters(announced) == [("acme", 2)]


def test_who_will_not_renew_is_not_told_of_a_lower_price(announced: Cli) -> None:
    announced.ok("account", "renew", "cyd@bolt.example", "--mode", "none", "-y")
    assert reprice(announced, 1000) == RepricedRenewals(announced=2)
    assert letters(announced) == [("acme", 2)]


def test_a_kept_price_stays_under_a_second_rise(announced: Cli) -> None:
    """It is kept once, at what was announced."""
    reprice(on(announced, TOO_LATE), 3000)
    assert reprice(announced, 2000) == RepricedRenewals()
    assert [cents for _, cents, _ in kept(announced)] == [1788] * 3


@pytest.mark.parametrize(("cents", "expected"), [(1788, []), (1500, [("acme", 2), ("bolt", 1)])])
def test_a_kept_price_is_given_up_for_one_that_is_not_above_it(
    announced: Cli, cents: int, expected: list[tuple[Any, ...]]
) -> None:
    """A letter tells a lower one; the same is what was told."""
    reprice(on(announced, TOO_LATE), 3000)
    assert reprice(announced, cents) == RepricedRenewals(announced=3 if expected else 0)
    assert kept(announced) == []
    assert letters(announced) == expected
    assert journal(announced) == ["price-kept"] * 3 + ["price-released"] * 3
