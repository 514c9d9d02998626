"""The answers to payments: settled, or a try that failed (rules 10).

Silence means nothing: banks confirm a debit by crediting it, and gateways' answers may be lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mailctl.billing import balance
from mailctl.billing.bank_words import of_entry
from mailctl.billing.settlement import MORE_DAYS_TO_PAY
from mailctl.domain.notices import NoticeKind
from mailctl.domain.prepaid import MovementKind
from mailctl.store import customers, ledger, notices, payments
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment

RETRY_DAYS = (1, 3, 5)
"""Days after the first failure on which a payment is tried again."""


def settle(
    transaction: Transaction,
    payment: Payment,
    reference: str | None,
    *,
    entry: int | None = None,
) -> int:
    """The money came: it is booked once and takes effect; how many accounts work again.

    `entry` is the bank's, where the money was found on a statement.
    """
    payments.settle(transaction, payment.id, reference)
    customer = customers.find(transaction, payment.customer)
    after = ledger.add(
        transaction, customer, MovementKind.PAYMENT, payment.amount_cents, payment_id=payment.id
    )
    transaction.record(
        "payment-settled",
        f"customer/{payment.customer}",
        {
            "payment": payment.id,
            "cents": payment.amount_cents,
            "balance_cents": after,
            **of_entry(entry),
        },
    )
    return balance.changed(transaction, payment.customer_id).reopened


def fail(transaction: Transaction, failed: Sequence[tuple[Payment, str]]) -> tuple[int, ...]:
    """A try of each of these payments of one customer failed, for a reason each.

    On the first failure the customer is notified, once for all of them, and has time to pay by
    other means. What follows does so once for all of them too: one letter asks for all that is
    missing. The keys of accounts that work again.
    """
    first = [payment for payment, _ in failed if payment.first_failed_on is None]
    if first:
        _notify(transaction, first)
    for payment, reason in failed:
        _fail(transaction, payment, reason)
    return balance.changed(transaction, failed[0][0].customer_id).lifted


def _notify(transaction: Transaction, failed: list[Payment]) -> None:
    """Say what could not be collected, and on which day it will be tried again, if it will."""
    methods = {payment.method_id for payment in failed}
    days = [
        day
        for payment in failed
        if (day := _next_try_on(transaction, payment)) is not None
        and payments.can_be_charged(transaction, payment, day)
    ]
    notices.queue(
        transaction,
        failed[0].customer_id,
        NoticeKind.PAYMENT_FAILED,
        method_id=methods.pop() if len(methods) == 1 else None,
        amount_cents=sum(payment.amount_cents for payment in failed),
        due_on=min(days, default=None),
    )


def _next_try_on(transaction: Transaction, payment: Payment) -> date | None:
    """When a payment that fails today is tried again; None where that was its last try.

    One whose method was removed meanwhile is not tried again.
    """
    if payment.tries >= len(RETRY_DAYS) or not payments.can_be_tried_again(transaction, payment):
        return None
    first = payment.first_failed_on or transaction.today
    return max(
        first + timedelta(days=RETRY_DAYS[payment.tries]), transaction.today + timedelta(days=1)
    )


def _fail(transaction: Transaction, payment: Payment, reason: str) -> None:
    next_try_on = _next_try_on(transaction, payment)
    if payment.first_failed_on is None:
        payments.delay_covered(
            transaction, payment.customer_id, transaction.today + timedelta(days=MORE_DAYS_TO_PAY)
        )
    payments.fail_try(transaction, payment.id, reason, next_try_on)
    if next_try_on is None:
        payments.give_up(transaction, payment.customer_id, payment.amount_cents)
    transaction.record(
        "payment-try-failed",
        f"customer/{payment.customer}",
        {
            "payment": payment.id,
            "tries": payment.tries + 1,
            "next_try_on": next_try_on.isoformat() if next_try_on else None,
        },
        {"reason": reason},
    )
