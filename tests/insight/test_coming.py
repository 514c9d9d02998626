"""What is computed to be billed until a day is what a forecast, which lives the days, bills."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from mailctl.billing.projection import projections, unless_paid
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli
from tests.insight.advised import play
from tests.insight.aged_host import aged_host
from tests.lives import many
from tests.lives.life import Move
from tests.lives.money_life import a_life_with_money
from tests.lives.test_money_lives import moves

lives = many.lives(6)
starts = st.sampled_from(["2026-01-29", "2024-01-31", "2026-11-30"])
Total = Callable[[Cli, str, date], int]


def if_paid(cli: Cli, customer: str, until: date) -> int:
    """What a customer is computed to be billed up to a day, if nothing is suspended for debt."""
    with store_at(cli.store).read() as reader:
        (found,) = projections(reader, until, customer)
    return found.total_cents


def if_not_paid(cli: Cli, customer: str, until: date) -> int:
    """What a customer is computed to be billed up to a day, if nobody pays."""
    with store_at(cli.store).read() as reader:
        found = unless_paid(reader, until, customer)
    return sum(invoice.total_cents for invoice in found.invoices)


def foretold(cli: Cli, customer: str, until: date, *flags: str) -> int:
    """What a forecast of the customer alone bills up to a day."""
    said = cli.ok("forecast", "--until", str(until), "--customer", customer, *flags)
    return sum(month["total_cents"] for month in said["months"])


def ahead(cli: Cli, days: int) -> date:
    """The day so many days after the store's today."""
    return date.fromisoformat(cli.ok("status")["clock_on"]) + timedelta(days=days)


def customers(cli: Cli) -> dict[str, int]:
    """Every customer with their balance."""
    names = [item["id"] for item in cli.ok("customer", "list")["items"]]
    return {name: cli.ok("prepaid", "show", name)["balance_cents"] for name in names}


@lives
@given(start=starts, moves=moves, days=st.integers(1, 70))
def test_where_debts_are_paid_all_that_renews_is_billed(
    start: str, moves: list[Move], days: int, server_url: str | None
) -> None:
    """After a random life, once everybody has paid what they owe."""
    with a_life_with_money(start, server_url) as life:
        for move in moves:
            life.play(move)
        for name, balance in customers(life.cli).items():
            if balance < 0:
                life.cli.ok("prepaid", "credit", name, f"{-balance // 100}.{-balance % 100:02}")
        until = ahead(life.cli, days)
        for name in customers(life.cli):
            assert if_paid(life.cli, name, until) == foretold(life.cli, name, until)


@lives
@given(start=starts, moves=moves, days=st.integers(1, 70))
def test_where_nobody_pays_what_debt_suspends_is_not_billed(
    start: str, moves: list[Move], days: int, server_url: str | None
) -> None:
    """After a random life; of customers without a method, whose payments may fail on any day."""
    with a_life_with_money(start, server_url) as life:
        for move in moves:
            life.play(move)
        until = ahead(life.cli, days)
        for name in customers(life.cli):
            if not life.cli.ok("method", "list", "--customer", name)["items"]:
                told = foretold(life.cli, name, until, "--no-payments")
                assert if_not_paid(life.cli, name, until) == told


@pytest.mark.parametrize("days", [11, 42])
def test_the_example_host(days: int) -> None:
    """Customers of many countries, with debts, a card, prices of their own, a manual platform."""
    host = aged_host()
    until = ahead(host, days)
    balances = customers(host)
    assert sum(if_not_paid(host, name, until) for name in balances) == sum(
        month["total_cents"]
        for month in host.ok("forecast", "--until", str(until), "--no-payments")["months"]
    )

    some = [*balances][:12]
    paying = [name for name in some if balances[name] >= 0]
    assert len(paying) > 3
    for name in some:
        told = foretold(host, name, until, "--no-payments")
        assert if_not_paid(host, name, until) == told
    for name in paying:
        assert if_paid(host, name, until) == foretold(host, name, until)


@pytest.mark.parametrize("computed", [if_paid, if_not_paid])
def test_a_late_tick_bills_all_that_was_missed_at_once(cli: Cli, computed: Total) -> None:
    """On a wall clock: three terms of two mailboxes on today's invoice, each at its price.

    2 x 3.99 + 4 x 4.44 with 20 % are 30.89; three invoices would be 30.90. On 10 May 10.66 more.
    """
    with freeze_time("2026-01-10 09:00"):
        play(
            cli,
            "init --timezone UTC\ncustomer add acme --name Acme --email it@acme.example\n"
            "platform add acme-hx --customer acme --offer hosted-exchange\n"
            "prepaid credit acme 100\naccount order acme-hx --count 2 -y\n"
            "offer price hosted-exchange monthly 4.44 --from 2026-02-11",
        )
    with freeze_time("2026-04-12 09:00"):
        assert computed(cli, "acme", date(2026, 5, 9)) == 3089
        assert computed(cli, "acme", date(2026, 5, 10)) == 3089 + 1066
        assert foretold(cli, "acme", date(2026, 5, 10), "--no-payments") == 3089 + 1066


ACME = """
init --clock 2026-01-01
customer add acme --name Acme --email it@acme.example
platform add hx --customer acme --offer hosted-exchange
"""


@pytest.mark.parametrize(
    ("before", "until", "total_cents"),
    [
        pytest.param(
            "prepaid credit acme 100\naccount order hx -y\ntax set FR 21 --from 2026-02-15",
            "2026-03-01",
            479 + 483,
            id="the tax of the invoice's day",
        ),
        pytest.param(
            "account order hx -y\nprepaid grace acme --until 2026-03-05 --reason x",
            "2026-04-01",
            479 + 479,
            id="nobody is suspended during a grace",
        ),
        pytest.param(
            "prepaid credit acme 10\nprepaid refund acme 5.21 --reason x -y\naccount order hx -y\n"
            "account order hx -y\noffer price hosted-exchange monthly 0 --from 2026-02-01\n"
            "offer price hosted-exchange monthly 4 --from 2026-04-01",
            "2026-04-01",
            480,
            id="nobody is suspended for an invoice of nothing",
        ),
        pytest.param(
            "account order hx --count 2 -y\ninvoice credit 2026-000001 --line 1 --reason x -y",
            "2026-02-01",
            479,
            id="nobody is suspended for what was given back",
        ),
        pytest.param(
            "customer edit acme --payment-days 27\naccount order hx -y\ntick --to 2026-01-25\n"
            "method add paypal acme --agreement B-1\n"
            "payment export --kind paypal --format csv --to a.csv\nmethod remove 1\n"
            "account order hx -y",
            "2026-02-01",
            479,
            id="nobody is suspended for what a payment covers",
        ),
    ],
)
def test_what_is_billed_where_nobody_pays(
    cli: Cli, before: str, until: str, total_cents: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the cent, and as it is foretold."""
    monkeypatch.chdir(cli.store.parent)
    play(cli, ACME + before)
    day = date.fromisoformat(until)

    assert if_not_paid(cli, "acme", day) == total_cents
    assert foretold(cli, "acme", day, "--no-payments") == total_cents
