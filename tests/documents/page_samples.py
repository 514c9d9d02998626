"""Documents of a careful host, made by hand: what the store's documents look like."""

# ruff: noqa: RUF001 - French apostrophes

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

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
from mailctl.domain.payments import MethodKind
from mailctl.domain.profile import Language
from mailctl.domain.terms import Period
from mailctl.values import replace

ISSUED = date(2026, 1, 31)
FRENCH = Party(
    name="Courriel Clair",
    legal_form="SARL",
    street="14 rue des Facteurs",
    postcode="35000",
    city="Rennes",
    country="FR",
    vat_number="FR40303265045",
    legal_id=Identifier(scheme="0002", id="303265045"),
    endpoint=None,
    contact="Service clients",
    email="facturation@courriel-clair.example",
    phone="+33 2 99 00 00 00",
)
GERMAN = replace(
    FRENCH,
    name="Klarpost",
    legal_form="GmbH",
    street="Postgasse 7",
    postcode="50667",
    city="Köln",
    country="DE",
    vat_number="DE136695976",
    legal_id=None,
    contact="Kundenservice",
    email="rechnung@klarpost.example",
    phone="+49 221 000000",
)
BUYER = Party(
    name="Acme Bretagne",
    legal_form="SAS",
    street="2 quai de la Fosse",
    postcode="44000",
    city="Nantes",
    country="FR",
    vat_number="FR23334175221",
    legal_id=Identifier(scheme="0002", id="334175221"),
    endpoint=None,
    contact=None,
    email="compta@acme.example",
    phone=None,
)
BERLIN = replace(
    BUYER,
    name="Gärtnerei Müller & Söhne",
    legal_form="OHG",
    street="Lindenallee 12",
    postcode="10115",
    city="Berlin",
    country="DE",
    vat_number="DE129274202",
    legal_id=None,
)
SWISS = replace(BERLIN, name="Alpenblick", legal_form="AG", street="Seestrasse 1", postcode="8001",
                city="Zürich", country="CH", vat_number=None)  # fmt: skip
ACCOUNT = BankAccount(iban="FR7630006000011234567890189", bic="AGRIFRPP", bank="Crédit Agricole")
TRANSFER = Transfer(account=ACCOUNT, reference="RF94I2026000123")
MENTIONS = {
    Language.FRENCH: (
        "En cas de retard, une pénalité de trois fois le taux d’intérêt légal est exigible.",
        "Indemnité forfaitaire pour frais de recouvrement : 40 €.",
        "Pas d’escompte pour paiement anticipé.",
    ),
    Language.GERMAN: ("Bei Zahlungsverzug gelten die gesetzlichen Verzugszinsen.",),
    Language.ENGLISH: ("Late payment bears interest at three times the French legal rate.",),
}
REVERSE = {
    Language.FRENCH: "Autoliquidation (directive 2006/112/CE, articles 44 et 196).",
    Language.GERMAN: "Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG).",
    Language.ENGLISH: "Reverse charge (Directive 2006/112/EC, articles 44 and 196).",
}
EXPORT = "Outside the scope of EU VAT (Directive 2006/112/EC, articles 44 and 59)."


def lines(count: int, cents: int = 399) -> tuple[DocumentLine, ...]:
    """So many lines, a mailbox each: months, and a year for every fifth."""
    names = ("anna", "bob", "facturation", "contact", "secretariat.general")
    made = []
    for number in range(1, count + 1):
        period = Period.YEARLY if number % 5 == 0 else Period.MONTHLY
        last = date(2027, 1, 30) if period is Period.YEARLY else date(2026, 2, 27)
        made.append(
            DocumentLine(
                number=number,
                account_id=number,
                label=f"hosted-exchange, {'1 an' if number % 5 == 0 else '1 mois'}",
                address=f"{names[number % 5]}{number if number > 5 else ''}@acme-bretagne.example",
                period=period,
                starts_on=ISSUED,
                last_on=last,
                unit_cents=cents,
            )
        )
    return tuple(made)


