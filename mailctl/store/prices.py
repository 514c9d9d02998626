"""Prices and tax rates on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.domain.tax import Tax, tax_for
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

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
                    ORDER BY own.from_on DESC
                    LIMIT 1
                ),
                (
                    SELECT p.cents
                    FROM price p
                    WHERE p.offer_id = line.id AND p.period = :period AND p.from_on <= :day
                    ORDER BY p.from_on DESC
                    LIMIT 1
                )
            ) AS cents
        FROM line
    )
    SELECT cents
    FROM priced
    WHERE cents IS NOT NULL
    ORDER BY depth
    LIMIT 1
"""


def price_on(
    reader: Reader, offer_id: int, period: str, day: date, *, customer_id: int | None = None
) -> int:
    """Net cents of a term of an offer that starts on a day (rules 3).

    A price of the customer's own comes first; an offer without prices yet has those of the offer
    that it is like.
    """
    (cents,) = reader.numbers(
        _PRICE,
        {"offer": offer_id, "period": period, "day": day.isoformat(), "customer": customer_id},
    )
    return cents


def term_price(
    reader: Reader,
    account_id: int | None,
    offer_id: int,
    period: str,
    day: date,
    *,
    customer_id: int | None = None,
) -> int:
    """Net cents of one account's term that starts on a day: what it keeps, else the day's price."""
    if account_id is not None and period == "yearly":
        kept = kept_price(reader, account_id, day)
        if kept is not None:
            return kept
    return price_on(reader, offer_id, period, day, customer_id=customer_id)


def kept_price(reader: Reader, account_id: int, day: date) -> int | None:
    """What a yearly term keeps costing, as it was announced before a rise that came too late."""
    found = reader.numbers(
        "SELECT cents FROM kept_price WHERE account_id = :account AND starts_on = :day",
        {"account": account_id, "day": day.isoformat()},
    )
    return found[0] if found else None


def rate_on(reader: Reader, country: str, day: date) -> int:
    """A country's standard rate on a day in hundredths of a percent; 0 where none is known."""
    return reader.number(
        """
        SELECT rate
        FROM tax_rate
        WHERE country = :country AND from_on <= :day
        ORDER BY from_on DESC
        LIMIT 1
        """,
        {"country": country, "day": day.isoformat()},
    )


def tax_on(reader: Reader, country: str, day: date, *, has_vat_number: bool) -> Tax:
    """The tax on an invoice of a day to a customer of a country (rules 3)."""
    return tax_for(
        reader.info.seller_country,
        country,
        has_vat_number=has_vat_number,
        rate_of=lambda code: rate_on(reader, code, day),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _TaxedAs:
    country: str
    has_vat_number: bool


def fill_tax_cases(transaction: Transaction) -> None:
    """Fill `tax_case` with the tax of every kind of customer in `due`."""
    kinds = transaction.facts(
        _TaxedAs,
        """
        WITH payer AS (SELECT DISTINCT customer_id FROM due)
        SELECT DISTINCT c.country, c.vat_number IS NOT NULL AS has_vat_number
        FROM payer
        JOIN customer c ON c.id = payer.customer_id
        """,
    )
    taxes = [
        (
            kind,
            tax_on(
                transaction, kind.country, transaction.today, has_vat_number=kind.has_vat_number
            ),
        )
        for kind in kinds
    ]
    transaction.execute_many(
        """
        INSERT INTO tax_case (country, has_vat_number, rate, note)
        VALUES (:country, :has_vat_number, :rate, :note)
        """,
        [
            {
                "country": kind.country,
                "has_vat_number": int(kind.has_vat_number),
                "rate": tax.rate,
                "note": tax.note,
            }
            for kind, tax in taxes
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _TermKind:
    """Terms that cost the same; `customer_id` where they may be priced for a customer alone."""

    offer_id: int
    period: str
    starts_on: date
    customer_id: int | None = None


def fill_cards(transaction: Transaction) -> None:
    """Fill `rate_card` and `own_card` with the price of every kind of term in `due`.

    What single terms keep costing goes into `due` itself. A price is looked up once for each offer,
    period and first day, and once more for each customer who has prices of their own: never once
    for each account.
    """
    _fill_kept(transaction)
    kinds = transaction.facts(_TermKind, "SELECT DISTINCT offer_id, period, starts_on FROM due")
    transaction.execute_many(
        """
        INSERT INTO rate_card (offer_id, period, starts_on, cents)
        VALUES (:offer_id, :period, :starts_on, :cents)
        """,
        [_card(transaction, kind) for kind in kinds],
    )
    own = transaction.facts(
        _TermKind,
        """
        SELECT DISTINCT customer_id, offer_id, period, starts_on
        FROM due
        WHERE customer_id IN (SELECT customer_id FROM customer_price)
        """,
    )
    transaction.execute_many(
        """
        INSERT INTO own_card (customer_id, offer_id, period, starts_on, cents)
        VALUES (:customer_id, :offer_id, :period, :starts_on, :cents)
        """,
        [_card(transaction, kind) for kind in own],
    )


def _card(reader: Reader, kind: _TermKind) -> dict[str, object]:
    return {
        "customer_id": kind.customer_id,
        "offer_id": kind.offer_id,
        "period": kind.period,
        "starts_on": kind.starts_on.isoformat(),
        "cents": price_on(
            reader, kind.offer_id, kind.period, kind.starts_on, customer_id=kind.customer_id
        ),
    }


def _fill_kept(transaction: Transaction) -> None:
    """Set in `due` what its yearly terms keep costing; only a few days have such terms."""
    if transaction.exists(
        """
        SELECT 1
        FROM kept_price k
        WHERE k.starts_on IN (SELECT d.starts_on FROM due d WHERE d.period = 'yearly')
        LIMIT 1
        """
    ):
        transaction.execute(
            """
            UPDATE due
            SET kept_cents = (
                SELECT k.cents
                FROM kept_price k
                WHERE k.account_id = due.account_id AND k.starts_on = due.starts_on
            )
            WHERE period = 'yearly'
            """
        )
