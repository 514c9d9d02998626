"""What another program changes is found, in every column of every table, and stays found.

About slips, a disk's faults and half-clever hands: guards are put aside for a change and put back.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from shlex import split
from typing import Any

import psycopg
import pytest

from mailctl.actions import bank_imports, settings
from mailctl.domain.documents import DocumentFormat
from mailctl.domain.statements import ReadStatus
from mailctl.store import checks, document_files
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine import moved
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from tests import on_server
from tests.actions.bank_readings import ACCOUNT, reading, referred, report
from tests.conftest import copied
from tests.helpers import Cli
from tests.notices.post_office import configure, open_office
from tests.store.plain import (
    force,
    forced,
    literal,
    opened,
    replace,
    rows,
    settle,
    twin,
    unguarded,
)

# What the busy host of these checks lacks: a row in each table that is still empty.
FULL = """
settings set seller-name Mail
offer price email-pro monthly 1.20 --customer slow
offer edit email-pro --label Mail
tax set DE 20
platform delete acme-priv -y
payment export --kind paypal --format csv
prepaid credit slow 10 --key again
"""


@pytest.fixture(scope="session")
def full_original(kept_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The busy host with rows in every table, and letters sent; its log is in the file."""
    path = tmp_path_factory.mktemp("full") / "mailctl.db"
    for part in kept_original.parent.iterdir():
        shutil.copy2(part, path.parent / part.name)
    cli = Cli(path)
    for line in FULL.strip().splitlines():
        done = cli(*split(line))
        assert (done.status, line, done.err if done.status else "") == (0, line, "")
    accounts = path.with_name("accounts.csv")
    accounts.write_text(
        "platform,address,period,expires_on,anchor_day\nacme-pro,,monthly,2026-03-01,1\n"
    )
    assert cli("import", "accounts", str(accounts), "-y").status == 0
    with open_office() as office:
        configure(cli, office.port)
        cli.ok("notice", "send")
    Cli(path).ok("account", "lock", "3", "--reason", "sends spam")
    # What takes mailctl a year of announced prices, written as it writes.
    with store_at(path).write("test") as transaction:
        transaction.execute("INSERT INTO kept_price VALUES (3, '2027-01-01', 100)")
        # What takes a mail server with a driver.
        transaction.execute("INSERT INTO mailbox VALUES (3, '3', '2026-01-05')")
        transaction.execute("INSERT INTO mailbox_password VALUES (3, '$argon2id$v', '2026-01-05')")
        # What takes an invoice of an older mailctl, and a letter with a document.
        transaction.execute(
            "INSERT INTO invoice_kept (invoice_id, seller_id, language) VALUES (1, 1, 'fr')"
        )
        sent = DocumentFile(invoice_id=1, number="2026-000001", format=DocumentFormat.PDF)
        document_files.keep(transaction, sent, b"%PDF", subject="customer/acme")
        _take_bank_files(transaction)
        # What takes a backup.
        transaction.execute("INSERT INTO backup VALUES ('/b', 'b.db', '2026-01-05T09:00Z', 3, 'a')")
    settle(path)
    return path


def _take_bank_files(transaction: Transaction) -> None:
    """A credit that was recorded by hand, told by two kinds of file, and an answer to a debit."""
    settings.set_all(transaction, {"seller-iban": ACCOUNT})
    money = referred(50_000, "R1", "2026-01-01", name="Acme")
    answer = ReadStatus("M1", "", "payment-99-1", "PDNG", "", "", None)
    files = (reading("camt.053", money), reading("camt.054", money), report(answer))
    bank_imports.import_files(transaction, files)
    for file in files:
        file.close()
    transaction.execute(
        """
        UPDATE bank_entry
        SET state = 'booked', matched_by = 'recorded', evidence = 'row 1 of acme',
            customer_id = (SELECT l.customer_id FROM ledger l WHERE l.id = 1)
        WHERE id = 1
        """
    )
    transaction.execute("INSERT INTO bank_booking VALUES (1, 1, 1, NULL)")


