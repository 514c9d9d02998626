"""The answers to payments: settled, or a try that failed (SPEC 10)."""

from __future__ import annotations

from datetime import date, timedelta

from mailctl.billing import balance
from mailctl.store import customers, ledger, notices, payments
from mailctl.store.connection import Transaction
from mailctl.store.payments import Payment

RETRY_DAYS = (1, 3, 5)
"""Days after the first failure on which a payment is tried again."""

MORE_DAYS_TO_PAY = 7
"""Days that the first failure gives for the invoices that the payment covered."""

DAYS_TO_ANSWER = 10
"""So long without an answer counts as a failed try."""


def settle(transaction: Transaction, payment: Payment, reference: str | None) -> int:
    """The money came: it is booked once and takes effect; how many accounts work again."""
    payments.settle(transaction, payment.id, reference)
    customer = customers.find(transaction, payment.customer)
    after = ledger.add(
        transaction, customer, "payment", payment.amount_cents, payment_id=payment.id
    )
    transaction.record(
        "payment-settled",
        f"customer/{payment.customer}",
        {"payment": payment.id, "cents": payment.amount_cents, "balance_cents": after},
    )
    return balance.changed(transaction, payment.customer_id).reopened


def fail(transaction: Transaction, payment: Payment, reason: str) -> date | None:
    """A try failed; the day of the next one, or None where that was the last.

    A payment whose method was removed meanwhile is not tried again.

    The first failure tells the customer, and gives them time to pay otherwise.
    """
    first = payment.first_failed_on or transaction.today
    next_try_on = None
    if payment.tries < len(RETRY_DAYS) and payments.can_be_tried_again(transaction, payment):
        next_try_on = max(
            first + timedelta(days=RETRY_DAYS[payment.tries]),
            transaction.today + timedelta(days=1),
        )
    if payment.first_failed_on is None:
        payments.delay_covered(
            transaction,
            payment.customer_id,
            transaction.today + timedelta(days=MORE_DAYS_TO_PAY),
        )
        notices.queue(
            transaction,
            payment.customer_id,
            "payment-failed",
            method_id=payment.method_id,
            amount_cents=payment.amount_cents,
            due_on=next_try_on,
        )
    payments.fail_try(transaction, payment.id, reason, next_try_on)
    if next_try_on is None:
        payments.give_up(transaction, payment)
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
    balance.changed(transaction, payment.customer_id)
    return next_try_on
