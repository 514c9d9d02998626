"""`mailctl offer`: what can be subscribed, and its prices."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import CustomerOption, FromDay, Limit, OfferArgument, Search
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.offers import ClosePlan, OfferChanged, PriceChanged, PriceSet

app = typer.Typer(
    help="""What can be subscribed, and its prices.

    Prices are net, one for each period, and valid from a day on. A term is billed at the price of
    the day on which it starts.
    """
)

NewName = Annotated[str, typer.Argument(metavar="NAME", help="The new name: 1-60 of a-z0-9.-")]
Like = Annotated[
    str,
    typer.Option(
        "--like",
        metavar="OFFER",
        help="The offer whose capabilities and first prices it takes.",
        parser=parse.reference("offer"),
        autocompletion=completers.stored("offer"),
    ),
]
Label = Annotated[
    str | None,
    typer.Option("--label", metavar="TEXT", help="Its name on invoices.", parser=parse.free_text),
]
NewLabel = Annotated[
    str,
    typer.Option("--label", metavar="TEXT", help="Its name on invoices.", parser=parse.free_text),
]
Period = Annotated[
    str,
    typer.Argument(
        metavar="PERIOD", help="monthly or yearly.", autocompletion=completers.among(*parse.PERIODS)
    ),
]
Price = Annotated[
    int | None,
    typer.Argument(
        metavar="[AMOUNT]", help="The net price of a term.", parser=parse.amount, show_default=False
    ),
]
LastDay = Annotated[
    date | None,
    typer.Option(
        "--until", metavar="DATE", help="The last day of a customer's own price.", parser=parse.day
    ),
]
ClosedOffer = Annotated[
    str,
    typer.Argument(
        metavar="OFFER",
        help="The offer's name.",
        parser=parse.reference("offer"),
        autocompletion=completers.stored("closed-offer"),
    ),
]
Open = Annotated[bool, typer.Option("--open", help="Only those that take new platforms.")]
Remove = Annotated[bool, typer.Option("--remove", help="End a customer's own price from today.")]


@app.command("list")
@reading("offer", many=True)
def list_offers(
    run: Run, *, open_: Open = False, search: Search = None, limit: Limit = None
) -> None:
    """List offers in order of their creation; --search looks into their names and labels.

    Examples:
      mailctl offer list --open
      mailctl offer list --search exchange --json

    """
    from mailctl.store import offers

    run.list(lambda db: offers.listing(db, is_open=open_, search=search, limit=limit))
    _say_which_are_examples(run)


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
    _say_which_are_examples(run, offer)


def _say_which_are_examples(run: Run, only: str | None = None) -> None:
    """Tell a person, beside the table, whose prices are those that mailctl came with."""
    from mailctl.store import offers

    if run.is_data_asked_for or not sys.stdout.isatty():
        return
    with run.look() as db:
        names = [name for name in offers.example_priced(db) if only in (None, name)]
    if names:
        run.output.note(
            f"Example prices, as mailctl came with them: {listed(names)}. Set yours: "
            f"mailctl offer price {names[0]} monthly AMOUNT"
        )


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


def _added(result: OfferChanged, did: Tense) -> str:
    offer = result.item
    return (
        f"{did('Added', 'add')} the offer {offer['name']}. It costs what {offer['like']} costs "
        f"until it has prices of its own: mailctl offer price {offer['name']} monthly AMOUNT"
    )


@app.command("edit")
@changing("offer")
def edit(run: Run, offer: OfferArgument, *, label: NewLabel) -> None:
    """Change an offer's name on invoices; those issued before keep the one they have.

    Examples:
      mailctl offer edit email-pro --label 'E-mail Pro'
      mailctl offer edit email-pro --label Mail --dry-run

    """
    from mailctl.actions import offers

    run.change(lambda tx: offers.edit(tx, name=offer, label=label), _edited)


def _edited(result: OfferChanged, did: Tense) -> str:
    name, label = result.item["name"], result.item["label"]
    if not result.changed:
        return f"The offer {name} is called {label} already."
    return f"{did('Changed', 'change')} the name of {name} on invoices from now on: {label}."


@app.command("price")
@changing("offer")
def price(
    run: Run,
    offer: OfferArgument,
    period: Period,
    amount: Price = None,
    from_: FromDay = None,
    until: LastDay = None,
    customer: CustomerOption = None,
    *,
    remove: Remove = False,
) -> None:
    """Set the net price of an offer's period, from a day on, for all or for one customer.

    A customer's own price may end: --until is its last day, --remove ends it from today. If an
    announced yearly renewal costs another amount, the customer is notified again; a rise that is
    set fewer than 15 days before the renewal does not apply to it.

    Examples:
      mailctl offer price email-pro monthly 1.79 --from 2027-01-01
      mailctl offer price email-pro yearly 9 --customer acme --until 2027-12-31

    """
    from mailctl.actions import offers
    from mailctl.domain.terms import Period as TermPeriod

    _check_words(run, offer, period, amount)
    _check_own(offer, period, customer, until=until is not None, remove=remove)
    if remove:
        _check_alone(offer, period, customer, alone=(amount, from_, until) == (None,) * 3)
        _remove(run, offer, period, str(customer))
        return
    if amount is None:
        raise UsageError("the amount is missing", hint=f"mailctl offer price {offer} {period} 1.79")
    run.change(
        lambda tx: offers.price(
            tx,
            name=offer,
            period=TermPeriod(period),
            cents=amount,
            from_on=from_,
            customer=customer,
            until_on=until,
        ),
        _priced,
    )


def _remove(run: Run, offer: str, period: str, customer: str) -> None:
    from mailctl.actions import offers
    from mailctl.domain.terms import Period as TermPeriod

    run.change(
        lambda tx: offers.remove_price(
            tx, name=offer, period=TermPeriod(period), customer=customer
        ),
        _removed,
    )


def _check_alone(offer: str, period: str, customer: str | None, *, alone: bool) -> None:
    """UsageError where a removal also has an amount or days."""
    if not alone:
        raise UsageError(
            "--remove takes neither an amount nor days: it ends the price from today",
            hint=f"mailctl offer price {offer} {period} --customer {customer} --remove",
        )


def _check_words(run: Run, offer: str, period: str, amount: int | None) -> None:
    """UsageError for an unknown period, or where an amount stands in its place."""
    if period in parse.PERIODS:
        return
    if amount is None:
        try:
            cents = parse.amount(period)
        except parse.BadValue:
            pass
        else:
            from mailctl.actions import offers

            with run.read() as db:
                raise offers.missing_period(db, name=offer, cents=cents)
    raise UsageError(
        f"PERIOD: {period!r} is not one of {', '.join(parse.PERIODS)}",
        hint="for example monthly; the order is: mailctl offer price OFFER PERIOD AMOUNT",
    )


def _check_own(offer: str, period: str, customer: str | None, *, until: bool, remove: bool) -> None:
    """UsageError for ending the price that is for everybody: it can only be replaced."""
    if customer is not None or not (until or remove):
        return
    name = "--remove" if remove else "--until"
    raise UsageError(
        f"{name} is for one customer's own price; the offer's price holds until another is set",
        hint=f"--customer CUSTOMER, or: mailctl offer price {offer} {period} AMOUNT --from DATE",
    )


def _priced(result: PriceSet, did: Tense) -> str:
    whom = f" for {result.customer}" if result.customer else ""
    until = f"up to {result.until_on}" if result.until_on else "on"
    return (
        f"{did('Set', 'set')} the {result.period} price of {result.item['name']}{whom} to "
        f"{did.money(result.cents)} net, for terms that start from {result.from_on} {until}."
        + _renewals(result, did)
    )


def _removed(result: PriceChanged, did: Tense) -> str:
    if not result.changed:
        return (
            f"{result.customer} has no {result.period} price of {result.item['name']} of its own."
        )
    return (
        f"{did('Ended', 'end')} {result.customer}'s own {result.period} price of "
        f"{result.item['name']}: terms that start from today on have the offer's price."
        + _renewals(result, did)
    )


def _renewals(result: PriceChanged, did: Tense) -> str:
    """What happens to renewals that were announced at another price."""
    text = ""
    if repriced := result.renewals_repriced:
        now = "now costs" if repriced == 1 else "now cost"
        cost, are = ("would cost", "would be") if did.would else (now, "are")
        text += (
            f" {counted(repriced, 'announced renewal')} {cost} another amount, and the "
            f"customers {are} notified."
        )
    if kept := result.renewals_kept:
        text += (
            f" {counted(kept, 'announced renewal')} {'keeps its' if kept == 1 else 'keep their'} "
            "price: the rise is set too late for them."
        )
    return text


@app.command("close")
@changing("offer")
def close(run: Run, offer: OfferArgument) -> None:
    """Close an offer to new platforms; existing ones continue.

    Asks before; `mailctl offer reopen` undoes it.

    Examples:
      mailctl offer close mail-plus
      mailctl offer close mail-plus --yes

    """
    from mailctl.actions import offers

    run.change_as_planned(
        lambda db: offers.plan_close(db, name=offer), offers.close, show=_show_closing, say=_closed
    )


def _show_closing(plan: ClosePlan, output: Output) -> str | None:
    if plan.changes_nothing:
        return None
    count = counted(plan.platforms, "platform continues", "platforms continue")
    output.note(f"Its {count}; no new one can be added." if plan.platforms else "It has none.")
    return f"Close the offer {plan.offer} to new platforms?"


def _closed(result: OfferChanged, did: Tense) -> str:
    name = result.item["name"]
    if not result.changed:
        return f"The offer {name} is closed already."
    return f"{did('Closed', 'close')} the offer {name}: it takes no new platform."


@app.command("reopen")
@changing("offer")
def reopen(run: Run, offer: ClosedOffer) -> None:
    """Let a closed offer take new platforms again.

    Examples:
      mailctl offer reopen mail-plus
      mailctl offer reopen mail-plus --json

    """
    from mailctl.actions import offers

    run.change(lambda tx: offers.reopen(tx, name=offer), _reopened)


def _reopened(result: OfferChanged, did: Tense) -> str:
    name = result.item["name"]
    if not result.changed:
        return f"The offer {name} is open already."
    return f"{did('Reopened', 'reopen')} the offer {name}: it takes new platforms again."
