"""Money that arrives: the one way by which it comes into a prepaid account (rules 9).

The bank's words about it are kept with it, and the same money is never recorded twice.
"""

from __future__ import annotations

from mailctl.billing import balance
from mailctl.billing.bank_words import Received, bank_words, facts_of, of_entry
from mailctl.billing.order_payment import Tried, pay_named
from mailctl.domain.orders import OrderKind
from mailctl.domain.prepaid import MovementKind
from mailctl.errors import AlreadyRecordedError
from mailctl.store import ledger, orders, payments
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.ledger import LedgerRow
from mailctl.values import Value


def check_new(reader: Reader, who: Customer, came: Received | None) -> None:
    """AlreadyRecordedError where the customer has money with the same reference already.

    Money that was reversed since may be recorded again.
    """
    if came is None or came.reference is None:
        return
    seq = ledger.recorded_as(reader, who.id, came.reference)
    if seq is not None:
        raise recorded_already(came.reference, seq, who)
    payment = payments.settled_as(reader, who.id, came.reference)
    if payment is not None:
        raise AlreadyRecordedError(
            f"the money with the reference {came.reference!r} is recorded already, as that of "
            f"payment {payment}",
            hint=f"mailctl payment list --customer {who.slug}",
        )


def recorded_already(reference: str, seq: int, who: Customer) -> AlreadyRecordedError:
    """The refusal of money with a reference that row `seq` of its customer's statement has."""
    return AlreadyRecordedError(
        f"the money with the reference {reference!r} is recorded already, in row {seq} of "
        f"{who.slug}",
        hint=f"mailctl prepaid statement {who.slug}",
    )


class Arrival(Value):
    """Money as it was recorded: its order, its row of the customer's statement, what it did.

    `reopened` counts accounts that work again; `tried` are the orders whose money is there now.
    """

    order: int
    seq: int
    reopened: int
    tried: tuple[Tried, ...]

    @property
    def paid_orders(self) -> tuple[int, ...]:
        """The numbers of the orders that were paid with it."""
        return tuple(one.order.number for one in self.tried if one.refused is None)


def receive(
    transaction: Transaction,
    who: Customer,
    cents: int,
    *,
    order: int | None = None,
    received: Received | None = None,
    entry: int | None = None,
) -> Arrival:
    """Record money received and everything that follows; it gets an order unless it names one.

    `entry` is the bank's, where the money was found on a statement. Unpaid orders whose money is
    there now are paid from the balance, as by `order pay`.
    """
    number = order or orders.add(
        transaction,
        customer_id=who.id,
        platform_id=None,
        kind=OrderKind.PREPAID_CREDIT,
        net_cents=cents,
        tax_cents=0,
    )
    after = ledger.add(
        transaction, who, MovementKind.CREDIT, cents, order_number=number, **bank_words(received)
    )
    transaction.record(
        "credited",
        f"customer/{who.slug}",
        {
            "cents": cents,
            "order": number,
            "balance_cents": after,
            **facts_of(received),
            **of_entry(entry),
        },
    )
    seq = ledger.last_seq(transaction, who.id)
    reopened = balance.changed(transaction, who.id, paid_order=order).reopened
    tried = pay_named(transaction, who.id)
    return Arrival(order=number, seq=seq, reopened=reopened, tried=tried)


def reverse(transaction: Transaction, who: Customer, row: LedgerRow, seq: int, reason: str) -> None:
    """Take back a credit, row `seq` of its customer's statement, and all that follows (rules 9)."""
    after = ledger.add(
        transaction,
        who,
        MovementKind.REVERSAL,
        -row.amount_cents,
        reason=reason,
        payment_id=row.payment_id,
        reverses_id=row.id,
    )
    transaction.record(
        "reversed",
        f"customer/{who.slug}",
        {"row": seq, "cents": row.amount_cents, "balance_cents": after},
    )
    balance.changed(transaction, who.id, before_cents=who.balance_cents)
