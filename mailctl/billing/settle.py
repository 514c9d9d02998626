"""Settlement: which invoices the money so far has paid, who has a debt, who is rescued (SPEC 9).

All of it concerns the customers in the temporary table `settling`, whose balances are up to date.
"""

from __future__ import annotations

from mailctl.store import sets
from mailctl.store.connection import Transaction
from mailctl.store.sql import DEBT_DUE_ON


def money_came(transaction: Transaction, customer_id: int, *, paid_order: int | None = None) -> int:
    """Let a customer's new balance take effect at once; how many accounts work again.

    `paid_order` is the order that the money named.
    """
    sets.prepare(transaction)
    sets.empty(transaction, "settling")
    transaction.execute("INSERT INTO settling (customer_id) VALUES (:id)", {"id": customer_id})
    settle(transaction)
    open_debts(transaction)
    end_debts(transaction, paid_order=paid_order)
    return lift_suspensions(transaction)


def settle(transaction: Transaction) -> None:
    """Let the customers' money pay their open invoices, the oldest first.

    What is missing is what the balance lacks to 0. Money pays the oldest first, so the missing sum
    lies on the newest invoices: each is open for what the still newer ones leave of it.
    """
    transaction.execute(
        "UPDATE invoice_open SET open_cents = s.open_cents, "
        "paid_on = CASE WHEN s.open_cents = 0 THEN :today END FROM ("
        "SELECT q.invoice_id, CASE WHEN q.missing <= q.newer THEN 0 "
        "WHEN q.missing - q.newer < q.counted THEN q.missing - q.newer ELSE q.counted END "
        "AS open_cents FROM ("
        "SELECT o.invoice_id, i.total_cents - o.credited_cents AS counted, "
        "CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END AS missing, "
        "CAST(sum(i.total_cents - o.credited_cents) OVER (PARTITION BY o.customer_id "
        "ORDER BY o.invoice_id DESC) AS BIGINT) - (i.total_cents - o.credited_cents) AS newer "
        "FROM settling x JOIN invoice_open o ON o.customer_id = x.customer_id "
        "AND o.open_cents > 0 JOIN invoice i ON i.id = o.invoice_id "
        "JOIN customer c ON c.id = o.customer_id) q) s "
        "WHERE s.invoice_id = invoice_open.invoice_id "
        "AND s.open_cents <> invoice_open.open_cents",
        {"today": transaction.today.isoformat()},
    )


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
        f"SELECT c.id, c.slug, -c.balance_cents, {DEBT_DUE_ON.format('c.id')} "
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
            for n, (customer_id, _, missing, _) in enumerate(debtors, start=1)
        ],
    )
    transaction.connection.executemany(
        "INSERT INTO notice (customer_id, kind, queued_on, order_number, amount_cents, due_on) "
        "VALUES (?, 'debt-opened', ?, ?, ?, ?)",
        [
            (customer_id, today, number + n, missing, due_on)
            for n, (customer_id, _, missing, due_on) in enumerate(debtors, start=1)
        ],
    )
    for n, (_, slug, missing, due_on) in enumerate(debtors, start=1):
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


OVERDUE = (
    "SELECT 1 FROM invoice_line l JOIN invoice_open o ON o.invoice_id = l.invoice_id "
    "JOIN customer oc ON oc.id = o.customer_id "
    "WHERE l.account_id = {account} AND o.open_cents > 0 AND o.due_on < :today "
    "AND (oc.grace_until_on IS NULL OR oc.grace_until_on < :today)"
)
"""Whether an overdue invoice has a line of an account; {account} is its id."""


def lift_suspensions(transaction: Transaction) -> int:
    """Reopen accounts suspended for debt that no overdue invoice holds any more; how many.

    A suspension for expiry is never lifted by money (SPEC 9).
    """
    sets.empty(transaction, "chosen", "told")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT a.id, p.customer_id, a.address FROM settling s "
        "JOIN platform p ON p.customer_id = s.customer_id "
        "JOIN account a ON a.platform_id = p.id AND a.state = 'suspended' "
        f"WHERE a.suspended_for = 'debt' AND NOT EXISTS ({OVERDUE.format(account='a.id')})",
        {"today": transaction.today.isoformat()},
    )
    count = sets.chosen(transaction)
    if count:
        sets.reopen(transaction)
    return count
