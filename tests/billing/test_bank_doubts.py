"""Money that tempts: recorded by hand meanwhile, or under words that others use too (rules 20)."""

from __future__ import annotations

import pytest

from mailctl.actions import bank_decisions, bank_undoing, payments, prepaid, reversing
from mailctl.actions.bank_decisions import plan_accept
from mailctl.billing.bank_words import Received
from mailctl.domain.payments import PaymentStatus
from mailctl.errors import EntryRefusedError
from mailctl.store import bank_entries, customers
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import entry as told
from tests.billing.bank_host import (
    amount,
    brief,
    came,
    cli_host,
    host,
    last,
    movements,
    owed,
    payment,
    taken,
    tx,
)

__all__ = ["cli_host", "host", "tx"]


def recorded(tx: Transaction, customer: str, reference: str | None = None) -> None:
    """A person records that a customer's money came."""
    came_by = Received(reference=reference)
    prepaid.credit(tx, customer=customer, cents=amount(tx), received=came_by)


def accepted(tx: Transaction, entry: Entry) -> Entry:
    """The entry after its proposal was accepted."""
    bank_decisions.accept(tx, plan_accept(tx, ids=[entry.id]))
    return bank_entries.find(tx, entry.id)


def test_what_was_recorded_since_it_was_proposed_is_linked_when_it_is_accepted(
    tx: Transaction,
) -> None:
    """The money came once, and is in the books once."""
    proposed = came(tx, amount(tx), text="RE 000002")
    assert brief(proposed)[0] == "proposed"
    recorded(tx, "bolt")
    assert brief(accepted(tx, proposed)) == ("booked", "recorded", "bolt")
    assert owed(tx, "bolt") == 0


def test_a_row_that_was_reversed_since_is_not_the_money_of_an_entry(tx: Transaction) -> None:
    """The money would count as booked and be in nobody's books."""
    recorded(tx, "bolt")
    proposed = came(tx, amount(tx), text="2026-000002")
    assert proposed.ledger_id is not None
    reversing.reverse(tx, customer="bolt", seq=2, reason="typed wrongly")
    with pytest.raises(EntryRefusedError, match="row 2 of bolt was reversed"):
        accepted(tx, proposed)


def test_a_debit_recorded_as_a_credit_has_its_money_when_that_is_linked(tx: Transaction) -> None:
    """Its payment does not go on waiting, to be settled besides."""
    recorded(tx, "acme")
    proposed = came(tx, amount(tx), end_to_end_id="payment-1-1")
    assert brief(proposed)[0] == "proposed"
    assert brief(accepted(tx, proposed)) == ("booked", "recorded", "acme")
    assert payment(tx).status is PaymentStatus.SUCCEEDED
    assert owed(tx, "acme") == 0
    assert [kind for _, kind, _ in movements(tx)] == ["credit", "payment", "reversal"]


def test_words_of_a_payer_that_another_uses_too_link_nothing(tx: Transaction) -> None:
    """cole's transfer has the EndToEndId by which bolt's was recorded, and names cole's invoice."""
    recorded(tx, "bolt", "SEPA-TRANSFER")
    entry = came(tx, amount(tx), end_to_end_id="SEPA-TRANSFER", text="2026-000003")
    assert brief(entry)[0] == "unmatched"
    assert "names what cole asked for" in (entry.evidence or "")


def test_words_of_a_payer_that_come_again_much_later_are_proposed(tx: Transaction) -> None:
    """A standing order has the same EndToEndId each month."""
    recorded(tx, "bolt", "RENT")
    entry = came(tx, amount(tx), end_to_end_id="RENT", day="2026-02-01", value_on="2026-02-01")
    assert brief(entry) == ("proposed", "recorded", "bolt")
    assert entry.ledger_id is not None
    bank_decisions.match(tx, entry.id, customer="bolt")
    assert customers.find(tx, "bolt").balance_cents == amount(tx)


@pytest.mark.parametrize("kind", ["camt.053", "camt.054"])
def test_one_reference_of_the_bank_for_two_movements_in_two_files_loses_none(
    tx: Transaction, kind: str
) -> None:
    """They name different invoices: the second is kept, and a person decides."""
    came(tx, amount(tx), reference="BATCH", text="2026-000002")
    day = tx.today.isoformat()
    said = {"entry_reference": "BATCH", "reference": "BATCH", "text": "2026-000003"}
    taken(tx, told(amount(tx), day, **said), kind=kind)
    assert brief(last(tx)) == ("proposed", "same-money", None)


OURS = {"end_to_end_id": "payment-1-1"}


def test_a_return_that_was_undone_and_matched_again_takes_the_money_back(tx: Transaction) -> None:
    """The credit that stood for the undone return goes, as often as a person changes their mind."""
    came(tx, amount(tx), **OURS)
    back = came(tx, -amount(tx), return_code="AM04", **OURS)
    for _ in range(2):
        bank_undoing.undo_entry(tx, bank_undoing.plan_undo(tx, back.id))
        assert owed(tx, "acme") == 0
        bank_decisions.match(tx, back.id, payment=1)
        assert owed(tx, "acme") == amount(tx)


