"""Customers whose rows would break the books: the day skips and reports them (rules 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Broken(Value):
    """A customer whom today's steps must not touch, and why."""

    customer_id: int
    slug: str
    reason: str


# Customers who have anything due, and whose balance is not what the ledger's last row left.
_BALANCES = """
    SELECT c.id AS customer_id, c.slug, 'the balance is not that of the ledger' AS reason
    FROM customer c
    WHERE c.id IN (
            SELECT p.customer_id
            FROM account a
                CROSS JOIN platform p
            WHERE p.id = a.platform_id AND a.next_on <= :until
        )
        AND c.balance_cents <> coalesce((
            SELECT l.after_cents
            FROM ledger l
            WHERE l.customer_id = c.id
            ORDER BY l.seq DESC LIMIT 1
        ), 0)
"""
# Customers with an account whose next term would not begin where its last billed one ends.
_TERMS = """
    SELECT
        c.id AS customer_id, c.slug,
        'account ' || min(a.id) || ' was billed for another term than the one before its expiry'
            AS reason
    FROM account a
        CROSS JOIN platform p
        CROSS JOIN customer c
    WHERE p.id = a.platform_id
        AND c.id = p.customer_id
        AND a.next_on <= :until
        AND a.state = 'active'
        AND coalesce((
            SELECT l.period_end_on
            FROM invoice_line l
            WHERE l.account_id = a.id
            ORDER BY l.period_start_on DESC LIMIT 1
        ), a.expires_on) <> a.expires_on
    GROUP BY c.id, c.slug
"""


def by(reader: Reader, until: date) -> Iterator[Broken]:
    """The customers whom the steps up to a day must not touch, as far as is seen now."""
    for query in (_BALANCES, _TERMS):
        yield from reader.each(Broken, query, {"until": until})


def find(transaction: Transaction, known: Mapping[int, str]) -> list[Broken]:
    """The customers, in the order of their creation; the first reason counts.

    `known` are those for whom the day, processed once already, broke the books.
    """
    found = [
        Broken(
            customer_id=customer_id,
            slug=transaction.text("SELECT slug FROM customer WHERE id = :id", {"id": customer_id})
            or "",
            reason=reason,
        )
        for customer_id, reason in known.items()
    ]
    found += by(transaction, transaction.today)
    first = {broken.customer_id: broken for broken in reversed(found)}
    return [first[customer_id] for customer_id in sorted(first)]
