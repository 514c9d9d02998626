"""Hashes of mailboxes' passwords: they leave the store only for the driver (rules 16)."""

from __future__ import annotations

from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet


def keep(transaction: Transaction, account_id: int, hash: str) -> None:
    """Keep the hash of an account's password in place of an earlier one."""
    transaction.execute(
        """
        INSERT INTO mailbox_password (account_id, hash, set_on)
        VALUES (:account, :hash, :today)
        ON CONFLICT (account_id) DO UPDATE SET hash = :hash, set_on = :today
        """,
        {"account": account_id, "hash": hash},
    )


def forget(transaction: Transaction, account_id: int) -> None:
    """Remove the hash of an account's password."""
    transaction.execute(
        "DELETE FROM mailbox_password WHERE account_id = :account", {"account": account_id}
    )


def forget_all(transaction: Transaction, accounts: AccountSet) -> None:
    """Remove the hash of every account of a set."""
    transaction.execute(
        f"DELETE FROM mailbox_password WHERE account_id IN (SELECT account_id FROM {accounts})"
    )
