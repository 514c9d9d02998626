"""What a document lacks, seen without running its rules: for advice about thousands of customers.

Only what a person enters, by the numbers of the rules that want it, which `mends` knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mailctl.documents.syntaxes import Syntax
from mailctl.documents.terms import Terms, is_french, terms
from mailctl.domain.documents import Document, DocumentFormat
from mailctl.domain.identifiers import NOT_AT_PEPPOL
from mailctl.domain.legal_ids import SIREN
from mailctl.domain.tax import TaxCategory
from mailctl.values import Value

_FRENCH_NOTES = {"PMT", "PMD", "AAB"}


_Rules = Iterator[tuple[bool, str, Any]]
"""Whether the seller has to keep it, its number, and something true where it is kept."""
_SELLER, _BUYER = True, False


class Shortfall(Value):
    """A rule that the document would break, and whether it is the seller who lacks something."""

    rule: str
    is_sellers: bool


def shortfalls(document: Document, form: DocumentFormat) -> tuple[Shortfall, ...]:
    """What a document lacks for a format; nothing where its texts and ids would let it leave."""
    syntax = Syntax.FACTURX if form is DocumentFormat.PDF else Syntax(form)
    known = terms(document, syntax)
    rules: list[Callable[[Document, Terms], _Rules]] = [_every_invoice]
    if form in (DocumentFormat.FACTURX, DocumentFormat.UBL) and is_french(document):
        rules.append(_french)
    elif form is DocumentFormat.XRECHNUNG:
        rules.append(_xrechnung)
    elif form is DocumentFormat.PEPPOL:
        rules.append(_peppol)
    return tuple(
        Shortfall(rule=rule, is_sellers=is_sellers)
        for each in rules
        for is_sellers, rule, is_kept in each(document, known)
        if not is_kept
    )


def _every_invoice(document: Document, known: Terms) -> _Rules:
    """EN 16931."""
    seller, buyer = known["BG-4"], known["BG-7"]
    (tax,) = document.taxes
    ids = ("identifiers", "legal_identifier", "vat_identifier")
    yield _SELLER, "BR-06", seller["name"]
    yield _BUYER, "BR-07", buyer["name"]
    yield _SELLER, "BR-CO-26", any(name in seller for name in ids)
    if tax.category is not TaxCategory.OUTSIDE:
        yield _SELLER, f"BR-{tax.category}-02", "vat_identifier" in seller
    if tax.category is TaxCategory.REVERSE_CHARGE:
        yield _BUYER, "BR-AE-02", "vat_identifier" in buyer or "legal_identifier" in buyer


def _french(_: Document, known: Terms) -> _Rules:
    """BR-FR."""
    seller, buyer = known["BG-4"], known["BG-7"]
    subjects = {note.get("BT-21") for note in known.get("BG-1", ())}
    yield _SELLER, "BR-FR-05", subjects >= _FRENCH_NOTES
    yield _SELLER, "BR-FR-10", seller.get("legal_identifier_schemeid") == SIREN
    yield _BUYER, "BR-FR-12", "einvoicing_addr" in buyer


def _xrechnung(_: Document, known: Terms) -> _Rules:
    """BR-DE, and what XRechnung has of Peppol."""
    yield _SELLER, "BR-DE-1", "BT-81" in known
    yield _BUYER, "BR-DE-15", "BT-10" in known
    yield from _german(known, "BR-DE-")
    yield from _reached(known)


def _peppol(document: Document, known: Terms) -> _Rules:
    yield _BUYER, "PEPPOL-EN16931-R003", "BT-10" in known or "BT-13" in known
    yield from _reached(known)
    for is_sellers, party in ((_SELLER, known["BG-4"]), (_BUYER, known["BG-7"])):
        scheme = party.get("einvoicing_addr_schemeid")
        yield is_sellers, "PEPPOL-EN16931-CL008", scheme not in NOT_AT_PEPPOL
    if document.seller.country == document.buyer.country == "DE":
        yield _SELLER, "DE-R-001", "BT-81" in known
        yield _BUYER, "DE-R-015", "BT-10" in known
        yield from _german(known, "DE-R-00")


def _german(known: Terms, numbered: str) -> _Rules:
    """What Germany wants of addresses and of whom to ask, under either set's numbers."""
    seller, buyer = known["BG-4"], known["BG-7"]
    contacts = seller.get("contacts")
    yield _SELLER, f"{numbered}3", "city" in seller
    yield _SELLER, f"{numbered}4", "postcode" in seller
    yield _BUYER, f"{numbered}8", "city" in buyer
    yield _BUYER, f"{numbered}9", "postcode" in buyer
    yield _SELLER, f"{numbered}2", contacts
    if contacts:
        yield _SELLER, f"{numbered}5", "name" in contacts[0]
        yield _SELLER, f"{numbered}6", "phone" in contacts[0]
        yield _SELLER, f"{numbered}7", "email" in contacts[0]


def _reached(known: Terms) -> _Rules:
    yield _SELLER, "PEPPOL-EN16931-R020", "einvoicing_addr" in known["BG-4"]
    yield _BUYER, "PEPPOL-EN16931-R010", "einvoicing_addr" in known["BG-7"]
