"""Orders that await their payment: paid, delivered or cancelled."""

from __future__ import annotations

import pytest

from mailctl.actions import account_orders, orders, prepaid
from mailctl.billing import order_payment
from mailctl.billing.bank_words import Received
from mailctl.errors import BalanceTooLowError, OrderNotCancellableError, OrderNotPayableError
from mailctl.store import orders as kept
from mailctl.store.engine.transaction import Transaction
from mailctl.values import replace


def awaited(tx: Transaction, count: int = 2) -> int:
    """The number of an order of accounts of bolt that awaits its payment."""
    plan = account_orders.plan_order(tx, platform="bolt-hx", count=count, await_payment=True)
    return account_orders.order(tx, plan).order.number


def test_paying_an_order_delivers_it_from_the_balance(tx: Transaction) -> None:
    """It is billed on an invoice of its own, for the total that it had."""
    number = awaited(tx)
    plan = orders.plan_pay(tx, number=number)
    result = orders.pay(tx, plan)
    assert (result.order.status, result.order.invoice is None) == ("delivered", False)
    assert result.balance_cents == plan.before_cents - result.order.total_cents
    assert all(line.account_id for line in kept.lines_of(tx, number))


def test_an_order_above_the_balance_needs_its_money(tx: Transaction) -> None:
    """With --received the total is recorded first."""
    number = awaited(tx, count=100)
    with pytest.raises(BalanceTooLowError):
        orders.plan_pay(tx, number=number)
    plan = orders.plan_pay(tx, number=number, received=Received())
    result = orders.pay(tx, plan)
    assert (result.order.status, result.balance_cents) == ("delivered", plan.before_cents)


def test_an_order_whose_total_would_differ_today_is_not_paid(tx: Transaction) -> None:
    """Its customer was asked for another sum."""
    order = kept.find(tx, awaited(tx))
    assert order_payment.terms_today(tx, order) is not None
    with pytest.raises(OrderNotPayableError, match="today it would be"):
        order_payment.terms_today(tx, replace(order, total_cents=order.total_cents + 1))


def test_named_money_pays_its_order_and_a_refusal_is_a_warning(tx: Transaction) -> None:
    """Both orders' money is there; the platform of the second is cancelled meanwhile."""
    number = awaited(tx)
    total = kept.find(tx, number).total_cents
    result = prepaid.credit(tx, customer="bolt", cents=total, order=number, received=Received())
    assert result.paid_orders == (number,)
    late = awaited(tx)
    tx.execute("UPDATE platform SET state = 'cancelled' WHERE name = 'bolt-hx'")
    result = prepaid.credit(tx, customer="bolt", cents=total, order=late, received=Received())
    assert result.paid_orders == ()
    assert result.warnings[0].startswith(f"order {late} cannot be paid, though its money has come")
    assert kept.find(tx, late).status == "not-paid"


def test_an_order_is_cancelled_once_and_a_debt_never(tx: Transaction) -> None:
    """Nor can a delivered order be cancelled."""
    number = awaited(tx)
    assert orders.cancel(tx, orders.plan_cancel(tx, numbers=[number])).changed
    assert not orders.cancel(tx, orders.plan_cancel(tx, numbers=[number])).changed
    debt = tx.number("SELECT max(number) FROM purchase_order WHERE kind = 'debt'")
    delivered = tx.number("SELECT min(number) FROM purchase_order WHERE kind = 'accounts'")
    for other in (debt, delivered):
        with pytest.raises(OrderNotCancellableError):
            orders.cancel(tx, orders.plan_cancel(tx, numbers=[other]))
