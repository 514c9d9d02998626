"""`mailctl report`: figures for the tax office, for the business, for a calendar and a browser."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import filters, parse
from mailctl.cli.input.options import CustomerFilter, ReportFile, Since, Until
from mailctl.cli.render import report_files
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.progress import Progress
from mailctl.cli.render.report_files import Report
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.money import money
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.domain.quarters import Month, Quarter
    from mailctl.insight.debts import Debt
    from mailctl.insight.forecast import Forecast
    from mailctl.store.engine.reader import Reader

app = typer.Typer(help="Figures: revenue, debts, sales tax, a calendar, a page.")

MOST_MONTHS = 12
"""As many coming months fit a page."""


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
PageMonths = Annotated[
    int | None,
    typer.Option(
        "--months",
        metavar="N",
        help=f"How many months ahead, {MOST_MONTHS} unless given; 0 leaves them out.",
        parser=parse.whole(0, MOST_MONTHS),
    ),
]


@app.command("revenue")
@reading("revenue", many=True)
def revenue(run: Run, since: Since = None, until: Until = None) -> None:
    """List accounts and monthly recurring revenue by offer and period, and accounts won and lost.

    Recurring revenue is the net price per month of the active accounts that renew by themselves, at
    today's prices; a yearly term counts a twelfth. Accounts that were ordered or imported are won,
    deleted ones are lost: in the last 30 days unless --since and --until are given.

    Examples:
      mailctl report revenue
      mailctl report revenue --since 2026-01-01 --until 2026-12-31 -o csv

    """
    from mailctl.insight import revenue as report

    with run.read() as db:
        span = report.span(db.today, since=since, until=until)
        rows = report.revenue(db, span)
        items = [row.item(db.info.currency, span) for row in rows]
        run.output.write_list(InMemoryRows(THINGS["revenue"], items))
    brought = sum(row.recurring_cents for row in rows)
    run.output.note(f"Recurring: {money(brought, run.output.currency)} a month, net.")


@app.command("debts")
@reading("debt", many=True)
def debts(run: Run) -> None:
    """List who owes money, how much, since when and how long overdue; the oldest first.

    Days overdue are counted from the oldest overdue invoice. No invoice is overdue while pending
    payments cover it or the customer has a grace. The debts add up to the debt of `mailctl status`.

    Examples:
      mailctl report debts
      mailctl report debts -o csv --fields all

    """
    from mailctl.insight import debts as report

    with run.read() as db:
        found = report.debts(db)
        items = [debt.item(db.info.currency) for debt in found]
        run.output.write_list(InMemoryRows(THINGS["debt"], items))
    if found:
        run.output.note(_summary(found, run.output.currency))


def _summary(found: list[Debt], currency: str) -> str:
    from mailctl.insight.debts import NOT_DUE

    owed = sum(debt.debt_cents for debt in found)
    uncovered = sum(debt.uncovered_cents for debt in found)
    late = sum(debt.age != NOT_DUE for debt in found)
    owing = counted(len(found), "customer owes", "customers owe")
    return (
        f"{owing} {money(owed, currency)}, of which "
        f"{money(owed - uncovered, currency)} is being collected. {late:,} overdue."
    )


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


@app.command("vat")
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
      mailctl report vat
      mailctl report vat --quarter 2026Q1 -o csv
      mailctl report vat --eu-services --month 2026-01
      mailctl report vat --oss --quarter 2026Q1 -o json

    """
    from mailctl.domain.quarters import Month, Quarter, last_complete
    from mailctl.store.queries.reports import vat as report

    if quarter and month:
        raise UsageError("it is --quarter or --month")
    if oss and (month or eu_services):
        raise UsageError(
            "the one-stop shop wants quarters: --month is of the other lists"
            if month
            else "it is --oss or --eu-services: each is a list of its own"
        )
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


_TITLES = {
    "vat": "Sales and tax",
    "eu-service": "Services to businesses in other member states",
    "oss": "Sales for the one-stop shop",
}


def _of_time(what: str, time: Quarter | Month, today: date, *, is_default: bool) -> str:
    """Which time the figures are of, and whether there may be more of them to come."""
    which = ", the last complete quarter" if is_default else ""
    if today < time.first_on:
        which = ", which has not begun"
    elif today <= time.last_on:
        which = ", which is not over yet"
    return f"{what} of {time}, {time.first_on} to {time.last_on}{which}."


@app.command("calendar")
@reading("calendar")
def calendar(
    run: Run, file: ReportFile, customer: CustomerFilter = None, until: Until = None
) -> None:
    """Write a calendar of renewals, ends, deletions, due dates and cards that expire.

    Each day has one event for each customer and kind: what is known today, for 12 months unless
    --until is given. If the file is written again, its events keep their identifiers, so that a
    calendar that reads it again updates them instead of doubling them.

    Examples:
      mailctl report calendar /srv/calendars/mail.ics
      mailctl report calendar acme.ics --customer acme --until 2026-12-31

    """
    report_files.check(run.output, file)
    with run.read() as db:
        report, sentence = _calendar(filters.known(db, customer=customer), customer, until)
    report_files.deliver(run.output, file, report, sentence)


def _calendar(db: Reader, customer: str | None, until: date | None) -> tuple[Report, str]:
    from mailctl import clock
    from mailctl.insight import calendar_file

    last = calendar_file.last_day(db.today, until)
    made = calendar_file.calendar_file(
        db, until=last, customer=customer, made_at=clock.now().replace(microsecond=0)
    )
    item = {"customer": customer, "until_on": last.isoformat(), **made.facts()}
    report = Report(thing="calendar", content=made.content, marker=calendar_file.MARKER, item=item)
    return report, f"{counted(made.events, 'event')} up to {last}."


@app.command("page")
@reading("page")
def page(run: Run, file: ReportFile, months: PageMonths = None) -> None:
    """Write one page for a browser: figures, revenue, debts by age, coming months.

    The page needs no network, no script and no other file. The coming months are those of `mailctl
    forecast`, which takes nearly all of the time on a large store.

    Examples:
      mailctl report page /srv/reports/mail.html
      mailctl report page - --months 3 > mail.html

    """
    from mailctl import clock
    from mailctl.insight import page as report

    report_files.check(run.output, file)
    coming = _coming(run, MOST_MONTHS if months is None else months)
    with run.read() as db:
        made = report.page(db, coming, made_at=clock.stamp())
    content = Report(thing="page", content=made.content, marker=report.MARKER, item=made.item)
    report_files.deliver(run.output, file, content, made.summary)


def _coming(run: Run, months: int) -> Forecast | None:
    from mailctl.insight.forecast import forecast

    if not months:
        return None
    with Progress(quiet=run.output.quiet) as progress:
        return forecast(
            run.store, months=months, progress=lambda how_far: progress.at(f"forecast: {how_far}")
        )
