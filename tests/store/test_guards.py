"""What the database itself refuses, whatever program asks: tried with plain SQL on a busy store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mailctl.store.engine.sqlite import migrations
from tests.helpers import Cli, contents
from tests.store.plain import opened, refusal, rows

pytestmark = pytest.mark.files_only("a server's words are in tests/postgresql/test_guards.py")

BOOKS = {
    "invoice": "an invoice is never",
    "invoice_line": "an invoice line is never",
    "ledger": "a ledger row is never",
    "journal": "a journal row is never",
    "batch": "a digest of the journal is never",
    "seller": "a seller of a document is never",
}
A_COLUMN = {
    "invoice": "total_cents = total_cents",
    "invoice_line": "unit_cents = unit_cents + 1",
    "ledger": "reason = 'other'",
    "journal": "kind = 'other'",
    "batch": "digest = ''",
    "seller": "logo = 'other'",
}


@pytest.fixture
def kept(busy: Cli) -> Path:
    """The store of the busy host."""
    return busy.store


@pytest.mark.parametrize("table", BOOKS)
def test_a_row_of_the_books_is_never_changed(table: str, kept: Path) -> None:
    """UPDATE is refused, even one that would leave every value as it is."""
    before = contents(kept)
    assert refusal(kept, f"UPDATE {table} SET {A_COLUMN[table]}") == f"{BOOKS[table]} changed"
    assert contents(kept) == before


@pytest.mark.parametrize("table", BOOKS)
def test_a_row_of_the_books_is_never_deleted(table: str, kept: Path) -> None:
    """DELETE is refused, one row or all."""
    before = contents(kept)
    assert refusal(kept, f"DELETE FROM {table}") == f"{BOOKS[table]} deleted"
    assert contents(kept) == before


@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("table", BOOKS)
def test_a_row_of_the_books_is_never_replaced(table: str, how: str, kept: Path) -> None:
    """Putting a row in another's place, which needs no DELETE, is refused as well."""
    before = contents(kept)
    with opened(kept) as base, pytest.raises(sqlite3.IntegrityError):
        base.execute(f"{how} INTO {table} SELECT * FROM {table} WHERE true")
    assert contents(kept) == before


SENT = """
    INSERT INTO document_file (invoice_id, format, made_on, digest, content)
    SELECT min(i.id), 'pdf', '2026-02-05', max(b.digest), ''
    FROM invoice i
    CROSS JOIN batch b
    GROUP BY i.customer_id
"""
"""A document as it was sent, of each customer with an invoice."""
DELETED_ALONE = "a document that was sent is deleted only with its customer"
ERASED = """
    UPDATE customer
    SET state = 'erased'
    WHERE id = (SELECT i.customer_id FROM invoice i WHERE i.id = 1)
"""


def test_a_document_that_was_sent_goes_only_with_its_customer(kept: Path) -> None:
    """Never changed; deleted with who is erased, and nobody else's with it."""
    with opened(kept) as base:
        base.execute(SENT)
        base.execute(ERASED)
    change = "UPDATE document_file SET content = content"
    assert refusal(kept, change) == "a document that was sent is never changed"
    assert refusal(kept, "DELETE FROM document_file") == DELETED_ALONE
    assert refusal(kept, "DELETE FROM document_file WHERE invoice_id <> 1") == DELETED_ALONE
    with opened(kept) as base:
        assert base.execute("DELETE FROM document_file WHERE invoice_id = 1").rowcount == 1


def test_an_upsert_does_not_change_the_books(kept: Path) -> None:
    """ON CONFLICT DO UPDATE is no way around it."""
    refused = refusal(
        kept,
        "INSERT INTO ledger SELECT * FROM ledger WHERE true "
        "ON CONFLICT (id) DO UPDATE SET amount_cents = 0, after_cents = before_cents",
    )
    assert refused.startswith("a ledger row ")


