"""Unpaid orders whose money has come: the sum of the credits that name one (rules 9)."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.store.engine.reader import Reader


def cents_for(order: str) -> str:
    """What came for an order by its number, less what was taken back; in cents."""
    return f"""
        coalesce((
            SELECT CAST(sum(l.amount_cents) AS BIGINT)
            FROM ledger l
            LEFT JOIN ledger u ON u.id = l.reverses_id
            WHERE l.customer_id = {order}.customer_id
                AND ((l.kind IN ('credit', 'payment') AND l.order_number = {order}.number)
                    OR (l.kind = 'reversal' AND u.order_number = {order}.number))
        ), 0)
    """


def has_its_money(order: str) -> str:
    """Whether the money that names an unpaid order covers it, whatever the balance is.

    Money that was paid back since does not count, if the balance no longer covers the order.
    """
    return f"""
        {order}.status = 'not-paid'
        AND {order}.kind <> 'debt'
        AND EXISTS (
            SELECT 1
            FROM ledger g
            WHERE g.customer_id = {order}.customer_id AND g.order_number = {order}.number
        )
        AND {cents_for(order)} >= {order}.total_cents
        AND NOT EXISTS (
            SELECT 1
            FROM ledger f
            JOIN customer h ON h.id = f.customer_id
            WHERE f.customer_id = {order}.customer_id
                AND f.kind = 'refund'
                AND h.balance_cents < {order}.total_cents
                AND f.seq > (
                    SELECT min(g.seq)
                    FROM ledger g
                    WHERE g.customer_id = {order}.customer_id AND g.order_number = {order}.number
                )
        )
    """


HAS_ITS_MONEY = has_its_money("{0}")
"""The same with the order's alias still to be filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableOrder:
    """An unpaid order whose money is there."""

    number: int
    customer_id: int


# Every day is after '': this makes the planner use the index of days, which has unpaid orders only.
_OF_ALL = "o.valid_until_on > ''"
_OF_CUSTOMER = "o.customer_id = :customer"


def orders(reader: Reader, customer_id: int | None = None) -> list[PayableOrder]:
    """The unpaid orders whose money is there, of all customers or of one, by their numbers."""
    return reader.facts(
        PayableOrder,
        # The plus keeps the order of numbers from choosing the index.
        f"""
        SELECT o.number, o.customer_id
        FROM purchase_order o
        WHERE o.status = 'not-paid'
            AND {_OF_ALL if customer_id is None else _OF_CUSTOMER}
            AND {has_its_money("o")}
        ORDER BY +o.number
        """,
        {} if customer_id is None else {"customer": customer_id},
    )


def is_there(reader: Reader, number: int) -> bool:
    """Whether the order is unpaid and the money that names it covers it."""
    return reader.exists(
        f"""
        SELECT 1
        FROM purchase_order o
        WHERE o.number = :number AND {has_its_money("o")}
        """,
        {"number": number},
    )


def named_cents(reader: Reader, number: int) -> int:
    """What came for an order by its number, less what was taken back; in cents."""
    return reader.number(
        f"""
        SELECT {cents_for("o")}
        FROM purchase_order o
        WHERE o.number = :number
        """,
        {"number": number},
    )