@pytest.fixture
def full(full_original: Path, cli: Cli) -> Cli:
    """A copy of that host."""
    return copied(full_original, cli)


def made() -> dict[str, list[sqlite3.Row]]:
    """The columns of every table of a new store; generated ones are hidden."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.row_factory = sqlite3.Row
        base.executescript(migrations.schema())
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: base.execute(f"PRAGMA table_info({name})").fetchall() for (name,) in tables}


TABLES = made()
WORDS = sorted(set(re.findall(r"'([a-z-]+)'", migrations.schema())))


def candidates(base: Any, table: str, column: str, old: object) -> Iterator[object]:
    """Values to put in another's place: near ones, others of the column, words of the CHECKs."""
    if isinstance(old, int):
        yield from (old + 1, old - 1, old + 1000)
    elif isinstance(old, str):
        yield re.sub(r"[0-9](?=[^0-9]*$)", lambda digit: str(9 - int(digit[0])), old)
        yield old + "x"
    for (other,) in base.execute(f"SELECT DISTINCT {column} FROM {table} LIMIT 20"):
        yield other
    yield from (None, 1, 0, "2026-01-03", *WORDS)


def harms(base: Any, table: str, column: str, where: str) -> bool:
    """Put another value in one place, as the tables' CHECKs allow, else against them."""
    (old,) = base.execute(f"SELECT {column} FROM {table} WHERE {where}").fetchone()
    for is_forced in (False, True):
        if isinstance(base, sqlite3.Connection):
            base.execute(f"PRAGMA ignore_check_constraints = {'ON' if is_forced else 'OFF'}")
        for value in candidates(base, table, column, old):
            if value == old:
                continue
            statement = f"UPDATE {table} SET {column} = {literal(value)} WHERE {where}"
            try:
                if is_forced and isinstance(base, on_server.Plain):
                    forced(base, statement)
                else:
                    base.execute(statement)
            except (sqlite3.IntegrityError, psycopg.Error):
                continue
            return True
    return False


def is_found(store: Path) -> bool:
    """Whether any check but that of the guards, which were put aside, finds something."""
    with store_at(store).read() as reader:
        # Those that find the most come first, as one is enough.
        first = ("written-by-mailctl", "journal-chain")
        ordered = sorted(checks.VALIDATORS, key=lambda one: one.name not in first)
        return any(one.faults(reader) for one in ordered if one.name != "guards")


def places(base: Any, table: str) -> list[str]:
    """Conditions for the first row and the last."""
    keys = ", ".join(row["name"] for row in TABLES[table] if row["pk"])
    found = base.execute(f"SELECT {keys} FROM {table} ORDER BY {keys}").fetchall()
    assert found, f"the host has no row of {table}"
    ends = dict.fromkeys((found[0], found[-1]))
    return [f"({keys}) = ({', '.join(map(literal, key))})" for key in ends]


def move(cli: Cli, table: str) -> None:
    """Move the host's store away, if that is the table in question: it has no row otherwise."""
    if table == "moved":
        with store_at(cli.store).write("test") as transaction:
            moved.mark(transaction, "/elsewhere/mailctl.db", is_copy=True)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_changed_by_another_program_is_found(table: str, full: Cli) -> None:
    """An amount, an account of a bank, a day, an address, a setting: none is changed unseen."""
    unseen = []
    move(full, table)
    before = twin(full, "before").store
    with opened(full.store) as base:
        where = places(base, table)
    for column, place in product((row["name"] for row in TABLES[table]), where):
        with unguarded(full.store) as base:
            assert harms(base, table, column, place), (column, place)
        if not is_found(full.store):
            unseen.append((column, place))
        replace(full.store, before, table)
    assert unseen == []
    assert not is_found(full.store)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_another_program_removes_is_found(table: str, full: Cli) -> None:
    """As well as one that it changes."""
    move(full, table)
    with opened(full.store) as base:
        (place, *_) = places(base, table)
    force(full.store, f"DELETE FROM {table} WHERE {place}")
    if table in ("store", "clock"):
        assert full("store", "check", "-o", "json").error()["code"] == "store-damaged"
    else:
        assert is_found(full.store)


