"""SEPA direct debits: pending payments as the file that a bank takes, pain.008.001.08 (SPEC 10).

The library writes the XML and brings its schema, which every file is held against; its random
identifiers and its own reading of the clock are replaced, so that a file is the same each time.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from xml.etree import ElementTree as ET

from mailctl.errors import UsageError

SCHEMA = "pain.008.001.08"
_NAMESPACE = f"{{urn:iso:std:iso:20022:tech:xsd:{SCHEMA}}}"
LONGEST_NAME = 70
LONGEST_TEXT = 140
LONGEST_MESSAGE_ID = 30
# What every bank takes (EPC 217-08); `&` is none of it.
_FOREIGN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")


class MandateUse(StrEnum):
    """Whether a mandate is used for the first time."""

    FIRST = "FRST"
    RECURRENT = "RCUR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Creditor:
    """Who collects, by the creditor identifier that their bank gave them; IBAN without spaces."""

    name: str
    iban: str
    bic: str | None
    creditor_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectDebit:
    """One payment in euro cents, by a mandate that the debtor signed."""

    end_to_end_id: str
    amount_cents: int
    debtor: str
    iban: str
    bic: str | None
    mandate: str
    signed_on: date
    sequence: MandateUse
    description: str


def direct_debits(
    payments: Sequence[DirectDebit],
    creditor: Creditor,
    *,
    collect_on: date,
    message_id: str,
    created_at: datetime,
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
        # The library asks elements for their truth, which newer Pythons warn of.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        for payment in payments:
            writer.add_payment(_payment(payment, collect_on))
        made = ET.fromstring(writer.export(validate=False))  # noqa: S314 - our own text
    _make_reproducible(made, message_id, created_at)
    ET.register_namespace("", _NAMESPACE[1:-1])
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(made, "unicode") + "\n"
    _validate(text)
    return text


class _Writer(Protocol):
    """What of the library's writer is used here."""

    def add_payment(self, payment: dict[str, object]) -> None:
        """Take one payment."""

    def export(self, *, validate: bool) -> bytes:
        """Give the file."""


def _check_ids(payments: Sequence[DirectDebit], creditor: Creditor, message_id: str) -> None:
    assert len(message_id) <= LONGEST_MESSAGE_ID, message_id
    if not creditor.creditor_id or not creditor.iban or not creditor.name:
        raise UsageError(
            "a direct debit names the seller, their IBAN and their creditor identifier",
            hint="mailctl settings set seller-creditor-id ID; also seller-name and seller-iban",
        )
    for payment in payments:
        assert payment.amount_cents > 0, payment.end_to_end_id
        if _FOREIGN.search(payment.mandate):
            raise UsageError(
                f"the mandate {payment.mandate!r} of {payment.end_to_end_id} has characters that "
                "banks do not take: letters without accents, digits and /-?:().,'+ are",
                hint="add the method again with the reference that was signed",
            )
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


def _payment(payment: DirectDebit, collect_on: date) -> dict[str, object]:
    values: dict[str, object] = {
        "name": plain(payment.debtor, LONGEST_NAME),
        "IBAN": payment.iban,
        "amount": payment.amount_cents,
        "type": payment.sequence.value,
        "collection_date": collect_on,
        "mandate_id": payment.mandate,
        "mandate_date": payment.signed_on,
        "description": plain(payment.description, LONGEST_TEXT),
        "endtoend_id": payment.end_to_end_id,
    }
    if payment.bic:
        values["BIC"] = payment.bic
    return values


def plain(text: str, longest: int) -> str:
    """Text in the letters that all banks take: `Lefèvre & Noël` is `Lefevre + Noel`."""
    from text_unidecode import unidecode

    letters = unidecode(text).replace("&", "+")
    return _FOREIGN.sub(" ", letters).strip()[:longest].strip() or "NOTPROVIDED"


def _make_reproducible(document: ET.Element, message_id: str, created_at: datetime) -> None:
    """Our own identifiers and instant, in place of the library's random and present ones."""
    _one(document, "MsgId").text = message_id
    _one(document, "CreDtTm").text = created_at.strftime("%Y-%m-%dT%H:%M:%S")
    for number, batch in enumerate(document.iter(f"{_NAMESPACE}PmtInfId"), start=1):
        batch.text = f"{message_id}-{number}"


def _one(document: ET.Element, name: str) -> ET.Element:
    found = next(document.iter(f"{_NAMESPACE}{name}"))
    assert isinstance(found, ET.Element)
    return found


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
