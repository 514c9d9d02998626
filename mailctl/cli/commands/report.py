"""`mailctl report`: figures for the tax office, for the business, for a calendar and a browser."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, reading
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

if TYPE_CHECKING:
    from mailctl.insight.debts import Debt
    from mailctl.insight.forecast import Forecast
    from mailctl.store.engine.reader import Reader

app = typer.Typer(help="Figures: revenue, debts, sales tax, a calendar, a page.")

MOST_MONTHS = 12
"""As many coming months fit a page."""


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


app.command("vat")(Elsewhere("report_vat.vat"))


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