# What the issue tried, each by one statement, and the table that must be named.
TRIED = {
    "the amount of a payment": (
        "payment",
        "UPDATE payment SET amount_cents = 999999 WHERE status = 'pending'",
    ),
    "the bank account of a method": (
        "method",
        "UPDATE method SET details = '{\"agreement\":\"B-99999\"}' WHERE kind = 'paypal'",
    ),
    "the seller's own account": (
        "setting",
        "UPDATE setting SET value = 'DE89370400440532013000' WHERE name = 'seller-iban'",
    ),
    "the day an invoice is due": (
        "invoice_open",
        "UPDATE invoice_open SET due_on = '2026-12-31' WHERE open_cents > 0",
    ),
    "a price": ("price", "UPDATE price SET cents = 1 WHERE offer_id = 1"),
    "a rate of tax": ("tax_rate", "UPDATE tax_rate SET rate = 0 WHERE country = 'DE'"),
    "the clock": ("clock", "UPDATE clock SET reached_on = '2026-02-06'"),
    "an account that is suspended": (
        "account",
        (
            "UPDATE account SET state = 'active', suspended_on = NULL, suspended_for = NULL, "
            "deletes_on = NULL WHERE address = 'lea@late.example'"
        ),
    ),
    "a letter that waits": ("notice", "UPDATE notice SET sent_at = NULL, tries = 9"),
}


@pytest.mark.parametrize("what", TRIED)
def test_a_change_by_another_program_stays_found(what: str, full: Cli) -> None:
    """Told with its table, with no guard dropped; also once mailctl has written the rows again."""
    table, statement = TRIED[what]
    with opened(full.store) as base:
        base.execute(statement)

    found = full("store", "check", "-o", "json")

    assert found.status == 1
    assert table in [
        row["subject"] for row in found.json()["items"] if row["name"] == "written-by-mailctl"
    ]
    full("settings", "set", "seller-iban", "DE89370400440532013000")
    full("offer", "price", "email-pro", "monthly", "1.49")
    full("tick", "--to", "2026-03-20")
    full("customer", "edit", "late", "--city", "Lyon")
    after = full("store", "check", "-o", "json")
    assert after.status == 1
    assert table in [
        row["subject"] for row in after.json()["items"] if row["name"] == "written-by-mailctl"
    ]


def test_an_erasure_neither_breaks_the_seals_nor_hides_what_was_wrong(full: Cli) -> None:
    """Its new key leaves a whole store whole, and a changed one changed."""
    ((key,),) = rows(full.store, "SELECT key FROM seal_key")
    full.ok("customer", "erase", "left", "--confirm", "left")
    assert rows(full.store, "SELECT key FROM seal_key") != [(key,)]
    assert full("store", "check").status == 0


def test_what_was_wrong_before_an_erasure_is_wrong_after_it(full: Cli) -> None:
    """A seal made again over the table as it stands would have hidden it."""
    with opened(full.store) as base:
        base.execute("UPDATE method SET label = 'x'")
    full.ok("customer", "erase", "left", "--confirm", "left")
    found = full("store", "check", "-o", "json").json()["items"]
    assert "method" in [row["subject"] for row in found if row["name"] == "written-by-mailctl"]


def test_a_seal_that_is_changed_with_its_table_is_found(full: Cli) -> None:
    """The last transaction says what all seals were."""
    with opened(full.store) as base:
        base.execute("UPDATE seal SET sum = '" + "0" * 64 + "' WHERE name = 'setting'")
    found = full("journal", "verify", "-o", "json")
    assert (found.status, "other tables" in found.json()["reason"]) == (1, True)


