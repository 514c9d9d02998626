"""Sales and tax of a quarter or month, for the tax office.

Three lists of the same documents: all of them by country, rate and category; what the
recapitulative statement wants (Directive 2006/112/EC art. 262 to 271: DES in France,
Zusammenfassende Meldung in Germany); and what the one-stop shop wants (art. 369f, 369g). The last
two are of documents that the first one has too.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from mailctl.domain.money import format_rate
from mailctl.domain.quarters import Month, Quarter, quarter_of
from mailctl.domain.tax import SaleKind, TaxCategory, sale_kind, taxed_as
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.values import Value, fields


class _Sums(Value):
    """Cents of some documents, credit notes deducted, and how many they are."""

    net_cents: int = 0
    tax_cents: int = 0
    total_cents: int = 0
    documents: int = 0

    def __add__(self, other: _Sums) -> _Sums:
        return _Sums(
            net_cents=self.net_cents + other.net_cents,
            tax_cents=self.tax_cents + other.tax_cents,
            total_cents=self.total_cents + other.total_cents,
            documents=self.documents + other.documents,
        )


class _Sales(Value):
    """The sales to one country at one rate, in 1/100 %, of one category; money in cents.

    `supplied_on` is a day of the month in which the credit notes' invoices were issued; those that
    correct none were issued in it themselves.
    """

    country: str
    rate: int
    category: TaxCategory
    supplied_on: date
    net_cents: int
    tax_cents: int
    total_cents: int
    documents: int

    @property
    def sums(self) -> _Sums:
        return _Sums(
            net_cents=self.net_cents,
            tax_cents=self.tax_cents,
            total_cents=self.total_cents,
            documents=self.documents,
        )


_SUMS = """
    CAST(sum(sign * net_cents) AS BIGINT) AS net_cents,
    CAST(sum(sign * tax_cents) AS BIGINT) AS tax_cents,
    CAST(sum(sign * total_cents) AS BIGINT) AS total_cents, count(*) AS documents
"""
_SIGNED = """
    WITH signed AS (
        SELECT i.*, CASE WHEN i.series = 'AV' THEN -1 ELSE 1 END AS sign,
            i.tax_category AS category,
            substr(coalesce(o.issued_on, i.issued_on), 1, 7) || '-01' AS supplied_on
        FROM invoice i
        LEFT JOIN invoice o ON o.id = i.corrects_id
        WHERE i.year = :year AND i.issued_on >= :first AND i.issued_on <= :last
    )
"""
_SALES = f"""
    {_SIGNED}
    SELECT buyer_country AS country, tax_rate AS rate, category, supplied_on, {_SUMS}
    FROM signed
    GROUP BY buyer_country, tax_rate, category, supplied_on
    ORDER BY buyer_country, tax_rate, category, supplied_on
"""


def _sales(reader: Reader, time: Quarter | Month) -> list[_Sales]:
    return reader.facts(
        _Sales, _SALES, {"year": time.year, "first": time.first_on, "last": time.last_on}
    )


def _times(time: Quarter | Month) -> Row:
    return {"since_on": time.first_on.isoformat(), "until_on": time.last_on.isoformat()}


def vat(reader: Reader, time: Quarter | Month) -> list[Row]:
    """Sales and tax by the buyers' country, rate and category; credit notes are deducted.

    `documents` counts invoices and credit notes; `declared` says where a sale is declared.
    """
    found: dict[tuple[str, int, TaxCategory], _Sums] = defaultdict(_Sums)
    for sales in _sales(reader, time):
        found[sales.country, sales.rate, sales.category] += sales.sums
    seller, currency = reader.info.seller_country, reader.info.currency
    return [
        {
            "quarter": str(time.quarter),
            "country": country,
            "rate": format_rate(rate),
            **fields(sums),
            "currency": currency,
            "category": category.value,
            "declared": sale_kind(seller, country, category).value,
            **_times(time),
        }
        for (country, rate, category), sums in found.items()
    ]


class _Services(Value):
    """Services to a business in another member state, by its VAT number; the newest name of it."""

    vat_number: str
    country: str
    name: str
    net_cents: int
    documents: int


_SERVICES = f"""
    {_SIGNED}
    SELECT s.buyer_vat_number AS vat_number, n.buyer_country AS country, n.buyer_name AS name,
        s.net_cents, s.documents
    FROM (
        SELECT buyer_vat_number, max(id) AS last_id,
            CAST(sum(sign * net_cents) AS BIGINT) AS net_cents, count(*) AS documents
        FROM signed
        WHERE category = 'AE' AND buyer_vat_number IS NOT NULL
        GROUP BY buyer_vat_number
    ) s
    JOIN invoice n ON n.id = s.last_id
    ORDER BY s.buyer_vat_number
"""


def eu_services(reader: Reader, time: Quarter | Month) -> list[Row]:
    """What the recapitulative statement wants: services by the businesses' VAT numbers.

    A credit note is deducted in the time in which it was issued.
    """
    found = reader.facts(
        _Services, _SERVICES, {"year": time.year, "first": time.first_on, "last": time.last_on}
    )
    return [
        {
            "quarter": str(time.quarter),
            **fields(services),
            "currency": reader.info.currency,
            **_times(time),
        }
        for services in found
    ]


def _place(row: tuple[Quarter, str, int]) -> tuple[int, int, str, int]:
    """The newest quarter first: what is declared, then what is corrected."""
    of, country, rate = row
    return -of.year, -of.number, country, rate


def oss(reader: Reader, quarter: Quarter) -> list[Row]:
    """What the one-stop shop wants of a quarter: sales by the country and the rate of the tax.

    A credit note for an invoice of an earlier quarter corrects that one: its row has the other
    quarter in `of_quarter`.
    """
    info = reader.info
    found: dict[tuple[Quarter, str, int], _Sums] = defaultdict(_Sums)
    for sales in _sales(reader, quarter):
        if sale_kind(info.seller_country, sales.country, sales.category) is SaleKind.OSS:
            of = quarter_of(sales.supplied_on)
            found[of, taxed_as(sales.country), sales.rate] += sales.sums
    return [
        {
            "quarter": str(quarter),
            "of_quarter": str(of),
            "country": country,
            "rate": format_rate(rate),
            **fields(sums),
            "currency": info.currency,
        }
        for of, country, rate in sorted(found, key=_place)
        for sums in (found[of, country, rate],)
    ]
