"""Collecting: a shortfall becomes a payment through the customer's default method (SPEC 10).

All of it concerns the customers in the temporary table `settling`.
"""

from __future__ import annotations

from mailctl.store import payments
from mailctl.store.engine.dialect import PENDING_CENTS
from mailctl.store.engine.transaction import Transaction

_SHORTFALL = "CASE WHEN balance_cents < 0 THEN -balance_cents ELSE 0 END"


def collect(transaction: Transaction) -> int:
    """Make a payment of the part of each shortfall that no payment covers; how many.

    A card past its month is never charged; what failed for good waits until a method is added or
    chosen.
    """
    today = transaction.today.isoformat()
    transaction.execute(
        f"UPDATE customer SET uncollected_cents = {_SHORTFALL} WHERE uncollected_cents > "
        f"{_SHORTFALL} AND id IN (SELECT customer_id FROM settling)"
    )
    found = transaction.execute(
        "SELECT q.customer_id, q.slug, q.method_id, q.missing FROM ("
        "SELECT c.id AS customer_id, c.slug, m.id AS method_id, "
        f"-c.balance_cents - c.uncollected_cents - {PENDING_CENTS.format('c.id')} AS missing "
        "FROM settling s CROSS JOIN customer c CROSS JOIN method m "
        "WHERE c.id = s.customer_id AND m.customer_id = c.id AND m.is_default = 1 "
        "AND c.balance_cents < 0 AND (m.expires_on IS NULL OR m.expires_on >= :month)) q "
        "WHERE q.missing > 0 ORDER BY q.customer_id",
        {"month": today[:7]},
    ).fetchall()
    for customer_id, slug, method_id, missing in found:
        payment_id = transaction.number(
            "INSERT INTO payment (customer_id, method_id, amount_cents, status, created_on) "
            "VALUES (:customer, :method, :amount, 'pending', :today) RETURNING id",
            {"customer": customer_id, "method": method_id, "amount": missing, "today": today},
        )
        transaction.record(
            "payment-created",
            f"customer/{slug}",
            {"payment": payment_id, "method": method_id, "cents": missing},
        )
    return len(found)


def cancel_needless(transaction: Transaction) -> None:
    """Cancel payments that nobody has been asked for yet where nothing is missing any more."""
    needless = transaction.execute(
        "SELECT p.id, c.slug FROM settling s CROSS JOIN customer c CROSS JOIN payment p "
        "WHERE c.id = s.customer_id AND p.customer_id = c.id AND p.status = 'pending' "
        "AND c.balance_cents >= 0 AND p.exported_on IS NULL ORDER BY p.id"
    ).fetchall()
    for payment_id, slug in needless:
        cancel(transaction, payment_id, slug)


def cancel(transaction: Transaction, payment_id: int, slug: str) -> None:
    """Cancel a payment that nobody has been asked for yet."""
    payments.cancel(transaction, payment_id)
    transaction.record("payment-cancelled", f"customer/{slug}", {"payment": payment_id})
