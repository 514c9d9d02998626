"""An order is priced once: what it shows is what it bills."""

from __future__ import annotations

import pytest

from mailctl.billing import order_plans
from mailctl.domain.orders import OrderKind
from mailctl.domain.terms import Period
from mailctl.errors import CustomerClosedError, CustomerInDebtError
from mailctl.store import platforms
from mailctl.store.engine.stores import store_at
from mailctl.store.orders import OrderLine
from tests.helpers import Cli


@pytest.fixture
def acme(store: Cli) -> Cli:
    """acme, who has a platform and no money."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    return store


def test_the_plan_of_an_order_is_its_invoice(acme: Cli) -> None:
    """Net, tax once on the sum, total, the day it is due, and the balance that it leaves."""
    with store_at(acme.store).read() as reader:
        where = platforms.find(reader, "acme-pro")
        price = order_plans.pricer(reader, where)
        lines = tuple(
            OrderLine(
                address=None,
                period=Period.MONTHLY,
                period_start_on=reader.today,
                period_end_on=reader.today.replace(month=2),
                unit_cents=price(Period.MONTHLY, reader.today),
            )
            for _ in range(2)
        )
        plan = order_plans.priced(reader, where, OrderKind.ACCOUNTS, lines)

    order = acme.ok("account", "order", "acme-pro", "--count", "2", "--period", "monthly", "-y")
    (invoice,) = acme.ok("invoice", "list")["items"]
    assert (plan.net_cents, plan.tax_cents, plan.total_cents) == (318, 64, 382)
    assert (invoice["net_cents"], invoice["tax_cents"], invoice["total_cents"]) == (318, 64, 382)
    assert order["total_cents"] == plan.total_cents
    assert plan.after_cents == acme.ok("prepaid", "show", "acme")["balance_cents"]
    assert invoice["due_on"] == plan.due_on.isoformat()


def test_nothing_is_ordered_while_an_invoice_is_overdue(acme: Cli) -> None:
    """Until the last day to pay it is allowed."""
    acme.ok("account", "order", "acme-pro", "-y")
    (invoice,) = acme.ok("invoice", "list")["items"]
    acme.ok("tick", "--to", invoice["due_on"])
    with store_at(acme.store).read() as reader:
        order_plans.check_money(reader, platforms.find(reader, "acme-pro"))
    acme.ok("tick")
    with store_at(acme.store).read() as reader, pytest.raises(CustomerInDebtError) as refused:
        order_plans.check_money(reader, platforms.find(reader, "acme-pro"))
    assert refused.value.hint == "mailctl prepaid credit acme AMOUNT"


def test_a_closed_customer_orders_nothing(store: Cli) -> None:
    store.ok("customer", "add", "left", "--name", "Left", "--email", "it@left.example")
    store.ok("platform", "add", "left-pro", "--customer", "left", "--offer", "email-pro")
    store.ok("platform", "cancel", "left-pro", "-y")
    store.ok("customer", "close", "left", "-y")
    with store_at(store.store).read() as reader, pytest.raises(CustomerClosedError):
        order_plans.check_customer(platforms.find(reader, "left-pro"))
