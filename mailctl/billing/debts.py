"""Debts: a purchase order for whoever is below 0, opened once and ended with it (SPEC 9).

All of it concerns the customers in the temporary table `settling`.
"""

from __future__ import annotations

from mailctl.store.connection import Transaction
from mailctl.store.sql import DEBT_DUE_ON, PENDING_CENTS


def open_debts(transaction: Transaction) -> int:
    """Keep the debt orders true: one for each customer below 0, for what is missing now.

    How many began; whoever is short of what is not being collected is told once (SPEC 9).
    """
    transaction.execute(
        "UPDATE purchase_order SET net_cents = -c.balance_cents, total_cents = -c.balance_cents "
        "FROM settling s JOIN customer c ON c.id = s.customer_id "
        "WHERE purchase_order.customer_id = c.id AND purchase_order.kind = 'debt' "
        "AND purchase_order.status = 'not-paid' AND c.balance_cents < 0"
    )
    debtors = transaction.execute(
        f"SELECT c.id, c.slug, -c.balance_cents, {DEBT_DUE_ON.format('c.id')} "
        "FROM settling s CROSS JOIN customer c WHERE c.id = s.customer_id "
        "AND c.balance_cents < 0 AND NOT EXISTS (SELECT 1 FROM purchase_order p "
        "WHERE p.customer_id = c.id AND p.kind = 'debt' AND p.status = 'not-paid') ORDER BY c.id"
    ).fetchall()
    today = transaction.today.isoformat()
    number = transaction.number("SELECT max(number) FROM purchase_order")
    transaction.connection.executemany(
        "INSERT INTO purchase_order (number, customer_id, kind, status, ordered_on, net_cents, "
        "tax_cents, total_cents) VALUES (?, ?, 'debt', 'not-paid', ?, ?, 0, ?)",
        [
            (number + n, customer_id, today, missing, missing)
            for n, (customer_id, _, missing, _) in enumerate(debtors, start=1)
        ],
    )
    _tell(
        transaction,
        "",
        DEBT_DUE_ON.format("q.customer_id"),
        "NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer_id = q.customer_id "
        "AND n.kind = 'debt-opened' AND n.order_number = q.number)",
    )
    for n, (_, slug, missing, due_on) in enumerate(debtors, start=1):
        transaction.record(
            "debt-opened",
            f"customer/{slug}",
            {"order": number + n, "debt_cents": missing, "due_on": due_on},
        )
    return len(debtors)


def tell_new_dates(transaction: Transaction) -> None:
    """Tell debtors by when to pay what was paid, or was being collected, until now.

    Money that was taken back opens invoices again, and a payment that failed no longer covers them:
    nobody is suspended for an invoice whose due date was not told (SPEC 9).
    """
    _tell(
        transaction,
        f"JOIN (SELECT DISTINCT o.customer_id, o.due_on {_UNTOLD}) u "
        "ON u.customer_id = q.customer_id",
        "u.due_on",
        "1 = 1",
    )


# The invoices of debtors that nothing covers, and whose due date no notice has told.
_UNTOLD = (
    "FROM settling s CROSS JOIN invoice_open o CROSS JOIN invoice i "
    "WHERE o.customer_id = s.customer_id AND i.id = o.invoice_id "
    "AND o.open_cents > 0 AND o.is_covered = 0 "
    "AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer_id = o.customer_id "
    "AND n.due_on = o.due_on AND (n.kind IN ('debt-opened', 'debt-reminder') "
    "OR n.kind = 'invoice-issued' AND n.invoice_id = i.id "
    "OR n.kind = 'order-confirmed' AND n.order_number = i.order_number))"
)


def _tell(transaction: Transaction, joined: str, due_on: str, where: str) -> None:
    """Queue `debt-opened` to debtors; what is being collected needs nobody to do anything."""
    transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on, order_number, amount_cents, due_on) "
        f"SELECT q.customer_id, 'debt-opened', :today, q.number, q.missing, {due_on} FROM ("
        "SELECT c.id AS customer_id, p.number, -c.balance_cents AS missing, "
        f"{PENDING_CENTS.format('c.id')} AS pending "
        "FROM settling s CROSS JOIN customer c CROSS JOIN purchase_order p "
        "WHERE c.id = s.customer_id AND p.customer_id = c.id AND p.kind = 'debt' "
        f"AND p.status = 'not-paid' AND c.balance_cents < 0) q {joined} "
        f"WHERE q.pending < q.missing AND {where} ORDER BY q.customer_id",
        {"today": transaction.today.isoformat()},
    )


def end_debts(transaction: Transaction, *, paid_order: int | None = None) -> None:
    """End the debt orders of customers who owe nothing any more, and tell them.

    `delivered` if the money named the order (`paid_order`), `cancelled` if other money came.
    """
    today = transaction.today.isoformat()
    ended = transaction.execute(
        "SELECT p.number, c.id, c.slug FROM settling s CROSS JOIN customer c "
        "CROSS JOIN purchase_order p WHERE c.id = s.customer_id AND p.customer_id = c.id "
        "AND p.kind = 'debt' AND p.status = 'not-paid' AND c.balance_cents >= 0 ORDER BY p.number"
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
