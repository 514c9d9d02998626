"""Bank accounts to collect money from, as a direct debit needs them (rules 10)."""

from __future__ import annotations

from mailctl.store.payment_files import shared_with
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class BankAccount(Value):
    """A bank account that is the default method or has a payment to be asked for.

    `shared_with` is the customer who had its mandate's reference before; `waiting_cents` is what
    waits to be collected from it.
    """

    customer: str
    method_id: int
    label: str
    details: dict[str, str | None]
    city: str | None
    shared_with: str | None
    waiting_cents: int


def bank_accounts(scope: Scope) -> list[BankAccount]:
    """The bank accounts that a file of direct debits would name, now or next time."""
    return scope.facts(
        BankAccount,
        f"""
        WITH waiting AS (
            SELECT y.method_id, sum(y.amount_cents) AS cents
            FROM payment y
            WHERE y.status = 'pending' AND y.exported_on IS NULL
            GROUP BY y.method_id
        )
        SELECT c.slug AS customer, m.id AS method_id, m.label, m.details, c.city,
            {shared_with("m")} AS shared_with, CAST(coalesce(w.cents, 0) AS BIGINT) AS waiting_cents
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        LEFT JOIN waiting w ON w.method_id = m.id
        WHERE m.kind = 'bank'
            AND m.removed_on IS NULL
            AND c.state = 'open'
            AND (m.is_default = 1 OR w.cents IS NOT NULL)
            {scope.only}
        ORDER BY m.id
        """,
    )
