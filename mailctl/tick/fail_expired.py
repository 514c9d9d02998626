"""Before step 2: payments whose card has expired before it was charged fail (rules 10)."""

from __future__ import annotations

from mailctl.billing import payment_answers
from mailctl.store import payments
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment
from mailctl.store.temp_tables import CustomerSet

REASON = "the card has expired"


def run(transaction: Transaction, excluded: CustomerSet) -> tuple[int, ...]:
    """Let each such try fail, a customer's together; the next follow as after any failure.

    The keys of accounts that work again.
    """
    failed: dict[int, list[tuple[Payment, str]]] = {}
    aside = excluded.ids()
    for payment_id in payments.on_expired_cards(transaction):
        payment = payments.find(transaction, payment_id)
        if payment.customer_id not in aside:
            failed.setdefault(payment.customer_id, []).append((payment, REASON))
    return tuple(
        account_id
        for tries in failed.values()
        for account_id in payment_answers.fail(transaction, tries)
    )
