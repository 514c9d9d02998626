"""What customers will be billed until a day, and what is left after it, as the ticks will bill it.

How a day is billed is in `renewal_steps`. Nobody orders anything meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from mailctl.billing.renewal_steps import Due, ProjectedInvoice, Rates, Step, next_step_on
from mailctl.domain.lifecycle import last_day_to_pay
from mailctl.domain.money import tax_cents
from mailctl.domain.settlement import open_cents
from mailctl.store import prices
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import upcoming_renewals as facts
from mailctl.store.queries.upcoming_renewals import (
    LONGEST_REACH,
    OpenInvoice,
    Payer,
    Reach,
    Renewing,
)
from mailctl.values import Value


class Projection(Value):
    """A customer's invoices to come, by day, if nothing is suspended for debt: what there must be.

    It assumes that a debt of today is paid at once, and that what is missing comes in time.
    """

    payer: Payer
    invoices: tuple[ProjectedInvoice, ...]

    @property
    def total_cents(self) -> int:
        """What is billed, with tax."""
        return sum(invoice.total_cents for invoice in self.invoices)

    @property
    def missing_cents(self) -> int:
        """What must still come to pay all of it; below 0 it is what will be left over.

        Payments that are uncertain end with it, and must come again. What is lacking on a day on
        which the default method can be charged is collected through it, and not missing.
        """
        left = [self.payer.available_cents, *(cents for _, cents in self._left())]
        return -left[-1]

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing, if all payments come."""
        return self.missing_cents <= self.payer.uncertain_cents

    @property
    def falls_short_on(self) -> date | None:
        """The first day whose invoice the money does not cover, and no method collects."""
        return next((day for day, left in self._left() if left < 0), None)

    def _left(self) -> Iterator[tuple[date, int]]:
        """What is left after each invoice, by its day; what is collected leaves nothing missing."""
        left = self.payer.available_cents
        for invoice in self.invoices:
            left -= invoice.total_cents
            if left < 0 and self.payer.is_collected_on(invoice.on):
                left = 0
            yield invoice.on, left


def projections(
    reader: Reader,
    until: date,
    customer: str | None = None,
    *,
    without_method: bool = False,
    first: date | None = None,
) -> Iterator[Projection]:
    """What customers with accounts that renew will be billed up to a day: all, or one.

    Only those, if asked, who have no method to collect by today. One customer always has one.
    `first` is the day that the next tick processes, where it is not `next_step_on`.
    """
    rates = Rates(reader, until, first)
    renewing = facts.renewing(reader, until, customer)
    payers = facts.payers(reader, customer, without_method=without_method)
    for payer, kinds in beside(payers, renewing):
        if kinds or customer is not None:
            yield Projection(payer=payer, invoices=tuple(_undisturbed(rates, payer, kinds)))


def falling_short(
    reader: Reader, until: date, customer: str | None = None
) -> Iterator[tuple[Payer, date]]:
    """Customers without a method whose projection is not covered, and the day it falls short.

    Of all customers, those whose balance is beyond any doubt too low or high enough are judged
    without their steps.
    """
    if customer is None and until <= reader.today + timedelta(days=LONGEST_REACH):
        sure = _Sure(reader)
        payers = facts.payers(reader, without_method=True)
        for payer, bounds in beside(payers, facts.reach(reader, until)):
            if not bounds:
                continue
            day = sure.falls_short_on(payer, bounds[0])
            if day is not None:
                yield payer, day
            elif not sure.is_covered(payer, bounds[0]):
                yield from falling_short(reader, until, payer.slug)
        return
    for seen in projections(reader, until, customer, without_method=True):
        if not seen.is_covered and seen.falls_short_on is not None:
            yield seen.payer, seen.falls_short_on


class _Sure:
    """What can be said of a customer's renewals from a bound of their cost alone."""

    def __init__(self, reader: Reader) -> None:
        self._first = next_step_on(reader)
        self._is_anything_free = facts.is_anything_free(reader)
        self._highest_rate = prices.highest_rate(reader)

    def falls_short_on(self, payer: Payer, bound: Reach) -> date | None:
        """The first day that bills anything, where there is nothing to pay it with."""
        if payer.uncertain_cents or payer.available_cents > 0:
            return None
        if payer.available_cents == 0 and self._is_anything_free:
            return None
        return max(bound.first_on, self._first)

    def is_covered(self, payer: Payer, bound: Reach) -> bool:
        """Whether the money pays the most that can be billed, and a cent a day of rounded tax."""
        if payer.has_prices or bound.first_on < self._first:
            return False
        most = bound.most_cents + tax_cents(bound.most_cents, self._highest_rate)
        return payer.available_cents >= most + LONGEST_REACH + 1


OfPayer = TypeVar("OfPayer", Renewing, Reach)


def beside(
    payers: Iterable[Payer], rows: Iterable[OfPayer]
) -> Iterator[tuple[Payer, list[OfPayer]]]:
    """Each payer with the rows of their customer; both come in the order of customers' keys."""
    groups = groupby(rows, lambda row: row.customer_id)
    customer_id, group = next(groups, (0, iter(())))
    for payer in payers:
        while 0 < customer_id < payer.id:
            customer_id, group = next(groups, (0, iter(())))
        yield payer, list(group) if customer_id == payer.id else []


