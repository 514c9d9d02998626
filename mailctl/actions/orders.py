"""Orders that await their payment: paid and delivered, or cancelled (rules 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from mailctl.actions import undo, undo_money
from mailctl.actions.result import MoneyResult, Result
from mailctl.actions.undo import Undo
from mailctl.billing import balance, order_payment
from mailctl.billing.arrivals import check_new
from mailctl.billing.bank_words import Received, bank_words, facts_of
from mailctl.billing.order_payment import Tried, pay_named
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.several import all_or_none
from mailctl.errors import MailctlError, OrderNotCancellableError, OrderNotPayableError
from mailctl.hints import named
from mailctl.store import command_keys, customers, ledger, orders
from mailctl.store.command_keys import CommandKey
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import Order
from mailctl.store.queries import named_credits
from mailctl.values import Value, replace

COMMAND = "order pay"


class PayPlan(Value):
    """What paying an order will do: the cents, and for terms the plan of their delivery.

    `received` records the total as money that came, first. `has_come`: the credits that name the
    order cover it already.
    """

    order: Order
    total_cents: int
    before_cents: int
    received: Received | None = None
    has_come: bool = False
    terms: OrderPlan | None = None
    repeats: int | None = None
    key: CommandKey | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the order was paid before, under the same key."""
        return self.repeats is not None

    @property
    def records_money(self) -> bool:
        """Whether paying records money: it was received with it, or the order is for money."""
        return self.received is not None or (self.terms is None and not self.has_come)

    @property
    def after_cents(self) -> int:
        """The balance that the payment leaves."""
        came = self.total_cents if self.records_money else 0
        return self.before_cents + came - (self.total_cents if self.terms else 0)


class OrderPaid(MoneyResult):
    """An order that was paid, and the balance after it."""

    thing: str = "order"
    order: Order
    balance_cents: int


def plan_pay(
    reader: Reader, *, number: int, received: Received | None = None, key: str | None = None
) -> PayPlan:
    """Check an order again as if it were given today; OrderNotPayableError where it differs.

    Of `prepaid-credit` and `debt` orders, paying records the money. With `received` the order's
    total is recorded as money received first, else the balance must cover it
    (BalanceTooLowError).
    """
    order = orders.find(reader, number)
    customer = customers.find(reader, order.customer)
    given = CommandKey.given(
        key,
        command=COMMAND,
        customer_id=order.customer_id,
        **{"number": number, "received": received is not None, **facts_of(received)},
    )
    repeats = command_keys.result_under(reader, given)
    terms, has_come = None, named_credits.is_there(reader, number)
    if not repeats:
        order_payment.check_payable(reader, order, customer, has_come=has_come)
        check_new(reader, customer, received)
        terms = order_payment.terms_today(reader, order)
        if terms is not None:
            came = 0 if received is None else order.total_cents
            order_payment.check_balance(reader, order, customer, came_cents=came)
    return PayPlan(
        order=order,
        total_cents=-customer.balance_cents if order.kind is OrderKind.DEBT else order.total_cents,
        before_cents=customer.balance_cents,
        received=received,
        has_come=has_come,
        terms=terms,
        repeats=repeats,
        key=given,
    )


def pay(transaction: Transaction, plan: PayPlan) -> OrderPaid:
    """Record the money, if any is to be recorded, then deliver and bill; all of it, or nothing."""
    if plan.repeats is not None:
        return _paid(transaction, plan.repeats, changed=False)
    order, reopened, seq = plan.order, 0, None
    if plan.records_money:
        reopened, seq = _record_money(transaction, plan)
    order_payment.deliver(transaction, order, plan.terms)
    command_keys.keep(transaction, plan.key, order.number)
    tried = pay_named(transaction, order.customer_id) if plan.records_money else ()
    return _paid(transaction, order.number, reopened=reopened, tried=tried, seq=seq)


def _record_money(transaction: Transaction, plan: PayPlan) -> tuple[int, int]:
    """Record the total of an order as received; how many accounts were reopened, and its row."""
    customer, number = customers.find(transaction, plan.order.customer), plan.order.number
    after = ledger.add(
        transaction,
        customer,
        MovementKind.CREDIT,
        plan.total_cents,
        order_number=number,
        **bank_words(plan.received),
    )
    transaction.record(
        "credited",
        f"customer/{customer.slug}",
        {
            "cents": plan.total_cents,
            "order": number,
            "balance_cents": after,
            **facts_of(plan.received),
        },
    )
    seq = ledger.last_seq(transaction, customer.id)
    return balance.changed(transaction, customer.id, paid_order=number).reopened, seq


