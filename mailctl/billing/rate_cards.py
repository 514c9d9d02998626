"""What billing needs of prices and taxes, looked up once for each kind and joined to all terms.

Looking up a price follows offers to those that they are like, and own prices of customers: never
once an account, but once for each offer, period and first day, and once more for each customer who
has prices of their own.
"""

from __future__ import annotations

from datetime import date

from mailctl.domain.terms import Period
from mailctl.store.engine.transaction import Transaction
from mailctl.store.prices import price_on, tax_on
from mailctl.store.temp_tables import CustomerSet, TempTable
from mailctl.values import Value

TABLES = {
    "rate_card": """
        offer_id INTEGER NOT NULL, period TEXT NOT NULL, starts_on TEXT NOT NULL,
        cents BIGINT NOT NULL, PRIMARY KEY (offer_id, period, starts_on)
    """,
    "own_card": """
        customer_id INTEGER NOT NULL, offer_id INTEGER NOT NULL, period TEXT NOT NULL,
        starts_on TEXT NOT NULL, cents BIGINT NOT NULL,
        PRIMARY KEY (customer_id, offer_id, period, starts_on)
    """,
    "tax_case": """
        country TEXT NOT NULL, has_vat_number INTEGER NOT NULL, rate INTEGER NOT NULL,
        category TEXT NOT NULL, note TEXT, PRIMARY KEY (country, has_vat_number)
    """,
}

RATES = """
    LEFT JOIN rate_card r
        ON r.offer_id = t.offer_id AND r.period = t.period AND r.starts_on = t.starts_on
    LEFT JOIN own_card o
        ON o.customer_id = t.customer_id
        AND o.offer_id = t.offer_id
        AND o.period = t.period
        AND o.starts_on = t.starts_on
"""
"""SQL that joins terms `t` to their prices."""

UNIT_CENTS = "coalesce(t.kept_cents, o.cents, r.cents)"
"""SQL for what a term `t` costs: the price that it has, else the customer's own, else any's."""


def fill(transaction: Transaction, terms: TempTable) -> None:
    """Look up the prices of these terms."""
    _fill_kept(transaction, terms)
    _fill_rates(transaction, terms)


def _fill_kept(transaction: Transaction, terms: TempTable) -> None:
    """Write into yearly terms the prices that they keep; few days have any."""
    if transaction.exists(
        f"""
        SELECT 1
        FROM kept_price k
        WHERE k.starts_on IN (SELECT t.starts_on FROM {terms} t WHERE t.period = 'yearly')
        LIMIT 1
        """
    ):
        transaction.execute(
            f"""
            UPDATE {terms}
            SET kept_cents = (
                SELECT k.cents
                FROM kept_price k
                WHERE k.account_id = {terms}.account_id AND k.starts_on = {terms}.starts_on
            )
            WHERE period = 'yearly'
            """
        )


class _Kind(Value):
    offer_id: int
    period: Period
    starts_on: date
    customer_id: int | None = None


def _fill_rates(transaction: Transaction, terms: TempTable) -> None:
    kinds = transaction.facts(_Kind, f"SELECT DISTINCT offer_id, period, starts_on FROM {terms}")
    transaction.execute_many(
        """
        INSERT INTO rate_card (offer_id, period, starts_on, cents)
        VALUES (:offer, :period, :starts_on, :cents)
        """,
        [_price(transaction, kind) for kind in kinds],
    )
    own = transaction.facts(
        _Kind,
        f"""
        SELECT DISTINCT t.customer_id, t.offer_id, t.period, t.starts_on
        FROM {terms} t
        WHERE t.customer_id IN (SELECT customer_id FROM customer_price)
        """,
    )
    transaction.execute_many(
        """
        INSERT INTO own_card (customer_id, offer_id, period, starts_on, cents)
        VALUES (:customer, :offer, :period, :starts_on, :cents)
        """,
        [{**_price(transaction, kind), "customer": kind.customer_id} for kind in own],
    )


def _price(transaction: Transaction, kind: _Kind) -> dict[str, object]:
    return {
        "offer": kind.offer_id,
        "period": kind.period,
        "starts_on": kind.starts_on,
        "cents": price_on(
            transaction, kind.offer_id, kind.period, kind.starts_on, customer_id=kind.customer_id
        ),
    }


class _TaxCase(Value):
    country: str
    has_vat_number: bool


def fill_taxes(transaction: Transaction, customers: CustomerSet) -> None:
    """Look up the taxes of these customers."""
    cases = transaction.facts(
        _TaxCase,
        f"""
        SELECT DISTINCT
            c.country,
            CASE WHEN c.vat_number IS NULL THEN 0 ELSE 1 END AS has_vat_number
        FROM {customers} s
            JOIN customer c ON c.id = s.customer_id
        """,
    )
    for case in cases:
        tax = tax_on(
            transaction, case.country, transaction.today, has_vat_number=case.has_vat_number
        )
        transaction.execute(
            """
            INSERT INTO tax_case (country, has_vat_number, rate, category, note)
            VALUES (:country, :has_vat_number, :rate, :category, :note)
            """,
            {
                "country": case.country,
                "has_vat_number": int(case.has_vat_number),
                "rate": tax.rate,
                "category": tax.category,
                "note": tax.note,
            },
        )
