"""Debts: a purchase order for whoever is below 0, opened once and ended with it (SPEC 9).

All of it concerns the customers in the temporary table `settling`.
"""

from __future__ import annotations

from mailctl.store.engine.dialect import DEBT_DUE_ON, LAST_DAY_TO_PAY, PAY_BY, PENDING_CENTS
from mailctl.store.engine.transaction import Transaction

# What was outdated when it was to be sent has told nobody.
_NOT_OUTDATED = "coalesce(n.ended_for, '') <> 'outdated'"


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
        "NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer_id = q.customer_id "
        "AND n.kind = 'debt-opened' AND n.order_number = q.number "
        f"AND {_NOT_OUTDATED})",
    )
    for n, (_, slug, missing, due_on) in enumerate(debtors, start=1):
        transaction.record(
            "debt-opened",
            f"customer/{slug}",
            {"order": number + n, "debt_cents": missing, "due_on": due_on},
        )
    return len(debtors)


def payable(transaction: Transaction, customer_id: int) -> frozenset[int]:
    """The keys of a customer's open invoices that nothing covers, as they were last settled."""
    rows = transaction.execute(
        "SELECT o.invoice_id FROM invoice_open o WHERE o.customer_id = :id "
        "AND o.open_cents > 0 AND o.is_covered = 0",
        {"id": customer_id},
    )
    return frozenset(int(invoice_id) for (invoice_id,) in rows)


def tell_new_dates(transaction: Transaction, invoices: frozenset[int]) -> None:
    """Tell a debtor by when to pay invoices that were paid, or were being collected, until now.

    Money that was taken back opens them again, and a payment that failed no longer covers them:
    nobody is suspended for an invoice whose last day was not told (SPEC 9). One letter asks for all
    that is missing, by the first day.
    """
    if not invoices:
        return
    _tell(
        transaction,
        f"EXISTS (SELECT 1 {_UNTOLD} AND o.invoice_id IN ({', '.join(map(str, invoices))})) "
        # A letter that waits has the amounts of its sending.
        "AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer_id = q.customer_id "
        "AND n.kind = 'debt-opened' AND n.queued_on = :today AND n.sent_at IS NULL "
        "AND n.due_on = q.pay_by_on)",
    )


# The invoices of a debtor `q` by when to pay which no notice has told.
_UNTOLD = (
    "FROM customer g CROSS JOIN invoice_open o CROSS JOIN invoice i "
    "WHERE g.id = q.customer_id AND o.customer_id = g.id AND i.id = o.invoice_id "
    "AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.customer_id = o.customer_id "
    f"AND {_NOT_OUTDATED} AND n.due_on IN (o.due_on, {LAST_DAY_TO_PAY.format('g')}) "
    "AND (n.kind IN ('debt-opened', 'debt-reminder') "
    "OR n.kind = 'invoice-issued' AND n.invoice_id = i.id "
    "OR n.kind = 'order-confirmed' AND n.order_number = i.order_number))"
)


def _tell(transaction: Transaction, where: str) -> None:
    """Queue `debt-opened` to debtors; what is being collected needs nobody to do anything."""
    transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on, order_number, amount_cents, due_on) "
        "SELECT q.customer_id, 'debt-opened', :today, q.number, q.missing, q.pay_by_on FROM ("
        "SELECT c.id AS customer_id, p.number, -c.balance_cents AS missing, "
        f"{PENDING_CENTS.format('c.id')} AS pending, {PAY_BY.format('c')} AS pay_by_on "
        "FROM settling s CROSS JOIN customer c CROSS JOIN purchase_order p "
        "WHERE c.id = s.customer_id AND p.customer_id = c.id AND p.kind = 'debt' "
        "AND p.status = 'not-paid' AND c.balance_cents < 0) q "
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
