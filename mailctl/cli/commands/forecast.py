"""`mailctl forecast`: what the coming months bring."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import parse
from mailctl.cli.input.options import CustomerFilter
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.output import Format, Output
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.money import money
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.insight.debts import Owed
    from mailctl.insight.forecast import Forecast

app = typer.Typer()

SHORTFALLS_SHOWN = 20
"""People see the first ones; programs get them all."""

LastDay = Annotated[
    date | None,
    typer.Option(
        "--until", metavar="DATE", help="The last day, at most ten years ahead.", parser=parse.day
    ),
]
Months = Annotated[
    int | None,
    typer.Option(
        "--months",
        metavar="N",
        help="The rest of this month and the N-1 after it; 12 unless given.",
        parser=parse.whole(1, 120),
    ),
]
NoPayments = Annotated[
    bool, typer.Option("--no-payments", help="Assume that nobody pays anything any more.")
]
Plot = Annotated[
    bool, typer.Option("--plot", help="Draw what is billed each month instead of listing it.")
]


@app.command("forecast")
@reading("forecast-month", many=True)
def forecast(
    run: Run,
    *,
    until: LastDay = None,
    months: Months = None,
    customer: CustomerFilter = None,
    no_payments: NoPayments = False,
    plot: Plot = False,
) -> None:
    """Simulate the coming months on a copy: what is billed, suspended, deleted.

    Shows what the ticks will do if nobody changes anything and each debt is paid on its last day;
    customers who are overdue already are assumed to pay nothing. At the end are the customers whose
    balance will not cover what is billed: from which day, and how much is missing then. The copy is
    in memory; the store is not changed.

    Examples:
      mailctl forecast --months 3
      mailctl forecast --customer acme --no-payments -o json

    """
    from mailctl.insight import debts
    from mailctl.insight.forecast import forecast as foreseen

    _check_form(run.output, plot=plot)
    with run.read() as db:
        run.output.detail(f"computing what comes after {db.today}; the store is not changed")
        owing = debts.owing(db, customer)
    with Progress(quiet=run.output.quiet) as progress:
        found = foreseen(
            run.store,
            until=until,
            months=months,
            customer=customer,
            paying=not no_payments,
            progress=lambda how_far: progress.at(f"forecast: {how_far}"),
        )
    _show(run.output, found, plot=plot, owing=owing)


def _check_form(output: Output, *, plot: bool) -> None:
    if plot and (output.form is not None or output.fields):
        raise UsageError(
            "--plot draws in a terminal; -o and --fields give data", hint="give one of them"
        )
    if output.form is Format.JSON and output.fields:
        raise UsageError(
            "-o json gives the whole forecast; --fields chooses columns of its months",
            hint=f"-o jsonl --fields {','.join(output.fields)}",
        )


def _show(output: Output, found: Forecast, *, plot: bool, owing: Owed) -> None:
    aside = found.set_aside.items()
    output.warn_of_some(
        [f"the customer {customer} will be set aside: {reason}" for customer, reason in aside],
        "customers will be set aside",
    )
    if output.form is Format.JSON:
        output.write_thing("forecast", found.item())
        return
    if plot:
        _draw(output, found)
    else:
        total = [_total(found)] if output.is_read_by_people() and len(found.months) > 1 else []
        months = [month.item() for month in found.months]
        output.write_list(InMemoryRows(THINGS["forecast-month"], [*months, *total]))
    if output.is_read_by_people():
        _list_shortfalls(output, found, owing)


def _total(found: Forecast) -> dict[str, object]:
    names = [key.name for key in THINGS["forecast-month"].keys if key.name != "month"]
    return {"month": "total", **{n: sum(getattr(m, n) for m in found.months) for n in names}}


def _draw(output: Output, found: Forecast) -> None:
    from mailctl.cli.render.plot import bars

    output.page(
        bars(
            f"Billed a month with tax, {output.currency}",
            [month.month for month in found.months],
            [month.total_cents for month in found.months],
            output.document_width(),
        )
    )


def _list_shortfalls(output: Output, found: Forecast, owing: Owed) -> None:
    """Customers whose balance will not cover what is billed; those who owe already are counted."""
    items = [shortfall.item() for shortfall in found.shortfalls]
    if items:
        output.document("\nBalances that will fall short: since when, and what is missing then\n\n")
        output.items(items[:SHORTFALLS_SHOWN], output.currency)
    more = len(items) - SHORTFALLS_SHOWN
    if more > 0:
        output.note(f"And {more:,} more: mailctl forecast -o json has them all.")
    if not items and not owing.debtors:
        output.note("Every balance covers what will be billed.")
    if owing.debtors:
        output.note(
            f"{counted(owing.debtors, 'customer owes', 'customers owe')} "
            f"{money(owing.cents, output.currency)} already: mailctl report debts"
        )
