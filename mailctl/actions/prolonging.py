"""Accounts paid in advance, and reopened after a suspension at their expiry (SPEC 6)."""

from __future__ import annotations

from datetime import date

from mailctl.actions import purchase
from mailctl.actions.purchase import OrderPlan
from mailctl.actions.result import Changed
from mailctl.domain.lifecycle import (
    Account,
    check_active,
    check_open,
    check_periodic,
    check_reopenable,
)
from mailctl.domain.offers import check_period
from mailctl.domain.terms import Period, Renewal, term_end
from mailctl.effects import account_sets
from mailctl.errors import UsageError
from mailctl.store import accounts, orders
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine

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
    said = {"account": found.id, "terms": terms, "await": await_payment}
    repeats = key and orders.kept_under(reader, EXTEND, where.customer_id, key, said)
    if repeats:
        return purchase.repeated(reader, where, "extension", repeats)
    lines = _extension(reader, found, terms)
    purchase.check_money(reader, where)
    return purchase.priced(
        reader, where, "extension", lines, awaits=await_payment, key=key, arguments=said
    )


def replan(reader: Reader, kept: tuple[OrderLine, ...]) -> OrderPlan:
    """Check an extension that was not paid yet again, with the terms and prices of today."""
    found = accounts.find(reader, f"account/{kept[0].account_id}")
    return purchase.priced(
        reader, found.platform, "extension", _extension(reader, found, len(kept))
    )


def _extension(reader: Reader, found: Account, terms: int) -> tuple[OrderLine, ...]:
    purchase.check_customer(found.platform)
    check_open(found.platform)
    check_periodic(found.platform)
    check_active(found)
    return _lines(reader, found, Period(found.period), least=terms)


def _lines(
    reader: Reader, account: Account, period: Period, *, least: int
) -> tuple[OrderLine, ...]:
    """The terms from an account's expiry, at least so many, until one ends after today."""
    price = purchase.pricer(reader, account.platform, account.id)
    lines: list[OrderLine] = []
    start: date = account.expires_on
    while len(lines) < least or start <= reader.today:
        end = term_end(start, period, account.anchor_day)
        lines.append(
            OrderLine(
                account_id=account.id,
                address=account.address,
                period=period.value,
                period_start_on=start,
                period_end_on=end,
                unit_cents=price(period.value, start),
            )
        )
        start = end
    return tuple(lines)


def extend(transaction: Transaction, plan: OrderPlan) -> Changed:
    """Carry out a plan to extend."""
    return purchase.place(transaction, plan, deliver_extension, command=EXTEND)


def deliver_extension(transaction: Transaction, plan: OrderPlan, number: int) -> list[int]:
    """Move the expiry to the end of the last term; the renewal stays what it is."""
    last = plan.lines[-1]
    assert last.account_id is not None
    accounts.prolong(transaction, last.account_id, last.period_end_on)
    transaction.record(
        "extended",
        f"account/{last.account_id}",
        {
            "order": number,
            "terms": len(plan.lines),
            "was": plan.lines[0].period_start_on.isoformat(),
            "expires_on": last.period_end_on.isoformat(),
        },
    )
    return [last.account_id for _ in plan.lines]


def plan_reopen(
    reader: Reader, *, account: str, mode: Renewal | None = None, key: str | None = None
) -> OrderPlan:
    """Check and compute the terms that an account missed since it was suspended at its expiry.

    They are of the mode, or of the period it had; the renewal becomes the mode (SPEC 6).
    """
    found = accounts.find(reader, account)
    where = found.platform
    said = {"account": found.id, "mode": mode}
    repeats = key and orders.kept_under(reader, REOPEN, where.customer_id, key, said)
    if repeats:
        return purchase.repeated(reader, where, "reopening", repeats)
    purchase.check_customer(where)
    check_open(where)
    period = Period(found.period if mode in (None, Renewal.NONE) else mode)
    check_period(where.offer, where.expiry_of, period, hint="leave --mode out")
    if mode is Renewal.NONE:
        check_periodic(where)
    check_reopenable(found)
    lines = _lines(reader, found, period, least=1)
    purchase.check_money(reader, where)
    return purchase.priced(
        reader,
        where,
        "reopening",
        lines,
        renewal=(mode or Renewal(period)).value,
        key=key,
        arguments=said,
    )


def reopen(transaction: Transaction, plan: OrderPlan) -> Changed:
    """Carry out a plan to reopen."""
    return purchase.place(transaction, plan, _deliver_reopening, command=REOPEN)


def _deliver_reopening(transaction: Transaction, plan: OrderPlan, number: int) -> list[int]:
    last = plan.lines[-1]
    assert last.account_id is not None
    assert plan.renewal is not None
    account_sets.choose(transaction, (last.account_id,))
    account_sets.reopen(transaction, told=False)
    accounts.prolong(transaction, last.account_id, last.period_end_on)
    accounts.set_period(transaction, last.account_id, last.period, plan.renewal)
    transaction.record(
        "paid-again",
        f"account/{last.account_id}",
        {
            "order": number,
            "renewal": plan.renewal,
            "was": plan.lines[0].period_start_on.isoformat(),
            "expires_on": last.period_end_on.isoformat(),
        },
    )
    return [last.account_id for _ in plan.lines]
