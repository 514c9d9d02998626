"""Money in and out of prepaid accounts."""

from __future__ import annotations

from datetime import date

import pytest

from mailctl.actions import prepaid, received
from mailctl.errors import AmountTooSmallError, BalanceTooLowError, UsageError
from mailctl.store import customers, orders
from mailctl.store.engine.transaction import Transaction

CAME = received.received("REF-1", None)


def test_money_that_ends_a_debt_reports_how_many_accounts_work_again(tx: Transaction) -> None:
    """late owes 1.91 and has one account suspended for it."""
    result = prepaid.credit(tx, customer="late", cents=191, received=CAME)
    assert (result.cents, result.balance_cents, result.reopened) == (191, 0, 1)
    assert (result.changed, result.paid_orders, result.warnings) == (True, (), ())
    assert orders.find(tx, result.order).customer == "late"


def test_a_credit_that_is_awaited_leaves_the_balance(tx: Transaction) -> None:
    """It is an order, and no money yet."""
    before = customers.find(tx, "acme").balance_cents
    result = prepaid.credit(tx, customer="acme", cents=5000, await_payment=True)
    assert (result.cents, result.balance_cents, result.reopened) == (5000, before, 0)
    assert orders.find(tx, result.order).status == "not-paid"


def test_a_repeated_key_gives_the_first_order(tx: Transaction) -> None:
    """And moves no money a second time."""
    first = prepaid.credit(tx, customer="acme", cents=5000, key="once")
    again = prepaid.credit(tx, customer="acme", cents=5000, key="once")
    assert (again.changed, again.order) == (False, first.order)
    assert again.balance_cents == first.balance_cents


def test_part_of_an_orders_money_warns_of_what_is_missing(tx: Transaction) -> None:
    """The order is not paid by it."""
    asked = prepaid.credit(tx, customer="bolt", cents=5000, await_payment=True)
    result = prepaid.credit(tx, customer="bolt", cents=2000, order=asked.order)
    assert result.paid_orders == ()
    (warning,) = result.warnings
    assert "30.00 EUR of it has not arrived yet" in warning


def test_a_credit_below_the_minimum_is_refused(tx: Transaction) -> None:
    """Unless the money arrived already."""
    with pytest.raises(AmountTooSmallError, match="a credit is at least"):
        prepaid.credit(tx, customer="acme", cents=1)
    assert prepaid.credit(tx, customer="acme", cents=1, received=CAME).cents == 1


def test_a_refund_gives_the_balance_that_is_left(tx: Transaction) -> None:
    """No more than the balance is paid back."""
    before = customers.find(tx, "bolt").balance_cents
    result = prepaid.refund(tx, customer="bolt", cents=50, reason="goodwill")
    assert (result.customer, result.cents, result.balance_cents) == ("bolt", 50, before - 50)
    with pytest.raises(BalanceTooLowError):
        prepaid.plan_refund(tx, customer="bolt", cents=before, reason="goodwill")


def test_a_grace_reopens_what_debt_suspended(tx: Transaction) -> None:
    """It cannot end before today."""
    result = prepaid.grace(tx, customer="late", until=date(2026, 3, 1), reason="transfer announced")
    assert (result.reopened, result.item["grace_until_on"]) == (1, "2026-03-01")
    with pytest.raises(UsageError, match="would be over"):
        prepaid.grace(tx, customer="late", until=date(2026, 2, 4), reason="too late")


def test_the_same_alert_changes_nothing(tx: Transaction) -> None:
    """An alert is an amount in cents."""
    first = prepaid.alert(tx, customer="acme", units=20)
    again = prepaid.alert(tx, customer="acme", units=20)
    assert (first.cents, first.changed, again.changed) == (2000, True, False)
