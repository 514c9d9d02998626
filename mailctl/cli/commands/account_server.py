"""`mailctl account lock` and `unlock`: what is done to a mailbox by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.cli.command import changing
from mailctl.cli.input.options import AccountArgument, Reason
from mailctl.cli.run import Run, Tense

if TYPE_CHECKING:
    from mailctl.actions.locks import AccountLocked, AccountUnlocked


@changing("account")
def lock(run: Run, account: AccountArgument, reason: Reason) -> None:
    """Refuse log-in to a mailbox, for abuse or a stolen password; mail still arrives.

    Billing goes on, and no payment ends it: account unlock does.

    Examples:
      mailctl account lock alice@acme.example --reason 'password stolen'
      mailctl account lock 17 --reason 'sends spam' --dry-run

    """
    from mailctl.actions import locks

    run.change(lambda tx: locks.lock(tx, account=account, reason=reason), _locked)


def _locked(result: AccountLocked, did: Tense) -> str:
    who = f"{result.label[0].upper()}{result.label[1:]}"
    if not result.changed:
        return f"{who} is locked already, since {result.since_on}: {result.reason}"
    then = (
        "the mail server is asked to refuse its log-in, and keeps what arrives"
        if result.asks
        else "it is suspended already, and stays so whatever is paid"
    )
    return f"{did('Locked', 'lock')} {result.label}: {then}. Billing goes on."


@changing("account")
def unlock(run: Run, account: AccountArgument) -> None:
    """Let a locked mailbox work again, unless its account is suspended.

    Examples:
      mailctl account unlock alice@acme.example
      mailctl account unlock 17 --json

    """
    from mailctl.actions import locks

    run.change(lambda tx: locks.unlock(tx, account=account), _unlocked)


def _unlocked(result: AccountUnlocked, did: Tense) -> str:
    if not result.changed:
        return f"{result.label[0].upper()}{result.label[1:]} is not locked."
    then = (
        "it stays suspended until it is paid for or reopened"
        if result.still_suspended
        else "the mail server is asked to let it work again"
    )
    return f"{did('Unlocked', 'unlock')} {result.label}: {then}."
