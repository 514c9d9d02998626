"""Unpaid orders whose money has come: what the credits that name one add up to (SPEC 9)."""

from __future__ import annotations

from mailctl.store.engine.reader import Reader

NAMED_CENTS = """
    coalesce((
        SELECT CAST(sum(l.amount_cents) AS BIGINT)
        FROM ledger l
        LEFT JOIN ledger u ON u.id = l.reverses_id
        WHERE l.customer_id = {0}.customer_id
            AND ((l.kind IN ('credit', 'payment') AND l.order_number = {0}.number)
                OR (l.kind = 'reversal' AND u.order_number = {0}.number))
    ), 0)
"""
"""SQL for the cents that came for an order by its number, less what was taken back; {0} is the
order's alias."""

HAS_ITS_MONEY = f"""
    {{0}}.status = 'not-paid' AND {{0}}.kind <> 'debt'
    AND EXISTS (
        SELECT 1
        FROM ledger g
        WHERE g.customer_id = {{0}}.customer_id AND g.order_number = {{0}}.number
    )
    AND {NAMED_CENTS} >= {{0}}.total_cents
    AND NOT EXISTS (
        SELECT 1
        FROM ledger f
        JOIN customer h ON h.id = f.customer_id
        WHERE f.customer_id = {{0}}.customer_id AND f.kind = 'refund'
            AND h.balance_cents < {{0}}.total_cents
            AND f.seq > (
                SELECT min(g.seq)
                FROM ledger g
                WHERE g.customer_id = {{0}}.customer_id AND g.order_number = {{0}}.number
            )
    )
"""
"""SQL for whether the money that names an unpaid order covers it, whatever the balance is; {0} is
the order's alias. Money that was paid back since, so that the balance does not cover the order any
more, is not there."""


def orders(reader: Reader, customer_id: int | None = None) -> list[tuple[int, int]]:
    """The unpaid orders whose money is there, each with its customer's key, by their numbers."""
    # Every day is after '': so the index of days is used, which has the unpaid ones alone.
    only = "AND o.valid_until_on > ''" if customer_id is None else "AND o.customer_id = :customer"
    rows = reader.execute(
        f"""
        SELECT o.number, o.customer_id
        FROM purchase_order o
        WHERE o.status = 'not-paid' {only}
            AND {HAS_ITS_MONEY.format("o")}
        ORDER BY +o.number
        """,
        {} if customer_id is None else {"customer": customer_id},
    )
    return [(int(number), int(customer)) for number, customer in rows]


def is_there(reader: Reader, number: int) -> bool:
    """Whether the order is unpaid and the money that names it covers it."""
    found = reader.row(
        f"""
        SELECT 1
        FROM purchase_order o
        WHERE o.number = :number AND {HAS_ITS_MONEY.format("o")}
        """,
        {"number": number},
    )
    return found is not None


def named_cents(reader: Reader, number: int) -> int:
    """What came for an order by its number, less what was taken back."""
    return reader.number(
        f"""
        SELECT {NAMED_CENTS.format("o")}
        FROM purchase_order o
        WHERE o.number = :number
        """,
        {"number": number},
    )
