"""A document that breaks a rule is refused by the rule's number, with the command that mends it."""

import re
from datetime import date

import einvoice
import mockeinvoice
import pytest

from mailctl.documents.invoiceable import checked, made
from mailctl.documents.mends import RULES
from mailctl.documents.rule_sets import BY_NAME, RULE_SETS, RuleKind, rule_sets_of
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.xml import xml_of
from mailctl.domain.documents import DocumentFormat, Identifier
from mailctl.domain.tax import TaxCategory
from mailctl.errors import NotInvoiceableError
from mailctl.values import replace
from tests.documents.samples import FRENCH_MENTIONS, credit_note, document


def with_seller(of, **given):
    return replace(of, seller=replace(of.seller, **given))


def with_buyer(of, **given):
    return replace(of, buyer=replace(of.buyer, **given))


def with_tax(of, **given):
    return replace(of, taxes=tuple(replace(tax, **given) for tax in of.taxes))


def with_line(of, **given):
    return replace(of, lines=(replace(of.lines[0], **given), *of.lines[1:]))


SENT = document("DE")
"""To a customer in Germany, by a seller there."""
FRENCH = document("FR")
REVERSE = document("DE", "BE", category=TaxCategory.REVERSE_CHARGE)
TAX_OFF = with_tax(
    replace(SENT, tax_cents=306, total_cents=SENT.net_cents + 306, due_cents=SENT.net_cents + 306),
    tax_cents=306,
)
"""By two euro: EN 16931's own rule lets a euro pass."""

MODEL = [
    ("the total is a cent too high", replace(SENT, total_cents=SENT.total_cents + 1), "BR-CO-15"),
    ("the amount due is a cent too low", replace(SENT, due_cents=SENT.due_cents - 1), "BR-CO-16"),
    ("the tax is not that of the rate", TAX_OFF, "BR-CO-17"),
    ("a line is a cent too low", with_line(SENT, unit_cents=158), "BR-CO-10"),
    ("no VAT number of the seller", with_seller(SENT, vat_number=None), "BR-S-02"),
    ("no VAT number of the buyer", with_buyer(REVERSE, vat_number=None, legal_id=None), "BR-AE-02"),
    ("a category without a rate, taxed", with_tax(SENT, category=TaxCategory.ZERO), "BR-Z-05"),
    ("the standard rate of 0 %", with_tax(SENT, rate=0), "BR-S-05"),
    ("a VAT number without its country", with_seller(SENT, vat_number="136695976"), "BR-CO-09"),
]
CODES = [
    ("a country that is none", with_buyer(SENT, country="XX"), "BR-CL-14"),
    (
        "an electronic address of no known kind",
        with_buyer(SENT, endpoint=Identifier(scheme="9999", id="1")),
        "BR-CL-25",
    ),
]
"""Factur-X has its own numbers for these, which change with its releases."""

FRANCE = [
    ("no mentions", replace(FRENCH, mentions=()), "BR-FR-05"),
    ("a mention twice", replace(FRENCH, mentions=(*FRENCH_MENTIONS, *FRENCH_MENTIONS)), "BR-FR-06"),
    ("no SIREN of the seller", with_seller(FRENCH, legal_id=None), "BR-FR-10"),
    (
        "a SIRET that is too short",
        with_seller(FRENCH, legal_id=Identifier(scheme="0009", id="7328293200007")),
        "BR-FR-09",
    ),
    (
        "no address of the buyer",
        with_buyer(FRENCH, endpoint=None, legal_id=None, email=None),
        "BR-FR-12",
    ),
    (
        "no address of the seller",
        with_seller(FRENCH, endpoint=None, legal_id=None, email=None),
        "BR-FR-13",
    ),
    (
        "a character that addresses do not have",
        with_buyer(FRENCH, endpoint=Identifier(scheme="0225", id="303265045 A")),
        "BR-FR-23",
    ),
    ("a credit note without its invoice", replace(credit_note(), corrects=None), "BR-FR-CO-05"),
    ("a number of 36 characters", replace(FRENCH, number="I" * 36), "BR-FR-01"),
    ("a number with a space", replace(FRENCH, number="I2026 000123"), "BR-FR-02"),
    ("a day of another century", replace(FRENCH, issued_on=date(1999, 12, 31)), "BR-FR-03"),
    ("a rate that France does not have", with_tax(FRENCH, rate=1900), "BR-FR-16"),
]

