"""What is coming: the next months processed by the tick's own code, on a copy in memory.

What a forecast says of a month is what the ticks of that month will do, if nothing happens but what
it assumes: debts are paid on their last day, payments through methods succeed when they are tried,
notices are sent on their day; or nobody pays at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from mailctl import clock
from mailctl.actions import prepaid
from mailctl.billing import payment_answers
from mailctl.clock import ClockKind
from mailctl.domain.payments import PaymentStatus
from mailctl.effects import assumptions, held_deletions
from mailctl.errors import UsageError
from mailctl.store import checks, customers, mail_settings, payments
from mailctl.store.engine.sqlite.memory_copy import MemoryCopy, copy_of
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import forecast as queries
from mailctl.store.queries.forecast import Invoiced, Shortfall
from mailctl.tick.counts import Counts
from mailctl.tick.day import DayBrokenError, process
from mailctl.tick.run import last_step
from mailctl.values import Value, fields

MONTHS = 12
MOST_MONTHS = 120
"""How many months a forecast has by default, and at most."""


class Month(Value):
    """What the ticks of a month (`2026-11`) do; `renewals` are terms, money is in cents."""

    month: str
    renewals: int
    net_cents: int
    tax_cents: int
    total_cents: int
    suspensions: int
    deletions: int
    debts_opened: int

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return fields(self)


class Forecast(Value):
    """What will happen up to and including a day; a month in which nothing happens is listed too.

    `set_aside` are customers that the tick will skip, with the reasons.
    """

    until_on: date
    months: tuple[Month, ...]
    shortfalls: tuple[Shortfall, ...]
    set_aside: Mapping[str, str]

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "until_on": self.until_on.isoformat(),
            "months": [month.item() for month in self.months],
            "shortfalls": [shortfall.item() for shortfall in self.shortfalls],
        }


def forecast(
    store: Store,
    *,
    until: date | None = None,
    months: int | None = None,
    customer: str | None = None,
    paying: bool = True,
    progress: Callable[[date], object] = lambda _: None,
) -> Forecast:
    """Process the days up to one on a copy in memory: what the ticks do, month by month.

    `until` is the last day; `months` are the rest of this month and those after it, 12 if neither
    is given. With `customer`, for that customer only (CustomerNotFoundError). Unless `paying`
    nobody pays anything. `progress` is called with each day before it is processed. Raises
    UsageError where the last day is not in the future, or more than 10 years ahead.
    """
    with copy_of(store) as copy:
        today = copy.reader.today
        last_day = _last_day(today, until, months)
        marks = checks.marks(copy.reader)
        if customer is not None:
            with copy.day(today) as transaction:
                who = customers.find(transaction, customer)
                assumptions.leave_out_others(transaction, who.id)
        counted = _process(copy, last_day, paying=paying, progress=progress)
        return Forecast(
            until_on=last_day,
            months=tuple(_months(counted, queries.invoiced(copy.reader, marks.invoice_id))),
            shortfalls=tuple(queries.shortfalls(copy.reader, marks.ledger_id)),
            set_aside={
                slug: reason
                for counts in counted.values()
                for slug, reason in counts.set_aside.items()
            },
        )


def _last_day(today: date, until: date | None, months: int | None) -> date:
    if until is not None and months is not None:
        raise UsageError(
            "forecast takes --until or --months, not both", hint="mailctl forecast --months 3"
        )
    if until is None:
        count = MONTHS if months is None else months
        if not 1 <= count <= MOST_MONTHS:
            raise UsageError(f"a forecast has 1 to {MOST_MONTHS} months, not {count}")
        until = _end_of_month(today, count - 1)
    elif until <= today:
        raise UsageError(
            f"{until} is not ahead: today is {today}",
            hint=f"mailctl forecast --until {today + timedelta(days=1)}, or later",
        )
    month_end = _end_of_month(today, MOST_MONTHS)
    furthest = min(month_end.replace(day=min(today.day, month_end.day)), clock.LAST_DAY)
    if until > furthest:
        raise UsageError(
            f"a forecast reaches to {furthest}, not to {until}",
            hint=f"mailctl forecast --until {furthest}, or earlier",
        )
    return until


def _end_of_month(today: date, later: int) -> date:
    """The last day of the month that lies so many months after today's."""
    years, month = divmod(today.month + later, 12)
    return date(today.year + years, month + 1, 1) - timedelta(days=1)


def _process(
    copy: MemoryCopy, last_day: date, *, paying: bool, progress: Callable[[date], object]
) -> dict[str, Counts]:
    """Process every day up to the last one; what the ticks of each month did."""
    began = copy.reader
    # On a wall clock today's tick is the next, unless it has run; on a manual clock it has.
    last = last_step(began) if began.info.clock is ClockKind.WALL else began.today
    overdue = queries.overdue_customers(began)
    months: dict[str, Counts] = {}
    for day in _days(began.today, last_day):
        counts = months.setdefault(day.isoformat()[:7], Counts())
        progress(day)
        if day > last:
            counts.add(_process_day(copy, day, last))
        with copy.day(day) as transaction:
            if paying:
                _pay(transaction, overdue)
            # Without a server nothing is sent, and deletions wait.
            if mail_settings.has_server(transaction) or not held_deletions.are_held(transaction):
                assumptions.send_notices(transaction)
        last = day
    return months


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def _process_day(copy: MemoryCopy, day: date, last: date) -> Counts:
    """One step of the tick; customers whose books it would break are set aside, as in a tick."""
    aside: dict[int, str] = {}
    while True:
        counts = Counts()
        try:
            with copy.day(day) as transaction:
                process(transaction, counts, last=last, aside=aside)
                return counts
        except DayBrokenError as broken:
            aside.update(broken.customers)


def _pay(transaction: Transaction, overdue: frozenset[str]) -> None:
    """Record what comes in on a day: answers of banks and gateways, and debts on their last day.

    A customer who is overdue already is assumed to pay nothing: better to warn of one deletion too
    many.
    """
    for payment_id in queries.payments_to_answer(transaction):
        payment = payments.find(transaction, payment_id)
        # Money that came for another payment may have ended this one.
        if payment.status == PaymentStatus.PENDING:
            payment_answers.settle(transaction, payment, None)
    for debt in queries.debts_on_their_last_day(transaction):
        if debt.customer not in overdue:
            customer = customers.find(transaction, debt.customer)
            prepaid.receive(transaction, customer, debt.missing_cents)


def _months(counted: dict[str, Counts], invoiced: dict[str, Invoiced]) -> Iterator[Month]:
    for month, counts in counted.items():
        billed = invoiced.get(month)
        yield Month(
            month=month,
            renewals=counts.renewed,
            net_cents=billed.net_cents if billed else 0,
            tax_cents=billed.tax_cents if billed else 0,
            total_cents=billed.total_cents if billed else 0,
            suspensions=counts.suspended_expired + counts.suspended_debt,
            deletions=counts.deleted,
            debts_opened=counts.debts_opened,
        )
