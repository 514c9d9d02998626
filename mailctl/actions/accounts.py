"""Accounts: their addresses given, changed and released; accounts deleted (rules 6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from mailctl.actions import undo
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import (
    Account,
    check_configurable,
    check_deletable,
    check_renamable,
    check_resettable,
    renews_by_itself,
)
from mailctl.domain.offers import ExpiryOf
from mailctl.domain.several import all_or_none
from mailctl.domain.tasks import TaskKind
from mailctl.effects import deletions, domain_claims
from mailctl.hints import last
from mailctl.store import accounts, locks, passwords, tasks
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet
from mailctl.values import Value


class AccountRenamed(Result):
    """An account with its new address, and the old one."""

    thing: str = "account"
    old: str


class LostMailbox(Value):
    """A mailbox that a plan takes away; `still_billed_on` if its account renews all the same."""

    id: int
    address: str | None
    platform: str
    expires_on: date
    still_billed_on: date | None = None


class LossPlan(Value):
    """What a reset or a deletion will take away."""

    accounts: tuple[LostMailbox, ...]


class AccountsLost(Result):
    """The accounts that were reset or deleted, as they were before."""

    thing: str = "account"
    accounts: tuple[LostMailbox, ...]


def configure(transaction: Transaction, *, account: str, address: str) -> Result:
    """Give a blank account an address; the mail server is asked to make the mailbox."""
    found = accounts.find(transaction, account)
    check_configurable(found)
    normal = normal_address(address)
    _take(transaction, found, normal)
    tasks.ask_to_create(transaction, [(found.id, normal)])
    transaction.record("configured", f"account/{found.id}", personal={"address": normal})
    return Result(
        thing="account",
        items=(accounts.show(transaction, found.id),),
        undo=_undo_configure(found),
    )


def _undo_configure(account: Account) -> Undo:
    if account.platform.expiry_of is ExpiryOf.PLATFORM:
        return undo.never(
            f"accounts of {account.platform.offer} cannot be reset; an address can be changed"
        )
    return undo.by("account", "reset", account.id, "--yes", note="the mailbox is erased")


def rename(transaction: Transaction, *, account: str, address: str) -> AccountRenamed:
    """Change an account's address; the mailbox keeps its mail."""
    found = accounts.find(transaction, account)
    check_renamable(found)
    normal = normal_address(address)
    old = found.address
    assert old is not None
    if normal != old:
        _take(transaction, found, normal)
        accounts.add_task(transaction, found.id, TaskKind.RENAME, normal, old_address=old)
        transaction.record(
            "renamed", f"account/{found.id}", personal={"old": old, "address": normal}
        )
    return AccountRenamed(
        items=(accounts.show(transaction, found.id),),
        changed=normal != old,
        old=old,
        undo=undo.by("account", "rename", found.id, *last(old)),
    )


def _take(transaction: Transaction, account: Account, address: str) -> None:
    domain_claims.check_address(transaction, account.platform, address)
    domain_id = domain_claims.claim(transaction, account.platform, address)
    accounts.set_address(transaction, account.id, address, domain_id)


def plan_reset(reader: Reader, *, words: tuple[str, ...]) -> LossPlan:
    """Which mailboxes a reset would erase (rules 6)."""
    return _plan(reader, words, check_resettable)


def plan_delete(reader: Reader, *, words: tuple[str, ...]) -> LossPlan:
    """Which accounts of private-exchange would be deleted at once, without refund."""
    return _plan(reader, words, check_deletable)


def _plan(reader: Reader, words: tuple[str, ...], check: Callable[[Account], None]) -> LossPlan:
    works = ((word, partial(_losing, reader, word, check)) for word in words)
    found = all_or_none("account", works)
    return LossPlan(accounts=tuple({losing.id: losing for losing in found}.values()))


def _losing(reader: Reader, word: str, check: Callable[[Account], None]) -> LostMailbox:
    account = accounts.find(reader, word)
    check(account)
    return LostMailbox(
        id=account.id,
        address=account.address,
        platform=account.platform.name,
        expires_on=account.expires_on,
        still_billed_on=account.expires_on
        if renews_by_itself(account.platform.renewal, account.renewal)
        else None,
    )


def reset(transaction: Transaction, plan: LossPlan) -> AccountsLost:
    """Erase mailboxes and release their addresses; the blank accounts stay until their expiry.

    Passwords and locks were the mailboxes': they go too (rules 16).
    """
    for losing in plan.accounts:
        assert losing.address is not None
        accounts.add_task(transaction, losing.id, TaskKind.WIPE, losing.address)
        accounts.mark_reset(transaction, losing.id)
        passwords.forget(transaction, losing.id)
        locks.remove(transaction, losing.id)
        transaction.record("reset", f"account/{losing.id}", personal={"address": losing.address})
    return _lost(transaction, plan, _undo_reset(plan))


def _undo_reset(plan: LossPlan) -> Undo:
    helps = [
        undo.help_to("use it again", "account", "configure", losing.id, *last(losing.address or ""))
        for losing in plan.accounts
    ]
    return undo.never("the mail is erased", *(helps if len(helps) == 1 else []))


def delete(transaction: Transaction, plan: LossPlan) -> AccountsLost:
    """Delete accounts at once and for good; a cancelled platform closes with its last account."""
    ids = (losing.id for losing in plan.accounts)
    with AccountSet(transaction, "deleted_account", ids) as accounts_to_delete:
        deletions.delete(transaction, accounts_to_delete)
    deletions.close_emptied_platforms(transaction)
    return _lost(transaction, plan, undo.never("a deleted account never comes back"))


def _lost(transaction: Transaction, plan: LossPlan, taken_back: Undo) -> AccountsLost:
    return AccountsLost(
        items=tuple(accounts.show(transaction, losing.id) for losing in plan.accounts),
        many=len(plan.accounts) != 1,
        changed=bool(plan.accounts),
        accounts=plan.accounts,
        undo=taken_back,
    )
