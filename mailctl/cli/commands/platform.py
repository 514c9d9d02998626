"""`mailctl platform`: the subscribed services of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import (
    CustomerFilter,
    CustomerName,
    Limit,
    OfferFilter,
    PlatformArgument,
    Search,
    Since,
    Until,
)
from mailctl.cli.render.ending_mail import advice, ending_items, on_days
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.states import PlatformRenewal, PlatformState
from mailctl.domain.text import counted
from mailctl.hints import command, named

if TYPE_CHECKING:
    from mailctl.actions.platforms import (
        CancelPlan,
        Ending,
        PlatformCancelled,
        PlatformResumed,
        ResumePlan,
    )
    from mailctl.actions.result import Result

app = typer.Typer(help="The subscribed services of customers; each holds accounts of one offer.")

NewName = Annotated[
    str, typer.Argument(metavar="NAME", help="A name that no platform ever had: 1-60 of a-z0-9.-")
]
OfferName = Annotated[
    str,
    typer.Option(
        "--offer",
        metavar="OFFER",
        help="The offer's name.",
        parser=parse.reference("offer"),
        autocompletion=completers.stored("offer"),
    ),
]
RenewalFilter = Annotated[
    str | None,
    typer.Option(
        "--renewal",
        metavar="MODE",
        help="Only those whose renewal is automatic or manual.",
        parser=parse.choice(*PlatformRenewal),
        autocompletion=completers.among(*PlatformRenewal),
    ),
]
State = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help="Only those that are active, cancelled or closed.",
        parser=parse.choice(*PlatformState),
        autocompletion=completers.among(*PlatformState),
    ),
]
Reason = Annotated[
    str | None,
    typer.Option(
        "--reason",
        metavar="REASON",
        help="Why: moving, not-needed, price, quality, support or other.",
        parser=parse.cancel_reason,
        autocompletion=completers.cancel_reasons,
    ),
]
Comment = Annotated[
    str | None,
    typer.Option(
        "--comment", metavar="TEXT", help="What the customer said about it.", parser=parse.free_text
    ),
]


@app.command("add")
@changing("platform")
def add(run: Run, platform: NewName, *, customer: CustomerName, offer: OfferName) -> None:
    """Subscribe a customer to an offer; accounts are ordered on the platform afterwards.

    Examples:
      mailctl platform add exchange-1 --customer acme --offer hosted-exchange
      mailctl platform add mail-acme --customer acme --offer email-pro

    """
    from mailctl.actions import platforms

    run.change(lambda tx: platforms.add(tx, name=platform, customer=customer, offer=offer), _added)


def _added(result: Result, did: Tense) -> str:
    item = result.item
    return (
        f"{did('Added', 'add')} the platform {item['name']} ({item['offer']}) of "
        f"{item['customer']}. Order accounts, with an address for ADDRESS: "
        f"{command('account', 'order', named('platform', str(item['name'])))} ADDRESS"
    )


@app.command("list")
@reading("platform", many=True)
def list_platforms(
    run: Run,
    customer: CustomerFilter = None,
    offer: OfferFilter = None,
    state: State = None,
    renewal: RenewalFilter = None,
    since: Since = None,
    until: Until = None,
    search: Search = None,
    limit: Limit = None,
) -> None:
    """List platforms in order of their creation, with how many accounts they have.

    --since and --until are the days on which they were created.

    Examples:
      mailctl platform list --customer acme
      mailctl platform list --state cancelled --json

    """
    from mailctl.store import platforms

    run.list(
        lambda db: platforms.listing(
            known(db, customer=customer, offer=offer),
            customer=customer,
            offer=offer,
            state=state,
            renewal=renewal,
            since=since,
            until=until,
            search=search,
            limit=limit,
        )
    )


@app.command("show")
@reading("platform")
def show(run: Run, platform: PlatformArgument) -> None:
    """Show a platform: its state, accounts and expiries.

    Examples:
      mailctl platform show exchange-1
      mailctl platform show exchange-1 --json

    """
    from mailctl.store import platforms

    run.show("platform", lambda db: platforms.show(db, platform), has_page=True)


@app.command("cancel")
@changing("platform")
def cancel(
    run: Run, platform: PlatformArgument, reason: Reason = None, comment: Comment = None
) -> None:
    """Cancel a platform: each account ends at its own expiry, then the platform is closed.

    Until then `mailctl platform resume` undoes it.

    Examples:
      mailctl platform cancel exchange-1 --reason moving
      mailctl platform cancel exchange-1 --dry-run

    """
    from mailctl.actions import platforms

    run.change_as_planned(
        lambda db: platforms.plan_cancel(db, name=platform),
        lambda tx, plan: platforms.cancel(tx, plan, reason=reason, comment=comment),
        show=_plan_cancel,
        say=_cancelled,
    )


def _plan_cancel(plan: CancelPlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    output.plan(ending_items(plan.accounts), by=("state",))
    output.note(_ends(plan.accounts))
    return f"Cancel the platform {plan.platform}?"


def _ends(accounts: Sequence[Ending]) -> str:
    if not accounts:
        return "It has no account, so it is closed at once."
    text = advice(account.ends_on for account in accounts if account.address)
    return text or f"Its blank accounts end {on_days(account.ends_on for account in accounts)}."


def _cancelled(result: PlatformCancelled, did: Tense) -> str:
    platform = result.item
    name = platform["name"]
    if not result.changed:
        return f"The platform {name} is cancelled already, since {platform['cancelled_on']}."
    return f"{did('Cancelled', 'cancel')} the platform {name}. {_ends(result.accounts)}"


@app.command("resume")
@changing("platform")
def resume(run: Run, platform: PlatformArgument) -> None:
    """Undo a cancel before the platform is closed: every account gets its own renewal back.

    Examples:
      mailctl platform resume exchange-1
      mailctl platform resume exchange-1 --yes

    """
    from mailctl.actions import platforms

    run.change_as_planned(
        lambda db: platforms.plan_resume(db, name=platform),
        platforms.resume,
        show=_plan_resume,
        say=_resumed,
    )


def _plan_resume(plan: ResumePlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    output.plan(ending_items(plan.restored), by=("state",))
    output.note(_restored(plan))
    return f"Resume the platform {plan.platform}?"


def _restored(plan: ResumePlan) -> str:
    count = len(plan.restored)
    text = f"{counted(count, 'account gets', 'accounts get')} back their own renewal."
    if count == 1:
        text = "1 account gets back its own renewal."
    if plan.suspended:
        count = len(plan.suspended)
        text += f" {counted(count, 'account stays', 'accounts stay')} suspended."
    if plan.expired:
        text += f" Too late for {counted(len(plan.expired), 'account')} on or past the expiry."
    return text


def _resumed(result: PlatformResumed, did: Tense) -> str:
    name = result.plan.platform
    if not result.changed:
        return f"The platform {name} is not cancelled."
    return f"{did('Resumed', 'resume')} the platform {name}. {_restored(result.plan)}"


app.command("renewal")(Elsewhere("platform_renewal.renewal"))
app.command("delete")(Elsewhere("platform_delete.delete"))


@app.command("history")
@reading("journal", many=True)
def history(
    run: Run,
    platform: PlatformArgument,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List what happened to a platform, its accounts and its orders.

    Examples:
      mailctl platform history exchange-1
      mailctl platform history exchange-1 -o jsonl

    """
    from mailctl.store.queries import history as journal

    run.list(lambda db: journal.of_platform(db, platform, since=since, until=until, limit=limit))
