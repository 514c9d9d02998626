"""The part of a forecast that is computed: customers with whom nothing but terms and money goes on.

Their invoices follow from the calendar, the prices and the taxes alone, by the projection that
`advise` and the pages of customers show too; what they pay, from what a forecast assumes. Nothing
that they do depends on anybody else, so their days need not be simulated. Everybody else's are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from mailctl.billing.projection import Projection, projections
from mailctl.billing.renewal_steps import ProjectedInvoice
from mailctl.domain.lifecycle import last_day_to_pay
from mailctl.store import checks
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import forecast as queries
from mailctl.store.queries.forecast import Shortfall
from mailctl.tick import set_aside

CUSTOMERS_OF_A_STEP = 500
"""After so many customers the progress is told."""


@dataclass(slots=True, kw_only=True)
class BillingTotals:
    """What is billed on a day or in a month: terms, cents, and the debts that begin."""

    terms: int = 0
    net_cents: int = 0
    tax_cents: int = 0
    total_cents: int = 0
    debts: int = 0

    def add(self, other: BillingTotals) -> None:
        """Add what is billed on another day."""
        self.terms += other.terms
        self.net_cents += other.net_cents
        self.tax_cents += other.tax_cents
        self.total_cents += other.total_cents
        self.debts += other.debts


@dataclass(slots=True, kw_only=True)
class Computed:
    """What was computed, for which customers, by their keys; months are as `2026-11`.

    `leaves_anything`: there is more to come than that.
    """

    customers: set[int] = field(default_factory=set)
    months: dict[str, BillingTotals] = field(default_factory=lambda: defaultdict(BillingTotals))
    shortfalls: list[Shortfall] = field(default_factory=list)
    leaves_anything: bool = False


def computed(
    reader: Reader,
    *,
    first: date,
    until: date,
    customer: Customer | None,
    paying: bool,
    progress: Callable[[str], object],
) -> Computed:
    """Compute what can be, from the first day of a step on, for all customers or one.

    Where nobody is `paying`, that is whoever has the money for all of it.
    """
    whose = customer.id if customer is not None else None
    slug = customer.slug if customer is not None else None
    unsettled = _unsettled(reader, until, paying=paying)
    last_days = queries.last_days_to_pay(reader)
    is_anybody_unsettled = bool(unsettled) if whose is None else whose in unsettled
    days: dict[date, BillingTotals] = defaultdict(BillingTotals)
    done = Computed(
        leaves_anything=is_anybody_unsettled or queries.anything_ends(reader, until, whose)
    )
    for count, seen in enumerate(projections(reader, until, slug, first=first)):
        if count % CUSTOMERS_OF_A_STEP == 0:
            progress(f"{count:,} customers")
        payer = seen.payer
        if payer.id in unsettled or not (paying or _has_money(seen)):
            done.leaves_anything = True
            continue
        done.customers.add(payer.id)
        short = _add(days, _followed(seen, reader.today, last_days.get(payer.id)))
        if short is not None:
            on, balance = short
            shortfall = Shortfall(customer=payer.slug, on_on=on, amount_cents=-balance)
            done.shortfalls.append(shortfall)
    for day, billed in days.items():
        done.months[day.isoformat()[:7]].add(billed)
    return done


def _unsettled(reader: Reader, until: date, *, paying: bool) -> set[int]:
    """The customers, by their keys, whose days must be simulated.

    Where nobody is paying, those who owe are among them: debt suspends what does not even renew.
    """
    return {
        *queries.unsettled_customers(reader),
        *(() if paying else queries.owing_customers(reader)),
        *checks.broken_customers(reader),
        *(broken.customer_id for broken in set_aside.by(reader, until)),
    }


def _has_money(seen: Projection) -> bool:
    return seen.payer.balance_cents >= seen.total_cents


def _followed(
    seen: Projection, today: date, pay_by: date | None
) -> Iterator[tuple[ProjectedInvoice, int, bool]]:
    """Each invoice, with the balance after it, and whether a debt begins.

    Payments that are pending are answered tonight. What is missing is collected, and paid on the
    same day, or else comes whole on the last day to pay the first invoice that the money does not
    cover: `pay_by`, where there is one already.
    """
    payer = seen.payer
    balance, pending = payer.balance_cents, payer.pending_cents
    for invoice in seen.invoices:
        if pending and invoice.on > today:
            balance, pending = balance + pending, 0
        if pay_by is not None and pay_by < invoice.on:
            balance, pay_by = 0, None
        owed = balance < 0
        balance -= invoice.total_cents
        yield invoice, balance, balance < 0 and not owed
        if balance >= 0:
            continue
        if payer.is_collected_on(invoice.on):
            balance, pending, pay_by = 0, 0, None
        elif pay_by is None and invoice.total_cents:
            due_on = invoice.on + timedelta(days=payer.payment_days)
            pay_by = last_day_to_pay(due_on, payer.grace_until_on)


def _add(
    days: dict[date, BillingTotals], followed: Iterator[tuple[ProjectedInvoice, int, bool]]
) -> tuple[date, int] | None:
    """Add up what is billed by day; the first day on which the balance falls short, and it."""
    short = None
    for invoice, balance, is_debt in followed:
        day = days[invoice.on]
        day.terms += invoice.terms
        day.net_cents += invoice.net_cents
        day.tax_cents += invoice.tax_cents
        day.total_cents += invoice.net_cents + invoice.tax_cents
        day.debts += is_debt
        if balance < 0 and short is None:
            short = invoice.on, balance
    return short
