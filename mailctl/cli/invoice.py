"""`mailctl invoice`: what was billed."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli import parse, values
from mailctl.cli.command import reading
from mailctl.cli.filters import known
from mailctl.cli.options import CustomerFilter, Limit, PlatformFilter, Since, Until
from mailctl.cli.run import Run

app = typer.Typer(
    help="Invoices: one per customer and tick for renewals, one per order that bills."
)

Number = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help="The invoice's number, as 2026-000001.",
        parser=parse.reference("invoice"),
        autocompletion=values.stored("invoice"),
    ),
]
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="invoice or credit-note.",
        parser=parse.choice("invoice", "credit-note"),
        autocompletion=values.among("invoice", "credit-note"),
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="open or paid.",
        parser=parse.choice("open", "paid"),
        autocompletion=values.among("open", "paid"),
    ),
]


@app.command("list")
@reading("invoice", many=True)
def list_invoices(
    run: Run,
    customer: CustomerFilter = None,
    platform: PlatformFilter = None,
    status: Status = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = "invoice",
    limit: Limit = None,
) -> None:
    """List invoices in order of issue.

    Examples:
      mailctl invoice list --customer acme --status open
      mailctl invoice list --since 2026-01-01 --until 2026-03-31 -o csv

    """
    from mailctl.store import invoices

    run.list(
        lambda db: invoices.listing(
            known(db, customer=customer, platform=platform),
            kind=kind,
            customer=customer,
            platform=platform,
            status=status,
            since=since,
            until=until,
            limit=limit,
        )
    )


@app.command("show")
@reading("invoice")
def show(run: Run, number: Number) -> None:
    """Show an invoice with its lines and taxes.

    Examples:
      mailctl invoice show 2026-000001
      mailctl invoice show 2026-000001 --json

    """
    from mailctl.store import invoices

    run.show("invoice", lambda db: invoices.show(db, number))
