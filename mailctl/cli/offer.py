"""`mailctl offer`: what can be subscribed, and its prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli import parse, values
from mailctl.cli.command import changing, reading
from mailctl.cli.options import CustomerOption, FromDay, Limit, OfferArgument, PeriodArgument
from mailctl.cli.run import Did, Run

if TYPE_CHECKING:
    from mailctl.actions.result import Changed

app = typer.Typer(
    help="""What can be subscribed, and its prices.

    Prices are net, for each period, and valid from a day; the price of the day on which a term
    starts is billed.
    """
)

NewName = Annotated[str, typer.Argument(metavar="NAME", help="The new name: 1-60 of a-z0-9.-")]
Like = Annotated[
    str,
    typer.Option(
        "--like",
        metavar="OFFER",
        help="The offer whose capabilities, and at first prices, it has.",
        parser=parse.reference("offer"),
        autocompletion=values.stored("offer"),
    ),
]
Label = Annotated[
    str | None,
    typer.Option("--label", metavar="TEXT", help="What invoices call it.", parser=parse.free_text),
]
Price = Annotated[
    int,
    typer.Argument(metavar="AMOUNT", help="The net price of a term.", parser=parse.amount),
]


@app.command("list")
@reading("offer", many=True)
def list_offers(run: Run, limit: Limit = None) -> None:
    """List offers in order of their creation.

    Examples:
      mailctl offer list
      mailctl offer list --json

    """
    from mailctl.store import offers

    run.list(lambda db: offers.listing(db, limit=limit))


@app.command("show")
@reading("offer")
def show(run: Run, offer: OfferArgument) -> None:
    """Show an offer with its periods and dated prices.

    Examples:
      mailctl offer show email-pro
      mailctl offer show email-pro --json

    """
    from mailctl.store import offers

    run.show("offer", lambda db: offers.show(db, offer))


@app.command("add")
@changing("offer")
def add(run: Run, name: NewName, *, like: Like, label: Label = None) -> None:
    """Add an offer of your own that is like another.

    Examples:
      mailctl offer add mail-plus --like email-pro --label 'Mail Plus'
      mailctl offer add school-mail --like hosted-exchange

    """
    from mailctl.actions import offers

    run.change(lambda tx: offers.add(tx, name=name, like=like, label=label), _added)


def _added(changed: Changed, did: Did) -> str:
    offer = changed.item
    return (
        f"{did('Added', 'add')} the offer {offer['name']}. It costs what {offer['like']} costs "
        f"until it has prices of its own: mailctl offer price {offer['name']} monthly AMOUNT"
    )


@app.command("price")
@changing("offer")
def price(
    run: Run,
    offer: OfferArgument,
    period: PeriodArgument,
    amount: Price,
    from_: FromDay = None,
    customer: CustomerOption = None,
) -> None:
    """Set the net price of an offer's period, from a day on, for all or for one customer.

    Examples:
      mailctl offer price email-pro monthly 1.79 --from 2027-01-01
      mailctl offer price hosted-exchange yearly 39.90 --customer acme

    """
    from mailctl.actions import offers
    from mailctl.domain.terms import Period

    run.change(
        lambda tx: offers.price(
            tx, name=offer, period=Period(period), cents=amount, from_on=from_, customer=customer
        ),
        _priced,
    )


def _priced(changed: Changed, did: Did) -> str:
    facts = changed.facts
    whom = f" for {facts['customer']}" if facts["customer"] else ""
    return (
        f"{did('Set', 'set')} the {facts['period']} price of {changed.item['name']}{whom} to "
        f"{did.money(facts['cents'])} net, for terms that start from {facts['from_on']} on."
    )


@app.command("close")
@changing("offer")
def close(run: Run, offer: OfferArgument) -> None:
    """Let an offer take no new platform; existing ones go on.

    Examples:
      mailctl offer close mail-plus
      mailctl offer close mail-plus --dry-run

    """
    from mailctl.actions import offers

    run.change(lambda tx: offers.close(tx, name=offer), _closed)


def _closed(changed: Changed, did: Did) -> str:
    name = changed.item["name"]
    if not changed.changed:
        return f"The offer {name} is closed already."
    return f"{did('Closed', 'close')} the offer {name}: it takes no new platform."
