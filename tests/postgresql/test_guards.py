"""A PostgreSQL takes the rows of a real store, and refuses by itself what SQLite refuses."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.postgresql.server import Server
from tests.store.plain import literal
from tests.store.test_guards import (
    A_COLUMN,
    BILLED_TERMS,
    BOOKS,
    DELETED_ALONE,
    ERASED,
    FREE_TERMS,
    LEDGER,
    NEVER,
    NEW_INVOICE,
    SENT,
    WRONG_MOVEMENTS,
)

MOVES = LEDGER.replace("(customer_id", "(id, customer_id").replace("VALUES (", "VALUES (999, ")


def inserts(base: sqlite3.Connection) -> Iterator[str]:
    """Statements that write all rows of a store again."""
    for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
        for row in base.execute(f"SELECT {', '.join(columns)} FROM {table}"):
            values = ", ".join(map(literal, row))
            yield f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values});"


@pytest.fixture(scope="session")
def kept(postgresql: Server, busy_original: Path) -> Server:
    """The busy host's store."""
    with closing(sqlite3.connect(busy_original)) as base:
        # Rows come table by table, not in the order in which they name each other.
        script = ["SET session_replication_role = replica;", *inserts(base)]
    done = postgresql.psql("\n".join(script), "-v", "ON_ERROR_STOP=1")
    assert done.returncode == 0, done.stderr
    return postgresql


def test_a_stores_rows_fit_and_say_the_same(kept: Server, busy_original: Path) -> None:
    """Every row of every table, with the columns that the database computes."""
    with closing(sqlite3.connect(busy_original)) as base:
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            wanted = [
                tuple("" if value is None else str(value) for value in row)
                for row in base.execute(f"SELECT * FROM {table}")
            ]
            assert sorted(kept.rows(f"SELECT * FROM {table}")) == sorted(wanted), table


@pytest.mark.parametrize("table", BOOKS)
def test_a_row_of_the_books_is_never_changed_or_deleted(table: str, kept: Server) -> None:
    """One row or all, even by an UPDATE that would leave every value as it is."""
    said = BOOKS[table]
    assert kept.refusal(f"UPDATE {table} SET {A_COLUMN[table]}") == f"{said} changed"
    assert kept.refusal(f"DELETE FROM {table}") == f"{said} deleted"
    assert kept.refusal(f"TRUNCATE {table} CASCADE") == f"{said} deleted"


@pytest.mark.parametrize("table", BOOKS)
def test_a_row_of_the_books_is_never_replaced(table: str, kept: Server) -> None:
    """Neither by a second one with its key nor by an upsert."""
    again = f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1"
    by_key = f'duplicate key value violates unique constraint "{table}_pkey"'
    assert kept.refusal(again) == by_key
    key = {"invoice_line": "account_id, period_start_on", "journal": "seq"}.get(table, "id")
    column = A_COLUMN[table].partition(" ")[0]
    upsert = f"{again} ON CONFLICT ({key}) DO UPDATE SET {column} = excluded.{column}"
    assert kept.refusal(upsert) == f"{BOOKS[table]} changed"


INVOICE = """
    INSERT INTO invoice (id, series, year, seq, customer_id, issued_on, net_cents, tax_rate,
        tax_category, tax_cents, total_cents, seller, buyer_name, buyer_country)
    SELECT {0}, series, {1}, seq, customer_id, issued_on, net_cents, tax_rate, tax_category,
        tax_cents, total_cents, seller, buyer_name, buyer_country
    FROM invoice
    WHERE id = 1
"""
CREDIT = """
    INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents,
        after_cents)
    SELECT {0}, id, {1}, '2026-02-05', 'credit', 5, balance_cents, balance_cents + 5
    FROM customer
    WHERE id = 1
"""
CHARGE = """
    INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents,
        after_cents, invoice_id)
    SELECT 999, c.id, 99, '2026-02-05', 'charge', -1, c.balance_cents, c.balance_cents - 1,
        l.invoice_id
    FROM ledger l
    JOIN customer c ON c.id = l.customer_id
    WHERE l.kind = 'charge'
    LIMIT 1
"""


