"""Sales and tax of a quarter, for the tax office."""

from __future__ import annotations

from mailctl.domain.money import format_rate
from mailctl.domain.quarters import Quarter
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader

_SIGN = "CASE WHEN i.series = 'AV' THEN -1 ELSE 1 END"


def vat(reader: Reader, quarter: Quarter) -> list[Row]:
    """Sales and tax of a quarter by the buyers' country and rate; credit notes are deducted.

    `documents` counts invoices and credit notes. A rate of 0 within the EU is reverse charge,
    elsewhere export (SPEC 3).
    """
    found = reader.execute(
        f"SELECT i.buyer_country, i.tax_rate, CAST(sum({_SIGN} * i.net_cents) AS BIGINT), "
        f"CAST(sum({_SIGN} * i.tax_cents) AS BIGINT), "
        f"CAST(sum({_SIGN} * i.total_cents) AS BIGINT), count(*) FROM invoice i "
        "WHERE i.year = :year AND i.issued_on >= :first AND i.issued_on <= :last "
        "GROUP BY i.buyer_country, i.tax_rate ORDER BY i.buyer_country, i.tax_rate",
        {
            "year": quarter.year,
            "first": quarter.first_on.isoformat(),
            "last": quarter.last_on.isoformat(),
        },
    )
    return [
        {
            "quarter": str(quarter),
            "country": country,
            "rate": format_rate(rate),
            "net_cents": net,
            "tax_cents": tax,
            "total_cents": total,
            "currency": reader.info.currency,
            "documents": documents,
        }
        for country, rate, net, tax, total, documents in found
    ]
