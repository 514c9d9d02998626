"""Unpaid orders whose money has come: the sum of the credits that name one (rules 9)."""

from __future__ import annotations

from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import has_its_money, named_cents_of
from mailctl.store.temp_tables import CustomerSet
from mailctl.values import Value


class PayableOrder(Value):
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


def orders_of(reader: Reader, customers: CustomerSet) -> list[PayableOrder]:
    """The unpaid orders of these customers whose money is there, by their numbers."""
    return reader.facts(
        PayableOrder,
        f"""
        SELECT o.number, o.customer_id
        FROM {customers} s
            CROSS JOIN purchase_order o
        WHERE o.customer_id = s.customer_id AND {has_its_money("o")}
        ORDER BY o.number
        """,
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
        SELECT {named_cents_of("o")}
        FROM purchase_order o
        WHERE o.number = :number
        """,
        {"number": number},
    )
