"""A return is money of a debit that was handed over, and of nothing else (rules 20)."""

from __future__ import annotations

import pytest

from mailctl.actions import bank_decisions
from mailctl.actions import payments as payment_actions
from mailctl.domain.payments import PaymentStatus
from mailctl.errors import PaymentNotSettledError
from mailctl.store.engine.transaction import Transaction
from tests.billing.bank_host import amount, brief, came, cli_host, movements, payment, tx

__all__ = ["cli_host", "tx"]


@pytest.mark.parametrize("before", ["awaited", "settled"])
def test_a_return_of_a_payment_that_was_not_handed_over_books_nothing(
    tx: Transaction, before: str
) -> None:
    """Nobody was debited: whoever wrote it, it is no money of the customer's."""
    tx.execute("UPDATE payment SET exported_on = NULL WHERE id = 1")
    if before == "settled":
        payment_actions.settle(tx, ids=[1], reference=None)
    moved = movements(tx)

    one = came(tx, -amount(tx), end_to_end_id="payment-1-1", return_code="MD06")

    assert brief(one) == ("unmatched", None, None)
    assert "was not handed over" in str(one.evidence)
    assert movements(tx) == moved


def test_nor_does_a_person_book_it(tx: Transaction) -> None:
    """Neither settlement nor return: the payment waits to be handed over."""
    tx.execute("UPDATE payment SET exported_on = NULL WHERE id = 1")
    one = came(tx, -amount(tx), end_to_end_id="payment-1-1", return_code="MD06")
    with pytest.raises(PaymentNotSettledError, match="no money that could go back"):
        bank_decisions.match(tx, one.id, payment=1)
    assert payment(tx).status is PaymentStatus.PENDING
    assert movements(tx) == []


def test_a_return_of_the_next_try_before_it_was_handed_over_books_nothing(tx: Transaction) -> None:
    """The first try failed, the second waits for its day."""
    payment_actions.fail(tx, ids=[1], reason="AM04")
    assert payment(tx).status is PaymentStatus.PENDING
    for attempt in (1, 2):
        name = f"payment-1-{attempt}"
        one = came(tx, -amount(tx), end_to_end_id=name, return_code="AM04")
        assert brief(one)[0] == "unmatched"
    assert movements(tx) == []
