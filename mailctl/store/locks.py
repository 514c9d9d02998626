"""Locks: mailboxes that an administrator has closed, whatever is paid (rules 16)."""

from __future__ import annotations

from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet
from mailctl.values import Value


class Lock(Value):
    """Since when an account is locked, and why."""

    locked_on: date
    reason: str


def of_account(reader: Reader, account_id: int) -> Lock | None:
    """The lock of an account; None where it has none."""
    return reader.fact(
        Lock,
        "SELECT locked_on, reason FROM account_lock WHERE account_id = :account",
        {"account": account_id},
    )


def add(transaction: Transaction, account_id: int, reason: str) -> None:
    """Lock an account that has no lock, today."""
    transaction.execute(
        """
        INSERT INTO account_lock (account_id, locked_on, reason)
        VALUES (:account, :today, :reason)
        """,
        {"account": account_id, "reason": reason},
    )


def remove(transaction: Transaction, account_id: int) -> None:
    """Take an account's lock away."""
    transaction.execute(
        "DELETE FROM account_lock WHERE account_id = :account", {"account": account_id}
    )


def remove_all(transaction: Transaction, accounts: AccountSet) -> None:
    """Take away every lock of a set of accounts; few accounts have one."""
    transaction.execute(
        f"""
        DELETE FROM account_lock
        WHERE EXISTS (
            SELECT 1
            FROM {accounts} s
            WHERE s.account_id = account_lock.account_id
        )
        """
    )


def is_locked(account: str) -> str:
    """SQL for whether an account, given by SQL for its id, is locked."""
    return f"EXISTS (SELECT 1 FROM account_lock k WHERE k.account_id = {account})"
