"""Locking a mailbox by hand, for abuse or a stolen password, whatever is paid (rules 16)."""

from __future__ import annotations

from datetime import date

from mailctl.actions import unadopted, undo
from mailctl.actions.result import Result
from mailctl.domain.lifecycle import check_mailbox
from mailctl.domain.names import check_filled
from mailctl.domain.states import AccountState
from mailctl.domain.tasks import TaskKind
from mailctl.store import accounts, locks
from mailctl.store.engine.transaction import Transaction


class AccountLocked(Result):
    """An account that is locked, since when and why.

    `asks`: the mail server was asked to suspend it; it is so already where the account is
    suspended.
    """

    thing: str = "account"
    label: str
    since_on: date
    reason: str
    asks: bool


class AccountUnlocked(Result):
    """An account that is not locked; `still_suspended` where the books suspend it too."""

    thing: str = "account"
    label: str
    still_suspended: bool


def lock(transaction: Transaction, *, account: str, reason: str) -> AccountLocked:
    """Refuse log-in to a mailbox until it is unlocked; a repeat leaves the first lock as it is.

    NotActiveError for a deleted account, NotConfiguredError for a blank one.
    """
    reason = check_filled(reason, "reason")
    found = accounts.find(transaction, account)
    address = check_mailbox(found)
    before = locks.of_account(transaction, found.id)
    asks = before is None and found.state is AccountState.ACTIVE
    if before is None:
        if asks:
            accounts.add_task(transaction, found.id, TaskKind.SUSPEND, address)
        locks.add(transaction, found.id, reason)
        transaction.record("locked", f"account/{found.id}", personal={"reason": reason})
    return AccountLocked(
        items=(accounts.show(transaction, found.id),),
        changed=before is None,
        label=found.label,
        since_on=before.locked_on if before else transaction.today,
        reason=before.reason if before else reason,
        asks=asks,
        warnings=unadopted.warnings(transaction, found.id) if asks else (),
        undo=undo.by("account", "unlock", found.id),
    )


def unlock(transaction: Transaction, *, account: str) -> AccountUnlocked:
    """Let a locked mailbox work again, unless its account is suspended.

    NotActiveError for a deleted account, NotConfiguredError for a blank one.
    """
    found = accounts.find(transaction, account)
    address = check_mailbox(found)
    before = locks.of_account(transaction, found.id)
    asks = before is not None and found.state is AccountState.ACTIVE
    if before is not None:
        locks.remove(transaction, found.id)
        if asks:
            accounts.add_task(transaction, found.id, TaskKind.REOPEN, address)
        transaction.record("unlocked", f"account/{found.id}")
    return AccountUnlocked(
        items=(accounts.show(transaction, found.id),),
        changed=before is not None,
        label=found.label,
        still_suspended=found.state is AccountState.SUSPENDED,
        warnings=unadopted.warnings(transaction, found.id) if asks else (),
        undo=undo.by("account", "lock", found.id, f"--reason={before.reason}") if before else None,
    )
