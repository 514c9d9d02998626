"""`mailctl report vat`: sales and tax, for the returns of a quarter or a month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import parse
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from mailctl.domain.quarters import Month, Quarter

_TITLES = {
    "vat": "Sales and tax",
    "eu-service": "Services to businesses in other member states",
    "oss": "Sales for the one-stop shop",
}


def _quarter(text: str) -> Quarter:
    from mailctl.domain.quarters import parse_quarter

    try:
        return parse_quarter(text)
    except ValueError:
        year, number = re.search(r"2\d{3}", text), re.search(r"[qQ]\D?([1-4])", text)
        raise parse.BadValue(
            f"{text!r} is not a quarter",
            hint="write it as 2026Q1",
            given=text,
            meant=f"{year[0]}Q{number[1]}" if year and number else None,
        ) from None


QuarterOption = Annotated[
    object,
    typer.Option(
        "--quarter",
        metavar="QUARTER",
        help="Such as 2026Q1; the last complete quarter unless given.",
        parser=_quarter,
        show_default=False,
    ),
]
MonthOption = Annotated[
    str | None,
    typer.Option(
        "--month", metavar="MONTH", help="A month instead, such as 2026-01.", parser=parse.month
    ),
]
EuServices = Annotated[
    bool,
    typer.Option(
        "--eu-services",
        help="What the recapitulative statement wants: services to EU businesses, by VAT number.",
    ),
]
Oss = Annotated[
    bool,
    typer.Option("--oss", help="What the one-stop shop wants: by country and rate of the tax."),
]


@reading("vat", many=True, also="oss")
def vat(
    run: Run,
    *,
    quarter: QuarterOption = None,
    month: MonthOption = None,
    eu_services: EuServices = False,
    oss: Oss = False,
) -> None:
    """List a quarter's sales and tax by country, rate and category, credit notes deducted.

    The quarter is the last complete one unless --quarter or --month is given; it is printed on
    stderr. Categories: S taxed, AE reverse charge, O outside the tax, Z a rate of 0.

    Two more lists of the same documents are for returns of their own. With --eu-services it is
    the services to businesses in other member states, by VAT number (DES in France, ZM in
    Germany); with --oss the sales with another member state's tax, where a credit note for an
    invoice of an earlier quarter is a row of that quarter.

    Examples:
      mailctl report vat --quarter 2026Q1 -o csv
      mailctl report vat --eu-services --month 2026-01

    """
    from mailctl.domain.quarters import Month, Quarter, last_complete
    from mailctl.store.queries.reports import vat as report

    _check(quarter=quarter, month=month, eu_services=eu_services, oss=oss)
    thing = "eu-service" if eu_services else "oss" if oss else "vat"
    run.output.check_fields(THINGS[thing], many=True)
    run.output.check_sort(THINGS[thing])
    with run.read() as db:
        asked: Quarter | Month
        if month:
            asked = Month(year=int(month[:4]), number=int(month[5:]))
        else:
            asked = quarter if isinstance(quarter, Quarter) else last_complete(db.today)
        if oss:
            assert isinstance(asked, Quarter)
            rows = report.oss(db, asked)
        else:
            rows = (report.eu_services if eu_services else report.vat)(db, asked)
        run.output.write_list(InMemoryRows(THINGS[thing], rows))
        is_default = quarter is None and month is None
        run.output.note(_of_time(_TITLES[thing], asked, db.today, is_default=is_default))


def _check(*, quarter: object, month: str | None, eu_services: bool, oss: bool) -> None:
    """UsageError for options that do not go together."""
    if quarter and month:
        raise UsageError("it is --quarter or --month")
    if oss and eu_services:
        raise UsageError("it is --oss or --eu-services: each is a list of its own")
    if oss and month:
        raise UsageError("the one-stop shop wants quarters: --month is of the other lists")


def _of_time(what: str, time: Quarter | Month, today: date, *, is_default: bool) -> str:
    """Which time the figures are of, and whether there may be more of them to come."""
    which = ", the last complete quarter" if is_default else ""
    if today < time.first_on:
        which = ", which has not begun"
    elif today <= time.last_on:
        which = ", which is not over yet"
    return f"{what} of {time}, {time.first_on} to {time.last_on}{which}."
