"""Prices of one customer's own: from which day each holds, until when, how they end (rules 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mailctl.domain.terms import Period
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

_OWN = "o.customer_id = :customer AND o.offer_id = :offer AND o.period = :period"


def keep(
    transaction: Transaction,
    customer_id: int,
    offer_id: int,
    period: Period,
    cents: int,
    *,
    from_on: date,
    until_on: date | None,
) -> None:
    """Set a price from a day on; the last one set for a day counts.

    Without an end it applies until the day of a later one; with a last day it applies until then,
    and afterwards what would have applied without it.
    """
    facts = {
        "customer": customer_id,
        "offer": offer_id,
        "period": period,
        "day": from_on,
        "cents": cents,
    }
    if until_on is not None:
        _go_on_after(transaction, facts, until_on)
    else:
        _forget_ends(transaction, facts)
    _put(transaction, facts)


def _put(transaction: Transaction, facts: Mapping[str, object], *, is_end: bool = False) -> None:
    transaction.execute(
        """
        INSERT INTO customer_price (customer_id, offer_id, period, from_on, cents, is_end)
        VALUES (:customer, :offer, :period, :day, :cents, :is_end)
        ON CONFLICT (customer_id, offer_id, period, from_on)
        DO UPDATE SET cents = excluded.cents, is_end = excluded.is_end
        """,
        {**facts, "is_end": int(is_end)},
    )


def _forget_ends(transaction: Transaction, facts: Mapping[str, object]) -> None:
    """Remove the ends of other prices between a price without an end and the next one."""
    transaction.execute(
        f"""
        DELETE FROM customer_price AS o
        WHERE {_OWN}
            AND o.is_end = 1
            AND o.from_on > :day
            AND o.from_on < coalesce((
                SELECT min(n.from_on)
                FROM customer_price n
                WHERE n.customer_id = :customer
                    AND n.offer_id = :offer
                    AND n.period = :period
                    AND n.is_end = 0
                    AND n.from_on > :day
            ), '9999-12-31')
        """,
        facts,
    )


class _Dated(Value):
    """What applies from a day on; no cents where a price has ended."""

    cents: int | None
    from_on: str


_ON_DAY = f"""
    SELECT o.cents, o.from_on
    FROM customer_price o
    WHERE {_OWN} AND o.from_on <= :day
    ORDER BY o.from_on DESC LIMIT 1
"""


def _go_on_after(transaction: Transaction, facts: Mapping[str, object], until_on: date) -> None:
    """After a price's last day restore what would apply then; within it nothing else applies."""
    day_after = {**facts, "day": (until_on + timedelta(days=1)).isoformat()}
    then = transaction.fact(_Dated, _ON_DAY, day_after)
    if then is None or then.from_on != day_after["day"]:
        _put(transaction, {**day_after, "cents": then.cents if then else None}, is_end=True)
    transaction.execute(
        f"""
        DELETE FROM customer_price AS o
        WHERE {_OWN} AND o.from_on > :day AND o.from_on <= :until
        """,
        {**facts, "until": until_on},
    )


def end(transaction: Transaction, offer_id: int, period: Period, customer_id: int) -> bool:
    """End a customer's own price from today, and those to come; whether there was any."""
    facts = {"customer": customer_id, "offer": offer_id, "period": period, "day": transaction.today}
    ahead = transaction.facts(
        _Dated,
        f"""
        DELETE FROM customer_price AS o
        WHERE {_OWN} AND o.from_on > :day
        RETURNING cents, from_on
        """,
        facts,
    )
    now = transaction.fact(_Dated, _ON_DAY, facts)
    if now is not None and now.cents is not None:
        _put(transaction, {**facts, "cents": None}, is_end=True)
        return True
    return any(price.cents is not None for price in ahead)


def listing(reader: Reader, *, offer: str | None = None, customer: str | None = None) -> list[Row]:
    """Prices of customers' own, of an offer or of a customer, by name, period and day.

    `until_on` is the last day of one that ends.
    """
    rows = reader.execute(
        """
        WITH dated AS (
            SELECT c.slug, f.name, o.period, o.cents, o.from_on,
                lead(o.from_on) OVER (
                    PARTITION BY c.id, f.id, o.period ORDER BY o.from_on
                ) AS next_on
            FROM customer_price o
            JOIN customer c ON c.id = o.customer_id
            JOIN offer f ON f.id = o.offer_id
            WHERE f.name = coalesce(:offer, f.name) AND c.slug = coalesce(:customer, c.slug)
        )
        SELECT slug, name, period, cents, from_on, next_on
        FROM dated
        WHERE cents IS NOT NULL
        ORDER BY slug, name, period, from_on
        """,
        {"offer": offer, "customer": customer},
    )
    return [
        {
            "customer": slug,
            "offer": name,
            "period": period,
            "cents": cents,
            "from_on": from_on,
            "until_on": _day_before(next_on) if next_on else None,
        }
        for slug, name, period, cents, from_on, next_on in rows
    ]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
