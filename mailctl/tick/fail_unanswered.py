"""Before step 2: payments that nobody answers, or whose card has expired, fail (SPEC 10)."""

from __future__ import annotations

from datetime import timedelta

from mailctl.billing import answers
from mailctl.store import payments
from mailctl.store.connection import Transaction
from mailctl.store.payments import Payment


def run(transaction: Transaction) -> None:
    """Let each such try fail, a customer's together; the next follow as after any failure."""
    asked_before = transaction.today - timedelta(days=answers.DAYS_TO_ANSWER)
    silent = f"no answer for {answers.DAYS_TO_ANSWER} days"
    reasons = dict.fromkeys(payments.on_expired_cards(transaction), "the card has expired")
    reasons |= dict.fromkeys(payments.unanswered(transaction, asked_before), silent)
    failed: dict[int, list[tuple[Payment, str]]] = {}
    for payment_id, reason in reasons.items():
        payment = payments.find(transaction, payment_id)
        failed.setdefault(payment.customer_id, []).append((payment, reason))
    for tries in failed.values():
        answers.fail(transaction, tries)
