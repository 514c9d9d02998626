"""Whose tax an invoice bears, by where buyer and seller are, against a table of one's own."""

from __future__ import annotations

import pycountry
import pytest

from mailctl.domain.profile import normal_currency, normal_vat_number
from mailctl.domain.tax import Exemption, Tax, tax_for
from mailctl.domain.territories import territory_of
from mailctl.errors import UsageError
from tests.helpers import Cli

# The member states as their treaty of accession lists them, less the one that left.
MEMBERS = "BE DE FR IT LU NL DK IE GR ES PT AT FI SE CY CZ EE HU LT LV MT PL SI SK BG RO HR".split()
EVERYWHERE = sorted(country.alpha_2 for country in pycountry.countries)
HOME, ABROAD, FREE, FRENCH, REVERSED = "home", "abroad", "free", "french", "reversed"


def expected(seller: str, buyer: str, *, numbered: bool) -> tuple[str, str | None]:
    """What becomes of an invoice, and whose rate it bears."""
    french_seller = seller in ("FR", "MC")
    if french_seller and buyer in ("FR", "MC"):
        return HOME, "FR"
    if french_seller and buyer in ("GP", "MQ", "RE"):
        return HOME, buyer
    if french_seller and buyer in ("GF", "YT"):
        return FRENCH, None
    if seller == buyer:
        return HOME, seller
    home, there = ("FR" if country == "MC" else country for country in (seller, buyer))
    if home in MEMBERS and there in MEMBERS:
        return (REVERSED, None) if numbered else (ABROAD, there)
    return FREE, None


def test_every_pair_of_countries_is_taxed_as_the_table_says() -> None:
    """249 buyers from 249 sellers, with a VAT number and without."""
    assert (len(MEMBERS), len(EVERYWHERE)) == (27, 249)
    notes = {
        HOME: None,
        ABROAD: None,
        FREE: Exemption.EXPORT,
        FRENCH: Exemption.NOT_APPLIED,
        REVERSED: Exemption.REVERSE_CHARGE,
    }
    for seller in EVERYWHERE:
        for buyer in EVERYWHERE:
            for numbered in (False, True):
                asked: list[str] = []
                got = tax_for(
                    seller,
                    buyer,
                    has_vat_number=numbered,
                    rate_of=lambda code, asked=asked: asked.append(code) or 1,  # type: ignore[misc]
                )
                rule, rated = expected(seller, buyer, numbered=numbered)
                wanted = Tax(rate=1 if rated else 0, note=notes[rule])
                assert (got, asked) == (wanted, [rated] if rated else []), (seller, buyer, numbered)


def ordered(cli: Cli, country: str, *more: str) -> dict[str, object]:
    """What a customer of a country is billed for a mailbox of 1.59."""
    slug = f"c-{country.lower()}"
    cli.ok(
        "customer",
        "add",
        slug,
        "--name",
        "C",
        "--email",
        "c@c.example",
        "--country",
        country,
        *more,
    )
    cli.ok("platform", "add", slug, "--customer", slug, "--offer", "email-pro")
    number = cli.ok("account", "order", slug, "-y")["invoice"]
    (tax,) = cli.ok("invoice", "show", number)["taxes"]
    assert isinstance(tax, dict)
    return {**tax, "number": number}


def explained(cli: Cli, invoice: dict[str, object]) -> str:
    """What is said of an invoice."""
    sentences = cli.ok("invoice", "explain", str(invoice["number"]))["sentences"]
    return " ".join(sentence["text"] for sentence in sentences)


def test_a_customer_in_monaco_pays_the_tax_of_france(store: Cli) -> None:
    """20 % of 1.59 is 0.318: also with a VAT number, which is a French one there."""
    got = ordered(store, "MC", "--vat-number", "FR40303265045")
    assert (got["rate"], got["tax_cents"], got["note"]) == ("20", 32, None)
    said = explained(store, got)
    assert "c-mc is in MC, which is taxed as FR: the rate of FR, 20 %" in said
    store.ok("tax", "set", "FR", "21")
    store.ok("customer", "edit", "c-mc", "--vat-number", "")
    assert store.ok("account", "order", "c-mc", "-y")["tax_cents"] == 33


