"""Money of payments that was returned by the bank, recorded by mistake, or arrived after all.

A bank returns a direct debit up to 13 months after it was settled. The money is reversed, and for
lack of funds alone it is asked for again (rules 10).
"""

from __future__ import annotations

from datetime import date, timedelta

from mailctl.billing import balance
from mailctl.billing.bank_words import of_entry
from mailctl.billing.collection import cancel
from mailctl.billing.payment_answers import RETRY_DAYS
from mailctl.domain.answers import LACK_OF_FUNDS
from mailctl.domain.notices import NoticeKind
from mailctl.domain.prepaid import MovementKind
from mailctl.store import customers, ledger, notices, payments
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment


def take_back(
    transaction: Transaction,
    payment: Payment,
    seq: int,
    code: str,
    reason: str | None = None,
    *,
    entry: int | None = None,
) -> int | None:
    """The money of a settled payment, row `seq` of its customer's statement, was taken back.

    `entry` is the bank's, where the return was found on a statement.
    The id of the payment that asks for it again, if one does. The customer is notified.
    """
    before = customers.find(transaction, payment.customer).balance_cents
    after = _reverse(transaction, payment, seq, f"{code}: {reason}" if reason else code)
    payments.take_back(transaction, payment.id, code)
    transaction.record(
        "payment-returned",
        f"customer/{payment.customer}",
        {
            "payment": payment.id,
            "row": seq,
            "cents": payment.amount_cents,
            "balance_cents": after,
            **of_entry(entry),
        },
        {"reason": code},
    )
    next_try_on = _next_try_on(transaction, payment, code)
    again = _ask_again(transaction, payment, next_try_on)
    notices.queue(
        transaction,
        payment.customer_id,
        NoticeKind.PAYMENT_FAILED,
        method_id=payment.method_id,
        payment_id=payment.id,
        amount_cents=payment.amount_cents,
        due_on=next_try_on if again else None,
    )
    balance.changed(transaction, payment.customer_id, before_cents=before)
    return again


def _ask_again(transaction: Transaction, payment: Payment, next_try_on: date | None) -> int | None:
    """Start a payment for what is missing of one that was returned; without a day, give it up."""
    cents = min(payment.amount_cents, payments.to_collect(transaction, payment.customer_id))
    if next_try_on is None or not cents:
        payments.give_up(transaction, payment.customer_id, cents)
        return None
    again = payments.try_again(transaction, payment.id, cents, next_try_on)
    transaction.record(
        "payment-created",
        f"customer/{payment.customer}",
        {
            "payment": again,
            "method": payment.method_id,
            "cents": cents,
            "follows": payment.id,
            "next_try_on": next_try_on.isoformat(),
        },
    )
    return again


def _next_try_on(transaction: Transaction, payment: Payment, code: str) -> date | None:
    """When money that came back is asked for again: 1, 3 or 5 days after today; None if not.

    The tries that failed before count: there are four in all. Only an account without enough money
    has it later; an account whose holder objected, or that is closed, is not asked again.
    """
    if (payment.method_kind, code) != LACK_OF_FUNDS or payment.tries >= len(RETRY_DAYS):
        return None
    if not payments.can_be_tried_again(transaction, payment):
        return None
    return transaction.today + timedelta(days=RETRY_DAYS[payment.tries])


def unsettle(transaction: Transaction, payment: Payment, seq: int, reason: str) -> None:
    """The settlement of a payment, row `seq`, was recorded by mistake: its answer is still awaited.

    Nobody is notified, since nothing happened, and no try is counted. A payment that was
    never handed over, and whose method is gone by now, cannot be asked for any more.
    """
    after = _reverse(transaction, payment, seq, reason)
    payments.unsettle(transaction, payment.id, _waits_until(transaction, payment))
    transaction.record(
        "payment-unsettled",
        f"customer/{payment.customer}",
        {"payment": payment.id, "row": seq, "cents": payment.amount_cents, "balance_cents": after},
    )
    if payment.exported_on is None and not payments.can_be_tried_again(transaction, payment):
        cancel(transaction, payment.id, payment.customer)
    balance.changed(transaction, payment.customer_id, by_mistake=True)


def _waits_until(transaction: Transaction, payment: Payment) -> date | None:
    """The day of the try that a payment was waiting for; None where it was handed over, or new.

    The next day at the earliest, so that it is never asked for sooner than was announced.
    """
    if payment.exported_on is not None or payment.first_failed_on is None or not payment.tries:
        return None
    since = max(payment.first_failed_on, payment.created_on)
    planned = since + timedelta(days=RETRY_DAYS[min(payment.tries, len(RETRY_DAYS)) - 1])
    return max(planned, transaction.today + timedelta(days=1))


def _reverse(transaction: Transaction, payment: Payment, seq: int, reason: str) -> int:
    customer = customers.find(transaction, payment.customer)
    row = ledger.find(transaction, customer, seq)
    return ledger.add(
        transaction,
        customer,
        MovementKind.REVERSAL,
        -row.amount_cents,
        reason=reason,
        payment_id=payment.id,
        reverses_id=row.id,
    )


def receive(
    transaction: Transaction,
    payment: Payment,
    reference: str | None,
    *,
    entry: int | None = None,
) -> int:
    """Record money of a payment that was no longer awaited; how many accounts work again.

    It is a credit that names the payment. Payments begun meanwhile for the same shortfall, and not
    asked for yet, are cancelled; what is still missing then is collected again.
    """
    after = ledger.add(
        transaction,
        customers.find(transaction, payment.customer),
        MovementKind.CREDIT,
        payment.amount_cents,
        payment_id=payment.id,
        reference=reference,
    )
    transaction.record(
        "credited",
        f"customer/{payment.customer}",
        {
            "cents": payment.amount_cents,
            "payment": payment.id,
            "balance_cents": after,
            **of_entry(entry),
        },
    )
    payments.came_after_all(transaction, payment.customer_id, payment.amount_cents)
    for needless in payments.asking_too_much(transaction, payment.customer_id):
        cancel(transaction, needless, payment.customer)
    return balance.changed(transaction, payment.customer_id).reopened