def test_a_row_is_not_replaced_under_another_key(kept: Path) -> None:
    """An invoice's number, a customer's ledger sequence and an invoice's one charge are taken."""
    for sql, said in (
        (
            (
                "INSERT OR REPLACE INTO invoice (id, series, year, seq, customer_id, issued_on, "
                "net_cents, tax_rate, tax_category, tax_cents, total_cents, seller, buyer_name, "
                "buyer_country) "
                "SELECT 999, series, year, seq, customer_id, issued_on, net_cents, tax_rate, "
                "tax_category, tax_cents, total_cents, seller, buyer_name, buyer_country "
                "FROM invoice WHERE id = 1"
            ),
            "an invoice is never replaced",
        ),
        (
            (
                "INSERT OR REPLACE INTO invoice (id, series, year, seq, customer_id, issued_on, "
                "net_cents, tax_rate, tax_category, tax_cents, total_cents, seller, buyer_name, "
                "buyer_country) "
                "SELECT id, series, 2099, seq, customer_id, issued_on, net_cents, tax_rate, "
                "tax_category, tax_cents, total_cents, seller, buyer_name, buyer_country "
                "FROM invoice WHERE id = 1"
            ),
            "an invoice is never replaced",
        ),
        (
            (
                "INSERT OR REPLACE INTO ledger (id, customer_id, seq, moved_on, kind, "
                "amount_cents, before_cents, after_cents) SELECT 1, id, 999, '2026-02-05', "
                "'credit', 5, balance_cents, balance_cents + 5 FROM customer WHERE id = 1"
            ),
            "a ledger row is never replaced",
        ),
        (
            (
                "INSERT OR REPLACE INTO ledger (customer_id, seq, moved_on, kind, amount_cents, "
                "before_cents, after_cents) SELECT id, 1, '2026-02-05', 'credit', 5, "
                "balance_cents, balance_cents + 5 FROM customer WHERE id = 1"
            ),
            "a ledger row is never replaced",
        ),
        (
            (
                "INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, "
                "after_cents, invoice_id) SELECT c.id, 99, '2026-02-05', 'charge', -1, "
                "c.balance_cents, c.balance_cents - 1, l.invoice_id FROM ledger l "
                "JOIN customer c ON c.id = l.customer_id WHERE l.kind = 'charge' LIMIT 1"
            ),
            "a ledger row is never replaced",
        ),
    ):
        assert refusal(kept, sql) == said


# An invoice of acme's that is just being written: the only kind that takes lines.
NEW_INVOICE = (
    "INSERT INTO invoice (id, series, year, seq, customer_id, issued_on, net_cents, tax_rate, "
    "tax_category, tax_cents, total_cents, seller, buyer_name, buyer_country) "
    "VALUES (999, '', 2026, 999, 1, '2026-02-05', 1, 0, 'Z', 0, 1, '{}', 'Acme', 'FR')"
)


# Account 1 is billed from January to the end of February.
BILLED_TERMS = [
    ("2026-01-01", "2026-02-01"),
    ("2026-02-01", "2026-03-01"),
    ("2026-02-01", "2027-02-01"),
    ("2026-01-15", "2026-01-16"),
    ("2026-02-28", "2026-03-28"),
    ("2025-12-15", "2026-01-15"),
    ("2025-01-01", "2027-01-01"),
]
FREE_TERMS = [("2026-03-01", "2026-04-01"), ("2025-12-01", "2026-01-01")]


@pytest.mark.parametrize(("start", "end"), BILLED_TERMS)
def test_no_day_of_an_account_can_be_billed_twice(start: str, end: str, kept: Path) -> None:
    """No term may touch a day that is billed."""
    with opened(kept) as base:
        base.execute(NEW_INVOICE)
        with pytest.raises(sqlite3.IntegrityError, match="billed already"):
            base.execute(
                "INSERT INTO invoice_line (account_id, period_start_on, period_end_on, "
                "invoice_id, offer_id, period, unit_cents) VALUES (1, ?, ?, 999, 1, 'monthly', 1)",
                (start, end),
            )


@pytest.mark.parametrize(("start", "end"), FREE_TERMS)
def test_the_term_before_or_after_can_be_billed(start: str, end: str, kept: Path) -> None:
    """Terms are half open: they may touch."""
    with opened(kept) as base:
        base.execute(NEW_INVOICE)
        done = base.execute(
            "INSERT INTO invoice_line (account_id, period_start_on, period_end_on, "
            "invoice_id, offer_id, period, unit_cents) VALUES (1, ?, ?, 999, 1, 'monthly', 1)",
            (start, end),
        )
        assert done.rowcount == 1


