"""Prices of one customer's own: from which day each holds, until when, how they end (SPEC 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

_OWN = "o.customer_id = :customer AND o.offer_id = :offer AND o.period = :period"


def keep(
    transaction: Transaction,
    customer_id: int,
    offer_id: int,
    period: str,
    cents: int,
    *,
    from_on: date,
    until_on: date | None,
) -> None:
    """Keep a price from a day on; the last one set for a day holds.

    Without an end it holds until a later one's day; with its last day it holds for all days to
    that, and then what would have held without it.
    """
    facts = {
        "customer": customer_id,
        "offer": offer_id,
        "period": period,
        "day": from_on.isoformat(),
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
    """Let a price without an end outlast the ends of others, up to the next one's day."""
    transaction.execute(
        f"""
        DELETE FROM customer_price AS o
        WHERE {_OWN} AND o.is_end = 1 AND o.from_on > :day AND o.from_on < coalesce((
            SELECT min(n.from_on) FROM customer_price n
            WHERE n.customer_id = :customer AND n.offer_id = :offer AND n.period = :period
                AND n.is_end = 0 AND n.from_on > :day
        ), '9999-12-31')
        """,
        facts,
    )


def _go_on_after(transaction: Transaction, facts: Mapping[str, object], until_on: date) -> None:
    """Let what would hold after a price's last day hold from then on, and nothing within."""
    day_after = {**facts, "day": (until_on + timedelta(days=1)).isoformat()}
    then = transaction.row(
        f"SELECT o.cents, o.from_on FROM customer_price o WHERE {_OWN} "
        "AND o.from_on <= :day ORDER BY o.from_on DESC LIMIT 1",
        day_after,
    )
    if then is None or then[1] != day_after["day"]:
        _put(transaction, {**day_after, "cents": then[0] if then else None}, is_end=True)
    transaction.execute(
        f"DELETE FROM customer_price AS o WHERE {_OWN} "
        "AND o.from_on > :day AND o.from_on <= :until",
        {**facts, "until": until_on.isoformat()},
    )


def end(transaction: Transaction, offer_id: int, period: str, customer_id: int) -> bool:
    """End a customer's own price from today, and those to come; whether there was any."""
    facts = {
        "customer": customer_id,
        "offer": offer_id,
        "period": period,
        "day": transaction.today.isoformat(),
    }
    ahead = transaction.execute(
        f"DELETE FROM customer_price AS o WHERE {_OWN} AND o.from_on > :day RETURNING cents",
        facts,
    ).fetchall()
    now = transaction.row(
        f"SELECT o.cents FROM customer_price o WHERE {_OWN} AND o.from_on <= :day "
        "ORDER BY o.from_on DESC LIMIT 1",
        facts,
    )
    if now is not None and now[0] is not None:
        _put(transaction, {**facts, "cents": None}, is_end=True)
        return True
    return any(cents is not None for (cents,) in ahead)


def listing(reader: Reader, *, offer: str | None = None, customer: str | None = None) -> list[Row]:
    """Prices of customers' own, of an offer or of a customer, by name, period and day.

    `until_on` is the last day of one that ends.
    """
    rows = reader.execute(
        """
        SELECT c.slug, f.name, o.period, o.cents, o.from_on,
            lead(o.from_on) OVER (PARTITION BY c.id, f.id, o.period ORDER BY o.from_on)
        FROM customer_price o
        JOIN customer c ON c.id = o.customer_id
        JOIN offer f ON f.id = o.offer_id
        WHERE f.name = coalesce(:offer, f.name) AND c.slug = coalesce(:customer, c.slug)
        ORDER BY c.slug, f.name, o.period, o.from_on
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
        if cents is not None
    ]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
