"""Money in and out of prepaid accounts (rules 9)."""

from __future__ import annotations

from datetime import date

from mailctl.actions import undo, undo_money
from mailctl.actions.orders import refusal_warnings
from mailctl.actions.result import MoneyResult
from mailctl.actions.undo import MISTAKE, Undo
from mailctl.billing import arrivals, balance
from mailctl.billing.arrivals import check_new
from mailctl.billing.bank_words import Received
from mailctl.domain.lifecycle import check_customer_open as check_open
from mailctl.domain.money import LARGEST_CENTS, money, typed_amount
from mailctl.domain.names import check_filled
from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.errors import (
    AmountTooLargeError,
    AmountTooSmallError,
    BalanceTooLowError,
    OrderNotFoundError,
    UsageError,
)
from mailctl.hints import Hint, named
from mailctl.store import command_keys, customers, ledger, notices, orders
from mailctl.store.command_keys import CommandKey
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import named_credits
from mailctl.values import Value, replace

COMMAND = "prepaid credit"
REFUND = "prepaid refund"


class PrepaidChanged(MoneyResult):
    """A prepaid account after a change; `cents` is the amount that was moved or set."""

    thing: str = "prepaid"
    customer: str
    cents: int
    balance_cents: int
    today: date

    @property
    def pay_by_on(self) -> date | None:
        """The last day to pay the first of what is missing; None where nothing is, or comes."""
        day = self.item["pay_by_on"]
        return None if day is None else date.fromisoformat(str(day))


class CreditRecorded(PrepaidChanged):
    """A credit with its order, or the order alone where the payment is awaited."""

    order: int


class MoneyReceived(Value):
    """Money that was recorded on a prepaid account, its order, and what it made possible."""

    order: int
    reopened: int
    paid_orders: tuple[int, ...]
    warnings: tuple[str, ...]
    undo: Undo


def credit(
    transaction: Transaction,
    *,
    customer: str,
    cents: int,
    order: int | None = None,
    await_payment: bool = False,
    received: Received | None = None,
    key: str | None = None,
) -> CreditRecorded:
    """Record money received; it settles the oldest invoices and ends suspensions for debt.

    With `await_payment` only the order is made, to be paid later. `order` names the order that the
    money is for, which is paid in the same transaction once all its money is there. With `received`
    the money has arrived: any amount is recorded, for a closed customer too.

    AmountTooSmallError below the minimum unless it is exactly the debt, AmountTooLargeError above
    the limit, AlreadyRecordedError, KeyReusedError (rules 9).
    """
    who = customers.find(transaction, customer)
    arguments: dict[str, object] = {"cents": cents, "order": order, "await": await_payment}
    if received is not None:
        arguments |= {"received": True, **received.facts()}
    given = CommandKey.given(key, command=COMMAND, customer_id=who.id, **arguments)
    if kept := command_keys.result_under(transaction, given):
        return _recorded(transaction, customer, kept, cents, changed=False)
    # A debt that a reversal left behind may be paid after the customer has left.
    if who.balance_cents >= 0 and received is None:
        _check_open(who, cents, order)
    _check_order(transaction, who, order)
    check_new(transaction, who, received)
    is_any = order is not None or received is not None
    _check_amount(transaction, who, cents, is_any=is_any, awaits=await_payment)
    if await_payment:
        result = _await(transaction, who, cents, order)
    else:
        came = receive(transaction, who, cents, order=order, received=received)
        result = replace(
            _recorded(transaction, who.slug, came.order, cents),
            reopened=came.reopened,
            paid_orders=came.paid_orders,
            warnings=came.warnings,
            undo=came.undo,
        )
    command_keys.keep(transaction, given, result.order)
    return result


def receive(
    transaction: Transaction,
    who: Customer,
    cents: int,
    *,
    order: int | None = None,
    received: Received | None = None,
) -> MoneyReceived:
    """Record money received and everything that follows; it gets an order unless it names one.

    Unpaid orders whose money is there now are paid from the balance, as by `order pay`.
    """
    came = arrivals.receive(transaction, who, cents, order=order, received=received)
    return MoneyReceived(
        order=came.order,
        reopened=came.reopened,
        paid_orders=came.paid_orders,
        undo=undo_money.of_money_in(
            who.slug, came.seq, reopened=came.reopened, paid_orders=came.paid_orders
        ),
        warnings=(*refusal_warnings(came.tried), *still_missing(transaction, order)),
    )


