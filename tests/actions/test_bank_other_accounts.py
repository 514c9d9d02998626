"""Money that came while the setting `seller-iban` was wrong can still be matched (rules 20)."""

from __future__ import annotations

import pytest

from mailctl.actions import bank_decisions, bank_undoing, settings
from mailctl.errors import EntryRefusedError
from mailctl.store import bank_entries
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.transaction import Transaction
from tests.actions.bank_readings import ACCOUNT, entry
from tests.billing.bank_host import amount, cli_host, movements, taken, tx

__all__ = ["cli_host", "tx"]
WRONG = "DE89370400440532013000"
FIRST, SECOND = "2026-000002", "2026-000003"


def undone(tx: Transaction, number: int) -> Entry:
    """An entry after `bank undo`."""
    bank_undoing.undo_entry(tx, bank_undoing.plan_undo(tx, number))
    return bank_entries.find(tx, number)


def test_after_the_setting_is_corrected_a_person_matches_them(tx: Transaction) -> None:
    """Not before; nothing books them by itself, and what came twice is said."""
    settings.set_all(tx, {"seller-iban": WRONG})
    cents = amount(tx)
    one = entry(cents, text=FIRST, entry_reference="A", reference="A")
    taken(tx, one, entry(cents, text=SECOND, currency="USD"))
    taken(tx, entry(cents, text="another text", iban=WRONG), kind="camt.054")
    for number in (1, 2, 3):
        with pytest.raises(EntryRefusedError, match="not the seller's"):
            bank_undoing.plan_undo(tx, number)

    settings.set_all(tx, {"seller-iban": ACCOUNT})
    first, same = undone(tx, 1), undone(tx, 3)
    assert (first.state, first.matched_by, first.evidence) == ("unmatched", None, None)
    assert (same.state, same.matched_by, same.same_as_id) == ("proposed", "same-money", 1)
    assert "may be the money of entry 1" in str(same.evidence)
    with pytest.raises(EntryRefusedError, match="never booked"):
        bank_undoing.plan_undo(tx, 2)
    assert movements(tx) == []
    bank_decisions.match(tx, 1, invoice=FIRST)
    with pytest.raises(EntryRefusedError, match="entry 1 is this money"):
        bank_decisions.match(tx, 3, invoice=FIRST)
    assert movements(tx) == [("bolt", "credit", cents)]
