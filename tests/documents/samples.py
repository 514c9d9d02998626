"""The sample families of EN 16931, by sellers of three countries."""

from __future__ import annotations

from datetime import date

from mailctl.domain.documents import (
    BankAccount,
    Collection,
    Document,
    DocumentCode,
    DocumentLine,
    Identifier,
    Party,
    TaxCategory,
    TaxSum,
    Transfer,
)
from mailctl.domain.money import tax_cents
from mailctl.domain.payments import MethodKind
from mailctl.domain.profile import Language
from mailctl.domain.terms import Period
from mailctl.values import replace

FRENCH_MENTIONS = (
    "#PMT#En cas de retard, une indemnité forfaitaire de 40 € est due pour frais de recouvrement.",
    "#PMD#Pénalités de retard : trois fois le taux d'intérêt légal.",
    "#AAB#Pas d'escompte pour paiement anticipé.",
)


def party(name: str, country: str, **given) -> Party:
    known = dict.fromkeys(
        "legal_form street postcode city vat_number legal_id endpoint contact email phone".split()
    )
    return Party(**known | {"name": name, "country": country} | given)


FRENCH_SELLER = party(
    "Courrier Clair",
    "FR",
    legal_form="SAS au capital de 10 000 €",
    street="12 rue de la Poste",
    postcode="69001",
    city="Lyon",
    vat_number="FR44732829320",
    legal_id=Identifier(scheme="0009", id="73282932000074"),
    endpoint=Identifier(scheme="0225", id="732829320"),
    contact="Comptabilité",
    email="factures@courrier-clair.example",
    phone="+33 4 72 00 00 00",
)
GERMAN_SELLER = party(
    "Klare Post GmbH",
    "DE",
    legal_form="HRB 12345, Amtsgericht Berlin",
    street="Poststr. 1",
    postcode="10115",
    city="Berlin",
    vat_number="DE136695976",
    legal_id=Identifier(scheme="0246", id="DE136695976-00001"),
    endpoint=Identifier(scheme="9930", id="DE136695976"),
    contact="Buchhaltung",
    email="rechnung@klare-post.example",
    phone="+49 30 1234567",
)
BELGIAN_SELLER = party(
    "Courrier Clair Belgique",
    "BE",
    legal_form="SRL",
    street="Rue de la Loi 1",
    postcode="1000",
    city="Bruxelles",
    vat_number="BE0202239951",
    legal_id=Identifier(scheme="0208", id="0202239951"),
    endpoint=Identifier(scheme="0208", id="0202239951"),
    contact="Comptabilité",
    email="factures@courrier-clair.be",
    phone="+32 2 000 00 00",
)
BUYERS = {
    "FR": party(
        "Mairie d'Aubrac & Fils",
        "FR",
        street="1 place de l'Église",
        postcode="12470",
        city="Saint-Chély-d'Aubrac",
        vat_number="FR40303265045",
        legal_id=Identifier(scheme="0002", id="303265045"),
        endpoint=Identifier(scheme="0225", id="303265045"),
        email="compta@aubrac.example",
    ),
    "DE": party(
        "Stadtwerke Müllheim",
        "DE",
        street="Marktplatz 1",
        postcode="79379",
        city="Müllheim",
        vat_number="DE129274202",
        endpoint=Identifier(scheme="0204", id="04011000-12345-03"),
        email="rechnung@muellheim.example",
    ),
    "BE": party(
        "Frituur Noord BV",
        "BE",
        street="Grote Markt 2",
        postcode="2000",
        city="Antwerpen",
        vat_number="BE0403170701",
        legal_id=Identifier(scheme="0208", id="0403170701"),
        endpoint=Identifier(scheme="0208", id="0403170701"),
        email="boekhouding@noord.example",
    ),
    "US": party(
        "Plain Mail Inc.",
        "US",
        street="1 Main Street",
        postcode="05401",
        city="Burlington",
        endpoint=Identifier(scheme="0060", id="123456789"),
        email="ap@plain.example",
    ),
}
IBANS = {
    "FR": "FR7630006000011234567890189",
    "DE": "DE89370400440532013000",
    "BE": "BE68539007547034",
}
SELLERS = {"FR": FRENCH_SELLER, "DE": GERMAN_SELLER, "BE": BELGIAN_SELLER}


