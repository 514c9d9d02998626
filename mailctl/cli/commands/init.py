"""`mailctl init`: a new store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.run import FILE_NAME, Run, Tense

if TYPE_CHECKING:
    from mailctl.actions.result import Changed

app = typer.Typer()

Clock = Annotated[
    date | None,
    typer.Option(
        "--clock",
        metavar="DATE",
        help="A manual clock that stands at this day and that only tick moves; for trials.",
        parser=parse.day,
    ),
]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone",
        metavar="TZ",
        help="Whose date is today, as Europe/Paris; the system's unless given.",
        parser=parse.free_text,
    ),
]
SellerCountry = Annotated[
    str,
    typer.Option(
        "--seller-country",
        metavar="CC",
        help="The two letters of the country that sells.",
        parser=parse.free_text,
    ),
]
SellerName = Annotated[
    str,
    typer.Option(
        "--seller-name",
        metavar="NAME",
        help="Who sells, as invoices name them.",
        parser=parse.free_text,
    ),
]
Currency = Annotated[
    str,
    typer.Option(
        "--currency",
        metavar="CURRENCY",
        help="The three letters of the store's currency.",
        parser=parse.free_text,
    ),
]


@app.command("init")
@changing("store")
def init(
    run: Run,
    clock: Clock = None,
    timezone: Timezone = None,
    seller_country: SellerCountry = "FR",
    seller_name: SellerName = "",
    currency: Currency = "EUR",
) -> None:
    """Make a new store.

    It has the offers, example prices and tax rates that mailctl ships.

    Examples:
      mailctl init --seller-name 'Mail & Co' --timezone Europe/Paris
      mailctl --store trial.db init --clock 2026-01-01

    """
    run.report(
        _make(
            run,
            clock_on=clock,
            timezone=timezone,
            seller_country=seller_country,
            seller_name=seller_name,
            currency=currency,
        ),
        _made,
    )


def _make(run: Run, **given: Any) -> Changed:
    from mailctl.actions import stores
    from mailctl.store.engine import creation

    if not run.dry_run:
        return stores.init(run.path, **given)
    # What stands at the path refuses a dry run just as it would the real one.
    creation.check_free(run.path)
    with TemporaryDirectory() as folder:
        tried = stores.init(Path(folder) / FILE_NAME, **given)
    return replace(tried, items=({**tried.item, "path": str(run.path)},))


def _made(changed: Changed, did: Tense) -> str:
    store = changed.item
    clock = (
        f"a manual clock at {store['clock_on']}" if store["clock"] == "manual" else "the wall clock"
    )
    return (
        f"{did('Made', 'make')} the store {store['path']}, on {clock} ({store['timezone']}), "
        f"selling from {store['seller_country']} in {store['currency']}.\n"
        "Its prices are examples: mailctl offer list, mailctl offer show email-pro"
    )