def test_a_seal_of_no_table_stays_found(full: Cli) -> None:
    """The next transaction takes it for one of the seals as they stand; a check does not."""
    with opened(full.store) as base:
        base.execute("INSERT INTO seal SELECT 'offerz', sum FROM seal WHERE name = 'offer'")
    full.ok("settings", "set", "retention-days", "13")
    assert full("store", "check").status == 1


def test_a_dry_run_leaves_no_trace_in_the_seals(full: Cli) -> None:
    """What is undone is not added up."""
    before = rows(full.store, "SELECT * FROM seal")
    full.ok("tick", "--to", "2026-03-01", "--dry-run")
    full.ok("customer", "edit", "late", "--city", "Lyon", "--dry-run")
    assert rows(full.store, "SELECT * FROM seal") == before
    assert full("store", "check").status == 0


@pytest.mark.files_only("a server's guards are written otherwise")
@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (
            (
                "DROP TRIGGER ledger_kept_u",
                "CREATE TRIGGER ledger_kept_u BEFORE UPDATE ON ledger BEGIN SELECT 1; END",
            ),
            "the trigger ledger_kept_u is not as mailctl made it",
        ),
        (
            (
                (
                    "CREATE TRIGGER pays AFTER INSERT ON ledger "
                    "BEGIN UPDATE customer SET alert_cents = 1; END"
                ),
            ),
            "the trigger pays is not mailctl's",
        ),
        (
            ("DROP INDEX account_address", "CREATE INDEX account_address ON account (address)"),
            "the index account_address is not as mailctl made it",
        ),
        (("CREATE TABLE other (id INTEGER)",), "the table other is not mailctl's"),
        (("CREATE VIEW other AS SELECT 1",), "the view other is not mailctl's"),
    ],
)
def test_guards_are_compared_by_what_they_do(
    harm: tuple[str, ...], message: str, full: Cli
) -> None:
    """One that does nothing, one weaker, one that somebody added: each is told by its name."""
    with opened(full.store) as base:
        for statement in harm:
            base.execute(statement)
    found = full("store", "check", "-o", "json")
    assert found.status == 1
    assert message in [row["message"] for row in found.json()["items"] if row["name"] == "guards"]


NO_TEXT = {
    "customer": "UPDATE customer SET name = CAST(x'4163ff6d65' AS TEXT) WHERE slug = 'acme'",
    "customer's id": "UPDATE customer SET slug = CAST(x'ff' AS TEXT) WHERE slug = 'left'",
    "account": (
        "UPDATE account SET address = CAST(x'61ff4061' AS TEXT) WHERE address LIKE 'anna@%'"
    ),
    "setting": "UPDATE setting SET value = CAST(x'ff' AS TEXT) WHERE name = 'seller-name'",
    "journal": "UPDATE journal SET details = CAST(x'7b22ff227d' AS TEXT) WHERE seq = 9",
    "notice": "UPDATE notice SET kind = CAST(x'ff' AS TEXT) WHERE id = 1",
}


@pytest.mark.files_only("a server takes no text but UTF-8")
@pytest.mark.parametrize("where", NO_TEXT)
def test_text_that_is_no_utf_8_is_found_and_crashes_nothing(where: str, full: Cli) -> None:
    """`store check` says so; another command works, or says that the store is damaged."""
    force(full.store, NO_TEXT[where])
    assert full("store", "check").status == 1
    for words in READING:
        assert full(*words).status in (0, 1, 10), words
        assert full(*words, "-o", "json").status in (0, 1, 10), words


READING = (
    ("customer", "list"),
    ("customer", "show", "acme"),
    ("account", "list"),
    ("account", "show", "1"),
    ("account", "explain", "1"),
    ("journal", "list"),
    ("journal", "verify"),
    ("notice", "list"),
    ("settings", "list"),
    ("invoice", "show", "2026-000001"),
    ("advise",),
    ("status",),
    ("tick",),
)
