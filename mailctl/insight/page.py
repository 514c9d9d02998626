"""One page for a browser: the state of the store, its revenue, who owes, what is coming.

The page is a file of its own: no script, no picture, no font and no address of anything outside,
which its own policy forbids as well. Data becomes text in it, never markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from mailctl import __version__
from mailctl.domain.money import format_amount
from mailctl.domain.text import visible
from mailctl.effects import held_deletions
from mailctl.insight import calendar_file
from mailctl.insight import debts as debts_of
from mailctl.insight import revenue as revenue_of
from mailctl.insight.calendar_file import CalendarEvent
from mailctl.insight.debts import Debt
from mailctl.insight.forecast import Forecast
from mailctl.insight.revenue import SPAN_DAYS, Revenue
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import overview
from mailctl.store.queries.reports.coming import ends
from mailctl.values import Value

MARKER = b'<meta name="generator" content="mailctl'
"""What a page made by mailctl has at its beginning."""
MOST_ROWS = 20
"""How many debtors, shortfalls and ends the page names; the rest are counted."""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SUMMED = "active renewing ending suspended recurring_cents won lost".split()
STATES = {"renewing": "active, renewing", "ending": "active, ending", "suspended": "suspended"}
AGES = {
    "not-due": "not overdue",
    "1-7": "1 to 7 days",
    "8-30": "8 to 30 days",
    "31-90": "31 to 90 days",
    "over-90": "over 90 days",
}
SCALE = 1000
"""How many parts a chart's axis has: sizes are whole parts of it."""


class Page(Value):
    """The file, its public item, and a sentence about it."""

    content: bytes
    item: Row
    summary: str


class Bar(Value):
    """One bar of a chart; `size` is in parts of the axis, of which there are 1000.

    `under` stands below the label, `count` beside the value.
    """

    label: str
    size: int
    value: str
    under: str = ""
    count: str = ""


class FirstRows(Value):
    """The first of some rows, and how many are left out."""

    rows: Sequence[object]
    left_out: int


def page(reader: Reader, forecast: Forecast | None, *, made_at: str) -> Page:
    """The page of a store as of today; `made_at` is the instant that it names.

    Without a forecast it says nothing about the coming months.
    """
    status = overview.status(reader, deletions_held=held_deletions.count(reader))
    span = revenue_of.span(reader.today, since=None, until=None)
    revenue = revenue_of.revenue(reader, span)
    sums = {name: sum(getattr(row, name) for row in revenue) for name in SUMMED}
    facts = {
        "version": __version__,
        "made_at": made_at,
        "today": reader.today.isoformat(),
        "seller": reader.setting("seller-name"),
        "currency": reader.info.currency,
        "span_days": SPAN_DAYS,
        "status": status,
        "sums": sums,
        "offers": _offers(revenue),
        "states": _states(sums),
        **_owed(debts_of.debts(reader)),
        "forecast": forecast,
        **(_coming(forecast) if forecast else {}),
        "ends": _first(_ends(reader)),
        "ends_until": (reader.today + timedelta(days=SPAN_DAYS)).isoformat(),
    }
    content = _rendered(facts).encode()
    item = {
        "clock_on": reader.today.isoformat(),
        **{name: sums[name] for name in ("active", "suspended", "recurring_cents")},
        **{name: status[name] for name in ("debtors", "debt_cents")},
        "currency": reader.info.currency,
        "until_on": forecast.until_on.isoformat() if forecast else None,
        "bytes": len(content),
    }
    coming_months = f", and the coming months up to {forecast.until_on}" if forecast else ""
    summary = f"the store as of {reader.today}{coming_months}."
    return Page(content=content, item=item, summary=summary)


def _first(rows: Sequence[object]) -> FirstRows:
    return FirstRows(rows=rows[:MOST_ROWS], left_out=max(len(rows) - MOST_ROWS, 0))


def _sized(value: int, most: int) -> int:
    """A value in parts of the axis; a value above 0 is always visible."""
    return max(value * SCALE // most, 4) if value > 0 else 0


def _offers(revenue: Sequence[Revenue]) -> list[Bar]:
    most = max((row.recurring_cents for row in revenue), default=0)
    return [
        Bar(
            label=row.offer,
            under=row.period.value,
            size=_sized(row.recurring_cents, most),
            value=format_amount(row.recurring_cents),
            count=f"{row.renewing:,}",
        )
        for row in revenue
        if row.active
    ]


def _states(sums: Mapping[str, int]) -> list[Bar]:
    most = max(sums[name] for name in STATES)
    return [
        Bar(label=label, size=_sized(sums[name], most), value=f"{sums[name]:,}")
        for name, label in STATES.items()
    ]


def _owed(debts: list[Debt]) -> Row:
    return {
        "ages": _ages(debts),
        "debts": _first(debts),
        "collected_cents": sum(debt.debt_cents - debt.uncovered_cents for debt in debts),
        "overdue": sum(debt.age != debts_of.NOT_DUE for debt in debts),
    }


def _ages(debts: list[Debt]) -> list[Bar]:
    ages = debts_of.by_age(debts)
    most = max(owed.cents for owed in ages.values())
    return [
        Bar(
            label=AGES[name],
            size=_sized(owed.cents, most),
            value=format_amount(owed.cents),
            count=f"{owed.debtors:,}",
        )
        for name, owed in ages.items()
    ]


def _coming(forecast: Forecast) -> Row:
    return {
        "months": _months(forecast),
        "scale": [_rounded(_top(forecast) * part // 2) for part in (2, 1, 0)],
        "shortfalls": _first(forecast.shortfalls),
    }


def _months(forecast: Forecast) -> list[Bar]:
    """What the ticks of each month will bill, gross; the year is shown where it begins."""
    top = _top(forecast)
    bars: list[Bar] = []
    for month in forecast.months:
        year, number = month.month.split("-")
        first = not bars or number == "01"
        bars.append(
            Bar(
                label=MONTHS[int(number) - 1],
                size=_sized(month.total_cents, top),
                value=format_amount(month.total_cents),
                under=year if first else "",
            )
        )
    return bars


def _top(forecast: Forecast) -> int:
    """The top of the axis in cents: the next 1, 2, 4, 5 or 8 times a power of ten in units."""
    most = max(month.total_cents for month in forecast.months)
    step = 100
    while True:
        for times in (1, 2, 4, 5, 8):
            if most <= times * step:
                return times * step
        step *= 10


def _rounded(cents: int) -> str:
    """An amount on the axis: whole units where it is whole."""
    return format_amount(cents).removesuffix(".00")


def _ends(reader: Reader) -> list[CalendarEvent]:
    """The accounts that end or are deleted in the days to come, by day, kind and customer."""
    last = reader.today + timedelta(days=SPAN_DAYS)
    return calendar_file.events(ends(reader, until=last))


def _rendered(facts: Mapping[str, object]) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    environment.filters["money"] = format_amount
    environment.filters["thousands"] = "{:,}".format
    environment.filters["month"] = _month
    return environment.get_template("page.html.j2").render(facts)


def _month(text: str) -> str:
    """`2026-02` as a person reads it: `Feb 2026`."""
    year, number = text.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _seen(value: object) -> object:
    """A value as it is shown: nothing in a text is invisible, or turns round what is beside it."""
    if isinstance(value, date):
        return value.isoformat()
    # Markup, such as the result of a macro, has a type of its own.
    return visible(value) if type(value) is str else value
