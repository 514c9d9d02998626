"""`mailctl platform delete`: a platform with all its mail, at once and for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.options import ConfirmedName, PlatformArgument
from mailctl.cli.render.ending_mail import ending_items
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.actions.platform_deletion import DeletePlan, DeletionAsked, PlatformDeleted
    from mailctl.actions.platforms import Ending

Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        metavar="TOKEN",
        help="The token that the customer was sent.",
        parser=parse.free_text,
    ),
]


@changing("platform")
def delete(
    run: Run, platform: PlatformArgument, *, token: Token = None, confirm: ConfirmedName = None
) -> None:
    """Delete a platform with all its mail at once and for good, in two steps, without refund.

    The first call asks, and sends the customer a token by e-mail, valid through the third day
    after. The second, with --token, deletes the platform; its name has to be typed, or given by
    --confirm.

    Examples:
      mailctl platform delete exchange-1
      mailctl platform delete exchange-1 --token V2hhdCBlbHNl --confirm exchange-1

    """
    from mailctl.actions import platform_deletion as deletion

    if token is None:
        run.change_as_planned(
            lambda db: deletion.plan_delete(db, name=platform),
            deletion.ask,
            show=_show_asking,
            say=_asked,
        )
        return
    run.change_for_good(
        lambda db: deletion.plan_with_token(db, name=platform, token=token),
        lambda tx, plan: deletion.delete(tx, plan, token=token),
        show=_show_deletion,
        say=_deleted,
        name=platform,
        confirmed=confirm,
    )


def _mailboxes(accounts: Sequence[Ending]) -> str:
    return counted(sum(account.address is not None for account in accounts), "mailbox", "mailboxes")


def _have_mail(accounts: Sequence[Ending]) -> bool:
    """Whether any has an address: a blank one has no mail to export."""
    return any(account.address is not None for account in accounts)


def _show_asking(plan: DeletePlan, output: Output) -> str:
    output.plan(ending_items(plan.accounts), by=("state",))
    output.note(
        f"Nothing is deleted yet: {plan.to} is sent a token, and only with it can the platform be "
        "deleted."
    )
    return f"Send the token that deletes {plan.platform}?"


def _asked(result: DeletionAsked, did: Tense) -> str:
    name = result.item["name"]
    return (
        f"{did('Sent', 'send')} a token to {result.to}, valid until {result.valid_until_on}. "
        f"It deletes {name} with {_mailboxes(result.accounts)} at once and for good, without refund"
        f"{': export the mail before' if _have_mail(result.accounts) else ''}. "
        f"To delete: mailctl platform delete {name} --token TOKEN"
    )


def _show_deletion(plan: DeletePlan, output: Output) -> str:
    output.plan(ending_items(plan.accounts), by=("state",))
    if _have_mail(plan.accounts):
        output.note("Export the mail before.")
    return (
        f"Delete the platform {plan.platform} with {_mailboxes(plan.accounts)} now and for good, "
        "without refund?"
    )


def _deleted(result: PlatformDeleted, did: Tense) -> str:
    return (
        f"{did('Deleted', 'delete')} the platform {result.item['name']} with "
        f"{_mailboxes(result.accounts)}; nothing more of it is billed."
    )
