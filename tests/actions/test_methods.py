"""Payment methods."""

from __future__ import annotations

import pytest

from mailctl.actions import methods
from mailctl.domain.methods import card
from mailctl.errors import AlreadyExistsError, AlreadyExpiredError, MethodInUseError
from mailctl.store.engine.transaction import Transaction
from tests.actions.collected import add_bank


def number_of(result: methods.MethodChanged) -> int:
    """The method's id."""
    number = result.item["id"]
    assert isinstance(number, int)
    return number


def test_the_first_method_collects_what_is_missing(tx: Transaction) -> None:
    """late's debt is being collected, so its account works again; another method does nothing."""
    first = add_bank(tx, "late", "M-1")
    assert (first.payments, first.reopened, first.item["default"]) == (1, 1, True)
    second = add_bank(tx, "late", "M-2")
    assert (second.payments, second.reopened, second.item["default"]) == (0, 0, False)
    third = add_bank(tx, "late", "M-3", as_default=True)
    assert third.item["default"]


def test_the_default_method_stays_while_there_are_others(tx: Transaction) -> None:
    """The last one can be removed."""
    first, second = add_bank(tx, "acme", "M-1"), add_bank(tx, "acme", "M-2")
    assert not methods.choose(tx, id=number_of(first)).changed
    with pytest.raises(MethodInUseError):
        methods.remove(tx, methods.plan_remove(tx, ids=[number_of(first)]))
    methods.remove(tx, methods.plan_remove(tx, ids=[number_of(second)]))
    assert not methods.remove(tx, methods.plan_remove(tx, ids=[number_of(first)])).item["default"]


def test_a_mandate_belongs_to_one_customer(tx: Transaction) -> None:
    """Its reference is its own."""
    add_bank(tx, "acme", "M-1")
    with pytest.raises(AlreadyExistsError, match="M-1"):
        add_bank(tx, "late", "M-1")


def test_a_card_past_its_month_is_not_chosen(tx: Transaction) -> None:
    """It expired with January."""
    add_bank(tx, "acme", "M-1")
    details = card(token="tok_1", brand="Visa", last4="4242", expires="2026-02", today=tx.today)
    added = methods.add(tx, customer="acme", method=details)
    tx.execute("UPDATE method SET expires_on = '2026-01' WHERE id = :id", {"id": number_of(added)})
    with pytest.raises(AlreadyExpiredError):
        methods.choose(tx, id=number_of(added))
