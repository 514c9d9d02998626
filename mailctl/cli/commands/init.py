"""`mailctl init`: a new store."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.common import FILE_NAME
from mailctl.cli.run import Run, Tense
from mailctl.clock import ClockKind
from mailctl.domain.text import listed
from mailctl.values import replace

if TYPE_CHECKING:
    from mailctl.actions.stores import StoreMade

app = typer.Typer()
USUAL_COUNTRY = "FR"

Clock = Annotated[
    date | None,
    typer.Option(
        "--clock",
        metavar="DATE",
        help="A manual clock that starts at this day and that only tick moves; for trials.",
        parser=parse.day,
    ),
]
Timezone = Annotated[
    str | None,
    typer.Option(
        "--timezone",
        metavar="TZ",
        help="The time zone of its dates, such as Europe/Paris; the system's unless given.",
        parser=parse.free_text,
        autocompletion=completers.timezones,
    ),
]
SellerCountry = Annotated[
    str | None,
    typer.Option(
        "--seller-country",
        metavar="CC",
        help=f"The seller's country, two letters; {USUAL_COUNTRY} unless given.",
        parser=parse.free_text,
        autocompletion=completers.countries,
    ),
]
SellerName = Annotated[
    str,
    typer.Option(
        "--seller-name",
        metavar="NAME",
        help="The seller's name on invoices.",
        parser=parse.free_text,
    ),
]
Currency = Annotated[
    str,
    typer.Option(
        "--currency",
        metavar="CURRENCY",
        help="The store's currency, three letters.",
        parser=parse.free_text,
    ),
]


@app.command("init")
@changing("store")
def init(
    run: Run,
    clock: Clock = None,
    timezone: Timezone = None,
    seller_country: SellerCountry = None,
    seller_name: SellerName = "",
    currency: Currency = "EUR",
) -> None:
    """Make a new store.

    It starts with the offers, example prices and tax rates that come with mailctl.

    Examples:
      mailctl init --timezone Europe/Paris --seller-country FR
      mailctl --store trial.db init --clock 2026-01-01

    """
    made = _make(
        run,
        clock_on=clock,
        timezone=timezone,
        seller_country=seller_country or USUAL_COUNTRY,
        seller_name=seller_name,
        currency=currency,
    )
    run.report(made, _made)
    assumed = []
    if timezone is None:
        assumed.append(f"the time zone {made.item['timezone']}, the system's (--timezone)")
    if seller_country is None:
        assumed.append(f"the seller's country {made.item['seller_country']} (--seller-country)")
    if assumed:
        run.output.note(
            f"Assumed: {listed(assumed)}. The store keeps what it was made with: if that is wrong, "
            "delete this one before it is used, and run init again."
        )


def _make(run: Run, **given: Any) -> StoreMade:
    from mailctl.actions import stores
    from mailctl.store.engine.stores import check_free

    if not run.dry_run:
        return stores.init(run.location, **given)
    # A file at the path refuses a dry run too.
    check_free(run.location)
    with TemporaryDirectory() as folder:
        tried = stores.init(Path(folder) / FILE_NAME, **given)
    return replace(tried, items=({**tried.item, "path": str(run.location)},))


def _made(result: StoreMade, did: Tense) -> str:
    store = result.item
    clock = (
        f"a manual clock at {store['clock_on']}"
        if store["clock"] == ClockKind.MANUAL
        else "the wall clock"
    )
    return (
        f"{did('Made', 'make')} the store {store['path']}, on {clock} ({store['timezone']}), "
        f"selling from {store['seller_country']} in {store['currency']}.\n"
        "Its prices are examples: mailctl offer list, mailctl offer show email-pro"
    )
