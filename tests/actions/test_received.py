"""The bank's words about money that arrived."""

from __future__ import annotations

from datetime import date

import pytest

from mailctl.actions import prepaid, received
from mailctl.errors import AlreadyRecordedError, UsageError
from mailctl.store.engine.transaction import Transaction


def test_the_words_are_kept_as_they_were_given() -> None:
    """What was not given is not kept."""
    assert received.received("REF-1", date(2026, 2, 4)).facts() == {
        "reference": "REF-1",
        "value_on": "2026-02-04",
    }
    assert received.received(None, None).facts() == {}


@pytest.mark.parametrize("reference", ["", "R" * 201])
def test_a_reference_is_a_text_of_200_characters_at_most(reference: str) -> None:
    """An empty one is none; a payment's has the same limit."""
    with pytest.raises(UsageError):
        received.received(reference, None)
    assert received.received("R" * 200, None).reference == "R" * 200


def test_a_reference_needs_money_that_arrived() -> None:
    """Without --received there is none."""
    assert received.where_received("mailctl order pay 1", None, None, is_received=False) is None
    with pytest.raises(UsageError, match="--received"):
        received.where_received("mailctl order pay 1", "REF-1", None, is_received=False)


def test_a_reference_is_recorded_once_a_customer(tx: Transaction) -> None:
    """The same bank's reference is the same money."""
    came = received.received("REF-1", None)
    prepaid.credit(tx, customer="late", cents=500, received=came)
    with pytest.raises(AlreadyRecordedError, match="REF-1"):
        prepaid.credit(tx, customer="late", cents=500, received=came)