def _paid(
    transaction: Transaction,
    number: int,
    *,
    changed: bool = True,
    reopened: int = 0,
    tried: Iterable[Tried] = (),
    seq: int | None = None,
) -> OrderPaid:
    order = orders.find(transaction, number)
    return OrderPaid(
        items=(orders.show(transaction, number),),
        changed=changed,
        warnings=refusal_warnings(tried),
        order=order,
        balance_cents=customers.find(transaction, order.customer).balance_cents,
        reopened=reopened,
        paid_orders=paid_orders(tried),
        undo=_undo_paying(
            transaction, order, seq, undo_money.what_stays(reopened, paid_orders(tried))
        ),
    )


def _undo_paying(reader: Reader, order: Order, seq: int | None, stays: str) -> Undo:
    """Money that was recorded, in row `seq`, is reversed; terms that were billed stay so."""
    if order.platform is not None:
        billed = undo_money.of_terms(reader, order, orders.lines_of(reader, order.number))
        if seq is None:
            return billed
        words = (
            "prepaid",
            "reverse",
            named("customer", order.customer),
            seq,
            "--reason",
            undo.MISTAKE,
        )
        wrong = undo.help_to("take the money back that was recorded", *words)
        return undo.never(billed.note, *billed.helps, wrong)
    if seq is None:
        return undo.never("the money had come before")
    note = f"order {order.number} stays paid{f'; {stays}' if stays else ''}"
    return replace(undo_money.of_money_in(order.customer, seq), note=note)


def paid_orders(tried: Iterable[Tried]) -> tuple[int, ...]:
    """The numbers of the orders that were paid."""
    return tuple(one.order.number for one in tried if one.refused is None)


def refusal_warnings(tried: Iterable[Tried]) -> tuple[str, ...]:
    """A warning for each order that could not be paid."""
    return tuple(
        f"order {one.order.number} cannot be paid, though its money has come: "
        f"{one.refused.message}. The money stays on the balance; {_then(one.refused)}"
        for one in tried
        if one.refused is not None
    )


def _then(refused: MailctlError) -> str:
    """What ticks do about an order that could not be paid (rules 9)."""
    if isinstance(refused, OrderNotPayableError):
        return "the next tick ends the order"
    return "each tick tries again"


class OrdersCancelled(Result):
    """Orders that are cancelled now, and how many of them were not before."""

    thing: str = "order"
    cancelled: int


class CancelPlan(Value):
    """Orders to be cancelled, each once and in the order given; with `many` shown as a list."""

    orders: tuple[Order, ...]
    many: bool = False

    @property
    def waiting(self) -> tuple[Order, ...]:
        """Those that are not cancelled yet."""
        return tuple(one for one in self.orders if one.status is OrderStatus.NOT_PAID)


def plan_cancel(reader: Reader, *, numbers: Sequence[int], many: bool = False) -> CancelPlan:
    """Which orders are cancelled: all that were named, or none; only money ends a debt.

    OrderNotCancellableError for a debt, and for an order that was paid.
    """
    numbers = tuple(dict.fromkeys(numbers))
    works = ((number, partial(_cancellable, reader, number)) for number in numbers)
    return CancelPlan(orders=tuple(all_or_none("order", works)), many=many or len(numbers) != 1)


def _cancellable(reader: Reader, number: int) -> Order:
    order = orders.find(reader, number)
    if order.kind is OrderKind.DEBT:
        raise OrderNotCancellableError(
            f"order {number} is a debt: it ends when it is paid",
            hint=f"mailctl prepaid credit {order.customer} AMOUNT",
        )
    if order.status not in (OrderStatus.NOT_PAID, OrderStatus.CANCELLED):
        raise OrderNotCancellableError(
            f"order {number} is {order.status}", hint=f"mailctl order show {number}"
        )
    return order


def cancel(transaction: Transaction, plan: CancelPlan) -> OrdersCancelled:
    """Cancel orders that await their payment; those cancelled before stay as they are."""
    for order in plan.waiting:
        orders.cancel(transaction, order.number)
        transaction.record("order-cancelled", f"order/{order.number}")
    return OrdersCancelled(
        items=tuple(orders.show(transaction, order.number) for order in plan.orders),
        many=plan.many,
        changed=bool(plan.waiting),
        cancelled=len(plan.waiting),
        undo=undo.never("a cancelled order stays so; what is still wanted is ordered again"),
    )