class UnpaidProjection(Value):
    """A customer's invoices to come, by day, if nobody pays: the balance after them in cents.

    `suspended` are accounts that debt will have suspended until then; they are not billed since.
    """

    payer: Payer
    invoices: tuple[ProjectedInvoice, ...]
    balance_cents: int
    suspended: int


def unless_paid(
    reader: Reader, until: date, customer: str, *, paid_up_to: int | None = None
) -> UnpaidProjection:
    """What a customer will be billed up to a day if nobody pays anything.

    `paid_up_to` is the key of an invoice that is paid today all the same, with all older ones.
    From the day after the last day to pay an invoice its accounts are suspended, and not billed
    (rules 9). What a method can collect is covered while it is collected.
    """
    (payer,) = facts.payers(reader, customer)
    balance, first_unpaid = _paid(payer, facts.open_invoices(reader, payer.id), paid_up_to)
    kinds = facts.unless_paid(
        reader, until, payer.id, unpaid_from=first_unpaid, lifted=paid_up_to is not None
    )
    steps = _Unpaid(Rates(reader, until), payer, covered_cents=_covered(payer, balance))
    steps.run(kinds)
    invoices = tuple(steps.invoices)
    return UnpaidProjection(
        payer=payer,
        invoices=invoices,
        balance_cents=balance - sum(invoice.total_cents for invoice in invoices),
        suspended=steps.suspended,
    )


def _covered(payer: Payer, balance_cents: int) -> int:
    """What a balance and payments cover; payments not asked for end where nothing is missing."""
    asked = payer.available_cents - payer.balance_cents
    return balance_cents + asked + (payer.uncertain_cents if balance_cents < 0 else 0)


def _paid(
    payer: Payer, invoices: Iterable[OpenInvoice], paid_up_to: int | None
) -> tuple[int, int | None]:
    """The balance once an invoice and all older are paid, and the oldest not covered then."""
    balance = payer.balance_cents
    unpaid = [one for one in invoices if paid_up_to is None or one.id > paid_up_to]
    if paid_up_to is not None:
        balance = -sum(one.open_cents for one in unpaid)
    left = open_cents(-_covered(payer, balance), (one.open_cents for one in unpaid))
    uncovered = [one.id for one, cents in zip(unpaid, left, strict=True) if cents]
    return balance, min(uncovered, default=None)


def _undisturbed(
    rates: Rates, payer: Payer, kinds: Iterable[Renewing]
) -> Iterator[ProjectedInvoice]:
    """The invoices of a customer whose accounts nothing suspends, by day."""
    dues: dict[date, Due] = defaultdict(Due)
    for kind in kinds:
        for step in rates.steps_of(kind, payer):
            dues[step.on].add(step, kind.accounts)
    for day in sorted(dues):
        yield rates.invoice(payer, day, dues[day])


class _Unpaid:
    """The steps of one customer who pays nothing, for accounts that are alike together.

    `covered_cents` are what the balance and pending payments make up; then debt suspends.
    """

    def __init__(self, rates: Rates, payer: Payer, *, covered_cents: int) -> None:
        self._rates = rates
        self._payer = payer
        self._covered = covered_cents
        self.invoices: list[ProjectedInvoice] = []
        self.suspended = 0

    def run(self, kinds: Iterable[Renewing]) -> None:
        """Bill the accounts up to the day."""
        ahead: dict[date, list[tuple[Renewing, list[Step], date | None]]] = defaultdict(list)
        for kind in kinds:
            steps = self._rates.steps_of(kind, self._payer)
            on = steps[0].on if steps else max(kind.expires_on, self._rates.first)
            ahead[on].append((kind, steps, kind.pay_by_on))
        while ahead:
            day = min(ahead)
            # A step suspends for debt before it bills (rules 11).
            active = [one for one in ahead.pop(day) if not self._is_suspended(one, day)]
            due = [(kind, steps, pay_by) for kind, steps, pay_by in active if steps]
            if not due:
                continue
            total = Due()
            for kind, (step, *_), _ in due:
                total.add(step, kind.accounts)
            pay_by = self._issue(day, total)
            for kind, (_, *steps), before in due:
                days = [each for each in (before, pay_by) if each is not None]
                on = steps[0].on if steps else date.max
                ahead[on].append((kind, steps, min(days, default=None)))

    def _is_suspended(self, one: tuple[Renewing, list[Step], date | None], day: date) -> bool:
        """Whether debt suspends accounts before what comes next to them, or until the end."""
        kind, _, pay_by = one
        if pay_by is None or pay_by >= min(day, self._rates.until):
            return False
        self.suspended += kind.accounts
        return True

    def _issue(self, day: date, due: Due) -> date | None:
        """Issue the invoice of a day; the last day to pay it, where nothing covers it."""
        payer = self._payer
        invoice = self._rates.invoice(payer, day, due)
        self.invoices.append(invoice)
        self._covered -= invoice.total_cents
        if self._covered >= 0 or not invoice.total_cents:
            return None
        if payer.is_collected_on(day):
            self._covered = 0
            return None
        return last_day_to_pay(day + timedelta(days=payer.payment_days), payer.grace_until_on)
