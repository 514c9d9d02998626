"""`mailctl tax`: tax rates by country and date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import CountryFilter, FromDay, Limit
from mailctl.cli.run import Run, Tense

if TYPE_CHECKING:
    from mailctl.actions.offers import RateSet

app = typer.Typer(help="Standard tax rates by country, each valid from a day.")

Country = Annotated[
    str,
    typer.Argument(
        metavar="COUNTRY",
        help="Its two letters.",
        parser=parse.free_text,
        autocompletion=completers.stored("tax-country"),
    ),
]
Rate = Annotated[
    int, typer.Argument(metavar="RATE", help="Percent, such as 20 or 8.1.", parser=parse.rate)
]


@app.command("list")
@reading("tax", many=True)
def list_rates(run: Run, country: CountryFilter = None, limit: Limit = None) -> None:
    """List tax rates by country and the day from which each is valid.

    Examples:
      mailctl tax list
      mailctl tax list --country DE

    """
    from mailctl.store import offers

    run.list(lambda db: offers.rate_listing(db, country=country, limit=limit))


@app.command("set")
@changing("tax")
def set_rate(run: Run, country: Country, rate: Rate, from_: FromDay = None) -> None:
    """Set a country's standard rate from a day on, today unless given.

    Examples:
      mailctl tax set DE 19
      mailctl tax set FR 21 --from 2027-01-01

    """
    from mailctl.actions import offers

    run.change(lambda tx: offers.set_rate(tx, country=country, rate=rate, from_on=from_), _set)


def _set(result: RateSet, did: Tense) -> str:
    tax = result.item
    return (
        f"{did('Set', 'set')} the tax rate of {tax['country']} to {tax['rate']} %, for invoices "
        f"from {tax['from_on']} on."
    )
