"""Which tax an invoice bears, and the rates that a new store knows (rules 3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from mailctl.errors import UsageError
from mailctl.hints import Hint
from mailctl.values import Value

EU_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)
"""The member states, whose rates mailctl ships (rules 3)."""


class TaxCategory(StrEnum):
    """Which tax is on an amount (UNTDID 5305)."""

    STANDARD = "S"
    REVERSE_CHARGE = "AE"
    OUTSIDE = "O"
    ZERO = "Z"


class Exemption(StrEnum):
    """Why an invoice bears no tax.

    Its value is the mention on the invoice, in French and English, as the law accepts both.
    """

    REVERSE_CHARGE = "Autoliquidation / Reverse charge: Directive 2006/112/EC, art. 44 and 196"
    EXPORT = (
        "Hors champ de la TVA / Outside the scope of EU VAT: Directive 2006/112/EC, art. 44 and 59"
    )
    NOT_APPLIED = "TVA non applicable / VAT does not apply: Code général des impôts, art. 294, 1"

    @property
    def category(self) -> TaxCategory:
        """The category of what bears no tax for this reason."""
        is_reversed = self is Exemption.REVERSE_CHARGE
        return TaxCategory.REVERSE_CHARGE if is_reversed else TaxCategory.OUTSIDE


TAXED_AS = {"MC": "FR"}
"""Territories taxed as another country is (Directive 2006/112/EC art. 7)."""

FRENCH_WITH_A_RATE = frozenset(("GP", "MQ", "RE"))
"""Guadeloupe, Martinique, Réunion: from a French seller they have a rate of their own."""

FRENCH_WITHOUT_TAX = frozenset(("GF", "YT"))
"""French Guiana and Mayotte: from a French seller no VAT is charged (CGI art. 294, 1)."""

OUTSIDE_THE_TAX = frozenset(("AX", "BL", "MF", "PM", "NC", "PF", "WF", "TF"))
"""Parts of member states, or bound to one, where the EU's VAT does not hold (art. 6)."""

_NO_SELLERS = FRENCH_WITH_A_RATE | FRENCH_WITHOUT_TAX | OUTSIDE_THE_TAX


class Tax(Value):
    """The one rate of an invoice, in hundredths of a percent, and the mention that goes with it."""

    rate: int
    note: Exemption | None = None

    @property
    def category(self) -> TaxCategory:
        """Which tax it is; a rate of 0 that a country has is a tax of its own (rules 17)."""
        if self.note:
            return self.note.category
        return TaxCategory.STANDARD if self.rate else TaxCategory.ZERO


class TaxCase(Value):
    """Which rule holds: the country whose rate it is, or the mention of why there is none."""

    rated_by: str | None = None
    note: Exemption | None = None


def taxed_as(country: str) -> str:
    """The country whose tax applies: the country itself, or France for Monaco."""
    return TAXED_AS.get(country, country)


def tax_case(seller_country: str, buyer_country: str, *, has_vat_number: bool) -> TaxCase:
    """The rule for services of mail, by where the buyer is and whether they have a VAT number.

    At home the home rate; within the EU the buyer accounts for it if they have a valid number
    (Directive 2006/112/EC art. 196), else the buyer's country's rate; elsewhere none (rules 3). The
    territory counts: a part of a member state outside the EU's VAT counts as elsewhere.
    """
    seller, buyer = taxed_as(seller_country), taxed_as(buyer_country)
    if buyer == seller or (seller == "FR" and buyer in FRENCH_WITH_A_RATE):
        return TaxCase(rated_by=buyer)
    if seller == "FR" and buyer in FRENCH_WITHOUT_TAX:
        return TaxCase(note=Exemption.NOT_APPLIED)
    if {seller, buyer} <= EU_COUNTRIES:
        return TaxCase(note=Exemption.REVERSE_CHARGE) if has_vat_number else TaxCase(rated_by=buyer)
    return TaxCase(note=Exemption.EXPORT)


class SaleKind(StrEnum):
    """Where a sale is declared: at home, or by one of the three rules for other countries."""

    HOME = "home"
    REVERSE_CHARGE = "reverse-charge"
    """To a business in another member state, which accounts for the tax."""
    OSS = "oss"
    """With another member state's tax, declared at home for all of them (art. 369a to 369k)."""
    OUTSIDE = "outside"


def sale_kind(seller_country: str, buyer_country: str, category: TaxCategory) -> SaleKind:
    """Where a sale of that category is declared."""
    if category is TaxCategory.REVERSE_CHARGE:
        return SaleKind.REVERSE_CHARGE
    if category is TaxCategory.OUTSIDE:
        return SaleKind.OUTSIDE
    seller, buyer = taxed_as(seller_country), taxed_as(buyer_country)
    at_home = buyer == seller or (seller == "FR" and buyer in FRENCH_WITH_A_RATE)
    return SaleKind.HOME if at_home else SaleKind.OSS


def tax_for(
    seller_country: str, buyer_country: str, *, has_vat_number: bool, rate_of: Callable[[str], int]
) -> Tax:
    """The tax of an invoice; `rate_of` gives a country's standard rate on its day (rules 3)."""
    case = tax_case(seller_country, buyer_country, has_vat_number=has_vat_number)
    return Tax(rate=rate_of(case.rated_by) if case.rated_by else 0, note=case.note)


def is_in_the_tax(country: str) -> bool:
    """Whether a seller there charges the EU's VAT."""
    return taxed_as(country) in EU_COUNTRIES


def rated_countries(seller_country: str) -> frozenset[str]:
    """The countries whose rates invoices of a seller can ever bear."""
    seller = taxed_as(seller_country)
    if seller not in EU_COUNTRIES:
        return frozenset((seller,))
    return EU_COUNTRIES | (FRENCH_WITH_A_RATE if seller == "FR" else frozenset())


def check_rated(country: str, seller_country: str) -> None:
    """UsageError for a country whose rate no rule would ever use."""
    if country in rated_countries(seller_country):
        return
    other = taxed_as(country)
    if other in rated_countries(seller_country):
        raise UsageError(
            f"{country} is taxed as {other}: a rate of its own would never be used",
            hint=Hint.SET_TAX(country=other),
        )
    raise UsageError(
        f"an invoice from {seller_country} to {country} never bears a tax: a rate would never be "
        "used",
        hint=Hint.LIST_TAXES,
    )


def check_seller(country: str) -> None:
    """UsageError for a territory whose own tax mailctl does not know."""
    if country in _NO_SELLERS:
        raise UsageError(
            f"mailctl does not know how a seller in {country} taxes: it is outside the EU's tax, "
            "or has rules of its own",
            hint="a seller is in a country as a whole, or in Monaco: --seller-country FR",
        )


def shipped_rates() -> dict[str, tuple[tuple[date, int], ...]]:
    """The EU's standard rates and those of French territories, each from its first day on.

    In hundredths of a percent. Only changes since 2020 are dated; earlier rates are not needed
    and stand as of 2000.
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
    rates |= dict.fromkeys(sorted(FRENCH_WITH_A_RATE), ((always, 850),))
    return rates