def test_french_territories_have_their_own_rate_or_none(store: Cli) -> None:
    """Réunion 8.5 % of 1.59: 0.135; French Guiana none, by French law; New Caledonia is abroad."""
    reunion, guiana, caledonia = (ordered(store, country) for country in ("RE", "GF", "NC"))
    assert (reunion["rate"], reunion["tax_cents"], reunion["note"]) == ("8.5", 14, None)
    assert (guiana["rate"], guiana["note"]) == ("0", Exemption.NOT_APPLIED)
    assert (caledonia["rate"], caledonia["note"]) == ("0", Exemption.EXPORT)
    said = explained(store, reunion)
    assert "has a rate of its own from a seller in FR: the rate of RE, 8.5 %" in said
    said = explained(store, guiana)
    assert "c-gf is in GF, where a seller in FR charges no VAT." in said
    store.ok("tax", "set", "RE", "9")
    assert store.ok("account", "order", "c-re", "-y")["tax_cents"] == 14


def test_a_seller_in_monaco_sells_as_one_in_france(cli: Cli) -> None:
    """At home to France, with the French rate and a French VAT number."""
    cli.ok("init", "--clock", "2026-01-12", "--seller-country", "MC")
    cli.ok("settings", "set", "seller-vat-number", "40303265045")
    assert [ordered(cli, country)["rate"] for country in ("FR", "MC", "RE", "DE", "CH")] == [
        "20", "20", "8.5", "19", "0",
    ]  # fmt: skip


@pytest.mark.parametrize("country", "GP MQ RE GF YT AX BL MF PM NC PF WF TF".split())
def test_a_seller_whose_tax_is_not_known_is_refused(cli: Cli, country: str) -> None:
    """At init: nothing is made."""
    refused = cli("init", "--seller-country", country)
    assert (refused.status, refused.out, cli.store.exists()) == (2, "", False)
    assert country in refused.err


@pytest.mark.parametrize(
    ("country", "hint"),
    [("MC", "mailctl tax set FR RATE"), ("CH", "tax list"), ("GF", "tax list"), ("NC", "tax list")],
)
def test_a_rate_that_no_invoice_would_bear_is_not_taken(
    store: Cli, country: str, hint: str
) -> None:
    """`tax set MC 20` said that it did something."""
    refused = store("tax", "set", country, "20", "--json")
    assert (refused.status, refused.error()["code"]) == (2, "usage")
    assert hint in str(refused.error()["hint"])
    assert store.ok("tax", "list", "--country", country)["items"] == []


def test_a_seller_outside_the_eu_has_its_own_rate_alone(cli: Cli) -> None:
    """From Switzerland the Swiss rate is used, and no other is."""
    cli.ok("init", "--clock", "2026-01-12", "--seller-country", "CH")
    cli.ok("tax", "set", "CH", "8.1")
    assert ordered(cli, "CH")["rate"] == "8.1"
    assert cli("tax", "set", "FR", "20").status == 2


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("40303265045", "FR", "FR40303265045"),
        ("FR 40 303265045", "FR", "FR40303265045"),
        ("40303265045", "MC", "FR40303265045"),
        ("FR40303265045", "RE", "FR40303265045"),
        ("136695976", "DE", "DE136695976"),
        ("094259216", "GR", "EL094259216"),
        ("EL 094259216", "GR", "EL094259216"),
        ("U13585627", "AT", "ATU13585627"),
        ("0403.019.261", "BE", "BE0403019261"),
        ("SM 24165", "SM", "24165"),
        ("SM24165", "SM", "24165"),
        ("24165", "SM", "24165"),
        ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("107.787.577 IVA", "CH", "CHE107787577IVA"),
        ("GB 980 7806 84", "GB", "980780684"),
        ("980 7806 84", "GB", "980780684"),
        ("NO 995 525 828 MVA", "NO", "995525828MVA"),
    ],
)
def test_a_vat_number_is_taken_as_its_office_prints_it(text: str, country: str, kept: str) -> None:
    """With the country's prefix, or without it where the country is known."""
    assert normal_vat_number(text, country) == kept


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("DE136695976", "FR"), ("FR40303265045", "DE"), ("EL094259216", "DE"), ("136695977", "DE"),
        ("40303265046", "FR"), ("DE136695976", "MC"), ("24165000", "SM"), ("x", "US"),
    ],
)  # fmt: skip
def test_a_wrong_vat_number_is_none_with_or_without_its_prefix(text: str, country: str) -> None:
    """Another country's, or one whose check digit is wrong."""
    with pytest.raises(UsageError):
        normal_vat_number(text, country)


