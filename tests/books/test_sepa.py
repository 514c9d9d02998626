"""Direct debits: the file that the bank takes, by its own schema, the same each time."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema

from mailctl.errors import UsageError
from mailctl.exports.sepa import Creditor, DirectDebit, MandateUse, direct_debits, plain

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
        description="x",
    ),
)
NAMESPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}


def written(*payments: DirectDebit, **changes: Any) -> str:
    """The file of some payments on one day."""
    arguments: dict[str, Any] = {
        "creditor": CREDITOR,
        "collect_on": date(2026, 2, 10),
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
    values = {name: getattr(PAYMENTS[0], name) for name in DirectDebit.__dataclass_fields__}
    return DirectDebit(**(values | changes))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mandate": "Mandat-é"}, "has characters that banks do not take"),
        ({"mandate": "M" * 36}, "the bank would refuse the file"),
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
            collect_on=date(2026, 2, 10),
            message_id="m",
            created_at=datetime.fromisoformat("2026-02-05T00:00:00"),
        )