def document(count: int = 3, **changed: Any) -> Document:
    """An invoice of so many lines with French tax; what is given is changed, and sums follow."""
    language = Language(changed.get("language", Language.FRENCH))
    its_lines = changed.pop("lines", None) or lines(count)
    net = sum(line.unit_cents for line in its_lines)
    category = changed.pop("category", TaxCategory.STANDARD)
    rate = changed.pop("rate", 2000 if category is TaxCategory.STANDARD else 0)
    tax = (net * rate + 5000) // 10000
    prepaid = changed.pop("prepaid_cents", 0)
    reason = {TaxCategory.REVERSE_CHARGE: REVERSE[language], TaxCategory.OUTSIDE: EXPORT}
    whole = Document(
        code=DocumentCode.INVOICE,
        number="2026-000123",
        issued_on=ISSUED,
        due_on=ISSUED + timedelta(days=7),
        currency="EUR",
        language=language,
        seller=FRENCH,
        seller_account=ACCOUNT,
        logo=None,
        mentions=MENTIONS[language],
        buyer=BUYER,
        buyer_reference=None,
        order="1234",
        corrects=None,
        reason=None,
        lines=its_lines,
        taxes=(
            TaxSum(category=category, rate=rate, net_cents=net, tax_cents=tax,
                   reason=reason.get(category)),
        ),
        net_cents=net,
        tax_cents=tax,
        total_cents=net + tax,
        prepaid_cents=prepaid,
        due_cents=net + tax - prepaid,
        payment=TRANSFER,
    )  # fmt: skip
    return replace(whole, **changed)


@cache
def logo() -> bytes:
    """A logo with a transparent ground, as a designer hands it over."""
    from PIL import Image, ImageDraw

    drawn = Image.new("RGBA", (900, 260), (0, 0, 0, 0))
    draw = ImageDraw.Draw(drawn)
    draw.rounded_rectangle((10, 10, 250, 250), 50, fill=(22, 90, 140, 255))
    draw.line((50, 80, 130, 150, 210, 80), fill="white", width=22, joint="curve")
    draw.text((290, 50), "courriel clair", fill=(22, 90, 140, 255), font_size=96)
    written = BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


