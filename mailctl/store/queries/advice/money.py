"""Debts, waiting orders, payments not asked for or not answered, and money left over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mailctl.domain.payments import MethodKind
from mailctl.store import mail_settings
from mailctl.store.expressions import (
    among,
    can_be_charged,
    is_announced,
    is_credited,
    is_overdue,
    is_unasked,
    is_uncovered,
    last_day_to_pay,
    numbered,
    pending_cents,
)
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


def has_overdue_invoice(customer: str) -> str:
    """Whether a customer has an overdue invoice: nothing can be ordered then (rules 7)."""
    return f"""
        EXISTS (
            SELECT 1
            FROM invoice_open o
            WHERE o.customer_id = {customer}.id AND {is_overdue("o", customer)}
        )
    """


class CustomerDebt(Value):
    """A customer below 0; money in cents.

    `due_on` is the earliest of the open invoices that no pending payment covers, `last_on` the last
    day to pay it, a grace included; `failed_cents` is what could not be collected. `deletes_on` is
    the first day on which an account that is suspended for the debt is deleted; `to_suspend`:
    an active account is left that what is open would suspend.
    """

    customer: str
    is_open: bool
    missing_cents: int
    pending_cents: int
    failed_cents: int
    due_on: date | None
    last_on: date | None
    is_overdue: bool
    suspended: int
    deletes_on: date | None
    to_suspend: bool


def debts(scope: Scope) -> list[CustomerDebt]:
    """Every customer whose balance is below 0."""
    return scope.facts(
        CustomerDebt,
        f"""
        SELECT c.slug AS customer,
            CASE c.state WHEN 'open' THEN 1 ELSE 0 END AS is_open,
            -c.balance_cents AS missing_cents, {pending_cents("c.id")} AS pending_cents,
            c.uncollected_cents AS failed_cents,
            (
                SELECT min(o.due_on)
                FROM invoice_open o
                WHERE o.customer_id = c.id AND {is_uncovered("o")}
            ) AS due_on,
            (
                SELECT min({last_day_to_pay("o", "c")})
                FROM invoice_open o
                WHERE o.customer_id = c.id AND {is_uncovered("o")}
            ) AS last_on,
            {has_overdue_invoice("c")} AS is_overdue,
            (
                SELECT count(*)
                FROM account a
                JOIN platform p ON p.id = a.platform_id
                WHERE p.customer_id = c.id AND a.state = 'suspended' AND a.suspended_for = 'debt'
            ) AS suspended,
            (
                SELECT min(a.deletes_on)
                FROM account a
                JOIN platform p ON p.id = a.platform_id
                WHERE p.customer_id = c.id AND a.state = 'suspended' AND a.suspended_for = 'debt'
            ) AS deletes_on,
            EXISTS (
                SELECT 1
                FROM invoice_open o
                JOIN invoice_line l ON l.invoice_id = o.invoice_id
                JOIN account a ON a.id = l.account_id
                WHERE o.customer_id = c.id
                    AND o.open_cents > 0
                    AND o.is_covered = 0
                    AND a.state = 'active'
                    AND NOT {is_credited("l")}
            ) AS to_suspend
        FROM customer c
        WHERE c.balance_cents < 0 {scope.only}
        ORDER BY c.id
        """,
    )


class LeftOver(Value):
    """Money of a customer who has gone, in cents."""

    customer: str
    cents: int


def left_over(scope: Scope) -> list[LeftOver]:
    """Closed customers whose balance is above 0: a credit note came after their end."""
    return scope.facts(
        LeftOver,
        f"""
        SELECT c.slug AS customer, c.balance_cents AS cents
        FROM customer c
        WHERE c.state <> 'open' AND c.balance_cents > 0 {scope.only}
        ORDER BY c.id
        """,
    )


class WaitingOrder(Value):
    """An order that is not paid yet; its total in cents."""

    customer: str
    number: int
    total_cents: int
    valid_until_on: date


def waiting_orders(scope: Scope) -> list[WaitingOrder]:
    """The orders that await their payment; debts have findings of their own."""
    return scope.facts(
        WaitingOrder,
        f"""
        SELECT c.slug AS customer, o.number, o.total_cents, o.valid_until_on
        FROM purchase_order o
        JOIN customer c ON c.id = o.customer_id
        WHERE o.status = 'not-paid'
            AND o.kind <> 'debt'
            AND o.valid_until_on IS NOT NULL
            {scope.only}
        ORDER BY o.number
        """,
    )


class UnaskedPayments(Value):
    """Payments of a kind that nobody has been asked for; cents, and the customer if it is one."""

    kind: MethodKind
    payments: int
    cents: int
    since_on: date
    customer: str | None


def unasked(scope: Scope, *, before_on: date, not_by: Collection[int]) -> list[UnaskedPayments]:
    """By kind, the pending payments whose try came before a day and was not handed over.

    Without those by the methods `not_by`, and without debits whose notice is still to be sent.
    """
    # Some databases know no empty list; no method has the key 0.
    left_out = (0, *sorted(not_by))
    return scope.facts(
        UnaskedPayments,
        f"""
        SELECT m.kind, count(*) AS payments, CAST(sum(y.amount_cents) AS BIGINT) AS cents,
            min(coalesce(y.next_try_on, y.created_on)) AS since_on,
            CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer
        FROM payment y
        JOIN method m ON m.id = y.method_id
        JOIN customer c ON c.id = y.customer_id
        LEFT JOIN notice n ON n.id = y.notice_id
        WHERE {is_unasked("y")}
            AND y.method_id NOT IN {among("left_out", left_out)}
            AND NOT (:is_mailed = 1 AND m.kind = 'bank' AND NOT {is_announced("n")})
            AND coalesce(y.next_try_on, y.created_on) < :before
            AND {can_be_charged("m", ":today")}
            {scope.only}
        GROUP BY m.kind
        ORDER BY m.kind
        """,
        {
            "before": before_on,
            "is_mailed": int(mail_settings.has_server(scope.reader)),
            **numbered("left_out", left_out),
        },
    )


class UnansweredPayment(Value):
    """A payment that was handed over and has no answer; cents."""

    customer: str
    id: int
    kind: MethodKind
    cents: int
    exported_on: date


def unanswered(scope: Scope, *, before_on: date) -> list[UnansweredPayment]:
    """The payments that were handed over before a day."""
    return scope.facts(
        UnansweredPayment,
        f"""
        SELECT c.slug AS customer, y.id, m.kind, y.amount_cents AS cents, y.exported_on
        FROM payment y
        JOIN method m ON m.id = y.method_id
        JOIN customer c ON c.id = y.customer_id
        WHERE y.status = 'pending' AND y.exported_on < :before {scope.only}
        ORDER BY y.id
        """,
        {"before": before_on},
    )
