"""Whose balance is below 0, by how much, and since when something of it is overdue."""

from __future__ import annotations

from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import debt_due_on, is_overdue, pay_by, pending_cents
from mailctl.values import Value


class Debtor(Value):
    """A customer with a balance below 0; money in cents.

    `overdue_from_on` is the due date of the oldest invoice that is overdue (rules 9); None where
    nothing is.
    """

    customer: str
    name: str
    debt_cents: int
    pending_cents: int
    since_on: date | None
    due_on: date | None
    overdue_from_on: date | None
    grace_until_on: date | None
    pay_by_on: date | None
    accounts_suspended: int


_DEBTORS = f"""
    WITH debtor AS (
        SELECT c.slug AS customer, c.name, -c.balance_cents AS debt_cents,
            {pending_cents("c.id")} AS pending_cents, c.debt_since_on AS since_on,
            {debt_due_on("c.id")} AS due_on,
            (
                SELECT min(o.due_on)
                FROM invoice_open o
                WHERE o.customer_id = c.id AND {is_overdue("o", "c")}
            ) AS overdue_from_on,
            c.grace_until_on, {pay_by("c")} AS pay_by_on,
            (
                SELECT count(*)
                FROM platform p
                JOIN account a ON a.platform_id = p.id
                WHERE p.customer_id = c.id AND a.state = 'suspended' AND a.suspended_for = 'debt'
            ) AS accounts_suspended
        FROM customer c
        WHERE c.balance_cents < 0
    )
    SELECT *
    FROM debtor
    ORDER BY CASE WHEN overdue_from_on IS NULL THEN 1 ELSE 0 END,
        overdue_from_on, debt_cents DESC, customer
"""


def debtors(reader: Reader) -> list[Debtor]:
    """Every customer with a balance below 0, the longest overdue first, then the largest debt."""
    return reader.facts(Debtor, _DEBTORS)
