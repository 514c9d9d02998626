"""Sets of accounts, and what is done to a whole set at once: suspend, reopen, delete.

A set lives in the temporary table `chosen`, one row an account. Each function changes the accounts
and writes their tasks, notices and journal rows in the same breath, so that none can be forgotten.
"""

from __future__ import annotations

from datetime import date

from mailctl.domain.lifecycle import SuspendedFor
from mailctl.store import notices
from mailctl.store.engine.transaction import Transaction

TABLES = """
CREATE TEMP TABLE IF NOT EXISTS chosen (
    account_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, address TEXT
);
CREATE TEMP TABLE IF NOT EXISTS told (
    customer_id INTEGER NOT NULL, kind TEXT NOT NULL, notice_id INTEGER NOT NULL,
    PRIMARY KEY (customer_id, kind)
);
CREATE TEMP TABLE IF NOT EXISTS set_aside (customer_id INTEGER PRIMARY KEY, reason TEXT NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS lifted (account_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS settling (customer_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS changed (account_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS ahead (happens_on TEXT PRIMARY KEY, since TEXT NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS step (
    expires_on TEXT NOT NULL, renewal TEXT NOT NULL, anchor_day INTEGER NOT NULL,
    starts_on TEXT NOT NULL, ends_on TEXT NOT NULL, is_last INTEGER NOT NULL,
    PRIMARY KEY (expires_on, renewal, anchor_day, starts_on)
);
CREATE TEMP TABLE IF NOT EXISTS due (
    account_id INTEGER NOT NULL, customer_id INTEGER NOT NULL, offer_id INTEGER NOT NULL,
    address TEXT, period TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
    kept_cents INTEGER
);
CREATE TEMP TABLE IF NOT EXISTS announced (
    account_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, address TEXT,
    offer_id INTEGER NOT NULL, own_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    kept_cents INTEGER, is_told INTEGER NOT NULL
);
CREATE TEMP TABLE IF NOT EXISTS repriced (
    offer_id INTEGER NOT NULL, own_id INTEGER NOT NULL, starts_on TEXT NOT NULL,
    before_cents INTEGER NOT NULL, after_cents INTEGER NOT NULL,
    PRIMARY KEY (offer_id, own_id, starts_on)
);
CREATE TEMP TABLE IF NOT EXISTS rate_card (
    offer_id INTEGER NOT NULL, period TEXT NOT NULL, starts_on TEXT NOT NULL,
    cents INTEGER NOT NULL, PRIMARY KEY (offer_id, period, starts_on)
);
CREATE TEMP TABLE IF NOT EXISTS own_card (
    customer_id INTEGER NOT NULL, offer_id INTEGER NOT NULL, period TEXT NOT NULL,
    starts_on TEXT NOT NULL, cents INTEGER NOT NULL,
    PRIMARY KEY (customer_id, offer_id, period, starts_on)
);
CREATE TEMP TABLE IF NOT EXISTS tax_case (
    country TEXT NOT NULL, has_vat_number INTEGER NOT NULL, rate INTEGER NOT NULL, note TEXT,
    PRIMARY KEY (country, has_vat_number)
);
CREATE TEMP TABLE IF NOT EXISTS payable (days INTEGER PRIMARY KEY, due_on TEXT NOT NULL);
CREATE TEMP TABLE IF NOT EXISTS bill (
    n INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL UNIQUE, net_cents INTEGER NOT NULL,
    rate INTEGER NOT NULL, note TEXT, tax_cents INTEGER NOT NULL, total_cents INTEGER NOT NULL,
    before_cents INTEGER NOT NULL, due_on TEXT NOT NULL
);
"""


def prepare(transaction: Transaction) -> None:
    """Make the temporary tables that set-based work needs; a second time does nothing."""
    for statement in TABLES.split(";"):
        if statement.strip():
            transaction.execute(statement)


def empty(transaction: Transaction, *tables: str) -> None:
    """Forget what the temporary tables hold."""
    for table in tables:
        transaction.execute(f"DELETE FROM {table}")


def chosen(transaction: Transaction) -> int:
    """How many accounts the set has."""
    return transaction.number("SELECT count(*) FROM chosen")