def still_missing(transaction: Transaction, order: int | None) -> list[str]:
    """A warning that part of an order's money pays nothing before the rest has arrived."""
    if order is None or named_credits.is_there(transaction, order):
        return []
    currency = transaction.info.currency
    named = orders.find(transaction, order)
    missing = named.total_cents - named_credits.named_cents(transaction, order)
    if named.status != OrderStatus.NOT_PAID or named.kind == OrderKind.DEBT or missing <= 0:
        return []
    return [
        (
            f"order {order} is for {money(named.total_cents, currency)}: "
            f"{money(missing, currency)} of it has not arrived yet, and it ends after "
            f"{named.valid_until_on}"
        )
    ]


def _await(
    transaction: Transaction, who: Customer, cents: int, order: int | None
) -> CreditRecorded:
    """Keep an order for a credit that will be paid later."""
    if order is not None:
        raise UsageError(
            "a credit that awaits its payment makes an order of its own",
            hint=f"mailctl prepaid credit {who.slug} AMOUNT --await-payment",
        )
    number = orders.add(
        transaction,
        customer_id=who.id,
        platform_id=None,
        kind=OrderKind.PREPAID_CREDIT,
        net_cents=cents,
        tax_cents=0,
        awaits=True,
    )
    transaction.record(
        "order-kept", f"order/{number}", {"kind": OrderKind.PREPAID_CREDIT, "cents": cents}
    )
    notices.queue(
        transaction,
        who.id,
        NoticeKind.ORDER_AWAITING_PAYMENT,
        order_number=number,
        amount_cents=cents,
    )
    return replace(
        _recorded(transaction, who.slug, number, cents), undo=undo.by("order", "cancel", number)
    )


class TakingPlan(Value):
    """Money to take from a prepaid account; `repeats` is set if the command was given before."""

    customer: str
    cents: int
    before_cents: int
    repeats: bool = False
    key: CommandKey | None = None

    @property
    def after_cents(self) -> int:
        """The balance that is left."""
        return self.before_cents - self.cents


def plan_refund(
    reader: Reader, *, customer: str, cents: int, reason: str, key: str | None = None
) -> TakingPlan:
    """Check a refund: at most the balance (BalanceTooLowError)."""
    who = customers.find(reader, customer)
    reason = check_filled(reason, "reason")
    given = CommandKey.given(key, command=REFUND, customer_id=who.id, cents=cents, reason=reason)
    plan = TakingPlan(customer=customer, cents=cents, before_cents=who.balance_cents, key=given)
    if command_keys.result_under(reader, given):
        return replace(plan, repeats=True)
    # The rest of a credit note can be paid back even after the customer has left.
    if cents < 1:
        raise AmountTooSmallError(
            f"a refund is at least {money(1, reader.info.currency)}",
            hint=f"mailctl prepaid refund {customer} 5 --reason T",
        )
    if cents > who.balance_cents:
        raise BalanceTooLowError(
            f"the balance of {customer} is {money(who.balance_cents, reader.info.currency)}; "
            f"{'no more than that' if who.balance_cents > 0 else 'nothing'} can be paid back",
            hint=f"mailctl prepaid show {customer}",
        )
    return plan


def refund(
    transaction: Transaction, *, customer: str, cents: int, reason: str, key: str | None = None
) -> PrepaidChanged:
    """Pay money back."""
    plan = plan_refund(transaction, customer=customer, cents=cents, reason=reason, key=key)
    if plan.repeats:
        return moved(transaction, customer, cents, changed=False)
    who = customers.find(transaction, customer)
    reason = check_filled(reason, "reason")
    after = ledger.add(transaction, who, MovementKind.REFUND, -cents, reason=reason)
    transaction.record("refunded", f"customer/{customer}", {"cents": cents, "balance_cents": after})
    balance.changed(transaction, who.id, before_cents=who.balance_cents)
    command_keys.keep(transaction, plan.key, ledger.last_seq(transaction, who.id))
    return replace(
        moved(transaction, customer, cents, changed=True),
        undo=undo.by(
            *("prepaid", "credit", named("customer", customer), typed_amount(cents), "--received"),
            note="if the money did not go out, or came back",
        ),
    )


def grace(transaction: Transaction, *, customer: str, until: date, reason: str) -> PrepaidChanged:
    """Give the customer more time: no invoice is overdue up to and including a day (rules 9)."""
    who = customers.find(transaction, customer)
    check_open(who.slug, who.state)
    reason = check_filled(reason, "reason")
    before = ledger.show(transaction, customer)["grace_until_on"]
    if until < transaction.today:
        raise UsageError(
            f"a grace until {until} would be over: today is {transaction.today}",
            hint=Hint.GRACE(customer=customer, day=transaction.today),
        )
    customers.set_grace(transaction, who.id, until)
    transaction.record(
        "grace-given", f"customer/{customer}", {"until": until.isoformat()}, {"reason": reason}
    )
    reopened = balance.changed(transaction, who.id).reopened
    return replace(
        moved(transaction, customer, 0, changed=True, reopened=reopened),
        undo=_undo_grace(
            transaction.today, customer, before, until, stays=undo_money.what_stays(reopened)
        ),
    )