@pytest.mark.parametrize(
    ("sql", "key"),
    [
        (INVOICE.format(999, "year"), "invoice_number"),
        (INVOICE.format("id", 2099), "invoice_pkey"),
        (CREDIT.format(1, 999), "ledger_pkey"),
        (CREDIT.format(999, 1), "ledger_seq"),
        (CHARGE, "ledger_charge"),
    ],
    ids=["a number", "an invoice", "a movement", "a movement's number", "an invoice's charge"],
)
def test_a_row_is_not_replaced_under_another_key(sql: str, key: str, kept: Server) -> None:
    """An invoice's number, a customer's ledger sequence and an invoice's one charge are taken."""
    assert kept.refusal(sql) == f'duplicate key value violates unique constraint "{key}"'


@pytest.mark.parametrize(("start", "end"), [*BILLED_TERMS, *FREE_TERMS])
def test_no_day_of_an_account_can_be_billed_twice(start: str, end: str, kept: Server) -> None:
    """A term that shares a day with one that is billed; the terms before and after are free."""
    said = kept.refusal(f"""
        {NEW_INVOICE};
        INSERT INTO invoice_line (account_id, period_start_on, period_end_on, invoice_id, offer_id,
            period, unit_cents)
        VALUES (1, '{start}', '{end}', 999, 1, 'monthly', 1)
    """)
    is_free = (start, end) in FREE_TERMS
    by_key = 'duplicate key value violates unique constraint "invoice_line_pkey"'
    refusals = ("the term, or a part of it, is billed already", by_key)
    assert said == "" if is_free else said in refusals


@pytest.mark.parametrize(("table", "column", "value"), NEVER)
def test_a_value_that_must_never_be_is_refused(
    table: str, column: str, value: str, kept: Server
) -> None:
    """States, signs, sums and references are held by the tables themselves."""
    said = kept.refusal(f"UPDATE {table} SET {column} = {value}")
    assert re.search("violates (check|foreign key) constraint|can only be updated to DEFAULT", said)


@pytest.mark.parametrize("values", WRONG_MOVEMENTS)
def test_a_movement_that_does_not_add_up_is_refused(values: str, kept: Server) -> None:
    """Before plus amount is after; money in is not negative, money out not positive."""
    assert "violates check constraint" in kept.refusal(f"{MOVES} {values})")


@pytest.mark.parametrize(
    "row",
    [
        "clock (id, reached_on) VALUES (2, '2026-01-01')",
        "store SELECT 2, created_at, clock, timezone, 'FR', 'EUR' FROM store",
    ],
)
def test_a_store_has_one_clock_and_one_description(row: str, kept: Server) -> None:
    """A second row of `store` or `clock` is refused."""
    assert "violates check constraint" in kept.refusal(f"INSERT INTO {row}")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        pytest.param(
            "UPDATE account SET address = 'anna@acme.example', "
            "domain_id = (SELECT id FROM domain WHERE name = 'acme.example') WHERE id = 2",
            'unique constraint "account_address"',
            id="a second live account on an address",
        ),
        pytest.param(
            "INSERT INTO purchase_order (number, customer_id, kind, status, ordered_on, net_cents, "
            "tax_cents, total_cents) SELECT 999, id, 'debt', 'not-paid', '2026-02-05', 1, 0, 1 "
            "FROM customer WHERE slug = 'late'",
            'unique constraint "order_open_debt"',
            id="a second open debt order",
        ),
        pytest.param(
            "INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents, "
            "after_cents) VALUES (999, 1, 99, '2026-02-05', 'credit', 100, 0, 100)",
            "a ledger row begins where the one before ends",
            id="a movement that does not follow",
        ),
        pytest.param(
            "INSERT INTO invoice_line (account_id, period_start_on, period_end_on, invoice_id, "
            "offer_id, period, unit_cents) "
            "VALUES (1, '2030-01-01', '2030-02-01', 1, 1, 'monthly', 1)",
            "an invoice is never changed",
            id="a line for an issued invoice",
        ),
        pytest.param(
            "UPDATE journal_personal SET details = '{}'",
            "personal details are erased, never changed",
            id="other personal details",
        ),
        pytest.param(
            "INSERT INTO journal (seq, batch, happened_on, kind, subject) "
            "VALUES (9999, 9999, '2026-02-05', 'closed', 'store')",
            'foreign key constraint "journal_batch_fkey"',
            id="a journal row without a batch",
        ),
    ],
)
def test_what_must_never_be_is_refused(sql: str, said: str, kept: Server) -> None:
    """By a key, a guard or a reference."""
    assert said in kept.refusal(sql)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("2, '2030-01-01', '2030-02-01', 999, 1", ""),
        ("77777, '2030-01-01', '2030-02-01', 999, 1", "account 77777 is not there"),
        ("2, '2030-01-01', '2030-02-01', 77777, 1", "invoice 77777 is not there"),
        ("2, '2030-01-01', '2030-02-01', 999, 77777", "offer 77777 is not there"),
    ],
)
def test_a_line_names_what_is_there(second: str, said: str, kept: Server) -> None:
    """All lines of a statement are looked at together."""
    lines = f"""
        {NEW_INVOICE};
        INSERT INTO invoice_line (account_id, period_start_on, period_end_on, invoice_id, offer_id,
            period, unit_cents)
        VALUES (1, '2030-01-01', '2030-02-01', 999, 1, 'monthly', 1), ({second}, 'monthly', 1)
    """
    assert kept.refusal(lines) == said