UNREACHABLE = {"endpoint": None, "email": None}
UNASKABLE = {"contact": None, "phone": None, "email": None}
XRECHNUNG = [
    ("no means of payment", replace(SENT, payment=None), "BR-DE-1"),
    ("nobody to ask", with_seller(SENT, **UNASKABLE), "BR-DE-2"),
    ("no city of the seller", with_seller(SENT, city=None), "BR-DE-3"),
    ("no postcode of the seller", with_seller(SENT, postcode=None), "BR-DE-4"),
    ("no name of whom to ask", with_seller(SENT, contact=None), "BR-DE-5"),
    ("no phone of the seller", with_seller(SENT, phone=None), "BR-DE-6"),
    ("no e-mail of the seller", with_seller(SENT, email=None), "BR-DE-7"),
    ("no city of the buyer", with_buyer(SENT, city=None), "BR-DE-8"),
    ("no postcode of the buyer", with_buyer(SENT, postcode=None), "BR-DE-9"),
    ("no Leitweg-ID", replace(SENT, buyer_reference=None), "BR-DE-15"),
    ("no address of the buyer", with_buyer(SENT, **UNREACHABLE), "PEPPOL-EN16931-R010"),
    ("no address of the seller", with_seller(SENT, **UNREACHABLE), "PEPPOL-EN16931-R020"),
]

BELGIAN = document("BE")
PEPPOL = [
    ("no address of the buyer", with_buyer(BELGIAN, endpoint=None), "PEPPOL-EN16931-R010"),
    ("no address of the seller", with_seller(BELGIAN, endpoint=None), "PEPPOL-EN16931-R020"),
    (
        "neither reference nor order",
        replace(BELGIAN, buyer_reference=None, order=None),
        "PEPPOL-EN16931-R003",
    ),
    (
        "an address that is an e-mail address",
        with_buyer(BELGIAN, endpoint=Identifier(scheme="EM", id="a@b.example")),
        "PEPPOL-EN16931-CL008",
    ),
    (
        "a Belgian number with a wrong check digit",
        with_buyer(BELGIAN, endpoint=Identifier(scheme="0208", id="0403170702")),
        "PEPPOL-COMMON-R043",
    ),
    (
        "a GLN with a wrong check digit",
        with_buyer(BELGIAN, endpoint=Identifier(scheme="0088", id="5790000000001")),
        "PEPPOL-COMMON-R040",
    ),
    ("no contact, within Germany", with_seller(SENT, **UNASKABLE), "DE-R-002"),
    ("no postcode, within Germany", with_seller(SENT, postcode=None), "DE-R-004"),
    ("no reference, within Germany", replace(SENT, buyer_reference=None), "DE-R-015"),
]

CASES = [
    *((Syntax.FACTURX, "cii-en16931", *case) for case in MODEL),
    *((Syntax.UBL, "ubl-en16931", *case) for case in (*MODEL, *CODES)),
    *((Syntax.FACTURX, "cii-france", *case) for case in FRANCE),
    *((Syntax.UBL, "ubl-france", *case) for case in FRANCE),
    *((Syntax.XRECHNUNG, "xrechnung", *case) for case in XRECHNUNG),
    *((Syntax.PEPPOL, "peppol", *case) for case in PEPPOL),
]
NAMED = [f"{case[0]} {case[2]}" for case in CASES]


@pytest.mark.parametrize(("syntax", "rules", "_", "wrong", "rule"), CASES, ids=NAMED)
def test_it_is_refused_by_the_number_of_the_rule(syntax, rules, _, wrong, rule, validator):
    _, broken = checked(wrong, syntax, validator)
    assert rule in [found.rule for found in broken]
    assert {found.rules for found in broken} == {rules}
    with pytest.raises(NotInvoiceableError, match=f"cannot leave as {syntax}: ") as refusal:
        made(wrong, DocumentFormat(syntax), customer="acme", validator=validator)
    assert refusal.value.hint.startswith("mailctl ")


@pytest.mark.parametrize(
    ("wrong", "rule"), [case[1:] for case in PEPPOL], ids=[case[0] for case in PEPPOL]
)
def test_mock_einvoice_refuses_it_by_the_same_number(wrong, rule):
    _, report = mockeinvoice.validate(xml_of(wrong, Syntax.PEPPOL))
    assert rule in [found.code for found in report.failures]


