"""Each movement of a prepaid account is a transaction in double entry."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest

from mailctl.domain.payments import MethodKind
from mailctl.domain.prepaid import MovementKind
from mailctl.exports import entries
from mailctl.exports.entries import Entry
from mailctl.store.queries.books import BookedMovement, OfferSales

ACME = "Liabilities:Prepaid:Acme"


def movement(**given: Any) -> BookedMovement:
    """A credit of 10.00 to acme on 2026-01-01, but for what is given."""
    usual: dict[str, Any] = {
        "id": 1,
        "moved_on": date(2026, 1, 1),
        "customer_id": 1,
        "customer": "acme",
        "name": "Acme SARL",
        "seq": 1,
        "kind": MovementKind.CREDIT,
        "amount_cents": 1000,
        "before_cents": 0,
        "after_cents": 1000,
        "document": None,
        "country": None,
        "vat_number": None,
        "category": None,
        "tax_rate": 0,
        "tax_cents": 0,
        "order": None,
        "payment": None,
        "method": None,
        "undone_seq": None,
        "is_opening": False,
        "reason": None,
        "reference": None,
    }
    return BookedMovement(**(usual | given))


def postings(entry: Entry) -> dict[str, int]:
    """The cents on each account."""
    return {posting.account: posting.cents for posting in entry.postings}


def charge(**given: Any) -> tuple[BookedMovement, list[OfferSales]]:
    """An invoice of 3.18 and 0.64 tax."""
    invoice: dict[str, Any] = {
        "kind": MovementKind.CHARGE,
        "amount_cents": -382,
        "after_cents": 618,
        "seq": 2,
        "document": "2026-000001",
        "country": "FR",
        "tax_rate": 2000,
        "tax_cents": 64,
    }
    sales = [OfferSales(ledger_id=1, offer="email-pro", cents=318)]
    return movement(**(invoice | given)), sales


def test_an_invoice_is_revenue_and_tax_that_the_customer_pays() -> None:
    entry = entries.entry(*charge())
    assert postings(entry) == {
        ACME: 382,
        "Income:Sales:Email-pro": -318,
        "Liabilities:VAT:FR:20": -64,
    }
    assert (entry.code, entry.text) == ("2026-000001", "invoice 2026-000001")


def test_a_credit_note_gives_back_revenue_and_tax() -> None:
    note = charge(kind=MovementKind.CREDIT_NOTE, amount_cents=382, document="AV2026-000001")
    assert postings(entries.entry(*note)) == {
        ACME: -382,
        "Income:Sales:Email-pro": 318,
        "Liabilities:VAT:FR:20": 64,
    }


@pytest.mark.parametrize(
    ("method", "account"),
    [
        (MethodKind.CARD, "Assets:Gateway:Card"),
        (MethodKind.PAYPAL, "Assets:Gateway:PayPal"),
        (MethodKind.BANK, "Assets:Bank"),
        (None, "Assets:Bank"),
    ],
)
def test_money_is_where_it_was_collected(method: MethodKind | None, account: str) -> None:
    """What a gateway collected waits there; all other money is on the bank account."""
    found = entries.entry(movement(method=method), [])
    assert postings(found) == {ACME: -1000, account: 1000}


def test_an_imported_balance_came_through_no_bank() -> None:
    found = entries.entry(movement(is_opening=True, reason="opening balance"), [])
    assert postings(found) == {ACME: -1000, "Equity:Opening": 1000}


def test_each_posting_to_a_prepaid_account_says_what_is_left_there() -> None:
    """So that an accounting program can check every balance."""
    invoice = entries.entry(*charge())
    assert [posting.after_cents for posting in invoice.postings] == [-618, None, None]


def test_every_entry_adds_up_to_zero() -> None:
    for entry in (entries.entry(movement(), []), entries.entry(*charge())):
        assert sum(posting.cents for posting in entry.postings) == 0


def test_no_two_names_have_one_account() -> None:
    names = ("a.b", "a-b", "ab", ".ab", "-ab", "adotb", "1ab", "dotxab", "a..b")
    for one, other in combinations(names, 2):
        assert entries.component(one) != entries.component(other)


def test_books_from_a_day_begin_with_what_was_there_before() -> None:
    """The revenue of the time before is part of the opening balance."""
    begins = date(2026, 2, 1)
    later = charge(moved_on=begins, seq=3, document="2026-000002", after_cents=236)
    found = list(entries.entries([(movement(), []), charge(), later], since=begins))
    assert [entry.code for entry in found] == ["opening", "opening", "opening", "2026-000002"]
    assert [postings(entry) for entry in found[:3]] == [
        {"Assets:Bank": 1000, "Equity:Opening": -1000},
        {ACME: -618, "Equity:Opening": 618},
        {"Liabilities:VAT:FR:20": -64, "Equity:Opening": 64},
    ]


@pytest.mark.parametrize(
    ("cents", "written"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123405, "-1234.05")]
)
def test_amounts_have_two_decimals_and_no_separators(cents: int, written: str) -> None:
    assert entries.amount(cents) == written
