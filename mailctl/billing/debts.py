"""Debts: a purchase order for each customer below 0, opened once and ended with it (rules 9)."""

from __future__ import annotations

from datetime import date

from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import OrderStatus
from mailctl.store import notices
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import (
    debt_due_on,
    has_notified,
    is_uncovered,
    last_day_to_pay,
    pay_by,
    pending_cents,
)
from mailctl.store.temp_tables import CustomerSet
from mailctl.values import Value


class _Debtor(Value):
    customer_id: int
    slug: str
    missing_cents: int
    due_on: date | None


def open_debts(transaction: Transaction, customers: CustomerSet) -> int:
    """Update the debt orders: one for each customer below 0, for what is missing now.

    How many began. A customer who is short of what is not being collected is notified once
    (rules 9).
    """
    # IN: a join would go through the open debts of all customers.
    transaction.execute(
        f"""
        UPDATE purchase_order
        SET net_cents = -c.balance_cents, total_cents = -c.balance_cents
        FROM customer c
        WHERE c.id = purchase_order.customer_id
            AND purchase_order.customer_id IN (SELECT customer_id FROM {customers})
            AND purchase_order.kind = 'debt'
            AND purchase_order.status = 'not-paid'
            AND c.balance_cents < 0
        """
    )
    debtors = _new_debtors(transaction, customers)
    numbers = transaction.next_keys("purchase_order", len(debtors))
    transaction.execute_many(
        """
        INSERT INTO purchase_order (
            number, customer_id, kind, status, ordered_on, net_cents, tax_cents, total_cents
        )
        VALUES (:number, :customer, 'debt', 'not-paid', :today, :missing, 0, :missing)
        """,
        [
            {"number": number, "customer": debtor.customer_id, "missing": debtor.missing_cents}
            for number, debtor in zip(numbers, debtors, strict=True)
        ],
    )
    _notify(transaction, customers, _IS_NEW)
    for number, debtor in zip(numbers, debtors, strict=True):
        transaction.record(
            "debt-opened",
            f"customer/{debtor.slug}",
            {
                "order": number,
                "debt_cents": debtor.missing_cents,
                "due_on": debtor.due_on and debtor.due_on.isoformat(),
            },
        )
    return len(debtors)


def _new_debtors(transaction: Transaction, customers: CustomerSet) -> list[_Debtor]:
    """The customers below 0 who have no debt order yet."""
    return transaction.facts(
        _Debtor,
        f"""
        SELECT
            c.id AS customer_id, c.slug, -c.balance_cents AS missing_cents,
            {debt_due_on("c.id")} AS due_on
        FROM {customers} s
            CROSS JOIN customer c
        WHERE c.id = s.customer_id
            AND c.balance_cents < 0
            AND NOT EXISTS (
                SELECT 1
                FROM purchase_order p
                WHERE p.customer_id = c.id AND p.kind = 'debt' AND p.status = 'not-paid'
            )
        ORDER BY c.id
        """,
    )


def payable(transaction: Transaction, customers: CustomerSet) -> frozenset[int]:
    """The keys of these customers' open invoices that nothing covers, as they were last settled."""
    return frozenset(
        transaction.numbers(
            f"""
            SELECT o.invoice_id
            FROM {customers} s
                CROSS JOIN invoice_open o
            WHERE o.customer_id = s.customer_id AND {is_uncovered("o")}
            """
        )
    )


def announce_new_dates(
    transaction: Transaction, customers: CustomerSet, invoices: frozenset[int]
) -> None:
    """Notify a debtor by when to pay invoices that were paid, or being collected, until now.

    Money that was taken back opens them again, and a payment that failed no longer covers them:
    nobody is suspended for an invoice whose last day was not announced (rules 9). One letter asks
    for all that is missing, by the first day.
    """
    if invoices:
        keys = ", ".join(map(str, invoices))
        _notify(transaction, customers, _HAS_NEW_DATE.replace(":invoices", keys))