def lines(*cents: int) -> tuple[DocumentLine, ...]:
    return tuple(
        DocumentLine(
            number=number,
            account_id=number,
            label="email-pro, monthly" if number % 2 else "hosted-exchange, monthly",
            address=f"box{number}@aubrac.example",
            period=Period.MONTHLY,
            starts_on=date(2026, 1, 31),
            last_on=date(2026, 2, 27),
            unit_cents=each,
        )
        for number, each in enumerate(cents, start=1)
    )


def document(
    seller: str = "FR",
    buyer: str | None = None,
    *,
    category: TaxCategory = TaxCategory.STANDARD,
    cents: tuple[int, ...] = (159, 399),
    prepaid: int | None = 0,
    **given,
) -> Document:
    """An invoice; `prepaid` in cents, None for the whole."""
    account = BankAccount(iban=IBANS[seller], bic=None, bank="Banque Claire")
    rates = {"FR": 2000, "DE": 1900, "BE": 2100}
    rate = rates[seller] if category is TaxCategory.STANDARD else 0
    net = sum(cents)
    tax = tax_cents(net, rate)
    paid = net + tax if prepaid is None else prepaid
    due = net + tax - paid
    whole = {
        "code": DocumentCode.INVOICE,
        "number": "I2026000123",
        "issued_on": date(2026, 1, 31),
        "due_on": date(2026, 2, 7),
        "currency": "EUR",
        "language": Language.FRENCH,
        "seller": SELLERS[seller],
        "seller_account": account,
        "logo": None,
        "mentions": FRENCH_MENTIONS if seller == "FR" else (),
        "buyer": BUYERS[buyer or seller],
        "buyer_reference": "04011000-12345-03" if (buyer or seller) == "DE" else "SERVICE-7",
        "order": "O1234",
        "corrects": None,
        "reason": None,
        "lines": lines(*cents),
        "taxes": (TaxSum(category=category, rate=rate, net_cents=net, tax_cents=tax, reason=None),),
        "net_cents": net,
        "tax_cents": tax,
        "total_cents": net + tax,
        "prepaid_cents": paid,
        "due_cents": due,
        "payment": Transfer(account=account, reference="RF94I2026000123") if due else None,
    }
    return Document(**whole | given)


def credit_note(seller: str = "FR", **given) -> Document:
    """Of an invoice, refunded to the prepaid account."""
    return document(
        seller,
        code=DocumentCode.CREDIT_NOTE,
        number="C2026000004",
        due_on=None,
        corrects=("I2026000123", date(2026, 1, 31)),
        reason="Boîte commandée deux fois",
        prepaid=None,
        **given,
    )


def families(seller: str) -> dict[str, Document]:
    """The seven families, of a seller."""
    elsewhere = "BE" if seller == "DE" else "DE"
    made = {
        "standard": document(seller),
        "reverse charge": document(seller, elsewhere, category=TaxCategory.REVERSE_CHARGE),
        "export": document(seller, "US", category=TaxCategory.OUTSIDE),
        "credit note": credit_note(seller),
        "prepaid": document(seller, prepaid=None),
        "several lines": document(seller, cents=tuple(range(100, 2100, 40)), prepaid=1000),
        "zero": document(seller, category=TaxCategory.ZERO),
    }
    debit = Collection(
        kind=MethodKind.BANK,
        method="Banque …0189",
        mandate="MD-7",
        iban=None,
        creditor_id="FR12ZZZ123456",
        not_before_on=date(2026, 2, 14),
    )
    return made | {"collected": replace(made["standard"], payment=debit)}
