"""Paying an order that awaits its payment: checked again as of today, then delivered (rules 7)."""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.billing import more_terms, new_accounts, order_plans
from mailctl.billing.order_delivery import carry_out
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.lifecycle import check_customer_open
from mailctl.domain.money import money
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.errors import BalanceTooLowError, MailctlError, OrderNotPayableError
from mailctl.store import customers, orders, platforms
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import Order
from mailctl.store.queries import named_credits
from mailctl.store.queries.named_credits import PayableOrder
from mailctl.store.temp_tables import CustomerSet
from mailctl.values import Value


def check_payable(reader: Reader, order: Order, customer: Customer, *, has_come: bool) -> None:
    """CustomerClosedError, or OrderNotPayableError where an order waits for no payment.

    `has_come`: the credits that name the order cover it, so that it was paid in time.
    """
    # A debt that a return left behind may be paid after the end (rules 4).
    if order.kind is not OrderKind.DEBT:
        check_customer_open(customer.slug, customer.state)
    if order.status is not OrderStatus.NOT_PAID:
        raise OrderNotPayableError(
            f"order {order.number} is {order.status}", hint=f"mailctl order show {order.number}"
        )
    is_past = order.valid_until_on is not None and order.valid_until_on < reader.today
    if is_past and not has_come:
        raise OrderNotPayableError(
            f"order {order.number} was valid until {order.valid_until_on}",
            hint="place the order again",
        )


def terms_today(reader: Reader, order: Order) -> OrderPlan | None:
    """What an order would bill today; None for an order of money.

    OrderNotPayableError where its total is another than when it was given.
    """
    kept = orders.lines_of(reader, order.number)
    if order.kind is OrderKind.ACCOUNTS:
        assert order.platform is not None
        plan = new_accounts.plan_again(reader, platforms.find(reader, order.platform), kept)
    elif order.kind is OrderKind.EXTENSION:
        plan = more_terms.plan_again(reader, kept)
    else:
        return None
    if plan.total_cents != order.total_cents:
        currency = reader.info.currency
        raise OrderNotPayableError(
            f"order {order.number} was for {money(order.total_cents, currency)}; today it would be "
            f"{money(plan.total_cents, currency)}",
            hint=f"mailctl order cancel {order.number}, and place the order again",
        )
    return plan


def check_balance(reader: Reader, order: Order, customer: Customer, *, came_cents: int = 0) -> None:
    """BalanceTooLowError unless the balance, with money that came just now, covers an order."""
    if customer.balance_cents + came_cents < order.total_cents:
        currency = reader.info.currency
        raise BalanceTooLowError(
            f"the balance of {customer.slug} is {money(customer.balance_cents, currency)}; "
            f"the order needs {money(order.total_cents, currency)}",
            hint=f"mailctl order pay {order.number} --received, or mailctl prepaid credit "
            f"{customer.slug} AMOUNT",
        )


def deliver(transaction: Transaction, order: Order, terms: OrderPlan | None) -> None:
    """Deliver an order whose money is there: terms are billed, a credit has no more effect."""
    if terms is not None:
        order_plans.check_money(transaction, platforms.find(transaction, terms.platform))
        orders.deliver(transaction, order.number)
        carry_out(transaction, terms, order.number)
    elif order.kind is OrderKind.PREPAID_CREDIT:
        orders.deliver(transaction, order.number)


class Tried(Value):
    """An order whose money is there, and what refused it today; None where it is paid now."""

    order: Order
    refused: MailctlError | None = None


def pay_named(transaction: Transaction, customer_id: int) -> tuple[Tried, ...]:
    """Pay a customer's unpaid orders whose named money is there, as by `order pay` (rules 9).

    What is refused changes nothing: its money stays on the balance, and each tick tries it again.
    """
    return _pay(transaction, named_credits.orders(transaction, customer_id))


def pay_named_of(transaction: Transaction, customers: CustomerSet) -> tuple[Tried, ...]:
    """The same for each of these customers."""
    return _pay(transaction, named_credits.orders_of(transaction, customers))


def _pay(transaction: Transaction, payable: Sequence[PayableOrder]) -> tuple[Tried, ...]:
    return tuple(_try(transaction, orders.find(transaction, one.number)) for one in payable)


def _try(transaction: Transaction, order: Order) -> Tried:
    try:
        customer = customers.find(transaction, order.customer)
        has_come = named_credits.is_there(transaction, order.number)
        check_payable(transaction, order, customer, has_come=has_come)
        terms = terms_today(transaction, order)
        if terms is not None or not has_come:
            check_balance(transaction, order, customer)
        deliver(transaction, order, terms)
    except MailctlError as refused:
        return Tried(order=order, refused=refused)
    return Tried(order=order)
