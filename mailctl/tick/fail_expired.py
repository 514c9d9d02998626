"""Before step 2: payments whose card has expired before it was charged fail (SPEC 10)."""

from __future__ import annotations

from mailctl.billing import answers
from mailctl.store import payments
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment

REASON = "the card has expired"


def run(transaction: Transaction) -> None:
    """Let each such try fail, a customer's together; the next follow as after any failure."""
    failed: dict[int, list[tuple[Payment, str]]] = {}
    for payment_id in payments.on_expired_cards(transaction):
        payment = payments.find(transaction, payment_id)
        failed.setdefault(payment.customer_id, []).append((payment, REASON))
    for tries in failed.values():
        answers.fail(transaction, tries)
