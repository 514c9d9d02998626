"""What is asked of the mail server for sets of accounts: one state of each mailbox (rules 16).

A mailbox is to be suspended while its account is suspended or locked, and to work otherwise. It is
asked for only where it changes. Accounts without an address have no mailbox.
"""

from __future__ import annotations

from mailctl.domain.tasks import ExportFormat, TaskKind
from mailctl.store import locks, passwords
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet


def suspend(transaction: Transaction, accounts: AccountSet) -> None:
    """Ask to suspend mailboxes whose accounts are suspended now; a locked one is so already."""
    _ask(transaction, accounts, TaskKind.SUSPEND)


def reopen(transaction: Transaction, accounts: AccountSet) -> None:
    """Ask to reopen mailboxes whose accounts are active again, except locked ones."""
    _ask(transaction, accounts, TaskKind.REOPEN)


def _ask(transaction: Transaction, accounts: AccountSet, kind: TaskKind) -> None:
    transaction.execute(
        f"""
        INSERT INTO task (id, account_id, kind, address, asked_on)
        SELECT
            :last + row_number() OVER (ORDER BY s.account_id), s.account_id, :kind, s.address,
            :today
        FROM {accounts} s
        WHERE s.address IS NOT NULL AND NOT {locks.is_locked("s.account_id")}
        ORDER BY s.account_id
        """,
        {"last": transaction.last_key("task"), "kind": kind},
    )


def delete(transaction: Transaction, accounts: AccountSet) -> None:
    """Ask to delete the mailboxes of accounts that are about to be deleted.

    Where a copy is kept, a mailbox loses log-in and address first, then it is copied, and only then
    deleted. Passwords and locks go at once.
    """
    transaction.execute(
        f"""
        WITH every (number, kind) AS (
            VALUES (1, 'suspend'), (2, 'rename'), (3, 'export'), (4, 'delete')
        ),
        step AS (
            SELECT number, kind FROM every WHERE kind = 'delete' OR :copies = 1
        )
        INSERT INTO task (id, account_id, kind, address, old_address, format, asked_on)
        SELECT
            :last + row_number() OVER (ORDER BY s.account_id, q.number),
            s.account_id,
            q.kind,
            CASE WHEN q.kind <> 'rename' THEN s.address END,
            CASE WHEN q.kind = 'rename' THEN s.address END,
            CASE WHEN q.kind = 'export' THEN :format END,
            :today
        FROM {accounts} s
            JOIN account a ON a.id = s.account_id
            CROSS JOIN step q
            LEFT JOIN mailbox m ON m.account_id = s.account_id
        WHERE s.address IS NOT NULL
            AND (
                q.kind = 'delete'
                OR (
                    m.account_id IS NOT NULL
                    AND (
                        q.kind <> 'suspend'
                        OR (a.state = 'active' AND NOT {locks.is_locked("s.account_id")})
                    )
                )
            )
        ORDER BY s.account_id, q.number
        """,
        {
            "last": transaction.last_key("task"),
            "format": ExportFormat.MAILDIR,
            "copies": int(keeps_copies(transaction)),
        },
    )
    passwords.forget_all(transaction, accounts)
    locks.remove_all(transaction, accounts)


def keeps_copies(transaction: Transaction) -> bool:
    """Whether a mailbox is copied before it is deleted."""
    return bool(transaction.setting("driver") and transaction.setting("export-dir"))
