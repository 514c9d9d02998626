"""Accounts paid in advance, and reopened after a suspension at their expiry (rules 6)."""

from __future__ import annotations

from mailctl.actions import placing
from mailctl.actions.placing import OrderPlaced
from mailctl.billing import more_terms, order_plans
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.lifecycle import check_open, check_periodic, check_reopenable
from mailctl.domain.offers import check_period
from mailctl.domain.orders import OrderKind
from mailctl.domain.terms import Period, Renewal
from mailctl.errors import UsageError
from mailctl.store import accounts, command_keys
from mailctl.store.command_keys import CommandKey
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

EXTEND = "account extend"
REOPEN = "account reopen"
MOST_TERMS = 36


def plan_extend(
    reader: Reader,
    *,
    account: str,
    terms: int = 1,
    await_payment: bool = False,
    key: str | None = None,
) -> OrderPlan:
    """Check and compute the next 1 to 36 terms of an account's period, paid in advance.

    Terms run from the old expiry until it lies after today, at least as many as asked.
    """
    if not 1 <= terms <= MOST_TERMS:
        raise UsageError(
            f"1 to {MOST_TERMS} terms can be paid in advance, not {terms}",
            hint="mailctl account extend ACCOUNT --terms 3",
        )
    found = accounts.find(reader, account)
    where = found.platform
    given = CommandKey.given(
        key,
        command=EXTEND,
        customer_id=where.customer_id,
        account=found.id,
        terms=terms,
        **{"await": await_payment},
    )
    if repeats := command_keys.result_under(reader, given):
        return placing.repeated(reader, where, OrderKind.EXTENSION, repeats)
    lines = more_terms.extension(reader, found, terms)
    order_plans.check_money(reader, where)
    return order_plans.priced(
        reader, where, OrderKind.EXTENSION, lines, awaits=await_payment, key=given
    )


def extend(transaction: Transaction, plan: OrderPlan) -> OrderPlaced:
    """Carry out a plan to extend."""
    return placing.place(transaction, plan)


def plan_reopen(
    reader: Reader, *, account: str, mode: Renewal | None = None, key: str | None = None
) -> OrderPlan:
    """Check and compute the terms that an account missed since it was suspended at its expiry.

    They are of the mode, or of the period it had; the renewal becomes the mode (rules 6).
    """
    found = accounts.find(reader, account)
    where = found.platform
    given = CommandKey.given(
        key, command=REOPEN, customer_id=where.customer_id, account=found.id, mode=mode
    )
    if repeats := command_keys.result_under(reader, given):
        return placing.repeated(reader, where, OrderKind.REOPENING, repeats)
    order_plans.check_customer(where)
    check_open(where)
    period = Period(found.period if mode in (None, Renewal.NONE) else mode)
    check_period(where.offer, where.expiry_of, period, hint="leave --mode out")
    if mode is Renewal.NONE:
        check_periodic(where)
    check_reopenable(found)
    lines = more_terms.lines(reader, found, period)
    order_plans.check_money(reader, where)
    return order_plans.priced(
        reader, where, OrderKind.REOPENING, lines, renewal=mode or Renewal(period), key=given
    )


def reopen(transaction: Transaction, plan: OrderPlan) -> OrderPlaced:
    """Carry out a plan to reopen."""
    return placing.place(transaction, plan)
