"""Before step 2: payments that nobody answers, or whose card has expired, fail (SPEC 10)."""

from __future__ import annotations

from datetime import timedelta

from mailctl.billing import answers
from mailctl.store import payments
from mailctl.store.connection import Transaction


def run(transaction: Transaction) -> None:
    """Let each such try fail; the next one follows as after any failure."""
    for payment_id in payments.on_expired_cards(transaction):
        answers.fail(transaction, payments.find(transaction, payment_id), "the card has expired")
    asked_before = transaction.today - timedelta(days=answers.DAYS_TO_ANSWER)
    for payment_id in payments.unanswered(transaction, asked_before):
        payment = payments.find(transaction, payment_id)
        answers.fail(transaction, payment, f"no answer for {answers.DAYS_TO_ANSWER} days")