@pytest.mark.parametrize(
    ("table", "said"), [("account", "an account {}"), ("offer", "an offer {}")]
)
def test_what_a_line_names_stays(table: str, said: str, kept: Server) -> None:
    """Also what no line names yet: it may be named at the same time."""
    assert kept.refusal(f"DELETE FROM {table} WHERE id = 77777") == said.format("is never deleted")
    assert kept.refusal(f"TRUNCATE {table} CASCADE") == said.format("is never deleted")
    assert kept.refusal(f"UPDATE {table} SET id = id") == said.format("keeps its number")


def test_a_document_that_was_sent_goes_only_with_its_customer(kept: Server) -> None:
    """Never changed, never emptied; deleted with who is erased, and nobody else's with it."""
    there = f"{SENT}; {ERASED}"
    change = "UPDATE document_file SET content = content"
    assert kept.refusal(f"{there}; {change}") == "a document that was sent is never changed"
    assert kept.refusal(f"{there}; DELETE FROM document_file") == DELETED_ALONE
    others = "DELETE FROM document_file WHERE invoice_id <> 1"
    assert kept.refusal(f"{there}; {others}") == DELETED_ALONE
    assert kept.refusal(f"{there}; DELETE FROM document_file WHERE invoice_id = 1") == ""
    assert kept.refusal("TRUNCATE document_file") == DELETED_ALONE


def test_what_may_be_is_taken(kept: Server) -> None:
    """The measure for the rest: a movement that adds up, details erased, an address given again."""
    assert kept.refusal(f"{MOVES} 'credit', 100, 46244, 46344)") == ""
    assert kept.refusal("DELETE FROM journal_personal") == ""
    # dora's account is deleted.
    free = "UPDATE account SET address = 'dora@acme.example', domain_id = 1 WHERE id = 2"
    assert kept.refusal(free) == ""


PAYMENT = """
    INSERT INTO method (id, customer_id, kind, label, details, is_default, added_on)
    VALUES (999, 1, 'card', 'card', '{}', 0, '2026-02-05');
    INSERT INTO payment (id, customer_id, method_id, amount_cents, status, created_on)
    VALUES (999, 1, 999, 100, 'succeeded', '2026-02-05')
"""
MOVEMENT = """
    INSERT INTO ledger (id, customer_id, seq, moved_on, kind, amount_cents, before_cents,
        after_cents, payment_id, reverses_id)
    VALUES ({0}, 1, {0}, '2026-02-05', {1})
"""
FIRST = MOVEMENT.format(997, "'payment', 100, 46244, 46344, 999, NULL")
RECEIVED = f"{PAYMENT}; {FIRST}"
UNDONE = MOVEMENT.format(998, "'reversal', -100, 46344, 46244, NULL, 997")
AGAIN = (
    MOVEMENT.format(999, "'payment', 100, 46344, 46444, 999, NULL"),
    MOVEMENT.format(999, "'payment', 100, 46244, 46344, 999, NULL"),
)


def test_the_money_of_a_payment_is_recorded_once(kept: Server) -> None:
    """A second movement for it is refused, unless the first was taken back."""
    assert kept.refusal(RECEIVED) == ""
    assert kept.refusal(f"{RECEIVED}; {AGAIN[0]}") == "the money of a payment is recorded once"
    assert kept.refusal(f"{RECEIVED}; {UNDONE}; {AGAIN[1]}") == ""
