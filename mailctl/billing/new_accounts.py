"""Orders of accounts: the first term of each, and the accounts that delivery makes (rules 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from mailctl.billing import order_plans
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import Platform, all_or_refusal, check_open
from mailctl.domain.offers import ExpiryOf, check_period
from mailctl.domain.orders import OrderKind
from mailctl.domain.tasks import TaskKind
from mailctl.domain.terms import Period, Renewal, next_monthly_on, term_end
from mailctl.effects import domain_claims
from mailctl.errors import AddressTakenError
from mailctl.store import accounts
from mailctl.store.accounts import NewAccount
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine

LineMaker = Callable[[str | None, Period], OrderLine]


def line_maker(reader: Reader, where: Platform) -> LineMaker:
    """What makes the line of an account from its address, if any, and its period.

    The lines are those of one order: an address that comes twice is refused.
    """
    price, seen = order_plans.pricer(reader, where), set[str]()

    def line(text: str | None, period: Period) -> OrderLine:
        address = normal_address(text) if text else None
        check_period(where.offer, where.expiry_of, period)
        if address is not None:
            if address in seen:
                raise AddressTakenError(
                    f"{address} is asked for twice", hint="give each address once"
                )
            seen.add(address)
            domain_claims.check_address(reader, where, address)
        return OrderLine(
            address=address,
            period=period,
            period_start_on=reader.today,
            period_end_on=_first_expiry(where, period, reader.today),
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
    return tuple(
        replace(line, account_id=_make(transaction, where, number, line)) for line in plan.lines
    )


def _make(transaction: Transaction, where: Platform, number: int, line: OrderLine) -> int:
    domain_id = domain_claims.claim(transaction, where, line.address) if line.address else None
    anchor = where.created_on if where.expiry_of is ExpiryOf.PLATFORM else transaction.today
    account_id = accounts.add(
        transaction,
        NewAccount(
            platform_id=where.id,
            address=line.address,
            domain_id=domain_id,
            period=line.period,
            renewal=Renewal(line.period),
            order_number=number,
            anchor_day=anchor.day,
            expires_on=line.period_end_on,
        ),
    )
    if line.address:
        accounts.add_task(transaction, account_id, TaskKind.CREATE, line.address)
    transaction.record(
        "ordered",
        f"account/{account_id}",
        {"order": number, "period": line.period, "expires_on": line.period_end_on.isoformat()},
        {"address": line.address} if line.address else None,
    )
    return account_id