def _samples() -> dict[str, Document]:
    whole = document(2).total_cents
    de, en = Language.GERMAN, Language.ENGLISH
    yearly = lines(5)[4:]
    return {
        "open": document(),
        "open-with-logo": document(logo=logo()),
        "german-seller": document(8, language=de, seller=GERMAN, buyer=BERLIN, rate=1900),
        "german-logo": document(
            8, language=de, seller=GERMAN, buyer=BERLIN, rate=1900, logo=logo()
        ),
        "reverse-charge": document(
            language=de,
            buyer=BERLIN,
            category=TaxCategory.REVERSE_CHARGE,
            buyer_reference="04011000-12345-34",
        ),
        "export": document(language=en, buyer=SWISS, category=TaxCategory.OUTSIDE, logo=logo()),
        "zero": document(language=en, category=TaxCategory.ZERO),
        "one-day": document(
            language=en,
            lines=(replace(lines(1)[0], starts_on=date(2026, 1, 30), last_on=date(2026, 1, 30)),),
        ),
        "partly-prepaid": document(2, prepaid_cents=500),
        "wholly-prepaid": document(2, language=en, prepaid_cents=whole, payment=None),
        "collected": document(
            2,
            payment=Collection(
                kind=MethodKind.BANK,
                method="Crédit Agricole …0189",
                mandate="CC-2025-00042",
                iban=None,
                creditor_id="FR72ZZZ123456",
                not_before_on=date(2026, 2, 4),
            ),
        ),
        "by-card": document(
            2,
            language=en,
            payment=Collection(
                kind=MethodKind.CARD,
                method="Visa …4242",
                mandate=None,
                iban=None,
                creditor_id=None,
                not_before_on=None,
            ),
        ),
        "no-account": document(2, language=en, payment=None, seller_account=None, due_on=None),
        "credit-note": document(
            2,
            number="AV2026-000004",
            code=DocumentCode.CREDIT_NOTE,
            due_on=None,
            corrects=("2026-000123", ISSUED),
            reason="Facturé deux fois",
            payment=None,
        ),
        "credit-note-german": document(
            1,
            language=de,
            number="AV2026-000005",
            seller=GERMAN,
            buyer=BERLIN,
            rate=1900,
            code=DocumentCode.CREDIT_NOTE,
            due_on=None,
            corrects=("2026-000123", ISSUED),
            reason="Ein Postfach wurde nie eingerichtet",
            payment=None,
        ),
        "year": document(language=en, lines=yearly),
        "twenty": document(20, language=en),
        "sixty": document(60, language=de, seller=GERMAN, buyer=BERLIN, rate=1900, logo=logo()),
        "five-hundred": document(500),
        "long-names": document(
            2,
            buyer=replace(
                BUYER,
                name="Société coopérative d’intérêt collectif pour le développement "
                "numérique des communes de la presqu’île de Rhuys et du golfe du Morbihan",
                contact="Direction des systèmes d’information, bureau 214",
                street="Zone d’activités de la Croix-Blanche\nBâtiment C, 3e étage",
            ),
            lines=(
                replace(
                    lines(1)[0],
                    label="Boîte e-mail professionnelle avec calendrier partagé, "
                    "archivage légal et antispam renforcé, 1 mois",
                    address="prenom-compose.nom-de-famille-tres-tres-long@"
                    "services-administratifs.communaute-de-communes.example",
                ),
            ),
        ),
        "largest": document(
            1,
            lines=(replace(lines(1)[0], unit_cents=999_999_999),),
            prepaid_cents=100_000_000,
            language=de,
        ),
        "largest-credit-note": document(
            1,
            lines=(replace(lines(1)[0], unit_cents=999_999_999),),
            number="AV2026-000006",
            code=DocumentCode.CREDIT_NOTE,
            corrects=("2026-000123", ISSUED),
            reason="Kein Grund ist so lang wie dieser. " * 20,
            payment=None,
        ),
        "endless": document(
            2,
            seller=replace(
                GERMAN, name="Klarpost " * 22, street="Donaudampfschifffahrtsgesellschaft" * 6
            ),
            buyer=replace(
                BERLIN, name="Gärtnerei und " * 14, street="x" * 200, city="Berlin " * 20
            ),
            buyer_reference="04011000-" * 20,
            order="7" * 100,
            mentions=("Ein Satz, den das Gesetz so will. " * 200,),
        ),
        "chinese": document(
            2,
            language=en,
            buyer=replace(
                SWISS,
                name="北京青云电子邮件科技有限公司",
                legal_form=None,
                street="朝阳区建国路88号",
                city="北京市",
                postcode="100022",
                country="CN",
            ),
            category=TaxCategory.OUTSIDE,
        ),
        "japanese": document(
            2,
            language=en,
            buyer=replace(
                SWISS,
                name="株式会社さくらメール Sakura Mail",
                legal_form=None,
                street="千代田区丸の内一丁目",
                city="東京都",
                postcode="100-0005",
                country="JP",
            ),
            category=TaxCategory.OUTSIDE,
        ),
        "korean": document(
            1,
            language=en,
            buyer=replace(
                SWISS,
                name="주식회사 한빛메일",
                legal_form=None,
                street="세종대로 110",
                city="서울",
                postcode="04524",
                country="KR",
            ),
            category=TaxCategory.OUTSIDE,
        ),
        "hebrew": document(
            2,
            language=en,
            buyer=replace(
                SWISS,
                name="דואר בהיר בע״מ",
                legal_form=None,
                street="רחוב הרצל 12",
                city="תל אביב",
                postcode="6688212",
                country="IL",
            ),
            category=TaxCategory.OUTSIDE,
        ),
        "arabic": document(
            2,
            buyer=replace(
                SWISS,
                name="شركة البريد الواضح للخدمات",
                legal_form="Ltd",
                street="شارع الملك فهد 25",
                city="الرياض",
                postcode="12211",
                country="SA",
            ),
            category=TaxCategory.OUTSIDE,
        ),
        "thai-hindi": document(
            1,
            language=en,
            buyer=replace(
                SWISS,
                name="บริษัท อีเมลใส จำกัด",
                legal_form=None,
                street="हिन्दी मार्ग १२",
                city="กรุงเทพฯ",
                postcode="10110",
                country="TH",
            ),
            category=TaxCategory.OUTSIDE,
        ),
        "greek-cyrillic": document(
            1,
            language=de,
            seller=GERMAN,
            rate=1900,
            buyer=replace(
                BERLIN, name="Ταχυδρομείο Αθηνών Ъгъл Łódź Đặng", city="Αθήνα", country="GR"
            ),
        ),
    }


SAMPLES = _samples()
