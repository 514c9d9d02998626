"""Which tax an invoice bears, and the rates that a new store knows (SPEC 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

EU_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)
"""The member states, whose rates mailctl ships (SPEC 3)."""


REVERSE_CHARGE = "Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196"
EXPORT = "Hors champ de la TVA / Outside the scope of EU VAT: Directive 2006/112/EC, art. 44 and 59"
"""The mentions that an invoice without tax bears; French and English, as the law accepts both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """The one rate of an invoice, in hundredths of a percent, and the mention that goes with it."""

    rate: int
    note: str | None = None


def tax_for(
    seller_country: str, buyer_country: str, *, has_vat_number: bool, rate_of: Callable[[str], int]
) -> Tax:
    """The tax on services of mail, by where the buyer is and whether they have a VAT number.

    At home the home rate; within the EU the buyer accounts for it if they have a valid number
    (Directive 2006/112/EC art. 196), else the buyer's country's rate; elsewhere none (SPEC 3).
    `rate_of` gives a country's standard rate on the day of the invoice.
    """
    if buyer_country == seller_country:
        return Tax(rate=rate_of(buyer_country))
    if {seller_country, buyer_country} <= EU_COUNTRIES:
        if has_vat_number:
            return Tax(rate=0, note=REVERSE_CHARGE)
        return Tax(rate=rate_of(buyer_country))
    return Tax(rate=0, note=EXPORT)


def shipped_rates() -> dict[str, tuple[tuple[date, int], ...]]:
    """The EU's standard VAT rates in hundredths of a percent, with the days from which they hold.

    Only changes since 2020 are dated; earlier rates stand as of 2000 for want of need.
    """
    always = date(2000, 1, 1)
    flat = (
        "AT 2000 BE 2100 BG 2000 CY 1900 CZ 2100 DK 2500 ES 2100 FR 2000 GR 2400 HR 2500 HU 2700 "
        "IT 2200 LT 2100 LV 2100 MT 1800 NL 2100 PL 2300 PT 2300 SE 2500 SI 2200"
    ).split()
    rates: dict[str, tuple[tuple[date, int], ...]] = {
        country: ((always, int(rate)),) for country, rate in zip(flat[::2], flat[1::2], strict=True)
    }
    rates["DE"] = ((always, 1900), (date(2020, 7, 1), 1600), (date(2021, 1, 1), 1900))
    rates["IE"] = ((always, 2300), (date(2020, 9, 1), 2100), (date(2021, 3, 1), 2300))
    rates["LU"] = ((always, 1700), (date(2023, 1, 1), 1600), (date(2024, 1, 1), 1700))
    rates["EE"] = ((always, 2000), (date(2024, 1, 1), 2200), (date(2025, 7, 1), 2400))
    rates["FI"] = ((always, 2400), (date(2024, 9, 1), 2550))
    rates["RO"] = ((always, 1900), (date(2025, 8, 1), 2100))
    rates["SK"] = ((always, 2000), (date(2025, 1, 1), 2300))
    return rates