def test_an_issued_invoice_takes_no_more_lines(kept: Path) -> None:
    """Once its batch is closed, another line would change it."""
    refused = refusal(
        kept,
        "INSERT INTO invoice_line (account_id, period_start_on, period_end_on, invoice_id, "
        "offer_id, period, unit_cents) VALUES (1, '2030-01-01', '2030-02-01', 1, 1, 'monthly', 1)",
    )
    assert refused == "an invoice is never changed"


def test_a_movement_begins_where_the_one_before_ended(kept: Path) -> None:
    """One that adds up in itself, but not with the balance, is refused."""
    refused = refusal(
        kept,
        "INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, "
        "after_cents) VALUES (1, 99, '2026-02-05', 'credit', 100, 0, 100)",
    )
    assert refused == "a ledger row begins where the one before ends"


def test_personal_details_can_be_erased_but_not_changed(kept: Path) -> None:
    """The law wants them erasable; nothing wants them rewritten."""
    assert refusal(kept, "UPDATE journal_personal SET details = '{}'") == (
        "personal details are erased, never changed"
    )
    with opened(kept) as base:
        assert base.execute("DELETE FROM journal_personal").rowcount > 0


def test_an_address_has_one_live_account(kept: Path) -> None:
    """A second account that is not deleted cannot take anna@acme.example."""
    refused = refusal(
        kept,
        "UPDATE account SET address = 'anna@acme.example', domain_id = (SELECT id FROM domain "
        "WHERE name = 'acme.example') WHERE id = 2",
    )
    assert refused == "UNIQUE constraint failed: account.address"


def test_a_deleted_accounts_address_can_be_used_again(kept: Path) -> None:
    """dora's account is deleted, so account 2 may have her address."""
    with opened(kept) as base:
        done = base.execute(
            "UPDATE account SET address = 'dora@acme.example', domain_id = (SELECT id FROM domain "
            "WHERE name = 'acme.example') WHERE id = 2"
        )
        assert done.rowcount == 1


def test_a_debtor_has_one_open_debt_order(kept: Path) -> None:
    """`late` owes money: a second open order for it is refused."""
    refused = refusal(
        kept,
        "INSERT INTO purchase_order (customer_id, kind, status, ordered_on, net_cents, tax_cents, "
        "total_cents) SELECT id, 'debt', 'not-paid', '2026-02-05', 1, 0, 1 FROM customer "
        "WHERE slug = 'late'",
    )
    assert refused == "UNIQUE constraint failed: purchase_order.customer_id"


# A movement of acme's, whose balance is 462.44.
LEDGER = (
    "INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, "
    "after_cents) VALUES (1, 99, '2026-02-05', "
)


def test_a_movement_that_adds_up_is_taken(kept: Path) -> None:
    """The measure for those below."""
    with opened(kept) as base:
        assert base.execute(f"{LEDGER} 'credit', 100, 46244, 46344)").rowcount == 1


WRONG_MOVEMENTS = [
    "'credit', 100, 46244, 46345",
    "'credit', -100, 46244, 46144",
    "'payment', -100, 46244, 46144",
    "'credit-note', -100, 46244, 46144",
    "'charge', 100, 46244, 46344",
    "'refund', 100, 46244, 46344",
    "'reversal', 100, 46244, 46344",
    "'gift', 100, 46244, 46344",
]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        *((values, "CHECK") for values in WRONG_MOVEMENTS),
        ("'credit', 1.5, 46244, 46245.5", "cannot store REAL value in INTEGER column"),
        ("'credit', NULL, 46244, 46244", "NOT NULL"),
    ],
)
def test_a_movement_that_does_not_add_up_is_refused(values: str, said: str, kept: Path) -> None:
    """Before plus amount is after; money in is not negative, money out not positive; no floats."""
    before = contents(kept)
    assert said in refusal(kept, f"{LEDGER} {values})")
    assert contents(kept) == before


