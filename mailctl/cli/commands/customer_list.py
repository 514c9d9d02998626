"""`mailctl customer list`: the customers, and which of them."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import CountryFilter, Limit, Search, Since, Until
from mailctl.cli.run import Run
from mailctl.domain.states import CustomerState

State = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="STATE",
        help="open, closed or erased.",
        parser=parse.choice(*CustomerState),
        autocompletion=completers.among(*CustomerState),
    ),
]
Debtors = Annotated[bool, typer.Option("--debtors", help="Only those whose balance is below 0.")]


@reading("customer", many=True)
def list_customers(
    run: Run,
    *,
    state: State = None,
    country: CountryFilter = None,
    search: Search = None,
    debtors: Debtors = False,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List customers in order of their creation.

    --search looks into their ids, names and e-mail addresses; --since and --until are the days on
    which they were created.

    Examples:
      mailctl customer list --search acme
      mailctl customer list --debtors --country DE --json

    """
    from mailctl.store import customers

    run.list(
        lambda db: customers.listing(
            db,
            state=state,
            country=country,
            search=search,
            debtors=debtors,
            since=since,
            until=until,
            limit=limit,
        )
    )
