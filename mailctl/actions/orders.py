"""Orders that wait for their payment: paid, and then delivered, or cancelled (SPEC 7)."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.actions import ordering, prolonging, purchase
from mailctl.actions.customers import check_open as check_customer_open
from mailctl.actions.purchase import Deliver, OrderPlan
from mailctl.actions.result import Changed
from mailctl.billing import balance
from mailctl.domain.money import format_amount
from mailctl.errors import (
    BalanceTooLowError,
    MailctlError,
    OrderNotCancellableError,
    OrderNotPayableError,
)
from mailctl.store import customers, ledger, orders, platforms
from mailctl.store.connection import Reader, Transaction
from mailctl.store.orders import Order

COMMAND = "order pay"
DELIVERIES: dict[str, Deliver] = {
    "accounts": ordering.deliver,
    "extension": prolonging.deliver_extension,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPlan:
    """What paying an order will do: the cents, and for terms the plan of their delivery."""

    number: int
    kind: str
    customer: str
    total_cents: int
    before_cents: int
    received: bool
    terms: OrderPlan | None = None
    repeats: int | None = None
    key: str | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the order was paid before, under the same key."""
        return self.repeats is not None

    @property
    def after_cents(self) -> int:
        """The balance that the payment leaves."""
        came = self.total_cents if self.received or self.terms is None else 0
        return self.before_cents + came - (self.total_cents if self.terms else 0)


def plan_pay(
    reader: Reader, *, number: int, received: bool = False, key: str | None = None
) -> PayPlan:
    """Check an order again as if it were given today; OrderNotPayableError where it differs.

    Of `prepaid-credit` and `debt` orders, paying records the money. With `received` the order's
    total is recorded as money received first, else the balance must cover it
    (BalanceTooLowError).
    """
    order = orders.find(reader, number)
    customer = customers.find(reader, order.customer)
    said = {"number": number, "received": received}
    repeats = key and orders.kept_under(reader, COMMAND, order.customer_id, key, said)
    terms = None
    if not repeats:
        check_customer_open(customer.slug, customer.state)
        _check_waiting(reader, order)
        terms = _terms(reader, order)
    total = -customer.balance_cents if order.kind == "debt" else order.total_cents
    plan = PayPlan(
        number=number,
        kind=order.kind,
        customer=order.customer,
        total_cents=total,
        before_cents=customer.balance_cents,
        received=received,
        terms=terms,
        repeats=repeats or None,
        key=key,
    )
    if not repeats and terms is not None and plan.after_cents < 0:
        raise BalanceTooLowError(
            f"the balance of {order.customer} is {format_amount(customer.balance_cents)}; "
            f"the order needs {format_amount(total)}",
            hint=f"mailctl order pay {number} --received, or mailctl prepaid credit "
            f"{order.customer} AMOUNT",
        )
    return plan


def _check_waiting(reader: Reader, order: Order) -> None:
    if order.status != "not-paid":
        raise OrderNotPayableError(
            f"order {order.number} is {order.status}", hint=f"mailctl order show {order.number}"
        )
    if order.valid_until_on is not None and order.valid_until_on < reader.today:
        raise OrderNotPayableError(
            f"order {order.number} was valid until {order.valid_until_on}",
            hint="order anew",
        )


def _terms(reader: Reader, order: Order) -> OrderPlan | None:
    """What the order would bill today; None for an order of money."""
    kept = orders.lines_of(reader, order.number)
    if order.kind == "accounts":
        assert order.platform is not None
        plan = ordering.replan(reader, platforms.find(reader, order.platform), kept)
    elif order.kind == "extension":
        plan = prolonging.replan(reader, kept)
    else:
        return None
    if plan.total_cents != order.total_cents:
        raise OrderNotPayableError(
            f"order {order.number} was for {format_amount(order.total_cents)}; today it would be "
            f"{format_amount(plan.total_cents)}",
            hint=f"mailctl order cancel {order.number}, and order anew",
        )
    return plan


def pay(transaction: Transaction, plan: PayPlan) -> Changed:
    """Record the money where there is any, then deliver and bill; all of it, or nothing."""
    if plan.repeats is not None:
        return _result(transaction, plan.repeats, changed=False)
    customer = customers.find(transaction, plan.customer)
    reopened = 0
    if plan.terms is None or plan.received:
        after = ledger.add(
            transaction, customer, "credit", plan.total_cents, order_number=plan.number
        )
        transaction.record(
            "credited",
            f"customer/{plan.customer}",
            {"cents": plan.total_cents, "order": plan.number, "balance_cents": after},
        )
        reopened = balance.changed(transaction, customer.id, paid_order=plan.number).reopened
    if plan.terms is not None:
        purchase.check_money(transaction, platforms.find(transaction, plan.terms.platform))
        orders.deliver(transaction, plan.number)
        purchase.carry_out(transaction, plan.terms, DELIVERIES[plan.kind], plan.number)
    elif plan.kind == "prepaid-credit":
        orders.deliver(transaction, plan.number)
    if plan.key is not None:
        said = {"number": plan.number, "received": plan.received}
        orders.keep_key(transaction, COMMAND, customer.id, plan.key, said, plan.number)
    return _result(transaction, plan.number, changed=True, reopened=reopened)


def cancel(transaction: Transaction, *, number: int) -> Changed:
    """Cancel an order that waits for its payment; a debt is ended by money alone."""
    order = orders.find(transaction, number)
    refused: MailctlError | None = None
    if order.kind == "debt":
        refused = OrderNotCancellableError(
            f"order {number} is a debt: it ends when it is paid",
            hint=f"mailctl prepaid credit {order.customer} AMOUNT",
        )
    elif order.status not in ("not-paid", "cancelled"):
        refused = OrderNotCancellableError(
            f"order {number} is {order.status}", hint=f"mailctl order show {number}"
        )
    if refused:
        raise refused
    if order.status == "not-paid":
        orders.cancel(transaction, number)
        transaction.record("order-cancelled", f"order/{number}")
    return _result(transaction, number, changed=order.status == "not-paid")


def _result(transaction: Transaction, number: int, *, changed: bool, reopened: int = 0) -> Changed:
    order = orders.find(transaction, number)
    return Changed(
        thing="order",
        items=(orders.show(transaction, number),),
        changed=changed,
        facts={
            "balance_cents": customers.find(transaction, order.customer).balance_cents,
            "reopened": reopened,
        },
    )