NEVER = [
    ("store", "clock", "'sundial'"),
    ("customer", "state", "'happy'"),
    ("customer", "language", "'it'"),
    ("customer", "payment_days", "0"),
    ("customer", "alert_cents", "-1"),
    ("customer", "balance_cents", "balance_cents - 100000"),
    ("offer", "expiry_of", "'nobody'"),
    ("price", "cents", "-1"),
    ("price", "period", "'weekly'"),
    ("tax_rate", "rate", "10000"),
    ("platform", "state", "'paused'"),
    ("platform", "renewal", "'none'"),
    ("platform", "closed_on", "'2026-01-01'"),
    ("purchase_order", "kind", "'gift'"),
    ("purchase_order", "status", "'paid'"),
    ("purchase_order", "total_cents", "total_cents + 1"),
    ("account", "state", "'asleep'"),
    ("account", "period", "'weekly'"),
    ("account", "renewal", "'expire'"),
    ("account", "suspended_for", "'fun'"),
    ("account", "anchor_day", "32"),
    ("account", "deleted_on", "'2026-01-01'"),
    ("account", "suspended_on", "'2026-01-01'"),
    ("account", "address", "NULL"),
    ("account", "address", "upper(address)"),
    ("account", "next_on", "'2030-01-01'"),
    ("invoice_open", "open_cents", "-1"),
    ("invoice_open", "paid_on", "CASE WHEN paid_on IS NULL THEN '2026-01-01' END"),
    ("task", "kind", "'polish'"),
    ("task", "status", "'doing'"),
    ("notice", "tries", "-1"),
    ("command_key", "customer_id", "999"),
    ("account", "platform_id", "999"),
    ("purchase_order", "status", "'delivering'"),
]


@pytest.mark.parametrize(("table", "column", "value"), NEVER)
def test_a_value_that_must_never_be_is_refused(
    table: str, column: str, value: str, kept: Path
) -> None:
    """States, signs, sums and references are held by the tables themselves."""
    before = contents(kept)
    with (
        opened(kept) as base,
        pytest.raises((sqlite3.IntegrityError, sqlite3.OperationalError)),
    ):
        base.execute(f"UPDATE {table} SET {column} = {value}")
    assert contents(kept) == before


def test_every_table_checks_the_types_of_its_columns(kept: Path) -> None:
    """All tables are STRICT, so text never stands where cents belong."""
    loose = rows(
        kept,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    assert loose == []


def test_a_store_has_one_clock_and_one_description(kept: Path) -> None:
    """A second row of `store` or `clock` is refused."""
    assert refusal(kept, "INSERT INTO clock (id, reached_on) VALUES (2, '2026-01-01')") == (
        "CHECK constraint failed: id = 1"
    )
    assert refusal(
        kept, "INSERT INTO store SELECT 2, created_at, clock, timezone, 'FR', 'EUR' FROM store"
    ) == ("CHECK constraint failed: id = 1")


@pytest.mark.parametrize("key", [0, -1])
def test_no_key_is_0_or_below(key: int) -> None:
    """A row before the first is one that nobody looks at: no table takes it, nor a later one."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.executescript(migrations.schema())
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            base.execute(f"DROP TRIGGER {name}")
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            columns = base.execute(f"PRAGMA table_info({table})").fetchall()
            keys = {name for _, name, kind, _, _, part in columns if part and kind == "INTEGER"}
            needed = {name: kind for _, name, kind, not_null, _, _ in columns if not_null}
            filled = {name: 1 if kind == "INTEGER" else "x" for name, kind in needed.items()}
            filled |= {"word": {"kind": "customer"}, "lost_number": {"series": "AV"}}.get(table, {})
            for name in keys:
                values = filled | dict.fromkeys(keys, 1) | {name: key}
                with pytest.raises(
                    sqlite3.IntegrityError, match=rf"CHECK.*: {name} (> 0|>= 1|= 1)"
                ):
                    base.execute(
                        f"INSERT INTO {table} ({', '.join(values)}) "
                        f"VALUES ({', '.join(':' + one for one in values)})",
                        values,
                    )
