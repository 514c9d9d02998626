"""Prices and tax rates as they are dated in the store."""

from __future__ import annotations

from datetime import date

from mailctl.domain.tax import Tax, tax_for
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


def price_on(
    reader: Reader, offer_id: int, period: str, day: date, *, customer_id: int | None = None
) -> int:
    """Net cents of a term of an offer that starts on a day (SPEC 3).

    A price of the customer's own comes first; an offer without prices yet has those of the offer
    that it is like.
    """
    for candidate in _ancestry(reader, offer_id):
        facts = {"offer": candidate, "period": period, "day": day.isoformat()}
        found = None
        if customer_id is not None:
            found = reader.row(
                "SELECT cents FROM customer_price WHERE customer_id = :customer "
                "AND offer_id = :offer AND period = :period AND from_on <= :day "
                "ORDER BY from_on DESC LIMIT 1",
                {**facts, "customer": customer_id},
            )
        # A price of their own that ended is a row without one.
        if found is None or found[0] is None:
            found = reader.row(
                "SELECT cents FROM price WHERE offer_id = :offer AND period = :period "
                "AND from_on <= :day ORDER BY from_on DESC LIMIT 1",
                facts,
            )
        if found is not None:
            return int(str(found[0]))
    raise AssertionError(f"offer {offer_id} has no {period} price on {day}")


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
    row = reader.row(
        "SELECT cents FROM kept_price WHERE account_id = :account AND starts_on = :day",
        {"account": account_id, "day": day.isoformat()},
    )
    return None if row is None else int(str(row[0]))


def _ancestry(reader: Reader, offer_id: int) -> list[int]:
    """The offer, and those that it is like, nearest first."""
    return [
        int(row[0])
        for row in reader.execute(
            "WITH RECURSIVE line (id, depth) AS (SELECT CAST(:offer AS INTEGER), 0 UNION ALL "
            "SELECT o.like_id, line.depth + 1 FROM line JOIN offer o ON o.id = line.id "
            "WHERE o.like_id < o.id) SELECT id FROM line ORDER BY depth",
            {"offer": offer_id},
        )
    ]


def rate_on(reader: Reader, country: str, day: date) -> int:
    """A country's standard rate on a day in hundredths of a percent; 0 where none is known."""
    return reader.number(
        "SELECT rate FROM tax_rate WHERE country = :country AND from_on <= :day "
        "ORDER BY from_on DESC LIMIT 1",
        {"country": country, "day": day.isoformat()},
    )


def tax_on(reader: Reader, country: str, day: date, *, has_vat_number: bool) -> Tax:
    """The tax on an invoice of a day to a customer of a country (SPEC 3)."""
    return tax_for(
        reader.info.seller_country,
        country,
        has_vat_number=has_vat_number,
        rate_of=lambda code: rate_on(reader, code, day),
    )


def fill_tax_cases(transaction: Transaction) -> None:
    """Write the tax of every kind of customer in `due` into `tax_case`."""
    kinds = transaction.execute(
        "SELECT DISTINCT c.country, CASE WHEN c.vat_number IS NULL THEN 0 ELSE 1 END "
        "FROM (SELECT DISTINCT customer_id FROM due) d JOIN customer c ON c.id = d.customer_id"
    ).fetchall()
    transaction.connection.executemany(
        "INSERT INTO tax_case (country, has_vat_number, rate, note) VALUES (?, ?, ?, ?)",
        [
            (country, has_number, tax.rate, tax.note)
            for country, has_number in kinds
            for tax in (
                tax_on(transaction, country, transaction.today, has_vat_number=bool(has_number)),
            )
        ],
    )


def fill_cards(transaction: Transaction) -> None:
    """Write the price of every kind of term in `due` into `rate_card` and `own_card`.

    What single terms keep goes into `due` itself.

    A price is looked up once for each offer, period and first day, and once more for each customer
    who has prices of their own: never once an account.
    """
    _fill_kept(transaction)
    kinds = transaction.execute("SELECT DISTINCT offer_id, period, starts_on FROM due").fetchall()
    transaction.connection.executemany(
        "INSERT INTO rate_card (offer_id, period, starts_on, cents) VALUES (?, ?, ?, ?)",
        [
            (offer, period, day, price_on(transaction, offer, period, date.fromisoformat(day)))
            for offer, period, day in kinds
        ],
    )
    own = transaction.execute(
        "SELECT DISTINCT d.customer_id, d.offer_id, d.period, d.starts_on FROM due d "
        "WHERE d.customer_id IN (SELECT customer_id FROM customer_price)"
    ).fetchall()
    transaction.connection.executemany(
        "INSERT INTO own_card (customer_id, offer_id, period, starts_on, cents) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (
                customer,
                offer,
                period,
                day,
                price_on(transaction, offer, period, date.fromisoformat(day), customer_id=customer),
            )
            for customer, offer, period, day in own
        ],
    )


def _fill_kept(transaction: Transaction) -> None:
    """Write into `due` what its yearly terms keep; a few days have any."""
    days = "SELECT d.starts_on FROM due d WHERE d.period = 'yearly'"
    if transaction.row(f"SELECT 1 FROM kept_price k WHERE k.starts_on IN ({days}) LIMIT 1"):
        transaction.execute(
            """
            UPDATE due SET kept_cents = (
                SELECT k.cents FROM kept_price k
                WHERE k.account_id = due.account_id AND k.starts_on = due.starts_on
            )
            WHERE period = 'yearly'
            """
        )
