"""Passwords of mailboxes, kept as hashes that only the driver is given (rules 16)."""

from __future__ import annotations

from mailctl.actions import unadopted, undo
from mailctl.actions.result import Result
from mailctl.domain.lifecycle import check_mailbox
from mailctl.domain.tasks import TaskKind
from mailctl.store import accounts, passwords, tasks
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


class PasswordSet(Result, unshown=("items",)):
    """A mailbox whose password is to be changed; a generated one stands in its item."""

    thing: str = "password"
    label: str


def check(reader: Reader, *, account: str) -> str:
    """The address of the mailbox of an account; NotActiveError, NotConfiguredError."""
    return check_mailbox(accounts.find(reader, account))


def set_hash(
    transaction: Transaction, *, account: str, hash: str, shown: str | None = None
) -> PasswordSet:
    """Keep the hash of a new password and have the driver set it; `shown`, once, if it was made.

    NotActiveError for a deleted account, NotConfiguredError for a blank one.
    """
    found = accounts.find(transaction, account)
    address = check_mailbox(found)
    passwords.keep(transaction, found.id, hash)
    task = tasks.ask(transaction, found.id, TaskKind.PASSWORD, address)
    transaction.record("password-set", f"account/{found.id}", {"task": task})
    return PasswordSet(
        items=({"account": found.id, "address": address, "task": task, "password": shown},),
        label=found.label,
        warnings=unadopted.warnings(transaction, found.id),
        undo=undo.never("only a hash of the one before was kept, and not even that any more"),
    )
