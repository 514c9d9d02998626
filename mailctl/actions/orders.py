"""Orders that wait for their payment: paid, and then delivered, or cancelled (SPEC 7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mailctl.actions import ordering, prolonging, purchase
from mailctl.actions.customers import check_open as check_customer_open
from mailctl.actions.purchase import Deliver, OrderPlan
from mailctl.actions.received import Received, bank_words, check_new, facts_of
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
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import Order
from mailctl.store.queries import named_credits

COMMAND = "order pay"
DELIVERIES: dict[str, Deliver] = {
    "accounts": ordering.deliver,
    "extension": prolonging.deliver_extension,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPlan:
    """What paying an order will do: the cents, and for terms the plan of their delivery.

    `received` records the total as money that came, first. `has_come`: the credits that name the
    order cover it already.
    """

    number: int
    kind: str
    customer: str
    total_cents: int
    before_cents: int
    received: Received | None = None
    has_come: bool = False
    terms: OrderPlan | None = None
    repeats: int | None = None
    key: str | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the order was paid before, under the same key."""
        return self.repeats is not None

    @property
    def records_money(self) -> bool:
        """Whether money is recorded: asked for, or all that paying the order means."""
        return self.received is not None or (self.terms is None and not self.has_come)

    @property
    def after_cents(self) -> int:
        """The balance that the payment leaves."""
        came = self.total_cents if self.records_money else 0
        return self.before_cents + came - (self.total_cents if self.terms else 0)

    @property
    def arguments(self) -> dict[str, object]:
        """What a repeated command must have in common."""
        return _arguments(self.number, self.received)


def _arguments(number: int, received: Received | None) -> dict[str, object]:
    return {"number": number, "received": received is not None, **facts_of(received)}


def plan_pay(
    reader: Reader,
    *,
    number: int,
    received: Received | None = None,
    key: str | None = None,
) -> PayPlan:
    """Check an order again as if it were given today; OrderNotPayableError where it differs.

    Of `prepaid-credit` and `debt` orders, paying records the money. With `received` the order's
    total is recorded as money received first, else the balance must cover it
    (BalanceTooLowError).
    """
    order = orders.find(reader, number)
    customer = customers.find(reader, order.customer)
    said = _arguments(number, received)
    repeats = key and orders.kept_under(reader, COMMAND, order.customer_id, key, said)
    terms, has_come = None, named_credits.is_there(reader, number)
    if not repeats:
        # A debt that a return left behind may be paid after the end (SPEC 4).
        if order.kind != "debt":
            check_customer_open(customer.slug, customer.state)
        _check_waiting(reader, order, has_come=has_come)
        check_new(reader, customer, received)
        terms = _terms(reader, order)
    total = -customer.balance_cents if order.kind == "debt" else order.total_cents
    plan = PayPlan(
        number=number,
        kind=order.kind,
        customer=order.customer,
        total_cents=total,
        before_cents=customer.balance_cents,
        received=received,
        has_come=has_come,
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


def _check_waiting(reader: Reader, order: Order, *, has_come: bool) -> None:
    if order.status != "not-paid":
        raise OrderNotPayableError(
            f"order {order.number} is {order.status}", hint=f"mailctl order show {order.number}"
        )
    # Whoever paid in time is not late because something else held the order up.
    is_past = order.valid_until_on is not None and order.valid_until_on < reader.today
    if is_past and not has_come:
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
    reopened = _pay(transaction, plan)
    if plan.key is not None:
        orders.keep_key(transaction, COMMAND, customer.id, plan.key, plan.arguments, plan.number)
    tried = pay_named(transaction, customer.id) if plan.records_money else ()
    return _result(transaction, plan.number, changed=True, reopened=reopened, tried=tried)


def _pay(transaction: Transaction, plan: PayPlan) -> int:
    """Carry a payment out; how many accounts work again. What refuses does so before any change."""
    customer = customers.find(transaction, plan.customer)
    reopened = 0
    if plan.records_money:
        after = ledger.add(
            transaction,
            customer,
            "credit",
            plan.total_cents,
            order_number=plan.number,
            **bank_words(plan.received),
        )
        transaction.record(
            "credited",
            f"customer/{plan.customer}",
            {
                "cents": plan.total_cents,
                "order": plan.number,
                "balance_cents": after,
                **facts_of(plan.received),
            },
        )
        reopened = balance.changed(transaction, customer.id, paid_order=plan.number).reopened
    if plan.terms is not None:
        purchase.check_money(transaction, platforms.find(transaction, plan.terms.platform))
        orders.deliver(transaction, plan.number)
        purchase.carry_out(transaction, plan.terms, DELIVERIES[plan.kind], plan.number)
    elif plan.kind == "prepaid-credit":
        orders.deliver(transaction, plan.number)
    return reopened


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An order whose money is there, and what refused it today; None where it is paid now."""

    number: int
    refused: MailctlError | None = None


def pay_named(transaction: Transaction, customer_id: int) -> tuple[Tried, ...]:
    """Pay a customer's unpaid orders whose named money is there, as by `order pay` (SPEC 9).

    What is refused changes nothing: its money stays on the balance, and each tick tries it again.
    """
    tried = []
    for order in named_credits.orders(transaction, customer_id):
        refused: MailctlError | None = None
        try:
            _pay(transaction, plan_pay(transaction, number=order.number))
        except MailctlError as error:
            refused = error
        tried.append(Tried(number=order.number, refused=refused))
    return tuple(tried)


def said_of_paid(tried: Iterable[Tried]) -> tuple[int, ...]:
    """The orders that were paid."""
    return tuple(one.number for one in tried if one.refused is None)


def said_of_refused(tried: Iterable[Tried]) -> tuple[str, ...]:
    """What to say of the orders that were not."""
    return tuple(
        f"order {one.number} cannot be paid, though its money has come: {one.refused.message}. "
        f"The money stays on the balance; {_then(one.refused)}"
        for one in tried
        if one.refused is not None
    )


def _then(refused: MailctlError) -> str:
    """What the ticks do about an order that could not be paid (SPEC 9)."""
    if isinstance(refused, OrderNotPayableError):
        return "the next tick ends the order"
    return "each tick tries again"


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


def _result(
    transaction: Transaction,
    number: int,
    *,
    changed: bool,
    reopened: int = 0,
    tried: Iterable[Tried] = (),
) -> Changed:
    order = orders.find(transaction, number)
    return Changed(
        thing="order",
        items=(orders.show(transaction, number),),
        changed=changed,
        facts={
            "balance_cents": customers.find(transaction, order.customer).balance_cents,
            "reopened": reopened,
            "paid": said_of_paid(tried),
        },
        warnings=said_of_refused(tried),
    )