def choose(transaction: Transaction, account_ids: tuple[int, ...]) -> None:
    """Let the set be these accounts."""
    prepare(transaction)
    empty(transaction, "chosen", "told")
    for account_id in account_ids:
        transaction.execute(
            "INSERT INTO chosen (account_id, customer_id, address) "
            "SELECT a.id, p.customer_id, a.address FROM account a "
            "JOIN platform p ON p.id = a.platform_id WHERE a.id = :id",
            {"id": account_id},
        )


def suspend(transaction: Transaction, reason: SuspendedFor, deletes_on: date) -> None:
    """Suspend the chosen accounts today (SPEC 6, SPEC 9)."""
    notices.queue_for_chosen(transaction, "accounts-suspended", happens_on=deletes_on, why=reason)
    transaction.execute(
        "UPDATE account SET state = 'suspended', suspended_on = :today, suspended_for = :reason, "
        "deletes_on = :deletes_on, suspension_notice_id = (SELECT t.notice_id FROM chosen c "
        "JOIN told t ON t.customer_id = c.customer_id AND t.kind = 'accounts-suspended' "
        "WHERE c.account_id = account.id) WHERE id IN (SELECT account_id FROM chosen)",
        {
            "today": transaction.today.isoformat(),
            "reason": reason.value,
            "deletes_on": deletes_on.isoformat(),
        },
    )
    add_tasks(transaction, "suspend")
    _record(
        transaction,
        "suspended",
        f'{{"deletes_on":"{deletes_on.isoformat()}","suspended_for":"{reason.value}"}}',
    )


def reopen(transaction: Transaction, *, told: bool = True) -> None:
    """Let the chosen accounts, which were suspended, work again.

    Not `told` are customers whom another notice tells.
    """
    transaction.execute(
        "UPDATE account SET state = 'active', suspended_on = NULL, suspended_for = NULL, "
        "deletes_on = NULL, suspension_notice_id = NULL "
        "WHERE id IN (SELECT account_id FROM chosen)"
    )
    if told:
        notices.queue_for_chosen(transaction, "accounts-reopened")
    add_tasks(transaction, "reopen")
    _record(transaction, "reopened", None)


def delete(transaction: Transaction, *, told: bool = True) -> None:
    """Delete the chosen accounts for good; their addresses are free for the same customer.

    Not `told` are customers whom another notice tells.
    """
    if told:
        notices.queue_for_chosen(transaction, "accounts-deleted", happens_on=transaction.today)
    transaction.execute(
        "UPDATE account SET state = 'deleted', deleted_on = :today "
        "WHERE id IN (SELECT account_id FROM chosen)",
        {"today": transaction.today.isoformat()},
    )
    add_tasks(transaction, "delete")
    _record(transaction, "deleted", None)


def add_tasks(transaction: Transaction, kind: str) -> None:
    """A task for the mail server for each chosen account that has a mailbox."""
    transaction.execute(
        "INSERT INTO task (account_id, kind, address, asked_on) "
        "SELECT account_id, :kind, address, :today FROM chosen WHERE address IS NOT NULL "
        "ORDER BY account_id",
        {"kind": kind, "today": transaction.today.isoformat()},
    )


def _record(transaction: Transaction, kind: str, details: str | None) -> None:
    transaction.execute(
        "INSERT INTO journal (seq, batch, happened_on, kind, subject, details) "
        "SELECT :last + row_number() OVER (ORDER BY account_id), :batch, :today, :kind, "
        "'account/' || account_id, :details FROM chosen ORDER BY account_id",
        {
            "last": transaction.batch.next_seq - 1,
            "batch": transaction.batch.id,
            "today": transaction.today.isoformat(),
            "kind": kind,
            "details": details,
        },
    )


def close_emptied_platforms(transaction: Transaction) -> int:
    """Close each cancelled platform whose last account is gone; how many (SPEC 5)."""
    found = transaction.execute(
        "SELECT p.id, p.name FROM platform p WHERE p.state = 'cancelled' AND NOT EXISTS "
        "(SELECT 1 FROM account a WHERE a.platform_id = p.id AND a.state <> 'deleted') "
        "ORDER BY p.id"
    ).fetchall()
    for platform_id, name in found:
        transaction.execute(
            "UPDATE platform SET state = 'closed', closed_on = :today WHERE id = :id",
            {"today": transaction.today.isoformat(), "id": platform_id},
        )
        transaction.record("closed", f"platform/{name}")
    return len(found)
