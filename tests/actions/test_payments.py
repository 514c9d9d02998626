"""The answers of banks and gateways."""

from __future__ import annotations

import pytest

from mailctl.actions import payments
from mailctl.errors import (
    AlreadyRecordedError,
    PaymentNotPendingError,
    PaymentNotSettledError,
    UsageError,
)
from mailctl.store.engine.transaction import Transaction
from tests.actions.collected import pending


def test_a_settled_payment_reports_what_its_money_did(tx: Transaction) -> None:
    """late's account is active again since the payment was made; a second time changes nothing."""
    payment = pending(tx)
    result = payments.settle(tx, ids=[payment.id], reference="R-1")
    assert (result.cents, result.is_credit, result.changed) == (191, False, True)
    assert (result.item["status"], result.many) == ("succeeded", False)
    again = payments.settle(tx, ids=[payment.id], reference="R-1")
    assert (again.cents, again.changed) == (0, False)


def test_money_of_a_returned_payment_is_a_credit(tx: Transaction) -> None:
    """It is no longer awaited, and arrives all the same."""
    payment = pending(tx)
    payments.settle(tx, ids=[payment.id])
    payments.take_back(tx, ids=[payment.id], code="MD06")
    result = payments.settle(tx, ids=[payment.id], reference="R-2")
    assert (result.cents, result.is_credit) == (191, True)
    with pytest.raises(AlreadyRecordedError):
        payments.settle(tx, ids=[payment.id], reference="R-2", again=True)


def test_money_arrives_twice_only_after_it_arrived_once(tx: Transaction) -> None:
    """And with a reference of its own."""
    payment = pending(tx)
    with pytest.raises(UsageError):
        payments.settle(tx, ids=[payment.id], again=True)
    with pytest.raises(PaymentNotSettledError):
        payments.settle(tx, ids=[payment.id], again=True, reference="R-1")


def test_a_failed_try_is_not_answered_twice(tx: Transaction) -> None:
    """The next try has a day."""
    payment = pending(tx)
    result = payments.fail(tx, ids=[payment.id], reason="AM04")
    assert (result.item["tries"], result.item["next_try_on"]) == (1, "2026-02-06")
    with pytest.raises(PaymentNotPendingError, match="has its answer"):
        payments.fail(tx, ids=[payment.id], reason="AM04")


@pytest.mark.parametrize(("code", "is_tried_again"), [("AM04", True), ("MD06", False)])
def test_money_that_is_taken_back_is_owed(
    code: str,
    is_tried_again: bool,  # noqa: FBT001 - a column of the cases
    tx: Transaction,
) -> None:
    """For lack of funds it is tried again; a second return changes nothing."""
    payment = pending(tx)
    with pytest.raises(PaymentNotSettledError):
        payments.take_back(tx, ids=[payment.id], code=code)
    payments.settle(tx, ids=[payment.id])
    result = payments.take_back(tx, ids=[payment.id], code=code)
    assert (result.cents, result.owed_cents) == (191, 191)
    assert bool(result.again) is is_tried_again
    assert not payments.take_back(tx, ids=[payment.id], code=code).changed
