"""`mailctl platform renewal`: accounts that renew by themselves, or only when paid in advance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input.options import PlatformArgument
from mailctl.cli.render.ending_mail import advice, ending_items
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.states import AccountState, PlatformRenewal
from mailctl.errors import UsageError
from mailctl.hints import command

if TYPE_CHECKING:
    from mailctl.actions.platforms import Ending, PlatformRenewalSet, RenewalPlan

Manual = Annotated[
    bool, typer.Option("--manual", help="Nothing renews by itself: it is paid in advance.")
]
Automatic = Annotated[bool, typer.Option("--automatic", help="Accounts renew at their expiry.")]


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


def _show_renewal(plan: RenewalPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    output.plan(ending_items(plan.accounts), by=("state",))
    if text := _meaning(plan):
        output.note(text)
    return f"Let the platform {plan.platform} renew by {_how(plan)}?"


def _how(plan: RenewalPlan) -> str:
    return "hand" if plan.renewal == PlatformRenewal.MANUAL else "itself"


def _meaning(plan: RenewalPlan) -> str:
    """What a change to manual ends, unless it is paid for."""
    if plan.renewal != PlatformRenewal.MANUAL:
        return ""
    text = advice(account.ends_on for account in _with_mail(plan))
    return f"Unless they are paid in advance: {text}" if text else ""


def _with_mail(plan: RenewalPlan) -> list[Ending]:
    """The accounts that have mail to lose."""
    return [one for one in plan.accounts if one.address and one.state is AccountState.ACTIVE]


def _renewal_set(result: PlatformRenewalSet, did: Tense) -> str:
    plan = result.plan
    if not result.changed:
        return f"The platform {plan.platform} renews by {_how(plan)} already."
    text = f"{did('Set', 'set')} the renewal of the platform {plan.platform} to {plan.renewal}."
    meaning = _meaning(plan)
    if not meaning:
        return text
    return (
        f"{text} {meaning} To pay for one: {command('account', 'extend', _with_mail(plan)[0].id)}"
    )
