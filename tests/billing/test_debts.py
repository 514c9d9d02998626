"""Debts: an order for what is missing while a customer is below 0, opened and ended once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers import Cli

CARD = (
    "method", "add", "card", "acme", "--token", "tok_1", "--brand", "Visa", "--last4", "4242",
    "--expires", "2030-01",
)  # fmt: skip


@pytest.fixture
def debtor(store: Cli) -> Cli:
    """acme, who ordered a mailbox without any money."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-hx", "--customer", "acme", "--offer", "hosted-exchange")
    store.ok("account", "order", "acme-hx", "-y")
    return store


def debts(cli: Cli) -> list[dict[str, Any]]:
    """acme's debt orders."""
    return [order for order in cli.ok("order", "list")["items"] if order["kind"] == "debt"]


def kinds(cli: Cli) -> list[str]:
    """What acme was notified of, in order."""
    return [notice["kind"] for notice in cli.ok("notice", "list")["items"]]


def test_a_customer_below_0_has_one_debt_that_grows(debtor: Cli) -> None:
    """Another order makes it larger; it is announced once."""
    (first,) = debts(debtor)
    debtor.ok("account", "order", "acme-hx", "-y")
    (grown,) = debts(debtor)
    assert grown["number"] == first["number"]
    assert grown["total_cents"] == -debtor.ok("prepaid", "show", "acme")["balance_cents"]
    assert grown["total_cents"] == 2 * first["total_cents"]
    assert kinds(debtor).count("debt-opened") == 1


def test_money_of_any_kind_ends_a_debt(debtor: Cli) -> None:
    """Money that does not name the debt cancels it; the customer is notified."""
    debtor.ok("prepaid", "credit", "acme", "100")
    assert [debt["status"] for debt in debts(debtor)] == ["cancelled"]
    assert kinds(debtor)[-1] == "debt-settled"


def test_money_that_names_a_debt_delivers_it(debtor: Cli) -> None:
    """As `order pay` records it."""
    (debt,) = debts(debtor)
    debtor.ok("order", "pay", str(debt["number"]), "--received", "-y")
    assert [debt["status"] for debt in debts(debtor)] == ["delivered"]


def test_what_is_being_collected_is_not_asked_for(store: Cli) -> None:
    """There is a debt while the card's payment is pending, but nobody is asked to pay it."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok(*CARD)
    store.ok("platform", "add", "acme-hx", "--customer", "acme", "--offer", "hosted-exchange")
    store.ok("account", "order", "acme-hx", "-y")
    assert [debt["status"] for debt in debts(store)] == ["not-paid"]
    assert "debt-opened" not in kinds(store)


def test_money_that_names_another_order_cancels_a_debt(store: Cli) -> None:
    """It came for a mailbox that is ordered besides; the debt is gone, and was not what it paid."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-hx", "--customer", "acme", "--offer", "hosted-exchange")
    waiting = store.ok("account", "order", "acme-hx", "--await-payment", "-y")["number"]
    store.ok("account", "order", "acme-hx", "-y")
    store.ok("prepaid", "credit", "acme", "100", "--order", str(waiting))
    assert store.ok("order", "show", str(waiting))["status"] == "delivered"
    assert [debt["status"] for debt in debts(store)] == ["cancelled"]
