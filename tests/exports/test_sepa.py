"""Direct debits: the file that the bank takes, by its own schema, the same each time."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from mailctl.errors import UsageError
from mailctl.exports.sepa import (
    LONGEST_TEXT,
    Creditor,
    DebtorAddress,
    DirectDebit,
    MandateUse,
    bill_text,
    direct_debits,
    plain,
    without,
)
from mailctl.values import replace

CREDITOR = Creditor(
    name="Hébergeur & Cie",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    creditor_id="FR72ZZZ123456",
)
PAYMENTS = (
    DirectDebit(
        end_to_end_id="payment-1-1",
        amount_cents=4544,
        debtor="Études notariales Lefèvre & Noël",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
        mandate="M-2026/1",
        signed_on=date(2026, 1, 15),
        sequence=MandateUse.FIRST,
        collect_on=date(2026, 2, 10),
        description="lefevre-noel, payment 1",
    ),
    DirectDebit(
        end_to_end_id="payment-2-1",
        amount_cents=5,
        debtor="Blütenträume <Straße>",
        iban="DE89370400440532013000",
        bic=None,
        mandate="M-2",
        signed_on=date(2025, 12, 31),
        sequence=MandateUse.RECURRENT,
        collect_on=date(2026, 2, 10),
        description="blutentraume, payment 2",
    ),
    DirectDebit(
        end_to_end_id="payment-3-2",
        amount_cents=999_999_999,
        debtor="三",
        iban="BE68539007547034",
        bic=None,
        mandate="M-3",
        signed_on=date(2025, 12, 31),
        sequence=MandateUse.RECURRENT,
        collect_on=date(2026, 2, 10),
        description="x",
    ),
)
NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


def written(*payments: DirectDebit, **changes: Any) -> str:
    """The file of some payments on one day."""
    arguments: dict[str, Any] = {
        "creditor": CREDITOR,
        "message_id": "mailctl-17",
        "created_at": datetime.fromisoformat("2026-02-05T08:30:01"),
    }
    arguments |= changes
    return direct_debits(payments or PAYMENTS, arguments.pop("creditor"), **arguments)


def texts(document: str, path: str) -> list[str | None]:
    """What stands at a path of the file."""
    return [found.text for found in ET.fromstring(document).findall(path, NAMESPACE)]


def test_the_banks_own_schema_accepts_the_file() -> None:
    """The schema of ISO 20022 as the library ships it, applied by a program of its own."""
    schema = files("sepaxml").joinpath("schemas/pain.008.001.08.xsd")
    xmlschema.XMLSchema(str(schema)).validate(written())


def test_amounts_and_sums_are_exact_to_the_cent() -> None:
    """Cents become euros without a float between; counts and sums are those of the payments."""
    document = written()

    assert texts(document, ".//p:InstdAmt") == ["45.44", "0.05", "9999999.99"]
    assert texts(document, ".//p:GrpHdr/p:CtrlSum") == ["10000045.48"]
    assert texts(document, ".//p:GrpHdr/p:NbOfTxs") == ["3"]
    assert texts(document, ".//p:PmtInf/p:CtrlSum") == ["45.44", "10000000.04"]
    currencies = [
        found.get("Ccy") for found in ET.fromstring(document).iterfind(".//p:InstdAmt", NAMESPACE)
    ]
    assert currencies == ["EUR", "EUR", "EUR"]


def test_names_are_written_in_the_letters_that_all_banks_take() -> None:
    """Accents go, `&` becomes `+`, what has no letters left is not provided."""
    document = written()

    assert texts(document, ".//p:Dbtr/p:Nm") == [
        "Etudes notariales Lefevre + Noel",
        "Blutentraume  Strasse",
        "San",
    ]
    assert texts(document, ".//p:Cdtr/p:Nm") == ["Hebergeur + Cie"] * 2
    assert plain("☃\u200b", 70) == "NOTPROVIDED"
    assert len(plain("é" * 100, 70)) == 70


def test_first_and_recurrent_uses_of_mandates_are_asked_for_apart() -> None:
    """Each with the day of collection, the mandate, and the day on which it was signed."""
    document = written()

    assert texts(document, ".//p:SeqTp") == ["FRST", "RCUR"]
    assert texts(document, ".//p:ReqdColltnDt") == ["2026-02-10", "2026-02-10"]
    assert texts(document, ".//p:MndtId") == ["M-2026/1", "M-2", "M-3"]
    assert texts(document, ".//p:DtOfSgntr") == ["2026-01-15", "2025-12-31", "2025-12-31"]
    assert texts(document, ".//p:EndToEndId") == ["payment-1-1", "payment-2-1", "payment-3-2"]
    assert texts(document, ".//p:DbtrAgt//p:BICFI") == ["AGRIFRPP"]
    assert texts(document, ".//p:CdtrSchmeId//p:Othr/p:Id") == ["FR72ZZZ123456"] * 2


def test_the_same_payments_give_the_same_file() -> None:
    """Identifiers and the instant are ours: nothing is random, nothing is read from a clock."""
    document = written()

    assert written() == document
    assert texts(document, ".//p:MsgId") == ["mailctl-17"]
    assert texts(document, ".//p:CreDtTm") == ["2026-02-05T08:30:01"]
    assert texts(document, ".//p:PmtInfId") == ["mailctl-17-1", "mailctl-17-2"]
    assert document.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso')


def changed(**changes: Any) -> DirectDebit:
    """The first payment with other values."""
    return replace(PAYMENTS[0], **changes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mandate": "Mandat-é"}, "has characters that banks do not accept"),
        ({"mandate": "M" * 36}, "has 36 characters"),
        ({"mandate": "a//b"}, "two together"),
        ({"iban": "not an IBAN"}, "the bank would refuse the file"),
        ({"bic": "X"}, "the bank would refuse the file"),
    ],
)
def test_what_the_bank_would_refuse_is_refused_here(change: dict[str, Any], said: str) -> None:
    """Before a file exists."""
    with pytest.raises(UsageError, match=said):
        written(changed(**change))


def test_a_seller_without_a_creditor_identifier_cannot_collect() -> None:
    """The refusal names the settings."""
    nobody = Creditor(name="Host", iban=CREDITOR.iban, bic=None, creditor_id="")
    with pytest.raises(UsageError, match="creditor identifier"):
        written(creditor=nobody)


def test_no_payment_makes_no_file() -> None:
    """An empty file would be refused by every bank."""
    with pytest.raises(UsageError, match="no payment"):
        direct_debits(
            (),
            CREDITOR,
            message_id="m",
            created_at=datetime.fromisoformat("2026-02-05T00:00:00"),
        )


def test_debits_of_several_days_are_asked_for_apart() -> None:
    """Each batch has one day of collection, the one that its customers were notified of."""
    document = written(changed(), changed(end_to_end_id="payment-9-1", collect_on=date(2026, 3, 2)))

    assert texts(document, ".//p:ReqdColltnDt") == ["2026-02-10", "2026-03-02"]


def test_an_address_is_written_in_its_parts() -> None:
    """Town and country are fields of their own: lines of text are refused since November 2026."""
    geneve = DebtorAddress(street="Rue du Rhône 1", postcode="1204", city="Genève", country="CH")
    document = written(changed(iban="CH9300762011623852957", bic="UBSWCHZH80A", address=geneve))

    address = ET.fromstring(document).find(".//p:Dbtr/p:PstlAdr", NAMESPACE)
    assert address is not None
    assert [(part.tag.rpartition("}")[2], part.text) for part in address] == [
        ("StrtNm", "Rue du Rhone 1"),
        ("PstCd", "1204"),
        ("TwnNm", "Geneve"),
        ("Ctry", "CH"),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Factures 2026-000001, 2026-000002"),
        ("de", "Rechnungen 2026-000001, 2026-000002"),
        ("en", "Invoices 2026-000001, 2026-000002"),
    ],
)
def test_the_banks_text_names_the_invoices(language: str, said: str) -> None:
    """In the customer's language."""
    assert bill_text(["2026-000001", "2026-000002"], language) == said


def test_the_banks_text_names_as_many_invoices_as_fit() -> None:
    """A statement has 140 characters: the others are counted, no number is cut."""
    numbers = [f"2026-{n:06}" for n in range(1, 41)]
    for language in ("fr", "de", "en"):
        text = bill_text(numbers, language)
        named = [number for number in numbers if number in text]
        assert len(text) <= LONGEST_TEXT
        assert named == numbers[: len(named)]
        assert f" {40 - len(named)} " in text
    assert bill_text(["2026-000001"], "en") == "Invoice 2026-000001"
    assert bill_text([], "en") == ""


def test_entries_can_be_taken_out_of_a_file() -> None:
    """Those of one customer go with name, account and mandate; the others stay as they are."""
    left = without(written(), [1])

    assert texts(left, ".//p:EndToEndId") == ["payment-2-1", "payment-3-2"]
    assert "Lefevre" not in left
    assert "M-2026/1" not in left
    # Payment 10 is not payment 1.
    kept = without(written(changed(end_to_end_id="payment-10-1")), [1])
    assert texts(kept, ".//p:EndToEndId") == ["payment-10-1"]
