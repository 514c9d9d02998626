"""Whose balance is below 0, by how much, and since when something of it is overdue."""

from __future__ import annotations

from mailctl.store.engine.dialect import DEBT_DUE_ON, OVERDUE, PENDING_CENTS
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader

_DEBTORS = (
    "SELECT c.slug AS customer, c.name, -c.balance_cents AS debt_cents, "
    f"{PENDING_CENTS.format('c.id')} AS pending_cents, c.debt_since_on AS since_on, "
    f"{DEBT_DUE_ON.format('c.id')} AS due_on, (SELECT min(o.due_on) FROM invoice_open o "
    f"WHERE o.customer_id = c.id AND {OVERDUE.format('c')}) AS overdue_from_on, "
    "c.grace_until_on, (SELECT count(*) FROM platform p JOIN account a ON a.platform_id = p.id "
    "WHERE p.customer_id = c.id AND a.state = 'suspended' AND a.suspended_for = 'debt') "
    "AS accounts_suspended FROM customer c WHERE c.balance_cents < 0"
)


def debtors(reader: Reader) -> list[Row]:
    """Every customer with a balance below 0, the longest overdue first, then the largest debt.

    `overdue_from_on` is the due date of the oldest invoice that is overdue (SPEC 9); None where
    nothing is.
    """
    cursor = reader.execute(
        f"SELECT * FROM ({_DEBTORS}) d ORDER BY CASE WHEN d.overdue_from_on IS NULL THEN 1 "
        "ELSE 0 END, d.overdue_from_on, d.debt_cents DESC, d.customer",
        {"today": reader.today.isoformat()},
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
