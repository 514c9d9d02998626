"""SEPA direct debits: pending payments as a file for banks, pain.008.001.08 (rules 10).

The library writes the XML and has its schema, which validates every file. Its random identifiers
and its own time are replaced, so a file is the same each time.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from xml.etree import ElementTree as ET

from mailctl.domain.debits import check_mandate
from mailctl.errors import UsageError
from mailctl.values import Value

SCHEMA = "pain.008.001.08"
_NAMESPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"
LONGEST_NAME = 70
LONGEST_TEXT = 140
LONGEST_POSTCODE = 16
LONGEST_TOWN = 35
LONGEST_MESSAGE_ID = 30
# Every bank accepts the other characters (EPC 217-08); `&` is not one of them.
_FOREIGN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")


class MandateUse(StrEnum):
    """Whether a mandate is used for the first time."""

    FIRST = "FRST"
    RECURRENT = "RCUR"


class Creditor(Value):
    """Who collects, by the creditor identifier that their bank gave them; IBAN without spaces."""

    name: str
    iban: str
    bic: str | None
    creditor_id: str


class DebtorAddress(Value):
    """The address of a debtor; the country is its two letters."""

    street: str | None
    postcode: str | None
    city: str
    country: str


class DirectDebit(Value):
    """One payment in euro cents, by a mandate that the debtor signed."""

    end_to_end_id: str
    amount_cents: int
    debtor: str
    iban: str
    bic: str | None
    mandate: str
    signed_on: date
    sequence: MandateUse
    collect_on: date
    description: str
    address: DebtorAddress | None = None


def direct_debits(
    payments: Sequence[DirectDebit], creditor: Creditor, *, message_id: str, created_at: datetime
) -> str:
    """The file, valid by its schema; the same for the same arguments.

    Names are put into the letters that all banks take. UsageError for what cannot be: an identifier
    with other characters, values that the schema refuses, no payment at all, or the library missing
    (the extra `sepa`).
    """
    if not payments:
        raise UsageError("there is no payment to write a file of", hint="mailctl payment list")
    _check_ids(payments, creditor, message_id)
    writer = _writer(creditor)
    with warnings.catch_warnings():
        # The library tests elements for truth, which newer Pythons warn about.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        for payment in payments:
            writer.add_payment(_payment(payment))
        made = ET.fromstring(writer.export(validate=False))  # noqa: S314 - our own text
    _make_reproducible(made, message_id, created_at)
    text = _written(made)
    _validate(text)
    return text


def _written(document: ET.Element) -> str:
    ET.register_namespace("", _NAMESPACE[1:-1])
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(document, "unicode") + "\n"


class _Writer(Protocol):
    """The part of the library's writer that is used here."""

    def add_payment(self, payment: dict[str, object]) -> None:
        """Add one payment."""

    def export(self, *, validate: bool) -> bytes:
        """The file."""


def _check_ids(payments: Sequence[DirectDebit], creditor: Creditor, message_id: str) -> None:
    assert len(message_id) <= LONGEST_MESSAGE_ID, message_id
    if not creditor.creditor_id or not creditor.iban or not creditor.name:
        raise UsageError(
            "a direct debit names the seller, their IBAN and their creditor identifier",
            hint="mailctl settings set seller-creditor-id ID; also seller-name and seller-iban",
        )
    for payment in payments:
        assert payment.amount_cents > 0, payment.end_to_end_id
        check_mandate(payment.mandate)
        assert not _FOREIGN.search(payment.end_to_end_id), payment.end_to_end_id


def _writer(creditor: Creditor) -> _Writer:
    try:
        from sepaxml import SepaDD
    except ModuleNotFoundError:
        raise UsageError(
            "SEPA files need a library that is not installed", hint="pip install 'mailctl[sepa]'"
        ) from None
    config: dict[str, object] = {
        "name": plain(creditor.name, LONGEST_NAME),
        "IBAN": creditor.iban,
        "batch": True,
        "creditor_id": creditor.creditor_id,
        "currency": "EUR",
    }
    if creditor.bic:
        config["BIC"] = creditor.bic
    writer: _Writer = SepaDD(config, schema=SCHEMA, clean=False)
    return writer


