"""Debts, orders that wait, payments that nobody asked for or answered, money that is left over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mailctl.store import mail_settings
from mailctl.store.engine.dialect import LAST_DAY_TO_PAY, OVERDUE, PENDING_CENTS
from mailctl.store.expressions import is_announced
from mailctl.store.queries.advice.scope import Scope

IS_OVERDUE = (
    f"EXISTS (SELECT 1 FROM invoice_open o WHERE o.customer_id = c.id AND {OVERDUE.format('c')})"
)
"""SQL for whether customer `c` has an overdue invoice: nothing is ordered then (SPEC 7)."""

_FIRST = (
    "(SELECT min({0}) FROM invoice_open o "
    "WHERE o.customer_id = c.id AND o.open_cents > 0 AND o.is_covered = 0)"
)
_HELD = (
    "(SELECT {0} FROM account a JOIN platform p ON p.id = a.platform_id "
    "WHERE p.customer_id = c.id AND a.state = 'suspended' AND a.suspended_for = 'debt')"
)

_TO_SUSPEND = (
    "EXISTS (SELECT 1 FROM invoice_open o JOIN invoice_line l ON l.invoice_id = o.invoice_id "
    "JOIN account a ON a.id = l.account_id WHERE o.customer_id = c.id AND o.open_cents > 0 "
    "AND o.is_covered = 0 AND a.state = 'active' AND NOT EXISTS (SELECT 1 FROM credit_line k "
    "WHERE k.account_id = l.account_id AND k.period_start_on = l.period_start_on))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A customer below 0; money in cents.

    `due_on` is the earliest of the open invoices that no pending payment covers, `last_on` the last
    day to pay it, a grace included; `failed_cents` is what was tried to be collected in vain.
    `deletes_on` is the first day on which an account that is suspended for the debt is deleted;
    `to_suspend` tells whether an active account is left that what is open would suspend.
    """

    customer: str
    is_open: int
    missing_cents: int
    pending_cents: int
    failed_cents: int
    due_on: str | None
    last_on: str | None
    is_overdue: int
    suspended: int
    deletes_on: str | None
    to_suspend: int


def debts(scope: Scope) -> list[Debt]:
    """Every customer whose balance is below 0."""
    return scope.read(
        Debt,
        "SELECT c.slug AS customer, CASE c.state WHEN 'open' THEN 1 ELSE 0 END AS is_open, "
        f"-c.balance_cents AS missing_cents, {PENDING_CENTS.format('c.id')} AS pending_cents, "
        f"c.uncollected_cents AS failed_cents, {_FIRST.format('o.due_on')} AS due_on, "
        f"{_FIRST.format(LAST_DAY_TO_PAY.format('c'))} AS last_on, "
        f"{IS_OVERDUE} AS is_overdue, {_HELD.format('count(*)')} AS suspended, "
        f"{_HELD.format('min(a.deletes_on)')} AS deletes_on, {_TO_SUSPEND} AS to_suspend "
        "FROM customer c "
        f"WHERE c.balance_cents < 0 {scope.only}ORDER BY c.id",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """Money of a customer who has gone, in cents."""

    customer: str
    cents: int


def left_over(scope: Scope) -> list[LeftOver]:
    """Closed customers whose balance is above 0: a credit note came after their end."""
    return scope.read(
        LeftOver,
        "SELECT c.slug AS customer, c.balance_cents AS cents FROM customer c "
        f"WHERE c.state <> 'open' AND c.balance_cents > 0 {scope.only}ORDER BY c.id",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingOrder:
    """An order that is not paid yet; its total in cents."""

    customer: str
    number: int
    kind: str
    total_cents: int
    valid_until_on: str


def waiting_orders(scope: Scope) -> list[WaitingOrder]:
    """The orders that await their payment; debts are told as debts."""
    return scope.read(
        WaitingOrder,
        "SELECT c.slug AS customer, o.number, o.kind, o.total_cents, o.valid_until_on "
        "FROM purchase_order o JOIN customer c ON c.id = o.customer_id "
        "WHERE o.status = 'not-paid' AND o.kind <> 'debt' AND o.valid_until_on IS NOT NULL "
        f"{scope.only}ORDER BY o.number",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """Payments of a kind that nobody has been asked for; cents, and the customer if it is one."""

    kind: str
    payments: int
    cents: int
    since_on: str
    customer: str | None


def unasked(scope: Scope, *, before_on: str, not_by: Collection[int]) -> list[Unasked]:
    """By kind, the pending payments whose try came before a day and was not handed over.

    Without those by the methods `not_by`, and without debits whose notice is still to be sent.
    """
    is_mailed = mail_settings.has_server(scope.reader)
    left_out = ", ".join(map(str, sorted(not_by))) or "0"
    return scope.read(
        Unasked,
        f"""
        SELECT m.kind, count(*) AS payments, CAST(sum(y.amount_cents) AS BIGINT) AS cents,
            min(coalesce(y.next_try_on, y.created_on)) AS since_on,
            CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer
        FROM payment y
        JOIN method m ON m.id = y.method_id
        JOIN customer c ON c.id = y.customer_id
        LEFT JOIN notice n ON n.id = y.notice_id
        WHERE y.status = 'pending'
            AND y.method_id NOT IN ({left_out})
            AND NOT (:is_mailed = 1 AND m.kind = 'bank' AND NOT {is_announced("n")})
            AND y.exported_on IS NULL
            AND coalesce(y.next_try_on, y.created_on) < :before
            AND (m.expires_on IS NULL OR m.expires_on >= substr(:today, 1, 7))
            {scope.only}
        GROUP BY m.kind
        ORDER BY m.kind
        """,
        {"before": before_on, "is_mailed": int(is_mailed)},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A payment that was handed over and has no answer; cents."""

    customer: str
    id: int
    cents: int
    exported_on: str


def unanswered(scope: Scope, *, before_on: str) -> list[Unanswered]:
    """The payments that were handed over before a day."""
    return scope.read(
        Unanswered,
        "SELECT c.slug AS customer, y.id, y.amount_cents AS cents, y.exported_on FROM payment y "
        "JOIN customer c ON c.id = y.customer_id WHERE y.status = 'pending' "
        f"AND y.exported_on < :before {scope.only}ORDER BY y.id",
        {"before": before_on},
    )
