"""What a document's business terms say, whatever syntax they are written in."""

from datetime import date

import pytest
from lxml import etree

from mailctl.documents.invoiceable import checked, made
from mailctl.documents.shortfalls import shortfalls
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.terms import is_french, note, terms
from mailctl.documents.xml import xml_of
from mailctl.domain.documents import Collection, DocumentFormat, Identifier
from mailctl.domain.payments import MethodKind
from mailctl.domain.tax import TaxCategory
from mailctl.values import replace
from tests.documents.samples import BUYERS, SELLERS, credit_note, document, families, lines

CONSUMER = replace(BUYERS["FR"], vat_number=None, legal_id=None, endpoint=None, name="Zoé Petit")
DEBIT = Collection(
    kind=MethodKind.BANK,
    method="Banque …0189",
    mandate="MD & 7",
    iban=None,
    creditor_id="FR12ZZZ123456",
    not_before_on=date(2026, 2, 14),
)


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize("family", families("FR"))
def test_no_term_is_empty(family, syntax):
    def empties(terms):
        for key, term in terms.items() if isinstance(terms, dict) else enumerate(terms):
            if term in (None, "", [], {}):
                yield key
            elif isinstance(term, dict | list):
                yield from empties(term)

    assert list(empties(terms(families("FR")[family], syntax))) == []


def test_amounts_are_exact_text():
    large = document(cents=(999_999_999, 1, 70))
    found = terms(large, Syntax.UBL)
    assert found["BT-109"] == "10000000.70"
    assert [line["BT-131"] for line in found["BG-25"]] == ["9999999.99", "0.01", "0.70"]


def test_a_line_says_its_last_day():
    (line,) = terms(document(cents=(159,)), Syntax.FACTURX)["BG-25"]
    assert (line["BT-134"], line["BT-135"]) == (date(2026, 1, 31), date(2026, 2, 27))


def test_the_whole_period_is_from_the_first_day_to_the_last_of_all_lines():
    early, late = lines(1, 2)
    late = replace(late, starts_on=date(2026, 3, 1), last_on=date(2026, 3, 31))
    found = terms(replace(document(cents=(1, 2)), lines=(late, early)), Syntax.UBL)
    assert (found["BT-73"], found["BT-74"]) == (date(2026, 1, 31), date(2026, 3, 31))


def test_what_is_paid_at_issue_is_the_french_process_s2():
    found = terms(document(prepaid=None), Syntax.FACTURX)
    assert found["BT-23"] == "S2"
    assert found["BT-113"] == found["BT-112"]
    assert found["BT-115"] == "0.00"
    assert found["BT-9"] == date(2026, 1, 31)


def test_what_is_partly_paid_stays_s1_and_is_due_on_its_day():
    found = terms(document(prepaid=100), Syntax.FACTURX)
    assert (found["BT-23"], found["BT-113"]) == ("S1", "1.00")
    assert found["BT-9"] == date(2026, 2, 7)


def test_outside_the_tax_nobody_has_a_vat_number_and_nothing_a_rate():
    outside = document(buyer="DE", category=TaxCategory.OUTSIDE)
    found = terms(outside, Syntax.UBL)
    assert "vat_identifier" not in found["BG-4"] | found["BG-7"]
    assert "BT-119" not in found["BG-23"][0]
    assert "BT-152" not in found["BG-25"][0]


def test_reverse_charge_says_why_in_the_words_of_the_invoice():
    mention = "Autoliquidation"
    charged = document(buyer="DE", category=TaxCategory.REVERSE_CHARGE)
    charged = replace(charged, taxes=(replace(charged.taxes[0], reason=mention),))
    (tax,) = terms(charged, Syntax.UBL)["BG-23"]
    assert (tax["BT-118"], tax["BT-119"]) == ("AE", "0")
    assert (tax["BT-120"], tax["BT-121"]) == (mention, "VATEX-EU-AE")


def test_a_siret_is_the_party_and_its_siren_the_legal_id():
    seller = terms(document(), Syntax.FACTURX)["BG-4"]
    assert seller["identifiers"] == {"0009": "73282932000074"}
    assert seller["legal_identifier_schemeid"] == "0002"
    assert seller["legal_identifier"] == "732829320"


@pytest.mark.parametrize("syntax", [Syntax.FACTURX, Syntax.UBL])
def test_an_invoice_for_a_consumer_in_france_keeps_the_rules(syntax, validator):
    assert checked(replace(document(), buyer=CONSUMER), syntax, validator)[1] == ()


def test_another_countrys_tax_is_not_under_frances_rules(validator):
    consumer = replace(CONSUMER, country="DE")
    oss = replace(document(), buyer=consumer)
    oss = replace(oss, taxes=(replace(oss.taxes[0], rate=1900, tax_cents=106),))
    sums = {"tax_cents": 106, "total_cents": 664, "due_cents": 664}
    oss = replace(oss, **sums)
    assert not is_french(oss)
    assert is_french(document())
    assert checked(oss, Syntax.FACTURX, validator)[1] == ()


