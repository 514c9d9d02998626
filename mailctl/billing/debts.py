"""Debts: a purchase order for whoever is below 0, opened once and ended with it (SPEC 9).

All of it concerns the customers in the temporary table `settling`.
"""

from __future__ import annotations

from mailctl.store.connection import Transaction
from mailctl.store.sql import DEBT_DUE_ON, PENDING_CENTS


def open_debts(transaction: Transaction) -> int:
    """Keep the debt orders true: one for each customer below 0, for what is missing now.

    How many began; their customers are told (SPEC 9).
    """
    transaction.execute(
        "UPDATE purchase_order SET net_cents = -c.balance_cents, total_cents = -c.balance_cents "
        "FROM settling s JOIN customer c ON c.id = s.customer_id "
        "WHERE purchase_order.customer_id = c.id AND purchase_order.kind = 'debt' "
        "AND purchase_order.status = 'not-paid' AND c.balance_cents < 0"
    )
    debtors = transaction.execute(
        f"SELECT c.id, c.slug, -c.balance_cents, {DEBT_DUE_ON.format('c.id')}, "
        f"{PENDING_CENTS.format('c.id')} "
        "FROM settling s JOIN customer c ON c.id = s.customer_id "
        "WHERE c.balance_cents < 0 AND NOT EXISTS (SELECT 1 FROM purchase_order p "
        "WHERE p.customer_id = c.id AND p.kind = 'debt' AND p.status = 'not-paid') ORDER BY c.id"
    ).fetchall()
    today = transaction.today.isoformat()
    number = transaction.number("SELECT max(number) FROM purchase_order")
    transaction.connection.executemany(
        "INSERT INTO purchase_order (number, customer_id, kind, status, ordered_on, net_cents, "
        "tax_cents, total_cents) VALUES (?, ?, 'debt', 'not-paid', ?, ?, 0, ?)",
        [
            (number + n, customer_id, today, missing, missing)
            for n, (customer_id, _, missing, _, _) in enumerate(debtors, start=1)
        ],
    )
    transaction.connection.executemany(
        "INSERT INTO notice (customer_id, kind, queued_on, order_number, amount_cents, due_on) "
        "VALUES (?, 'debt-opened', ?, ?, ?, ?)",
        [
            (customer_id, today, number + n, missing, due_on)
            for n, (customer_id, _, missing, due_on, pending) in enumerate(debtors, start=1)
            # What is being collected needs nobody to do anything.
            if pending < missing
        ],
    )
    for n, (_, slug, missing, due_on, _) in enumerate(debtors, start=1):
        transaction.record(
            "debt-opened",
            f"customer/{slug}",
            {"order": number + n, "debt_cents": missing, "due_on": due_on},
        )
    return len(debtors)


def end_debts(transaction: Transaction, *, paid_order: int | None = None) -> None:
    """End the debt orders of customers who owe nothing any more, and tell them.

    `delivered` if the money named the order (`paid_order`), `cancelled` if other money came.
    """
    today = transaction.today.isoformat()
    ended = transaction.execute(
        "SELECT p.number, c.id, c.slug FROM settling s JOIN customer c ON c.id = s.customer_id "
        "JOIN purchase_order p ON p.customer_id = c.id AND p.kind = 'debt' "
        "AND p.status = 'not-paid' WHERE c.balance_cents >= 0 ORDER BY p.number"
    ).fetchall()
    for number, customer_id, slug in ended:
        status = "delivered" if number == paid_order else "cancelled"
        transaction.execute(
            "UPDATE purchase_order SET status = :status, ended_on = :today, "
            "paid_on = CASE WHEN :status = 'delivered' THEN :today END WHERE number = :number",
            {"status": status, "today": today, "number": number},
        )
        transaction.execute(
            "INSERT INTO notice (customer_id, kind, queued_on, order_number) "
            "VALUES (:customer_id, 'debt-settled', :today, :number)",
            {"customer_id": customer_id, "today": today, "number": number},
        )
        transaction.record("debt-settled", f"customer/{slug}", {"order": number, "status": status})
