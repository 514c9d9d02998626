"""What is coming: most renewals are computed, the rest is simulated on a copy in memory.

Most customers have accounts that renew, and money or the means to pay: what they are billed is
computed (`computed_renewals`). Of all others, and of everything that ends, the days are simulated
by the tick's own code.

What a forecast says of a month is what the ticks of that month will do, if nothing happens but what
it assumes: debts are paid on their last day, payments through methods succeed when they are tried,
notices are sent on their day; or nobody pays at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from mailctl import clock
from mailctl.billing import arrivals, payment_answers
from mailctl.clock import ClockKind
from mailctl.domain.payments import PaymentStatus
from mailctl.effects import assumptions, held_deletions
from mailctl.errors import UsageError
from mailctl.insight.computed_renewals import BillingTotals, Computed, computed
from mailctl.store import checks, customers, mail_settings, payments, restorations
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.sqlite.memory_copy import MemoryCopy, copied, copy_to_simulate
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import forecast as queries
from mailctl.store.queries.forecast import Invoiced, Shortfall
from mailctl.store.restorations import Wait
from mailctl.store.temp_tables import CustomerSet
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
    progress: Callable[[str], object] = lambda _: None,
) -> Forecast:
    """What the ticks do up to a day, month by month; the store is not changed.

    `until` is the last day; `months` are the rest of this month and those after it, 12 if neither
    is given. With `customer`, for that customer only (CustomerNotFoundError). Unless `paying`
    nobody pays anything. `progress` is called with how far the work has come. Raises
    UsageError where the last day is not in the future, or more than 10 years ahead.
    """
    with store.read() as reader:
        last_day = _last_day(reader.today, until, months)
        who = customers.find(reader, customer) if customer is not None else None
        done = computed(
            reader,
            first=_first_step_on(reader),
            until=last_day,
            customer=who,
            paying=paying,
            progress=progress,
        )
        names = _months_of(reader.today, last_day)
        rest = copied(reader) if done.leaves_anything else None
    simulated = _Simulated(months={}, invoiced={}, shortfalls=())
    if rest is not None:
        with copy_to_simulate(store, rest) as copy:
            _leave_out(copy, done, who)
            simulated = _simulate(copy, last_day, paying=paying, progress=progress)
    return Forecast(
        until_on=last_day,
        months=tuple(_month(name, done.months[name], simulated) for name in names),
        shortfalls=tuple(
            sorted(
                [*done.shortfalls, *simulated.shortfalls], key=lambda one: (one.on_on, one.customer)
            )
        ),
        set_aside={
            slug: reason
            for counts in simulated.months.values()
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


def _months_of(first: date, last: date) -> list[str]:
    """The months (`2026-11`) from one day to another."""
    return list(dict.fromkeys(day.isoformat()[:7] for day in _days(first, last)))


def _last_step_on(reader: Reader) -> date:
    """The day of the last step: on a wall clock today's tick is the next, unless it has run."""
    return last_step(reader) if reader.info.clock is ClockKind.WALL else reader.today


def _first_step_on(reader: Reader) -> date:
    """The first day that is processed: today, or tomorrow."""
    ticked_today = _last_step_on(reader) >= reader.today
    return reader.today + timedelta(days=int(ticked_today))


def _leave_out(copy: MemoryCopy, done: Computed, only: Customer | None) -> None:
    """Leave what was computed out of a copy, and whoever was not asked for.

    Before the first tick after a restore, do what that begins with.
    """
    with copy.day(copy.reader.today) as transaction:
        if only is not None:
            assumptions.leave_out_others(transaction, only.id)
        with CustomerSet(transaction, "computed_customer", done.customers) as computed_customers:
            assumptions.leave_out_renewals(transaction, computed_customers)
        if restorations.waits(transaction, Wait.TICK):
            held_deletions.postpone_after_restore(transaction)


class _Simulated(Value):
    """What was simulated: what the ticks of each month did, what they billed, who fell short."""

    months: Mapping[str, Counts]
    invoiced: Mapping[str, Invoiced]
    shortfalls: Sequence[Shortfall]


def _simulate(
    copy: MemoryCopy, last_day: date, *, paying: bool, progress: Callable[[str], object]
) -> _Simulated:
    """Process every day of a copy up to the last one."""
    began = copy.reader
    marks = checks.marks(began)
    last = _last_step_on(began)
    overdue = queries.overdue_customers(began)
    months: dict[str, Counts] = {}
    for day in _days(began.today, last_day):
        counts = months.setdefault(day.isoformat()[:7], Counts())
        progress(str(day))
        if day > last:
            counts.add(_process_day(copy, day, last))
        with copy.day(day) as transaction:
            if paying:
                _pay(transaction, overdue)
            # Without a server nothing is sent, and deletions wait.
            if mail_settings.has_server(transaction) or not held_deletions.are_held(transaction):
                assumptions.send_notices(transaction)
        last = day
    return _Simulated(
        months=months,
        invoiced=queries.invoiced(copy.reader, marks.invoice_id),
        shortfalls=queries.shortfalls(copy.reader, marks.ledger_id),
    )


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
            arrivals.receive(transaction, customer, debt.missing_cents)


def _month(name: str, totals: BillingTotals, simulated: _Simulated) -> Month:
    counts = simulated.months.get(name, Counts())
    billed = simulated.invoiced.get(name)
    return Month(
        month=name,
        renewals=totals.terms + counts.renewed,
        net_cents=totals.net_cents + (billed.net_cents if billed else 0),
        tax_cents=totals.tax_cents + (billed.tax_cents if billed else 0),
        total_cents=totals.total_cents + (billed.total_cents if billed else 0),
        suspensions=counts.suspended_expired + counts.suspended_debt,
        deletions=counts.deleted,
        debts_opened=totals.debts + counts.debts_opened,
    )
