"""What store check finds wrong with entries of bank statements, each planted with plain SQL."""

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.store.named import named
from tests.store.plain import force, opened

FILE = """
    INSERT INTO bank_file VALUES (
        1, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'camt.053', 'a.xml',
        '2026-02-05'
    )
"""
STATEMENT = """
    INSERT INTO bank_statement (
        id, file_id, kind, account, currency, identification, opening_cents, closing_cents, entries
    )
    VALUES (1, 1, 'camt.053', 'A', 'EUR', 'S1', 0, 60000, 3)
"""
ENTRY = """
    INSERT INTO bank_entry (
        id, statement_id, entry_key, occurrence, part, parts, account, booked_on, amount_cents,
        currency, details, state, matched_by, customer_id
    )
    VALUES
        (1, 1, 'ref:R1', 1, 1, 1, 'A', '2026-02-05', 50000, 'EUR', '{{}}', 'booked', 'hand',
            {acme}),
        (2, 1, 'ref:B1', 1, 1, 2, 'A', '2026-02-05', 4000, 'EUR', '{{"entry_cents":10000}}',
            'unmatched', NULL, NULL),
        (3, 1, 'ref:B1', 1, 2, 2, 'A', '2026-02-05', 6000, 'EUR', '{{"entry_cents":10000}}',
            'unmatched', NULL, NULL)
"""
BOOKING = "INSERT INTO bank_booking VALUES ({acme-credit-1}, 1, 0, NULL)"

FAULTS = [
    ("entry-booked", "UPDATE bank_entry SET amount_cents = 49999 WHERE id = 1", "entry/1"),
    ("entry-booked", "DELETE FROM bank_booking", "entry/1"),
    ("entry-booked", "UPDATE bank_booking SET undone_on = '2026-02-05'", "entry/1"),
    ("entry-unbooked", "UPDATE bank_entry SET state = 'unmatched' WHERE id = 1", "entry/1"),
    ("entry-unbooked", "UPDATE bank_entry SET state = 'ignored' WHERE id = 1", "entry/1"),
    ("entry-customer", "UPDATE bank_entry SET customer_id = {bolt} WHERE id = 1", "entry/1"),
    ("entry-of-seller", "UPDATE bank_entry SET currency = 'USD' WHERE id = 1", "entry/1"),
    ("batch-parts", "UPDATE bank_entry SET amount_cents = 1 WHERE id = 3", "entry/2"),
    ("batch-parts", "UPDATE bank_entry SET parts = 3 WHERE id = 3", "entry/2"),
    ("statement-balances", "UPDATE bank_statement SET closing_cents = 1", "bank-file/1"),
    ("entries-of-erased", "UPDATE customer SET state = 'erased' WHERE id = {acme}", "entry/1"),
]
"""A check, what is done to the store, and what the check must name then."""


@pytest.fixture
def taken(busy: Cli) -> Cli:
    """The busy host with a statement: a credit that is booked, and a batch that is not."""
    names = named(busy.store)
    with opened(busy.store) as base:
        for sql in (FILE, STATEMENT, ENTRY, BOOKING):
            base.execute(sql.format_map(names))
    return busy


def found(cli: Cli) -> dict[str, list[str]]:
    """By check, the subjects that break it; that mailctl wrote none of the rows is left out."""
    rows = cli("store", "check", "-o", "json").json()["items"]
    broken: dict[str, list[str]] = {}
    for row in rows:
        if not row["ok"] and row["name"] not in ("written-by-mailctl", "journal-chain"):
            broken.setdefault(row["name"], []).append(row["subject"])
    return broken


def test_what_is_right_has_no_finding(taken: Cli) -> None:
    """A booked entry, and a batch with its parts."""
    assert found(taken) == {}


@pytest.mark.parametrize(
    ("check", "harm", "subject"),
    FAULTS,
)
def test_each_fault_is_found(taken: Cli, check: str, harm: str, subject: str) -> None:
    """By the check of that rule."""
    force(taken.store, harm.format_map(named(taken.store)))
    assert found(taken)[check] == [subject]