def _payment(payment: DirectDebit) -> dict[str, object]:
    values: dict[str, object] = {
        "name": plain(payment.debtor, LONGEST_NAME),
        "IBAN": payment.iban,
        "amount": payment.amount_cents,
        "type": payment.sequence.value,
        "collection_date": payment.collect_on,
        "mandate_id": payment.mandate,
        "mandate_date": payment.signed_on,
        "description": plain(payment.description, LONGEST_TEXT),
        "endtoend_id": payment.end_to_end_id,
    }
    if payment.bic:
        values["BIC"] = payment.bic
    if payment.address:
        values["address"] = _address(payment.address)
    return values


def _address(address: DebtorAddress) -> dict[str, str]:
    """The address in the form that banks accept since November 2026: in parts, with town."""
    parts = {
        "street_name": (address.street, LONGEST_NAME),
        "postcode": (address.postcode, LONGEST_POSTCODE),
        "town": (address.city, LONGEST_TOWN),
    }
    written = {name: plain(text, longest) for name, (text, longest) in parts.items() if text}
    return {**written, "country": address.country}


BILL_WORDS = {
    "fr": ("Facture", "Factures", "et {} autres"),
    "de": ("Rechnung", "Rechnungen", "und {} weitere"),
    "en": ("Invoice", "Invoices", "and {} more"),
}


def bill_text(invoices: Sequence[str], language: str) -> str:
    """What the debtor's bank shows: as many of the paid invoices as fit; empty without any."""
    one, several, more = BILL_WORDS[language]
    if len(invoices) < 2:
        return f"{one} {invoices[0]}" if invoices else ""
    for shown in range(len(invoices), 0, -1):
        text = f"{several} {', '.join(invoices[:shown])}"
        if shown < len(invoices):
            text += f" {more.format(len(invoices) - shown)}"
        if len(text) <= LONGEST_TEXT:
            return text
    raise AssertionError(invoices)


def without(content: str, payment_ids: Collection[int]) -> str:
    """A file without the entries of some payments: a record, not a file for a bank."""
    gone = tuple(f"payment-{payment_id}-" for payment_id in payment_ids)
    document = ET.fromstring(content)  # noqa: S314 - our own text
    for batch in document.iter(f"{_NAMESPACE}PmtInf"):
        for entry in batch.findall(f"{_NAMESPACE}DrctDbtTxInf"):
            if (_one(entry, "EndToEndId").text or "").startswith(gone):
                batch.remove(entry)
    return _written(document)


def plain(text: str, longest: int) -> str:
    """Text in the letters that all banks take: `Lefèvre & Noël` is `Lefevre + Noel`."""
    from text_unidecode import unidecode

    letters = unidecode(text).replace("&", "+")
    return _FOREIGN.sub(" ", letters).strip()[:longest].strip() or "NOTPROVIDED"


def _make_reproducible(document: ET.Element, message_id: str, created_at: datetime) -> None:
    """Replace the library's random identifiers and present time by those of mailctl."""
    _one(document, "MsgId").text = message_id
    _one(document, "CreDtTm").text = created_at.strftime("%Y-%m-%dT%H:%M:%S")
    for number, batch in enumerate(document.iter(f"{_NAMESPACE}PmtInfId"), start=1):
        batch.text = f"{message_id}-{number}"


def _one(document: ET.Element, name: str) -> ET.Element:
    return next(document.iter(f"{_NAMESPACE}{name}"))


def _validate(text: str) -> None:
    from sepaxml.validation import ValidationError, try_valid_xml

    try:
        try_valid_xml(text.encode(), SCHEMA)
    except ValidationError as error:
        reason = getattr(error.__cause__, "reason", None) or error
        raise UsageError(
            f"the bank would refuse the file: {reason}",
            hint="check the seller's settings and the methods: mailctl settings list",
        ) from None