# No notice has announced the order of a debtor.
_IS_NEW = f"""
    NOT EXISTS (
        SELECT 1
        FROM notice n
        WHERE n.customer_id = d.customer_id
            AND n.kind = 'debt-opened'
            AND n.order_number = d.number
            AND {has_notified("n")}
    )
"""
# No notice has announced by when a debtor is to pay one of these invoices. An unsent letter gets
# its amounts when it is sent.
_HAS_NEW_DATE = f"""
    EXISTS (
        SELECT 1
        FROM customer c
            CROSS JOIN invoice_open o
            CROSS JOIN invoice i
        WHERE c.id = d.customer_id
            AND o.customer_id = c.id
            AND i.id = o.invoice_id
            AND o.invoice_id IN (:invoices)
            AND NOT EXISTS (
                SELECT 1
                FROM notice n
                WHERE n.customer_id = o.customer_id
                    AND {has_notified("n")}
                    AND n.due_on IN (o.due_on, {last_day_to_pay("o", "c")})
                    AND (
                        n.kind IN ('debt-opened', 'debt-reminder')
                        OR n.kind = 'invoice-issued' AND n.invoice_id = i.id
                        OR n.kind = 'order-confirmed' AND n.order_number = i.order_number
                    )
            )
    )
    AND NOT EXISTS (
        SELECT 1
        FROM notice n
        WHERE n.customer_id = d.customer_id
            AND n.kind = 'debt-opened'
            AND n.queued_on = :today
            AND n.sent_at IS NULL
            AND n.due_on = d.pay_by_on
    )
"""


def _notify(transaction: Transaction, customers: CustomerSet, which: str) -> None:
    """Queue `debt-opened` to debtors, unless all that is missing is being collected."""
    transaction.execute(
        f"""
        INSERT INTO notice (id, customer_id, kind, queued_on, order_number, amount_cents, due_on)
        WITH debtor AS (
            SELECT
                c.id AS customer_id, p.number, -c.balance_cents AS missing_cents,
                {pending_cents("c.id")} AS pending_cents, {pay_by("c")} AS pay_by_on
            FROM {customers} s
                CROSS JOIN customer c
                CROSS JOIN purchase_order p
            WHERE c.id = s.customer_id
                AND p.customer_id = c.id
                AND p.kind = 'debt'
                AND p.status = 'not-paid'
                AND c.balance_cents < 0
        )
        SELECT
            :last + row_number() OVER (ORDER BY d.customer_id), d.customer_id, 'debt-opened',
            :today, d.number, d.missing_cents, d.pay_by_on
        FROM debtor d
        WHERE d.pending_cents < d.missing_cents AND {which}
        ORDER BY d.customer_id
        """,
        {"last": transaction.last_key("notice")},
    )


class _Debt(Value):
    number: int
    customer_id: int
    slug: str


def end_debts(
    transaction: Transaction, customers: CustomerSet, *, paid_orders: frozenset[int] = frozenset()
) -> None:
    """End the debt orders of customers who owe nothing any more, and notify them.

    `delivered` if the money named the order (`paid_orders`), `cancelled` if other money came.
    """
    for debt in transaction.facts(
        _Debt,
        f"""
        SELECT p.number, c.id AS customer_id, c.slug
        FROM {customers} s
            CROSS JOIN customer c
            CROSS JOIN purchase_order p
        WHERE c.id = s.customer_id
            AND p.customer_id = c.id
            AND p.kind = 'debt'
            AND p.status = 'not-paid'
            AND c.balance_cents >= 0
        ORDER BY p.number
        """,
    ):
        is_paid = debt.number in paid_orders
        status = OrderStatus.DELIVERED if is_paid else OrderStatus.CANCELLED
        transaction.execute(
            """
            UPDATE purchase_order
            SET status = :status, ended_on = :today, paid_on = :paid_on
            WHERE number = :number
            """,
            {
                "status": status,
                "paid_on": transaction.today if is_paid else None,
                "number": debt.number,
            },
        )
        notices.queue(
            transaction, debt.customer_id, NoticeKind.DEBT_SETTLED, order_number=debt.number
        )
        transaction.record(
            "debt-settled", f"customer/{debt.slug}", {"order": debt.number, "status": status}
        )
