"""Collecting: a shortfall becomes a payment through the customer's default method (rules 10)."""

from __future__ import annotations

from mailctl.store import payments
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import (
    can_be_charged,
    is_default_of,
    is_unasked,
    pending_cents,
)
from mailctl.store.temp_tables import CustomerSet
from mailctl.values import Value

_SHORTFALL = "CASE WHEN balance_cents < 0 THEN -balance_cents ELSE 0 END"


class _Shortfall(Value):
    customer_id: int
    slug: str
    method_id: int
    missing_cents: int


def collect(transaction: Transaction, customers: CustomerSet) -> int:
    """Make a payment of the part of each shortfall that no payment covers; how many.

    A card past its month is never charged; what failed for good waits until a method is added or
    chosen.
    """
    transaction.execute(
        f"""
        UPDATE customer
        SET uncollected_cents = {_SHORTFALL}
        WHERE uncollected_cents > {_SHORTFALL} AND id IN (SELECT customer_id FROM {customers})
        """
    )
    shortfalls = _shortfalls(transaction, customers)
    payment_ids = transaction.next_keys("payment", len(shortfalls))
    for payment_id, shortfall in zip(payment_ids, shortfalls, strict=True):
        transaction.execute(
            """
            INSERT INTO payment (id, customer_id, method_id, amount_cents, status, created_on)
            VALUES (:id, :customer, :method, :amount, 'pending', :today)
            """,
            {
                "id": payment_id,
                "customer": shortfall.customer_id,
                "method": shortfall.method_id,
                "amount": shortfall.missing_cents,
            },
        )
        transaction.record(
            "payment-created",
            f"customer/{shortfall.slug}",
            {
                "payment": payment_id,
                "method": shortfall.method_id,
                "cents": shortfall.missing_cents,
            },
        )
    return len(shortfalls)


def _shortfalls(transaction: Transaction, customers: CustomerSet) -> list[_Shortfall]:
    """What no payment covers yet, and can be collected today."""
    return transaction.facts(
        _Shortfall,
        f"""
        WITH collectible AS (
            SELECT
                c.id AS customer_id, c.slug, m.id AS method_id,
                -c.balance_cents - c.uncollected_cents - {pending_cents("c.id")} AS missing_cents
            FROM {customers} s
                CROSS JOIN customer c
                CROSS JOIN method m
            WHERE c.id = s.customer_id
                AND c.balance_cents < 0
                AND {is_default_of("m", "c.id")}
                AND {can_be_charged("m", ":today")}
        )
        SELECT customer_id, slug, method_id, missing_cents
        FROM collectible
        WHERE missing_cents > 0
        ORDER BY customer_id
        """,
    )


class _Needless(Value):
    payment_id: int
    slug: str


def cancel_needless(transaction: Transaction, customers: CustomerSet) -> None:
    """Cancel payments that nobody has been asked for yet where nothing is missing any more."""
    for needless in transaction.facts(
        _Needless,
        f"""
        SELECT p.id AS payment_id, c.slug
        FROM {customers} s
            CROSS JOIN customer c
            CROSS JOIN payment p
        WHERE c.id = s.customer_id
            AND p.customer_id = c.id
            AND {is_unasked("p")}
            AND c.balance_cents >= 0
        ORDER BY p.id
        """,
    ):
        cancel(transaction, needless.payment_id, needless.slug)


def cancel(transaction: Transaction, payment_id: int, slug: str) -> None:
    """Cancel a payment that nobody has been asked for yet."""
    payments.cancel(transaction, payment_id)
    transaction.record("payment-cancelled", f"customer/{slug}", {"payment": payment_id})
