"""`mailctl platform renewal` and `delete`: mailboxes end unless somebody pays, or end now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.options import ConfirmedName, PlatformArgument
from mailctl.cli.render.ending_mail import advice, ending_items
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.deletions import DeletePlan
    from mailctl.actions.platforms import Ending, ManualPlan
    from mailctl.actions.result import Changed

Manual = Annotated[
    bool, typer.Option("--manual", help="Nothing renews by itself: it is paid in advance.")
]
Automatic = Annotated[bool, typer.Option("--automatic", help="Accounts renew at their expiry.")]
Token = Annotated[
    str | None,
    typer.Option(
        "--token", metavar="TOKEN", help="What the customer was sent.", parser=parse.free_text
    ),
]


@changing("platform")
def renewal(
    run: Run, platform: PlatformArgument, *, manual: Manual = False, automatic: Automatic = False
) -> None:
    """Choose whether a platform's accounts renew by themselves, or only when paid in advance.

    On manual the customer is reminded and pays with `mailctl account extend`; an account that is
    not paid for at its expiry is suspended, then deleted.

    Examples:
      mailctl platform renewal exchange-1 --manual
      mailctl platform renewal exchange-1 --automatic --yes

    """
    from mailctl.actions import platforms

    if manual == automatic:
        raise UsageError(
            "give --manual or --automatic", hint=f"mailctl platform renewal {platform} --manual"
        )
    run.change_as_planned(
        lambda db: platforms.plan_renewal(db, name=platform, manual=manual),
        platforms.renewal,
        show=_show_renewal,
        say=_renewal_set,
    )


def _show_renewal(plan: ManualPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    output.plan(ending_items(plan.accounts))
    if said := _meaning(plan.renewal, plan.accounts):
        output.note(said)
    return f"Let the platform {plan.platform} renew by {_how(plan.renewal)}?"


def _how(renewal: str) -> str:
    return "hand" if renewal == "manual" else "itself"


def _meaning(renewal: str, accounts: Sequence[Ending]) -> str:
    """What a change to manual ends, unless it is paid for."""
    if renewal != "manual":
        return ""
    said = advice(
        account.ends_on for account in accounts if account.address and account.state == "active"
    )
    return f"Unless they are paid in advance: {said}" if said else ""


def _renewal_set(changed: Changed, did: Tense) -> str:
    platform, accounts = changed.item, changed.facts["accounts"]
    assert isinstance(accounts, tuple)
    name, renewal = platform["name"], str(platform["renewal"])
    if not changed.changed:
        return f"The platform {name} renews by {_how(renewal)} already."
    # On a dry run the platform is as it would be.
    said = f"{did('Set', 'set')} the renewal of the platform {name} to {renewal}."
    meaning = _meaning(renewal, accounts)
    return f"{said} {meaning} To pay: mailctl account extend ACCOUNT" if meaning else said


@changing("platform")
def delete(
    run: Run,
    platform: PlatformArgument,
    *,
    token: Token = None,
    confirm: ConfirmedName = None,
) -> None:
    """Delete a platform with all its mail at once and for good, in two steps, without refund.

    The first call sends the customer a token by e-mail, valid through the third day after. The
    second, with --token, deletes; it wants the platform's name typed, or --confirm.

    Examples:
      mailctl platform delete exchange-1
      mailctl platform delete exchange-1 --token V2hhdCBlbHNl --confirm exchange-1

    """
    from mailctl.actions import deletions

    if token is None:
        run.change(lambda tx: deletions.ask(tx, deletions.plan_delete(tx, name=platform)), _asked)
        return
    run.change_for_good(
        lambda db: deletions.plan_with_token(db, name=platform, token=token),
        lambda tx, plan: deletions.delete(tx, plan, token=token),
        show=_show_deletion,
        say=_deleted,
        name=platform,
        confirmed=confirm,
    )


def _accounts(changed: Changed) -> tuple[Ending, ...]:
    accounts = changed.facts["accounts"]
    assert isinstance(accounts, tuple)
    return accounts


def _mailboxes(accounts: Sequence[Ending]) -> str:
    return counted(sum(account.address is not None for account in accounts), "mailbox", "mailboxes")


def _have_mail(accounts: Sequence[Ending]) -> bool:
    """Whether any has an address: a blank one has no mail to export."""
    return any(account.address is not None for account in accounts)


def _asked(changed: Changed, did: Tense) -> str:
    platform = changed.item
    name = platform["name"]
    return (
        f"{did('Sent', 'send')} a token to {changed.facts['to']}, valid until "
        f"{changed.facts['valid_until_on']}. It deletes {name} with "
        f"{_mailboxes(_accounts(changed))} at once and for good, without refund"
        f"{': export the mail before' if _have_mail(_accounts(changed)) else ''}. "
        f"To delete: mailctl platform delete {name} --token TOKEN"
    )


def _show_deletion(plan: DeletePlan, output: Output) -> str:
    output.plan(ending_items(plan.accounts))
    if _have_mail(plan.accounts):
        output.note("Export the mail before.")
    return (
        f"Delete the platform {plan.platform} with {_mailboxes(plan.accounts)} now and for good, "
        "without refund?"
    )


def _deleted(changed: Changed, did: Tense) -> str:
    return (
        f"{did('Deleted', 'delete')} the platform {changed.item['name']} with "
        f"{_mailboxes(_accounts(changed))}; nothing more of it is billed."
    )
