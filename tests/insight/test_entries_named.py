"""Whoever reads of money that came by the bank sees the entry of the statement that brought it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailctl.contract.shapes import Kind, kind_of
from tests.helpers import Cli
from tests.insight.planted_entries import plant
from tests.notices.letters import run as tell
from tests.store.plain import opened

OWING = """
customer add acme --name Acme --email it@acme.example
platform add pro --customer acme --offer email-pro
method add paypal acme --agreement B-1
account order pro ann@acme.example -y
payment export --kind paypal --format csv --to {folder}/p.csv
"""
BOOKED = {"state": "booked", "matched_by": "hand", "customer_id": 1}


def book(cli: Cli, row: int, entry: int, *, is_link: int = 0, undone_on: str = "") -> None:
    """Say that a row of the ledger is the money of an entry."""
    undone = f"'{undone_on}'" if undone_on else "NULL"
    with opened(cli.store) as base:
        base.execute(
            "INSERT INTO bank_booking (ledger_id, entry_id, is_link, undone_on) "
            f"VALUES ({row}, {entry}, {is_link}, {undone})"
        )


def settled(cli: Cli) -> list[str]:
    """What an explanation says of the money of the first invoice."""
    told = cli.ok("invoice", "explain", "2026-000001")["sentences"]
    return [one["text"] for one in told if one["kind"] == "settled"]


def test_an_entry_is_named_by_a_whole_number() -> None:
    """As `bank show` takes it, and as the schema of each thing says."""
    assert {kind_of("entry"), kind_of("last_money_entry")} == {Kind.INTEGER}


@pytest.fixture
def owing(store: Cli, tmp_path: Path) -> Cli:
    """A customer whose invoice is being collected."""
    tell(store, OWING.format(folder=tmp_path))
    plant(store.store, {**BOOKED, "booked_on": "2025-12-31"}, {**BOOKED, "amount_cents": -1})
    return store


def test_a_payment_and_its_row_name_the_entry(owing: Cli) -> None:
    """Of the statement, and of the list of payments; and why the invoice is paid."""
    owing.ok("payment", "settle", "1")
    assert [row["entry"] for row in owing.ok("payment", "list")["items"]] == [None]
    book(owing, 2, 1)
    assert [row["entry"] for row in owing.ok("prepaid", "statement", "acme")["items"]] == [None, 1]
    assert [row["entry"] for row in owing.ok("payment", "list")["items"]] == [1]
    (text,) = settled(owing)
    assert text.startswith("Payment 1 of ")
    assert " came in, entry 1 of 2025-12-31, which settled what was open of it" in text


def test_a_return_is_the_entry_by_which_a_payment_stands_as_it_does(owing: Cli) -> None:
    """What the bank took back is the newest of its entries."""
    owing.ok("payment", "settle", "1")
    book(owing, 2, 1)
    owing.ok("payment", "return", "1", "--reason", "MD06")
    book(owing, 3, 2)
    assert [row["entry"] for row in owing.ok("payment", "list")["items"]] == [2]
    assert [row["entry"] for row in owing.ok("prepaid", "statement", "acme")["items"]][1:] == [1, 2]
    assert " back, entry 2 of 2026-01-01: " in settled(owing)[1]


def test_a_transfer_is_told_by_its_entry(owing: Cli) -> None:
    """As the customer's newest money, and as what settled the invoice."""
    owing.ok("prepaid", "credit", "acme", "20", "--received")
    book(owing, 2, 1)
    (text,) = settled(owing)
    assert text.startswith("20.00 EUR came by the transfer of 2025-12-31, entry 1, which settled ")
    assert owing.ok("customer", "show", "acme")["last_money_entry"] == 1
    assert "bank entry 1" in owing("customer", "show", "acme", "-o", "table").out


def test_money_that_was_entered_before_is_still_whose_who_entered_it(owing: Cli) -> None:
    """A link says both: who recorded it, and by which entry the bank had it."""
    owing.ok("prepaid", "credit", "acme", "20", "--received")
    book(owing, 2, 1, is_link=1)
    (text,) = settled(owing)
    assert " recorded 20.00 EUR from acme: the transfer of 2025-12-31, entry 1, which " in text


def test_a_link_that_was_taken_back_names_nothing(owing: Cli) -> None:
    """It was never the entry's money; a booking that was taken back still was."""
    owing.ok("prepaid", "credit", "acme", "20", "--received")
    owing.ok("prepaid", "credit", "acme", "10", "--received")
    book(owing, 2, 1, is_link=1, undone_on="2026-01-01")
    book(owing, 3, 2, undone_on="2026-01-01")
    rows = owing.ok("prepaid", "statement", "acme")["items"]
    assert [row["entry"] for row in rows] == [None, None, 2]


def test_what_was_decided_of_an_entry_is_in_its_customers_history(owing: Cli) -> None:
    """Whoever reads what happened to a customer reads what the bank brought."""
    with opened(owing.store) as base:
        seq, batch = base.execute("SELECT max(seq), max(batch) FROM journal").fetchone()
        base.execute(
            "INSERT INTO journal (seq, batch, happened_on, kind, subject, details) VALUES "
            f"({seq + 1}, {batch}, '2026-01-01', 'entry-booked', 'entry/1', '{json.dumps({})}')"
        )
    kinds = [row["kind"] for row in owing.ok("customer", "history", "acme")["items"]]
    assert kinds[-1] == "entry-booked"
