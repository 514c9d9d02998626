"""Orders of accounts: the first term of each, and the accounts that delivery makes (rules 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial

from mailctl.billing import order_plans
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.addresses import domain_of, normal_address
from mailctl.domain.lifecycle import Platform, all_or_refusal, check_open
from mailctl.domain.offers import ExpiryOf, check_period
from mailctl.domain.orders import OrderKind
from mailctl.domain.terms import Period, Renewal, next_monthly_on, term_end
from mailctl.effects import domain_claims
from mailctl.errors import AddressTakenError
from mailctl.store import accounts, tasks, words
from mailctl.store.accounts import NewAccount
from mailctl.store.engine.journal import Entry, compact, compact_text
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine
from mailctl.values import replace

_AT_ONCE = 5_000
"""So many accounts are made together."""
LineMaker = Callable[[str | None, Period], OrderLine]


def line_maker(reader: Reader, where: Platform) -> LineMaker:
    """What makes the line of an account from its address, if any, and its period.

    The lines are those of one order: an address that comes twice is refused.
    """
    price, seen = order_plans.pricer(reader, where), set[str]()
    claims, expiry = domain_claims.Checker(reader, where), cache(partial(_first_expiry, where))

    def line(text: str | None, period: Period) -> OrderLine:
        address = normal_address(text) if text else None
        check_period(where.offer, where.expiry_of, period)
        if address is not None:
            if address in seen:
                raise AddressTakenError(
                    f"{address} is asked for twice", hint="give each address once"
                )
            seen.add(address)
            claims.check(address)
        return OrderLine(
            address=address,
            period=period,
            period_start_on=reader.today,
            period_end_on=expiry(period, reader.today),
            unit_cents=price(period, reader.today),
        )

    return line


def _first_expiry(where: Platform, period: Period, today: date) -> date:
    """Today and a period; on private-exchange the platform's next monthly date (rules 6)."""
    if where.expiry_of is ExpiryOf.PLATFORM:
        return next_monthly_on(where.created_on, today)
    return term_end(today, period, today.day)


def plan_again(reader: Reader, where: Platform, kept: tuple[OrderLine, ...]) -> OrderPlan:
    """The plan of an order that awaits its payment, checked as if it were given today."""
    order_plans.check_customer(where)
    check_open(where)
    line = line_maker(reader, where)
    lines = all_or_refusal(partial(line, one.address, one.period) for one in kept)
    return order_plans.priced(reader, where, OrderKind.ACCOUNTS, tuple(lines))


def deliver(
    transaction: Transaction, where: Platform, plan: OrderPlan, number: int
) -> tuple[OrderLine, ...]:
    """Make the accounts of an order; its lines with their ids."""
    made: list[OrderLine] = []
    for first in range(0, len(plan.lines), _AT_ONCE):
        made += _make(transaction, where, number, plan.lines[first : first + _AT_ONCE])
        transaction.add_up()
    return tuple(made)


def _make(
    transaction: Transaction, where: Platform, number: int, lines: Sequence[OrderLine]
) -> list[OrderLine]:
    domains = domain_claims.claim_all(transaction, where, [line.address for line in lines])
    anchor = where.created_on if where.expiry_of is ExpiryOf.PLATFORM else transaction.today
    keys = accounts.add_all(
        transaction,
        [
            NewAccount(
                platform_id=where.id,
                address=line.address,
                domain_id=domains.keys[domain_of(line.address)] if line.address else None,
                period=line.period,
                renewal=Renewal(line.period),
                anchor_day=anchor.day,
                expires_on=line.period_end_on,
            )
            for line in lines
        ],
        order_number=number,
    )
    made = [replace(line, account_id=key) for key, line in zip(keys, lines, strict=True)]
    tasks.ask_to_create(
        transaction, [(line.account_id, line.address) for line in made if line.address]
    )
    entries: list[Entry] = []
    for line in made:
        if line.address and (claimed := domains.first_of(line.address)):
            entries.append(claimed)
        details = {
            "order": number,
            "period": line.period,
            "expires_on": line.period_end_on.isoformat(),
        }
        entries.append(
            Entry(
                kind="ordered",
                subject=f"account/{line.account_id}",
                details=compact(details),
                personal=compact_text("address", line.address) if line.address else None,
            )
        )
    transaction.record_all(entries)
    if any(line.address for line in lines):
        words.learn_new(transaction, "account", keys[0])
    return made
