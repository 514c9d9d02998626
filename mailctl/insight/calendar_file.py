"""A calendar of what is known today: one all-day event for each day, kind and customer.

An event keeps its identifier: a calendar that reads the file again updates the event instead of
showing it twice. A library folds and escapes the lines (RFC 5545).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from mailctl import __version__
from mailctl.domain.money import money
from mailctl.domain.terms import Period, term_end
from mailctl.domain.text import counted, visible
from mailctl.errors import UsageError
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.reports.coming import Upcoming, coming
from mailctl.values import Value

PRODUCT = f"-//mailctl//mailctl {__version__}//EN"
MARKER = b"PRODID:-//mailctl//"
"""What a calendar made by mailctl has at its beginning."""
MOST_LINES = 100
"""How many accounts or invoices an event lists; its title counts them all."""

# In the order of a day's events.
_COUNTED = {
    "renewal": ("account renews", "accounts renew"),
    "suspension": ("account ends", "accounts end"),
    "deletion": ("account is deleted", "accounts are deleted"),
    "invoice-due": ("invoice is due", "invoices are due"),
    "card-expiry": ("card expires", "cards expire"),
}
KINDS = tuple(_COUNTED)


class CalendarEvent(Value):
    """What happens to one customer on one day, of one kind."""

    on: date
    kind: str
    customer: str
    items: tuple[Upcoming, ...]


class CalendarFile(Value):
    """The file, and how many accounts, invoices and cards it is about."""

    content: bytes
    events: int
    counts: Counter[str]

    def facts(self) -> dict[str, object]:
        """The keys of the public contract: how many accounts, invoices and cards."""
        return {
            "renewals": self.counts["renewal"],
            "suspensions": self.counts["suspension"],
            "deletions": self.counts["deletion"],
            "invoices": self.counts["invoice-due"],
            "cards": self.counts["card-expiry"],
            "events": self.events,
            "bytes": len(self.content),
        }


def calendar_file(
    reader: Reader, *, until: date, customer: str | None, made_at: datetime
) -> CalendarFile:
    """The calendar of a customer, or of all, up to a day; UsageError without the library."""
    found = events(coming(reader, until=until, customer=customer))
    return CalendarFile(
        content=_written(
            found,
            store=sha256(reader.info.created_at.encode()).hexdigest()[:12],
            currency=reader.info.currency,
            made_at=made_at,
        ),
        events=len(found),
        counts=Counter(item.kind for event in found for item in event.items),
    )


def last_day(today: date, until: date | None) -> date:
    """The last day of a calendar: a year from today unless given; UsageError."""
    last = until or term_end(today, Period.YEARLY, today.day)
    if last < today:
        raise UsageError(
            f"--until {last} is past: today is {today}",
            hint=f"mailctl report calendar FILE.ics --until {today}, or later",
        )
    return last


def events(items: Iterable[Upcoming]) -> list[CalendarEvent]:
    """What will happen as events, in order of day, kind and customer."""
    gathered: dict[tuple[date, int, str], list[Upcoming]] = {}
    for item in items:
        gathered.setdefault((item.on, KINDS.index(item.kind), item.customer), []).append(item)
    return [
        CalendarEvent(
            on=on, kind=KINDS[kind], customer=customer, items=tuple(gathered[on, kind, customer])
        )
        for on, kind, customer in sorted(gathered)
    ]


def title(event: CalendarEvent, currency: str) -> str:
    """What a calendar shows of an event: `Acme SARL: 3 accounts renew`."""
    text = f"{event.items[0].name}: {counted(len(event.items), *_COUNTED[event.kind])}"
    if event.kind == "invoice-due":
        text += f", {money(sum(item.cents for item in event.items), currency)}"
        if all(item.is_covered for item in event.items):
            text += " (being collected)"
    return text


def details(event: CalendarEvent, currency: str) -> str:
    """The accounts, invoices or cards of an event, one a line, and whose they are."""
    lines = [_line(item, currency) for item in event.items[:MOST_LINES]]
    if len(event.items) > MOST_LINES:
        lines.append(f"and {len(event.items) - MOST_LINES:,} more")
    return "\n".join(map(visible, [*lines, "", f"customer/{event.customer}"]))


def _line(item: Upcoming, currency: str) -> str:
    if item.kind == "invoice-due":
        covered = ", being collected" if item.is_covered else ""
        return f"{item.what}: {money(item.cents, currency)}{covered}"
    if item.kind == "card-expiry":
        return str(item.what)
    return f"{item.what or '(blank)'}, account/{item.key}"


def _written(
    found: Sequence[CalendarEvent], *, store: str, currency: str, made_at: datetime
) -> bytes:
    try:
        from icalendar import Calendar
    except ModuleNotFoundError:
        raise UsageError(
            "calendars need a library that is not installed", hint="pip install 'mailctl[reports]'"
        ) from None
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "mailctl")
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    head, end, tail = calendar.to_ical().partition(b"END:VCALENDAR")
    # One at a time: the library needs thirty times the memory of its output.
    each = (_component(event, store, currency, made_at).to_ical() for event in found)
    return b"".join((head, *each, end, tail))


def _component(event: CalendarEvent, store: str, currency: str, made_at: datetime) -> Any:
    from icalendar import Event as Component

    made = Component()
    made.add("uid", visible(f"{event.on}-{event.kind}-{event.customer}@{store}.mailctl"))
    made.add("dtstamp", made_at)
    made.add("dtstart", event.on)
    made.add("dtend", event.on + timedelta(days=1))
    made.add("summary", visible(title(event, currency)))
    made.add("description", details(event, currency))
    made.add("categories", [event.kind])
    # An event does not make its reader busy.
    made.add("transp", "TRANSPARENT")
    return made
