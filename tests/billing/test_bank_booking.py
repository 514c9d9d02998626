"""What was booked of an entry is taken back, and what was recorded is linked once (rules 20)."""

from __future__ import annotations

import pytest

from mailctl.actions import prepaid
from mailctl.billing import bank_booking
from mailctl.billing.bank_words import Received
from mailctl.domain.payments import PaymentStatus
from mailctl.errors import AlreadyRecordedError, NotReversibleError
from mailctl.store import bank_bookings, bank_entries
from mailctl.store.engine.transaction import Transaction
from tests.billing.bank_host import (
    amount,
    brief,
    came,
    cli_host,
    movements,
    owed,
    payment,
    tx,
)

__all__ = ["cli_host", "tx"]
BOLT = "2026-000002"


def test_a_credit_is_reversed_and_nothing_matches_it_again(tx: Transaction) -> None:
    """The reason says why."""
    before = owed(tx, "bolt")
    one = came(tx, 500, text=BOLT)
    bank_booking.take_back(tx, one)
    assert brief(bank_entries.find(tx, one.id)) == ("unmatched", None, None)
    assert owed(tx, "bolt") == before
    assert tx.text("SELECT reason FROM ledger WHERE kind = 'reversal'") == "bank undo"
    came(tx, 100, text=BOLT)
    assert brief(bank_entries.find(tx, one.id))[0] == "unmatched"


def test_a_settled_payment_waits_for_its_answer_again(tx: Transaction) -> None:
    """As by prepaid reverse with its mistake."""
    one = came(tx, amount(tx), end_to_end_id="payment-1-1")
    bank_booking.take_back(tx, one)
    assert payment(tx).status is PaymentStatus.PENDING
    assert brief(came(tx, amount(tx), end_to_end_id="payment-1-1"))[0] == "booked"


def test_a_payment_that_went_back_since_is_not_taken_back(tx: Transaction) -> None:
    """Its return is undone first."""
    first = came(tx, amount(tx), end_to_end_id="payment-1-1")
    back = came(tx, -amount(tx), end_to_end_id="payment-1-1", return_code="MD01")
    with pytest.raises(NotReversibleError):
        bank_booking.take_back(tx, first)
    bank_booking.take_back(tx, back)
    assert owed(tx, "acme") == 0


def test_what_is_linked_stays_in_the_books_and_can_be_linked_again(tx: Transaction) -> None:
    """By another entry too; by two at once never."""
    prepaid.credit(tx, customer="bolt", cents=500, received=Received(reference="R-1"))
    one = came(tx, 500, reference="R-1")
    row = bank_bookings.of_entry(tx, one.id)[0].ledger_id
    other = came(tx, 500)
    with pytest.raises(AlreadyRecordedError):
        bank_booking.link(tx, other, [row], evidence="by hand")
    bank_booking.take_back(tx, one)
    bank_booking.link(tx, other, [row], evidence="by hand")
    assert [one.ledger_id for one in bank_bookings.of_entry(tx, other.id)] == [row]
    assert bank_bookings.of_entry(tx, one.id) == []
    assert movements(tx) == [("bolt", "credit", 500)]


def test_a_reference_that_the_payer_wrote_is_in_no_part_of_the_journal_that_stays(
    tx: Transaction,
) -> None:
    """The evidence of what was recorded before quotes it: it goes with the customer."""
    prepaid.credit(tx, customer="bolt", cents=700, received=Received(reference="planted"))
    one = came(tx, 700, end_to_end_id="planted")
    assert (one.state, one.matched_by) == ("booked", "recorded")
    asked = {"one": one.subject}
    rows = tx.execute("SELECT details FROM journal WHERE subject = :one", asked).fetchall()
    assert rows
    assert "planted" not in str(rows)
    personal = tx.text(
        "SELECT p.details FROM journal_personal p JOIN journal j ON j.seq = p.seq "
        "WHERE j.subject = :one",
        asked,
    )
    assert "planted" in str(personal)