@pytest.mark.parametrize(
    ("syntax", "_", "wrong", "rule"),
    [
        *((syntax, *case) for case in MODEL for syntax in (Syntax.FACTURX, Syntax.UBL)),
        *((Syntax.XRECHNUNG, *case) for case in XRECHNUNG if not case[2].startswith("PEPPOL")),
    ],
)
def test_verifyhash_refuses_it_by_the_same_number(syntax, _, wrong, rule):
    profile = "xrechnung" if syntax is Syntax.XRECHNUNG else "en16931"
    report = einvoice.validate_bytes(xml_of(wrong, syntax), profile=profile)
    assert rule in [found["rule"] for found in report["violations"]]


# What no document can say is changed in its XML.
CHANGED = [
    ("facturx", "S1</ram:ID>", "S9X</ram:ID>", "BR-FR-08"),
    ("facturx", "S1</ram:ID>", "S2</ram:ID>", "BR-FR-CO-09"),
    ("ubl", "<cbc:ProfileID>S1</cbc:ProfileID>", "", "BR-FR-08"),
    ("ubl", "ProfileID>S1<", "ProfileID>S2<", "BR-FR-CO-09"),
    ("facturx", r"(<ram:EndDateTime>\s*<.*>)20260227", r"\g<1>20260130", "BR-30"),
    ("ubl", r"(<cac:InvoiceLine>[\s\S]*<cbc:EndDate>)2026-02-27", r"\g<1>2026-01-30", "BR-30"),
    ("peppol", r"<cbc:ProfileID>.*</cbc:ProfileID>", "", "PEPPOL-EN16931-R001"),
    ("peppol", "billing:01:1.0", "invoicing:01", "PEPPOL-EN16931-R007"),
    ("peppol", "billing:3.0<", "billing:2.0<", "PEPPOL-EN16931-R004"),
    ("peppol", r"(<cbc:StartDate>)2026-01-31", r"\g<1>2026-02-01", "PEPPOL-EN16931-R110"),
    ("peppol", r"(<cbc:Note>).*(</cbc:Note>)", r"\1\2", "PEPPOL-EN16931-R008"),
    ("xrechnung", r"<cbc:ProfileID>.*</cbc:ProfileID>", "", "PEPPOL-EN16931-R001"),
    ("xrechnung", r"(<cbc:StartDate>)2026-01-31", r"\g<1>2026-02-01", "PEPPOL-EN16931-R110"),
]


@pytest.mark.parametrize(("syntax", "found", "put", "rule"), CHANGED)
def test_a_changed_file_is_refused_by_the_number_of_the_rule(syntax, found, put, rule, validator):
    given = FRENCH if syntax in ("facturx", "ubl") else replace(BELGIAN, mentions=("Merci.",))
    changed, count = re.subn(found, put, xml_of(given, Syntax(syntax)).decode(), count=1)
    assert count
    sets = rule_sets_of(
        Syntax(syntax), is_credit_note=False, is_french=syntax in ("facturx", "ubl")
    )
    broken = validator.broken_by(changed.encode(), sets)
    assert any(found.rule.split("_")[0] == rule for found in broken), broken


SCHEMA = {
    Syntax.FACTURX: [
        ("an amount with a comma", r">1\.59<", ">1,59<"),
        ("an amount that is none", r">5\.58<", ">much<"),
        ("no number of the document", r"<ram:ID>I2026000123</ram:ID>", ""),
        ("no date", r"(?s)<ram:IssueDateTime>.*?</ram:IssueDateTime>", ""),
        ("no seller", r"(?s)<ram:SellerTradeParty>.*?</ram:SellerTradeParty>", ""),
        ("no sums", r"(?s)<(ram:Spec\w+HeaderMonetarySummation)>.*?</\1>", ""),
        ("an element that nobody knows", r"<ram:TypeCode>", "<ram:Mood/><ram:TypeCode>"),
        ("no delivery", r"(?s)<(ram:ApplicableHeaderTradeDelivery)>.*?</\1>", ""),
    ],
    Syntax.UBL: [
        ("a date that is none", "2026-01-31", "31.01.2026"),
        ("an amount with a comma", r">1\.59<", ">1,59<"),
        ("an amount without its currency", ' currencyID="EUR"', ""),
        ("no number of the document", r"<cbc:ID>I2026000123</cbc:ID>", ""),
        ("no date", r"<cbc:IssueDate>.*</cbc:IssueDate>", ""),
        ("no seller", r"(?s)<(cac:AccountingSupplierParty)>.*?</\1>", ""),
        ("no sums", r"(?s)<(cac:LegalMonetaryTotal)>.*?</\1>", ""),
        ("an element that nobody knows", r"<cbc:IssueDate>", "<cbc:Mood/><cbc:IssueDate>"),
    ],
}
SCHEMA_CASES = [(syntax, *case) for syntax, cases in SCHEMA.items() for case in cases]


