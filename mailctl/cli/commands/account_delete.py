"""`mailctl account reset` and `delete`: what takes mail away at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mailctl.cli.command import changing
from mailctl.cli.input.input_files import accounts_in
from mailctl.cli.input.options import LostAccounts
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted, listed

if TYPE_CHECKING:
    from mailctl.actions.accounts import AccountsLost, LossPlan, LostMailbox

MOST_NAMED = 20


@changing("account")
def reset(run: Run, accounts: LostAccounts) -> None:
    """Erase a mailbox and release its address now; the account stays, blank, until its expiry.

    Expiry, renewal and price do not change, and it can be configured again.

    Examples:
      mailctl account reset alice@acme.example
      mailctl account reset 17 18 --yes

    """
    from mailctl.actions import accounts as actions

    words = accounts_in(accounts)
    run.change_as_planned(
        lambda db: actions.plan_reset(db, words=words), actions.reset, show=_show_reset, say=_reset
    )


@changing("account")
def delete(run: Run, accounts: LostAccounts) -> None:
    """Delete an account of private-exchange at once, without refund.

    Examples:
      mailctl account delete alice@acme.example
      mailctl account delete 17 18 --yes

    """
    from mailctl.actions import accounts as actions

    words = accounts_in(accounts)
    run.change_as_planned(
        lambda db: actions.plan_delete(db, words=words),
        actions.delete,
        show=_show_delete,
        say=_deleted,
    )


def _show_reset(plan: LossPlan, output: Output) -> str | None:
    return _show(plan, output, "Erase", "now, with all mail in it, and release its address")


def _show_delete(plan: LossPlan, output: Output) -> str | None:
    return _show(plan, output, "Delete", "now and for good, without refund")


def _show(plan: LossPlan, output: Output, verb: str, how: str) -> str | None:
    if not plan.accounts:
        return None
    output.plan(
        [
            {
                "account": losing.id,
                "address": losing.address,
                "platform": losing.platform,
                "expires_on": losing.expires_on.isoformat(),
            }
            for losing in plan.accounts
        ],
        by=("platform",),
    )
    output.note("Export the mail before.")
    return f"{verb} {_who(plan.accounts)} {how}?"


def _who(accounts: Sequence[LostMailbox]) -> str:
    if len(accounts) == 1:
        address = accounts[0].address
        return f"account {accounts[0].id}" + (f" ({address})" if address else "")
    return counted(len(accounts), "account")


def _reset(result: AccountsLost, did: Tense) -> str:
    if not result.accounts:
        return "No account was named."
    text = f"{did('Reset', 'reset')} {_who(result.accounts)}: the mail is erased, the address free."
    billed = [losing for losing in result.accounts if losing.still_billed_on]
    if billed:
        ids = listed([str(losing.id) for losing in billed], most=5)
        words = " ".join(str(losing.id) for losing in billed[:MOST_NAMED])
        if len(billed) > MOST_NAMED:
            words = "- (with their ids as lines)"
        text += (
            f" Still billed at the expiry: {ids}. To end that: "
            f"mailctl account renew {words} --mode none"
        )
    return text


def _deleted(result: AccountsLost, did: Tense) -> str:
    if not result.accounts:
        return "No account was named."
    return f"{did('Deleted', 'delete')} {_who(result.accounts)}; nothing more of it is billed."
