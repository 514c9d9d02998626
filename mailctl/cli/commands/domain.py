"""`mailctl domain`: which customer each mail domain belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import (
    CustomerArgument,
    CustomerFilter,
    DomainArgument,
    Limit,
    Search,
    Since,
    Until,
)
from mailctl.cli.run import Run, Tense

if TYPE_CHECKING:
    from mailctl.actions.domains import DomainMoved

app = typer.Typer(
    help="""Which customer each mail domain belongs to.

    A domain belongs to the first customer with an address in it; other customers cannot use it.
    """
)


@app.command("list")
@reading("domain", many=True)
def list_domains(
    run: Run,
    customer: CustomerFilter = None,
    search: Search = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List domains by name, with their customers and how many addresses are in them.

    --since and --until are the days since which their customers have them.

    Examples:
      mailctl domain list
      mailctl domain list --customer acme --json

    """
    from mailctl.store import domains

    run.list(
        lambda db: domains.listing(
            known(db, customer=customer),
            customer=customer,
            search=search,
            since=since,
            until=until,
            limit=limit,
        )
    )


@app.command("move")
@changing("domain")
def move(run: Run, domain: DomainArgument, customer: CustomerArgument) -> None:
    """Hand a domain over to another customer once its customer has no address in it.

    Examples:
      mailctl domain move acme.example new-acme
      mailctl domain move acme.example new-acme --dry-run

    """
    from mailctl.actions import domains

    run.change(lambda tx: domains.move(tx, domain=domain, customer=customer), _moved)


def _moved(result: DomainMoved, did: Tense) -> str:
    name, customer = result.item["name"], result.item["customer"]
    if not result.changed:
        return f"{name} belongs to {customer} already."
    return f"{did('Handed', 'hand')} {name} over from {result.old_customer} to {customer}."
