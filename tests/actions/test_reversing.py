"""Money that is taken back from a prepaid account."""

from __future__ import annotations

import pytest

from mailctl.actions import payments, prepaid, received, reversing
from mailctl.errors import ConfirmationNeededError, NotReversibleError
from mailctl.store import customers, ledger
from mailctl.store.engine.transaction import Transaction
from tests.actions.collected import pending


def test_a_credit_is_reversed_once(tx: Transaction) -> None:
    """The balance is as it was before the credit."""
    late = customers.find(tx, "late")
    prepaid.credit(tx, customer="late", cents=500, received=received.received(None, None))
    seq = ledger.last_seq(tx, late.id)
    result = reversing.reverse(tx, customer="late", seq=seq, reason="typo")
    assert (result.cents, result.balance_cents) == (500, late.balance_cents)
    with pytest.raises(NotReversibleError, match="reversed already"):
        reversing.reverse(tx, customer="late", seq=seq, reason="typo")


def test_a_charge_is_not_reversed(tx: Transaction) -> None:
    """late's only movement is the charge of its invoice."""
    seq = ledger.last_seq(tx, customers.find(tx, "late").id)
    with pytest.raises(NotReversibleError, match="is a charge"):
        reversing.plan_reverse(tx, customer="late", seq=seq, reason="typo")


def test_a_reversed_payment_needs_to_know_what_happened(tx: Transaction) -> None:
    """A payment settled by mistake is pending again."""
    payment = pending(tx)
    payments.settle(tx, ids=[payment.id])
    seq = ledger.last_seq(tx, payment.customer_id)
    with pytest.raises(ConfirmationNeededError):
        reversing.plan_reverse(tx, customer="late", seq=seq)
    result = reversing.reverse(tx, customer="late", seq=seq, by_mistake=True)
    assert (result.cents, result.balance_cents) == (payment.amount_cents, -payment.amount_cents)