def test_a_return_of_money_that_came_again_is_booked_by_hand(tx: Transaction) -> None:
    """Each return goes with a credit of its own; nothing is asked for again by itself."""
    came(tx, amount(tx), **OURS)
    came(tx, -amount(tx), return_code="MD01", **OURS)
    came(tx, amount(tx), **OURS)
    back = came(tx, -amount(tx), return_code="MD06", **OURS)
    assert brief(back)[0] == "unmatched"
    bank_decisions.match(tx, back.id, payment=1)
    assert owed(tx, "acme") == amount(tx)
    assert tx.number("SELECT count(*) FROM payment") == 1


def test_money_of_a_payment_that_waits_is_not_booked_beside_it(tx: Transaction) -> None:
    """Its customer's money it is; the payment would get it twice."""
    entry = came(tx, amount(tx), **OURS)
    bank_undoing.undo_entry(tx, bank_undoing.plan_undo(tx, entry.id))
    with pytest.raises(EntryRefusedError, match="payment 1, which waits"):
        bank_decisions.match(tx, entry.id, customer="acme")


def test_a_proposed_link_is_refused_after_its_payment_was_returned(tx: Transaction) -> None:
    """The return booked the payment's money: the credit by hand may be another's."""
    recorded(tx, "acme")
    proposed = came(tx, amount(tx), **OURS)
    came(tx, -amount(tx), return_code="MD01", **OURS)
    with pytest.raises(EntryRefusedError, match="payment 1 was returned since"):
        accepted(tx, proposed)


def test_two_payers_with_one_end_to_end_id_are_two(tx: Transaction) -> None:
    """One is told with the bank's reference, the other in another kind of file without one."""
    came(tx, amount(tx), end_to_end_id="1", name="Bolt", text="2026-000002")
    day = tx.today.isoformat()
    taken(
        tx,
        told(amount(tx), day, end_to_end_id="1", name="Cole", text="2026-000003"),
        kind="camt.054",
    )
    assert brief(last(tx)) == ("proposed", "same-money", None)


def test_a_batch_told_as_a_sum_and_one_by_one_is_booked_once(tx: Transaction) -> None:
    """Two kinds of file may give it other references and days: accepting adds nothing."""
    whole = came(tx, amount(tx), batch_id="mailctl-file-1-1", batch_count=1, day="2026-01-05")
    assert brief(whole) == ("booked", "batch", "acme")
    named = {"end_to_end_id": "payment-1-1", "entry_reference": "N1", "reference": "N1"}
    taken(tx, told(amount(tx), "2026-01-06", **named), kind="camt.054")
    single = last(tx)
    assert (brief(single)[:2], single.same_as_id) == (("proposed", "same-money"), whole.id)
    assert brief(accepted(tx, single))[0] == "ignored"
    assert owed(tx, "acme") == 0


def test_a_batch_told_one_by_one_and_then_as_a_sum_is_booked_once(tx: Transaction) -> None:
    """What its payments have by entries that name them may be that sum."""
    single = came(tx, amount(tx), end_to_end_id="payment-1-1", day="2026-01-05")
    said = {"batch_id": "mailctl-file-1-1", "batch_count": 1, "entry_reference": "W1"}
    taken(tx, told(amount(tx), "2026-01-06", **said), kind="camt.054")
    whole = last(tx)
    assert (brief(whole)[:2], whole.same_as_id) == (("proposed", "same-money"), single.id)
    assert brief(accepted(tx, whole))[0] == "ignored"
    assert owed(tx, "acme") == 0


def came_twice(tx: Transaction) -> Entry:
    """The money of payment 1 came a second time, which is proposed."""
    came(tx, amount(tx), end_to_end_id="payment-1-1")
    return came(tx, amount(tx), end_to_end_id="payment-1-1")


@pytest.mark.parametrize("reference", [None, "seen on the site"])
def test_a_second_payment_that_was_recorded_since_it_was_proposed_is_linked(
    tx: Transaction, reference: str | None
) -> None:
    """As a plain credit, or as the payment's money under a reference that a person gave it."""
    proposed = came_twice(tx)
    if reference is None:
        recorded(tx, "acme")
    else:
        payments.settle(tx, ids=[1], reference=reference, again=True)
    before = owed(tx, "acme")
    assert brief(accepted(tx, proposed)) == ("booked", "recorded", "acme")
    assert owed(tx, "acme") == before


def test_a_second_payment_that_nobody_recorded_is_booked(tx: Transaction) -> None:
    """Another amount, or the settlement of another payment, is not this money."""
    proposed = came_twice(tx)
    prepaid.credit(tx, customer="acme", cents=amount(tx) + 1, received=Received(reference=None))
    before = owed(tx, "acme")
    assert brief(accepted(tx, proposed)) == ("booked", "end-to-end-id", "acme")
    assert owed(tx, "acme") == before - amount(tx)


def test_a_part_of_a_sum_that_is_told_after_its_return_is_not_money_that_came_again(
    tx: Transaction,
) -> None:
    """The details of a batch may come late: what went back stays owed."""
    whole = came(tx, amount(tx), batch_id="mailctl-file-1-1", batch_count=1, day="2026-01-05")
    back = {"end_to_end_id": "payment-1-1", "return_code": "MD06", "day": "2026-01-07"}
    assert brief(came(tx, -amount(tx), **back))[0] == "booked"
    named = {"end_to_end_id": "payment-1-1", "entry_reference": "N1", "reference": "N1"}
    taken(tx, told(amount(tx), "2026-01-06", **named), kind="camt.054")
    assert (brief(last(tx))[0], last(tx).same_as_id) == ("proposed", whole.id)
    assert owed(tx, "acme") == amount(tx)