@pytest.mark.parametrize(
    "code", "JPY KRW VND ISK CLP BHD KWD TND JOD CLF XAF XOF XAU XXX XTS".split()
)
def test_a_currency_without_hundredths_is_refused_by_its_name(cli: Cli, code: str) -> None:
    """`init --currency JPY` made invoices of 1.91 JPY."""
    refused = cli("init", "--currency", code, "--json")
    assert (refused.status, refused.error()["code"], cli.store.exists()) == (2, "usage", False)
    assert code in str(refused.error()["message"])


def test_the_currencies_taken_are_those_of_two_decimals() -> None:
    """Against Babel's table, but for those that ISO 4217 divides and people no longer do."""
    from babel.numbers import get_currency_precision

    no_longer = set(
        "AFN ALL COP CRC IDR IRR KPW LAK LBP MGA MMK MNT MUR PKR RSD SLE SOS SYP TZS UZS "
        "YER HUF TWD CZK NOK SEK AMD GYD IQD".split()
    )
    taken = set()
    for currency in pycountry.currencies:
        try:
            taken.add(normal_currency(currency.alpha_3))
        except UsageError:
            assert get_currency_precision(currency.alpha_3) != 2 or currency.alpha_3[0] == "X"
    assert {"EUR", "CHF", "GBP", "USD", "XCD", "HUF", "SEK"} <= taken
    assert {code for code in taken if get_currency_precision(code) != 2} <= no_longer


@pytest.mark.parametrize(
    ("country", "postcode", "name", "code"),
    [
        ("ES", "35001", "the Canary Islands", None), ("ES", "38 400", "the Canary Islands", None),
        ("ES", "51001", "Ceuta", None), ("ES", "52006", "Melilla", None),
        ("DE", "78266", "Büsingen", None), ("DE", "D-27498", "Helgoland", None),
        ("IT", "23041", "Livigno", None), ("IT", "22061", "Campione d'Italia", None),
        ("FR", "97400", "Réunion", "RE"), ("FR", "97133", "Saint Barthélemy", "BL"),
        ("FR", "97110", "Guadeloupe", "GP"), ("FR", "98800", "New Caledonia", "NC"),
        ("FI", "FI-22100", "Åland", "AX"), ("GR", "63086", "Mount Athos", None),
    ],
)  # fmt: skip
def test_advise_says_whose_postcode_lies_outside_the_tax(
    store: Cli, country: str, postcode: str, name: str, code: str | None
) -> None:
    """With the country that the territory has of its own, if it has one."""
    store.ok(
        *("customer", "add", "c", "--name", "C", "--email", "c@c.example"),
        *("--country", country, "--postcode", postcode),
    )
    (found,) = [row for row in store.ok("advise")["items"] if row["code"] == "tax-territory"]
    assert name in found["message"]
    assert (found["severity"], found["customer"]) == ("warning", "c")
    if code:
        assert found["command"] == f"mailctl customer edit c --country {code}"
        store.ok("customer", "edit", "c", "--country", code)
    else:
        assert found["command"] == "mailctl customer edit c --postcode -"
        store.ok("customer", "edit", "c", "--postcode", "10115" if country == "DE" else "28001")
    assert "tax-territory" not in {row["code"] for row in store.ok("advise")["items"]}


@pytest.mark.parametrize(
    ("country", "postcode"),
    [
        ("ES", "28001"), ("ES", "3500"), ("DE", "10115"), ("DE", "35390"), ("IT", "00100"),
        ("IT", "69110"), ("FR", "69110"), ("FR", "38000"), ("FI", "00220"), ("CH", "8238"),
        ("FR", None), ("FR", ""), ("FR", "Cedex 7"), ("PT", "9000-001"),
    ],
)  # fmt: skip
def test_other_postcodes_are_those_of_their_country(country: str, postcode: str | None) -> None:
    """Also where they begin as another country's territory does."""
    assert territory_of(country, postcode) is None
