"""Customers whose rows of the day would break the books: left alone whole, and named (SPEC 11)."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.store.engine.transaction import Transaction


def find(transaction: Transaction, known: Mapping[int, str]) -> dict[str, str]:
    """Fill `set_aside` with the customers that today's steps must not touch; slugs and reasons.

    `known` are those for whom the day, lived once already, broke the books. Looked at are those
    who have anything due: the balance must be the ledger's, and each account's next term must
    begin where its last billed one ends.
    """
    facts = {"today": transaction.today.isoformat()}
    transaction.connection.executemany(
        "INSERT INTO set_aside (customer_id, reason) VALUES (?, ?)", list(known.items())
    )
    transaction.execute(
        "INSERT INTO set_aside (customer_id, reason) "
        "SELECT c.id, 'the balance is not that of the ledger' FROM customer c WHERE c.id IN ("
        "SELECT p.customer_id FROM account a CROSS JOIN platform p "
        "WHERE p.id = a.platform_id AND a.next_on <= :today) AND c.balance_cents <> "
        "coalesce((SELECT l.after_cents "
        "FROM ledger l WHERE l.customer_id = c.id ORDER BY l.seq DESC LIMIT 1), 0) "
        "ON CONFLICT (customer_id) DO NOTHING",
        facts,
    )
    transaction.execute(
        "INSERT INTO set_aside (customer_id, reason) "
        "SELECT p.customer_id, 'account ' || min(a.id) || ' was billed for another term than the "
        "one before its expiry' FROM account a CROSS JOIN platform p "
        "WHERE p.id = a.platform_id AND a.next_on <= :today AND a.state = 'active' "
        "AND coalesce((SELECT l.period_end_on "
        "FROM invoice_line l WHERE l.account_id = a.id ORDER BY l.period_start_on DESC LIMIT 1), "
        "a.expires_on) <> a.expires_on "
        "GROUP BY p.customer_id ON CONFLICT (customer_id) DO NOTHING",
        facts,
    )
    return {
        str(slug): str(reason)
        for slug, reason in transaction.execute(
            "SELECT c.slug, s.reason FROM set_aside s JOIN customer c ON c.id = s.customer_id "
            "ORDER BY c.id"
        )
    }