def _undo_grace(today: date, customer: str, before: object, until: date, *, stays: str) -> Undo:
    """The grace that there was, or the shortest that there is, which ends with today."""
    words = ("prepaid", "grace", named("customer", customer), "--reason", MISTAKE, "--until")
    if before is not None and str(before) >= today.isoformat():
        return undo.by(*words, before, note=stays)
    if until <= today:
        return undo.never("it ends with today")
    return undo.by(*words, today, note="; ".join(filter(None, ("it then ends with today", stays))))


def alert(transaction: Transaction, *, customer: str, units: int) -> PrepaidChanged:
    """Notify the customer when the balance falls below so many whole units; 0 is off."""
    who = customers.find(transaction, customer)
    check_open(who.slug, who.state)
    before = int(str(ledger.show(transaction, customer)["alert_cents"]))
    changed = customers.set_alert(transaction, who.id, units * 100)
    if changed:
        transaction.record("alert-set", f"customer/{customer}", {"alert_cents": units * 100})
    return replace(
        moved(transaction, customer, units * 100, changed=changed),
        undo=undo.by("prepaid", "alert", named("customer", customer), before // 100),
    )


def moved(
    transaction: Transaction, customer: str, cents: int, *, changed: bool, reopened: int = 0
) -> PrepaidChanged:
    """A prepaid account after a change that made no order."""
    return PrepaidChanged(
        items=({**ledger.show(transaction, customer), "order": None},),
        changed=changed,
        customer=customer,
        cents=cents,
        balance_cents=customers.find(transaction, customer).balance_cents,
        today=transaction.today,
        reopened=reopened,
    )


def _check_open(who: Customer, cents: int, order: int | None) -> None:
    """A customer who has left orders nothing; money of theirs that did arrive is recorded."""
    named = f" --order {order}" if order is not None else ""
    amount = typed_amount(cents) if cents else "AMOUNT"
    check_open(
        who.slug,
        who.state,
        hint="if the money has arrived: "
        f"mailctl prepaid credit {who.slug} {amount} --received{named}",
    )


def _check_order(transaction: Transaction, who: Customer, order: int | None) -> None:
    if order is not None and orders.find(transaction, order).customer_id != who.id:
        raise OrderNotFoundError(f"{order} of {who.slug}")


def _check_amount(
    transaction: Transaction, who: Customer, cents: int, *, is_any: bool, awaits: bool
) -> None:
    """The minimum is what a customer may ask for; money that did arrive is any amount (rules 9)."""
    currency = transaction.info.currency
    least = transaction.setting_number("minimum-credit")
    debt = max(0, -who.balance_cents)
    if cents == 0:
        raise AmountTooSmallError(
            f"a credit is more than {money(0, currency)}",
            hint=f"mailctl prepaid credit {who.slug} 10",
        )
    if not is_any and cents < least and cents != debt:
        exactly = f", or exactly the debt of {money(debt, currency)}" if 0 < debt < least else ""
        asked = f"mailctl prepaid credit {who.slug} {typed_amount(debt if exactly else least)}"
        came = f"mailctl prepaid credit {who.slug} {typed_amount(cents)} --received"
        raise AmountTooSmallError(
            f"a credit is at least {money(least, currency)}{exactly}; money that has arrived "
            "may be any amount",
            hint=f"{asked} --await-payment" if awaits else came,
        )
    if cents > LARGEST_CENTS:
        raise AmountTooLargeError(
            f"a credit is at most {money(LARGEST_CENTS, currency)}",
            hint="record it in several credits",
        )
    if who.balance_cents + cents > ledger.LARGEST_BALANCE_CENTS:
        raise UsageError("the balance would be more than the largest balance supported")


def _recorded(
    transaction: Transaction, customer: str, number: int, cents: int, *, changed: bool = True
) -> CreditRecorded:
    return CreditRecorded(
        items=({**ledger.show(transaction, customer), "order": number},),
        changed=changed,
        customer=customer,
        cents=cents,
        balance_cents=customers.find(transaction, customer).balance_cents,
        today=transaction.today,
        order=number,
    )