@pytest.mark.parametrize(
    ("syntax", "_", "found", "put"), SCHEMA_CASES, ids=[f"{x[0]} {x[1]}" for x in SCHEMA_CASES]
)
def test_what_is_not_of_the_schema_is_refused_before_any_rule(syntax, _, found, put, validator):
    changed, count = re.subn(found, put, xml_of(FRENCH, syntax).decode(), count=1)
    assert count
    sets = rule_sets_of(syntax, is_credit_note=False, is_french=True)
    broken = validator.broken_by(changed.encode(), sets)
    assert {found.rules for found in broken} == {sets[0].name}
    assert {found.rule for found in broken} == {"XSD"}


def test_what_is_no_xml_is_refused(validator):
    sets = rule_sets_of(Syntax.UBL, is_credit_note=False, is_french=False)
    assert [found.rule for found in validator.broken_by(b"<Invoice>", sets)] == ["XML"]


def test_a_report_that_is_fatal_counts_as_a_broken_rule(validator):
    """Factur-X reports an attribute that is not used there, without a number of its own."""
    xml = xml_of(FRENCH, Syntax.FACTURX)
    stray = xml.replace(b"<ram:LineID>1<", b'<ram:LineID schemeID="0225">1<', 1)
    assert stray != xml
    sets = rule_sets_of(Syntax.FACTURX, is_credit_note=False, is_french=True)
    assert [found.rule for found in validator.broken_by(stray, sets)] == ["cii-en16931"]


def test_the_refusal_says_the_rule_its_sentence_and_the_command(validator):
    wrong = replace(SENT, buyer_reference=None)
    with pytest.raises(NotInvoiceableError) as refusal:
        made(wrong, DocumentFormat.XRECHNUNG, customer="muellheim", validator=validator)
    assert refusal.value.message == (
        "invoice I2026000123 cannot leave as xrechnung: BR-DE-15: "
        'Das Element "Buyer reference" (BT-10) muss übermittelt werden.'
    )
    assert refusal.value.hint == (
        "mailctl customer edit muellheim --buyer-reference BUYER-REFERENCE"
    )


def test_all_broken_rules_are_named(validator):
    wrong = replace(FRENCH, mentions=())
    with pytest.raises(NotInvoiceableError) as refusal:
        made(wrong, DocumentFormat.UBL, customer="acme", validator=validator)
    assert len(refusal.value.lines) == 2
    assert refusal.value.hint == "mailctl settings set mentions-fr TEXT"


def test_a_rule_that_every_line_breaks_is_named_once(validator):
    wrong = with_seller(REVERSE, vat_number=None)
    with pytest.raises(NotInvoiceableError, match="BR-AE-02: ") as refusal:
        made(wrong, DocumentFormat.UBL, customer="acme", validator=validator)
    assert len(REVERSE.lines) > 1
    assert refusal.value.lines == ()


def test_a_name_that_xml_cannot_hold_is_refused(validator):
    wrong = with_buyer(SENT, name="a\x0bb")
    with pytest.raises(NotInvoiceableError, match="XML: ") as refusal:
        made(wrong, DocumentFormat.UBL, customer="acme", validator=validator)
    assert refusal.value.hint.startswith("mailctl customer edit acme --name NAME")


def test_every_rule_that_has_a_command_exists():
    known = "".join(
        rules.path.read_text(encoding="utf-8")
        for rules in RULE_SETS
        if rules.kind is RuleKind.SCHEMATRON
    )
    assert [rule for rule in sorted(RULES) if rule not in known] == []


def test_the_rules_ask_no_network():
    for rules in BY_NAME.values():
        text = rules.path.read_text(encoding="utf-8")
        assert not re.search(r"(document|doc|unparsed-text)\s*\(\s*['\"]?\s*https?:", text)
        assert not re.search(r"<\w+:(import|include)[^>]*(href|schemaLocation)=\"https?:", text)


def test_our_rule_sets_are_the_files_that_were_released():
    for rules in RULE_SETS:
        if rules.digest:
            assert rules.found_digest() == rules.digest


def test_eight_rules_of_every_set_are_tried():
    for rules in RULE_SETS:
        if rules.kind is RuleKind.SCHEMATRON:
            tried = {case[4] for case in CASES if case[1] == rules.name}
            assert len(tried) >= 8, rules.name
