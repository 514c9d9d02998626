"""Orders of more terms of an account: paid in advance, or missed since its expiry (rules 6)."""

from __future__ import annotations

from mailctl.billing import order_plans
from mailctl.billing.order_plans import OrderPlan
from mailctl.domain.lifecycle import Account, Platform, check_active, check_open, check_periodic
from mailctl.domain.orders import OrderKind
from mailctl.domain.terms import Period, terms_from
from mailctl.effects import suspensions
from mailctl.store import accounts
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.orders import OrderLine
from mailctl.store.temp_tables import AccountSet


def lines(
    reader: Reader, account: Account, period: Period, *, least: int = 1
) -> tuple[OrderLine, ...]:
    """The terms from an account's expiry, at least so many, until one ends after today."""
    price = order_plans.pricer(reader, account.platform, account.id)
    return tuple(
        OrderLine(
            account_id=account.id,
            address=account.address,
            period=period,
            period_start_on=start,
            period_end_on=end,
            unit_cents=price(period, start),
        )
        for start, end in terms_from(
            account.expires_on, period, account.anchor_day, reader.today, least=least
        )
    )


def extension(reader: Reader, account: Account, terms: int) -> tuple[OrderLine, ...]:
    """The lines of an extension of an account; refused where it cannot be extended."""
    order_plans.check_customer(account.platform)
    check_open(account.platform)
    check_periodic(account.platform)
    check_active(account)
    return lines(reader, account, Period(account.period), least=terms)


def plan_again(reader: Reader, kept: tuple[OrderLine, ...]) -> OrderPlan:
    """The plan of an extension that awaits its payment, with the terms and prices of today."""
    account = accounts.find(reader, f"account/{kept[0].account_id}")
    return order_plans.priced(
        reader, account.platform, OrderKind.EXTENSION, extension(reader, account, len(kept))
    )


def deliver_extension(
    transaction: Transaction, _where: Platform, plan: OrderPlan, number: int
) -> tuple[OrderLine, ...]:
    """Move the expiry to the end of the last term; the renewal does not change."""
    account_id = _move_expiry(transaction, plan)
    _record(transaction, "extended", account_id, plan, order=number, terms=len(plan.lines))
    return plan.lines


def deliver_reopening(
    transaction: Transaction, _where: Platform, plan: OrderPlan, number: int
) -> tuple[OrderLine, ...]:
    """Let a suspended account work again until the end of the last term, with its new renewal."""
    last = plan.lines[-1]
    assert last.account_id is not None
    assert plan.renewal is not None
    with AccountSet(transaction, "reopened_account", (last.account_id,)) as reopened:
        suspensions.reopen(transaction, reopened, notify=False)
    _move_expiry(transaction, plan)
    accounts.set_period(transaction, last.account_id, last.period, plan.renewal)
    _record(transaction, "paid-again", last.account_id, plan, order=number, renewal=plan.renewal)
    return plan.lines


def _move_expiry(transaction: Transaction, plan: OrderPlan) -> int:
    last = plan.lines[-1]
    assert last.account_id is not None
    accounts.prolong(transaction, last.account_id, last.period_end_on)
    return last.account_id


def _record(
    transaction: Transaction, kind: str, account_id: int, plan: OrderPlan, **facts: object
) -> None:
    transaction.record(
        kind,
        f"account/{account_id}",
        {
            **facts,
            "was": plan.lines[0].period_start_on.isoformat(),
            "expires_on": plan.lines[-1].period_end_on.isoformat(),
        },
    )
