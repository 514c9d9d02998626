"""`mailctl find`: an entry of a bank statement by what the bank wrote, and by who paid."""

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.insight.planted_entries import plant

PAID = {
    "name": "Société Légère SARL",
    "iban": "FR7612345678901234567890123",
    "reference": "2026110300417-Ab",
    "end_to_end_id": "payment-12-1",
}


@pytest.mark.parametrize(
    "said",
    [
        "2026110300417-Ab",
        "2026110300417",
        "FR76 1234 5678 9012 3456 7890 123",
        "fr7612345678901234567890123",
        "payment-12-1",
        "payment-12",
        "societe legere",
        "légère",
        "entry 1",
        "bank-entry/1",
    ],
)
def test_an_entry_is_found_by_what_is_known_of_it(store: Cli, said: str) -> None:
    """Its reference, its EndToEndId, the payer's IBAN or name, or its own number."""
    plant(store.store, PAID, {"name": "Bolt", "reference": "77", "end_to_end_id": "payment-120-1"})
    (hit,) = store.ok("find", *said.split())["items"]
    assert (hit["kind"], hit["id"], hit["command"]) == ("bank-entry", "1", "mailctl bank show 1")
    assert hit["label"] == (
        "18.40 EUR of 2026-01-01, from Société Légère SARL, unmatched, reference 2026110300417-Ab"
    )


def test_a_few_letters_are_no_beginning_of_an_iban(store: Cli) -> None:
    """Every French IBAN begins with FR: nobody looks for all of them."""
    plant(store.store, PAID)
    assert store.ok("find", "FR7")["items"] == []


def test_an_unmatched_entry_stands_before_an_ignored_one(store: Cli) -> None:
    """Of two alike the one that waits for a person comes first; money that went says to whom."""
    charge = {"name": "Bank", "amount_cents": -350, "state": "ignored", "matched_by": "hand"}
    plant(store.store, charge, {"name": "Bank", "reference": "4711"})
    found = store.ok("find", "bank")["items"]
    assert [hit["id"] for hit in found] == ["2", "1"]
    assert found[1]["label"] == "-3.50 EUR of 2026-01-01, to Bank, ignored"