@pytest.mark.parametrize("form", [DocumentFormat.FACTURX, DocumentFormat.UBL])
def test_a_seller_in_monaco_needs_no_siren_and_no_mentions_of_france(form, validator):
    """Monaco is taxed as France, and that is all: its numbers of the tax have no SIREN in them."""
    ids = {"vat_number": "FR21000000100", "legal_id": None, "endpoint": None}
    seller = replace(SELLERS["FR"], country="MC", **ids)
    known = replace(document(), seller=seller, mentions=())
    assert "BT-23" not in terms(known, Syntax(form))
    assert shortfalls(known, form) == ()
    assert made(known, form, customer="acme", validator=validator)
    # Its customers in Monaco are French to a seller in France.
    there = replace(document(), buyer=replace(CONSUMER, country="MC"))
    assert is_french(there)
    assert made(there, form, customer="acme", validator=validator)


def test_overseas_france_pays_its_own_rate(validator):
    there = replace(document(), buyer=replace(CONSUMER, country="GP"))
    there = replace(there, taxes=(replace(there.taxes[0], rate=850, tax_cents=47),))
    there = replace(there, tax_cents=47, total_cents=605, due_cents=605)
    assert is_french(there)
    assert checked(there, Syntax.UBL, validator)[1] == ()


def test_a_mention_may_have_a_subject():
    assert note("#PMT#Frais de recouvrement : 40 €") == ("PMT", "Frais de recouvrement : 40 €")
    assert note("Merci #1 de nos clients") == (None, "Merci #1 de nos clients")


@pytest.mark.parametrize("syntax", [Syntax.FACTURX, Syntax.UBL])
@pytest.mark.parametrize("reason", ["#AAB#Remise oubliée", "Double, voir #PMT#", "#"])
def test_a_reason_that_looks_like_a_mention_is_none(reason, syntax, validator):
    """A credit note stays as it was issued: nothing that is typed there may keep it for ever."""
    refund = replace(credit_note(), reason=reason)
    assert checked(refund, syntax, validator)[1] == ()
    kept = terms(refund, syntax)["BG-1"][0]
    assert "BT-21" not in kept
    assert kept["BT-22"] == reason.replace("#AAB#", "AAB ").replace("#PMT#", "PMT ")


def test_peppol_gets_one_note_of_all():
    notes = terms(credit_note(), Syntax.PEPPOL)["BG-1"]
    assert len(notes) == 1
    assert notes[0]["BT-22"].startswith("Boîte commandée deux fois\nEn cas de retard")


def test_an_address_is_the_one_given_else_the_siren_else_the_email():
    of_siren = replace(BUYERS["FR"], endpoint=None)
    given = {
        "given": (BUYERS["BE"], ("0208", "0403170701")),
        "siren": (of_siren, ("0225", "303265045")),
        "email": (CONSUMER, ("EM", "compta@aubrac.example")),
    }
    for buyer, expected in given.values():
        found = terms(replace(document(), buyer=buyer), Syntax.UBL)["BG-7"]
        assert (found["einvoicing_addr_schemeid"], found["einvoicing_addr"]) == expected
    peppol = terms(replace(document(), buyer=of_siren), Syntax.PEPPOL)["BG-7"]
    assert "einvoicing_addr" not in peppol


def test_a_legal_id_of_another_country_keeps_its_scheme():
    legal = Identifier(scheme="0208", id="0403170701")
    buyer = terms(document("BE"), Syntax.UBL)["BG-7"]
    assert buyer["legal_identifier_schemeid"] == legal.scheme
    assert buyer["legal_identifier"] == legal.id


@pytest.mark.parametrize("syntax", [Syntax.UBL, Syntax.PEPPOL])
def test_a_direct_debit_names_its_mandate(syntax, validator):
    xml, broken = checked(replace(document("BE"), payment=DEBIT), syntax, validator)
    assert broken == ()
    assert b"<cac:PaymentMandate>\n      <cbc:ID>MD &amp; 7</cbc:ID>" in xml


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize(
    "name",
    [
        "株式会社メール & 手紙",
        "شركة البريد \u200f(مصر)",
        "می\u200cخواهم",  # noqa: RUF001 - a Persian word
        '<b>O\'Neil</b> "]]>" & Söhne 👩\u200d💻',
        "x" * 1000,
    ],
)
def test_any_name_arrives_as_it_is(name, syntax, validator):
    seller = "BE" if syntax.has_peppol_process else "FR"
    given = document(seller)
    xml, broken = checked(replace(given, buyer=replace(given.buyer, name=name)), syntax, validator)
    assert broken == ()
    assert name in [element.text for element in etree.fromstring(xml).iter()]


def test_an_invoice_has_one_tax():
    two = document()
    with pytest.raises(ValueError, match="too many values"):
        xml_of(replace(two, taxes=two.taxes * 2), Syntax.UBL)
