"""Prices and tax rates on a day."""

from __future__ import annotations

from datetime import date

from mailctl.domain.tax import Tax, tax_for
from mailctl.domain.terms import Period
from mailctl.store.engine.reader import Reader

# The offer, and those that it is like, nearest first. A price of the customer's own that has ended
# is a row without cents.
_PRICE = """
    WITH RECURSIVE line (id, depth) AS (
        SELECT CAST(:offer AS BIGINT), 0
        UNION ALL
        SELECT o.like_id, line.depth + 1
        FROM line
        JOIN offer o ON o.id = line.id
        WHERE o.like_id < o.id
    ),
    priced AS (
        SELECT
            line.depth,
            coalesce(
                (
                    SELECT own.cents
                    FROM customer_price own
                    WHERE own.customer_id = :customer
                        AND own.offer_id = line.id
                        AND own.period = :period
                        AND own.from_on <= :day
                    ORDER BY own.from_on DESC LIMIT 1
                ),
                (
                    SELECT p.cents
                    FROM price p
                    WHERE p.offer_id = line.id AND p.period = :period AND p.from_on <= :day
                    ORDER BY p.from_on DESC LIMIT 1
                )
            ) AS cents
        FROM line
    )
    SELECT cents
    FROM priced
    WHERE cents IS NOT NULL
    ORDER BY depth LIMIT 1
"""


def price_on(
    reader: Reader, offer_id: int, period: Period, day: date, *, customer_id: int | None = None
) -> int:
    """Net cents of a term of an offer that starts on a day (rules 3).

    A price of the customer's own comes first; an offer without prices yet has those of the offer
    that it is like.
    """
    (cents,) = reader.numbers(
        _PRICE, {"offer": offer_id, "period": period, "day": day, "customer": customer_id}
    )
    return cents


def term_price(
    reader: Reader,
    account_id: int | None,
    offer_id: int,
    period: Period,
    day: date,
    *,
    customer_id: int | None = None,
) -> int:
    """Net cents of one account's term that starts on a day: what it keeps, else the day's price."""
    if account_id is not None and period == Period.YEARLY:
        kept = kept_price(reader, account_id, day)
        if kept is not None:
            return kept
    return price_on(reader, offer_id, period, day, customer_id=customer_id)


def kept_price(reader: Reader, account_id: int, day: date) -> int | None:
    """What a yearly term keeps costing, as it was announced before a rise that came too late."""
    found = reader.numbers(
        "SELECT cents FROM kept_price WHERE account_id = :account AND starts_on = :day",
        {"account": account_id, "day": day},
    )
    return found[0] if found else None


def rate_on(reader: Reader, country: str, day: date) -> int:
    """A country's standard rate on a day in hundredths of a percent; 0 where none is known."""
    return reader.number(
        """
        SELECT rate
        FROM tax_rate
        WHERE country = :country AND from_on <= :day
        ORDER BY from_on DESC LIMIT 1
        """,
        {"country": country, "day": day},
    )


def highest_rate(reader: Reader) -> int:
    """The highest rate of any country on any day in hundredths of a percent; 0 without any."""
    return reader.number("SELECT max(rate) FROM tax_rate")


def tax_on(reader: Reader, country: str, day: date, *, has_vat_number: bool) -> Tax:
    """The tax on an invoice of a day to a customer of a country (rules 3)."""
    return tax_for(
        reader.info.seller_country,
        country,
        has_vat_number=has_vat_number,
        rate_of=lambda code: rate_on(reader, code, day),
    )
