"""Sales and tax of a quarter, for the tax office."""

from __future__ import annotations

from mailctl.domain.money import format_rate
from mailctl.domain.quarters import Quarter
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.values import Value, fields


class _Sales(Value):
    """The sales to one country at one rate, in 1/100 %; money in cents."""

    country: str
    rate: int
    net_cents: int
    tax_cents: int
    total_cents: int
    documents: int


_SALES = """
    WITH signed AS (
        SELECT i.*, CASE WHEN i.series = 'AV' THEN -1 ELSE 1 END AS sign
        FROM invoice i
        WHERE i.year = :year AND i.issued_on >= :first AND i.issued_on <= :last
    )
    SELECT buyer_country AS country, tax_rate AS rate,
        CAST(sum(sign * net_cents) AS BIGINT) AS net_cents,
        CAST(sum(sign * tax_cents) AS BIGINT) AS tax_cents,
        CAST(sum(sign * total_cents) AS BIGINT) AS total_cents, count(*) AS documents
    FROM signed
    GROUP BY buyer_country, tax_rate
    ORDER BY buyer_country, tax_rate
"""


def vat(reader: Reader, quarter: Quarter) -> list[Row]:
    """Sales and tax of a quarter by the buyers' country and rate; credit notes are deducted.

    `documents` counts invoices and credit notes. A rate of 0 within the EU is reverse charge,
    elsewhere export (rules 3).
    """
    found = reader.facts(
        _Sales, _SALES, {"year": quarter.year, "first": quarter.first_on, "last": quarter.last_on}
    )
    return [
        {
            "quarter": str(quarter),
            **fields(sales),
            "rate": format_rate(sales.rate),
            "currency": reader.info.currency,
        }
        for sales in found
    ]
