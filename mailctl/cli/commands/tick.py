"""`mailctl tick`: carry out what is due."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.render.unsent import warn_of_held, warn_of_unsent
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted, listed

if TYPE_CHECKING:
    from mailctl.tick.counts import Counts
    from mailctl.tick.run import Ticked

app = typer.Typer()

To = Annotated[
    date | None,
    typer.Option(
        "--to",
        metavar="DATE",
        help="Manual clock: process every day up to this one.",
        parser=parse.day,
    ),
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days",
        metavar="N",
        help="Manual clock: process this many days; 1 unless given.",
        parser=parse.whole(1, 80_000),
    ),
]
AcceptGap = Annotated[
    bool,
    typer.Option(
        "--accept-gap",
        help="Continue although the last write is long ago: the system's clock is right.",
    ),
]
AcceptMass = Annotated[
    bool, typer.Option("--accept-mass", help="Continue although many accounts end: it is intended.")
]
AfterRestore = Annotated[
    bool,
    typer.Option(
        "--after-restore",
        help="The first tick after a restore: what the bank says since the backup is entered.",
    ),
]


@app.command("tick")
@changing("tick")
def tick(
    run: Run,
    *,
    to: To = None,
    days: Days = None,
    accept_gap: AcceptGap = False,
    accept_mass: AcceptMass = False,
    after_restore: AfterRestore = False,
) -> int:
    """Carry out what is due: renewals, suspensions, deletions.

    Run it from cron, daily or more often; there it prints nothing if nothing was due.

    Examples:
      mailctl tick
      mailctl tick --to 2027-01-31

    """
    from mailctl.tick.run import run as process

    ticked = process(
        run.store,
        to=to,
        days=days,
        accept_gap=accept_gap,
        accept_mass=accept_mass,
        after_restore=after_restore,
        dry_run=run.dry_run,
    )
    _report(run, ticked)
    return 1 if ticked.counts.set_aside else 0


def _report(run: Run, ticked: Ticked) -> None:
    for warning in ticked.warnings:
        run.output.warn(warning)
    aside = ticked.counts.set_aside
    run.output.warn_of_some(
        [f"the customer {customer} was set aside: {reason}" for customer, reason in aside.items()],
        "customers were set aside",
    )
    warn_of_unsent(run.output, ticked.unsent)
    warn_of_held(run.output, ticked.counts.deletions_held, ticked.why_held)
    if run.is_data_asked_for:
        run.output.write_thing("tick", ticked.item())
    elif ticked.counts.anything or sys.stdout.isatty():
        did = Tense(would=run.dry_run, currency=ticked.currency)
        run.output.say(_said(ticked, did))


def _said(ticked: Ticked, did: Tense) -> str:
    first = min(ticked.from_on + timedelta(days=1), ticked.to_on)
    days = f"{ticked.to_on}" if first == ticked.to_on else f"{first} to {ticked.to_on}"
    done = _done(ticked.counts, did)
    if not done:
        return f"Nothing was due: {days}."
    return f"{did('On', 'do on')} {days}: {'; '.join(done)}."


def _done(counts: Counts, did: Tense) -> list[str]:
    invoices = f"{counted(counts.invoices, 'invoice')} of {did.money(counts.billed_cents)} together"
    # An order whose money had arrived is billed without a renewal.
    billed = (
        f"{counted(counts.renewed, 'term')} renewed, {invoices}" if counts.renewed else invoices
    )
    suspended = [
        f"{counts.suspended_expired:,} for their expiry" if counts.suspended_expired else "",
        f"{counts.suspended_debt:,} for debt" if counts.suspended_debt else "",
    ]
    parts = {
        billed: counts.invoices,
        f"{counted(counts.debts_opened, 'debt')} begun": counts.debts_opened,
        f"accounts suspended: {listed([word for word in suspended if word], most=5)}": (
            counts.suspended_expired + counts.suspended_debt
        ),
        f"{counted(counts.reopened, 'account')} active again": counts.reopened,
        f"{counted(counts.deleted, 'account')} deleted": counts.deleted,
        f"{counted(counts.deletions_held, 'deletion')} held until the customer is notified": (
            counts.deletions_held
        ),
        f"{counted(counts.platforms_closed, 'platform')} closed": counts.platforms_closed,
        f"{counted(counts.orders_cancelled, 'unpaid order')} cancelled": counts.orders_cancelled,
        f"{counted(counts.notices, 'notice')} queued": counts.notices,
    }
    return [text for text, count in parts.items() if count]
