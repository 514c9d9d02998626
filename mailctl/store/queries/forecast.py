"""What a forecast reads: of the store before, of its copy day by day and at the end."""

from __future__ import annotations

from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import (
    can_be_charged,
    has_its_try_come,
    is_overdue,
    is_uncovered,
    last_day_to_pay,
    renews_unjoined,
)
from mailctl.values import Value, fields

_OVERDUE = f"""
    FROM customer c
    JOIN invoice_open o ON o.customer_id = c.id
    WHERE {is_overdue("o", "c")}
"""


def overdue_customers(reader: Reader) -> frozenset[str]:
    """The customers who have let the last day of an invoice pass (rules 9)."""
    return frozenset(reader.texts(f"SELECT DISTINCT c.slug {_OVERDUE}"))


_IS_TO_ANSWER = f"""
    (
        y.exported_on IS NOT NULL
        OR ({has_its_try_come("y")} AND {can_be_charged("m", ":today")})
    )
"""
# Something failed, is ordered and not paid, overdue, suspended, or collected at another time or for
# another amount than all that is missing, today.
_UNSETTLED = f"""
    SELECT c.id
    FROM customer c
    WHERE c.uncollected_cents > 0
    UNION
    SELECT p.customer_id
    FROM purchase_order p
    WHERE p.status = 'not-paid' AND p.kind <> 'debt'
    UNION
    SELECT o.customer_id {_OVERDUE}
    UNION
    SELECT p.customer_id
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    WHERE a.state = 'suspended' AND a.suspended_for = 'debt'
    UNION
    SELECT c.id
    FROM payment y
    JOIN method m ON m.id = y.method_id
    JOIN customer c ON c.id = y.customer_id
    WHERE y.status = 'pending'
    GROUP BY c.id, c.balance_cents
    HAVING sum(y.amount_cents) <> -c.balance_cents
        OR min(CASE WHEN {_IS_TO_ANSWER} THEN 1 ELSE 0 END) = 0
"""


def unsettled_customers(reader: Reader) -> list[int]:
    """The customers, by their keys, with whom more is going on than terms, invoices and money."""
    return reader.numbers(_UNSETTLED)


def owing_customers(reader: Reader) -> list[int]:
    """The customers, by their keys, whose balance is below 0."""
    return reader.numbers("SELECT c.id FROM customer c WHERE c.balance_cents < 0")


class _LastDay(Value):
    customer_id: int
    last_on: date


def last_days_to_pay(reader: Reader) -> dict[int, date]:
    """Until when each customer with open invoices that nothing covers is to pay the first."""
    found = reader.facts(
        _LastDay,
        f"""
        SELECT o.customer_id, min({last_day_to_pay("o", "c")}) AS last_on
        FROM invoice_open o
        JOIN customer c ON c.id = o.customer_id
        WHERE {is_uncovered("o")}
        GROUP BY o.customer_id
        """,
    )
    return {one.customer_id: one.last_on for one in found}


def anything_ends(reader: Reader, until: date, customer_id: int | None) -> bool:
    """Whether an account that does not renew by itself, anybody's or one's, ends by a day."""
    whose = """
        AND a.platform_id IN (SELECT p.id FROM platform p WHERE p.customer_id = :customer)
    """
    return reader.exists(
        f"""
        SELECT 1
        FROM account a
        WHERE a.next_on <= :until
            AND NOT (a.state = 'active' AND {renews_unjoined("a")})
            {whose if customer_id is not None else ""}
        LIMIT 1
        """,
        {"until": until, "customer": customer_id},
    )


class DebtToPay(Value):
    """A customer below 0, and by how much."""

    customer: str
    missing_cents: int


_ON_THEIR_LAST_DAY = f"""
    WITH debtor AS (
        SELECT DISTINCT o.customer_id
        FROM invoice_open o
        JOIN customer c ON c.id = o.customer_id
        WHERE c.balance_cents < 0
            AND o.open_cents > 0
            AND o.is_covered = 0
            AND o.due_on <= :today
            AND {last_day_to_pay("o", "c")} <= :today
    )
    SELECT c.slug AS customer, -c.balance_cents AS missing_cents
    FROM debtor d
    JOIN customer c ON c.id = d.customer_id
    ORDER BY c.id
"""


def debts_on_their_last_day(reader: Reader) -> list[DebtToPay]:
    """The debts for which accounts are suspended unless they are paid by tonight.

    What pending payments cover is not demanded, and a grace lasts until its own last day.
    """
    return reader.facts(DebtToPay, _ON_THEIR_LAST_DAY)


_TO_ANSWER = f"""
    SELECT y.id
    FROM payment y
    JOIN method m ON m.id = y.method_id
    WHERE y.status = 'pending' AND {_IS_TO_ANSWER}
    ORDER BY y.id
"""


def payments_to_answer(reader: Reader) -> list[int]:
    """Pending payments that were handed over, or whose try has come and could be (rules 10)."""
    return reader.numbers(_TO_ANSWER)


class Invoiced(Value):
    """The invoices of a month (`2026-11`), added up."""

    month: str
    net_cents: int
    tax_cents: int
    total_cents: int


_INVOICED = """
    SELECT
        substr(i.issued_on, 1, 7) AS month, CAST(sum(i.net_cents) AS BIGINT) AS net_cents,
        CAST(sum(i.tax_cents) AS BIGINT) AS tax_cents,
        CAST(sum(i.total_cents) AS BIGINT) AS total_cents
    FROM invoice i
    WHERE i.id > :after AND i.series = ''
    GROUP BY substr(i.issued_on, 1, 7)
"""


def invoiced(reader: Reader, after_id: int) -> dict[str, Invoiced]:
    """Each month's invoices since the one with that id."""
    return {one.month: one for one in reader.facts(Invoiced, _INVOICED, {"after": after_id})}


class Shortfall(Value):
    """The first day on which a customer's balance does not cover a charge, and what is missing."""

    customer: str
    on_on: date
    amount_cents: int

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {**fields(self), "on_on": self.on_on.isoformat()}


_SHORTFALLS = """
    WITH first AS (
        SELECT min(m.id) AS id
        FROM ledger m
        WHERE m.id > :after AND m.kind = 'charge' AND m.after_cents < 0
        GROUP BY m.customer_id
    )
    SELECT c.slug AS customer, l.moved_on AS on_on, -l.after_cents AS amount_cents
    FROM first f
    JOIN ledger l ON l.id = f.id
    JOIN customer c ON c.id = l.customer_id
    ORDER BY l.moved_on, c.slug
"""


def shortfalls(reader: Reader, after_id: int) -> list[Shortfall]:
    """Each customer's first shortfall since that ledger row, by days, then by customers."""
    return reader.facts(Shortfall, _SHORTFALLS, {"after": after_id})
