"""A document as business terms of EN 16931, by their numbers: every syntax is made of these.

The keys are those of factur-x 7.8, which writes both syntaxes from one dictionary. Amounts become
text by integer arithmetic; dates are dates.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from mailctl.documents.syntaxes import PEPPOL_PROCESS, Syntax
from mailctl.domain.documents import (
    Collection,
    Document,
    DocumentLine,
    Identifier,
    Party,
    TaxSum,
    Transfer,
)
from mailctl.domain.legal_ids import SIREN, SIRET
from mailctl.domain.mentions import FRENCH_LAW
from mailctl.domain.money import format_rate, typed_amount
from mailctl.domain.payments import MethodKind
from mailctl.domain.tax import EU_COUNTRIES, TaxCategory, taxed_as

Terms = dict[str, Any]

_SUBJECT = re.compile(r"#([A-Z]{3})#")
_NOTE = re.compile(rf"{_SUBJECT.pattern}(.*)", re.DOTALL)
_EXEMPTIONS = {
    TaxCategory.REVERSE_CHARGE: ("VATEX-EU-AE", "Reverse charge"),
    TaxCategory.OUTSIDE: ("VATEX-EU-O", "Not subject to VAT"),
}
"""Categories without tax: the code of why (BT-121), and its text where the document has none."""

_PAYMENT_CODES = {MethodKind.CARD: "48", MethodKind.PAYPAL: "68"}
"""How methods without a mandate are called (UNTDID 4461, BT-81)."""
_AGREED = "57"
"""A means of payment agreed before, as the prepaid account is (UNTDID 4461)."""
_DIRECT_DEBIT, _SEPA_TRANSFER, _TRANSFER = "59", "58", "30"
_ONE = "C62"
_TO_PAY, _PAID = "S1", "S2"
"""The French processes of an invoice for services (BT-23)."""
_FRENCH_ADDRESS, _EMAIL = "0225", "EM"


def is_french(document: Document) -> bool:
    """Whether France's own rules hold: for its sellers, where no other country's tax is charged.

    What bears a consumer's own country's rate is no invoice of the French profiles, which know
    French rates alone (BR-FR-16). Monaco is taxed as France, but its businesses have no SIREN, and
    French commercial law does not bind them.
    """
    buyer = taxed_as(document.buyer.country)
    is_taxed = any(tax.category is TaxCategory.STANDARD for tax in document.taxes)
    is_elsewhere = is_taxed and buyer in EU_COUNTRIES - {"FR"}
    return document.seller.country in FRENCH_LAW and not is_elsewhere


def note(mention: str) -> tuple[str | None, str]:
    """The subject (UNTDID 4451, BT-21) and the text of a mention (BT-22).

    A mention with a subject is written as UBL writes it: `#PMT#…`.
    """
    matched = _NOTE.fullmatch(mention)
    return (matched[1], matched[2].strip()) if matched else (None, mention)


def terms(document: Document, syntax: Syntax) -> Terms:
    """The business terms of a document, as one syntax wants them; none is empty."""
    (tax,) = document.taxes
    return _filled(
        {
            "BT-1": document.number,
            "BT-2": document.issued_on,
            "BT-3": document.code.value,
            "BT-5": document.currency,
            "BT-9": _due_on(document, syntax),
            "BT-10": document.buyer_reference,
            "BT-13": document.order,
            "BT-20": _payment_terms(document),
            "BT-23": _process(document, syntax),
            "BT-24": syntax.specification,
            "BT-72": min(line.starts_on for line in document.lines),
            "BT-73": min(line.starts_on for line in document.lines),
            "BT-74": max(line.last_on for line in document.lines),
            "BG-1": _notes(document, syntax),
            "BG-3": _corrected(document),
            "BG-4": _party(document.seller, document, syntax),
            "BG-7": _party(document.buyer, document, syntax),
            "BG-23": [_tax_sum(each, syntax) for each in document.taxes],
            "BG-25": [_line(line, tax) for line in document.lines],
            **_payment(document, syntax),
            **_sums(document),
        }
    )


def _filled(terms: Terms) -> Terms:
    return {key: term for key, term in terms.items() if term not in (None, "", [], {})}


def _process(document: Document, syntax: Syntax) -> str | None:
    """Peppol's, or that of the French profiles: S2 for services that are paid (BR-FR-08)."""
    if syntax.has_peppol_process:
        return PEPPOL_PROCESS
    if not is_french(document):
        return None
    return _TO_PAY if document.due_cents else _PAID


def _due_on(document: Document, syntax: Syntax) -> date | None:
    """When it is due; in the French profiles what is paid says when it was (BR-FR-CO-09)."""
    if _process(document, syntax) == _PAID:
        return document.issued_on
    return document.due_on


def _payment_terms(document: Document) -> str | None:
    """A credit note that is paid out has no day when it is due; EN 16931 wants terms (BR-CO-25)."""
    return document.reason if document.due_cents and document.due_on is None else None


def _notes(document: Document, syntax: Syntax) -> list[Terms]:
    """A credit note's reason, then the mentions; Peppol takes one note (PEPPOL-EN16931-R002).

    What a reason has like a subject is none: it would be the mention's that is there (BR-FR-06).
    """
    notes = [note(mention) for mention in document.mentions]
    if document.reason:
        notes.insert(0, (None, _SUBJECT.sub(r"\1 ", document.reason)))
    if syntax is Syntax.PEPPOL:
        joined = "\n".join(text for _, text in notes)
        return [{"BT-22": joined}] if joined else []
    return [_filled({"BT-21": subject, "BT-22": text}) for subject, text in notes]


def _corrected(document: Document) -> list[Terms]:
    if document.corrects is None:
        return []
    number, issued_on = document.corrects
    return [{"BT-25": number, "BT-26": issued_on}]


def _party(party: Party, document: Document, syntax: Syntax) -> Terms:
    """A party; outside the tax it has no VAT number (BR-O-02); a SIRET tells its SIREN."""
    legal = party.legal_id
    siren = _siren(party)
    endpoint = _endpoint(party, syntax)
    has_number = all(tax.category is not TaxCategory.OUTSIDE for tax in document.taxes)
    contact = _filled({"name": party.contact, "phone": party.phone, "email": party.email})
    return {"name": party.name, "country_code": party.country} | _filled(
        {
            "identifiers": {SIRET: legal.id} if legal and legal.scheme == SIRET else None,
            "legal_identifier": siren or (legal.id if legal else None),
            "legal_identifier_schemeid": SIREN if siren else legal.scheme if legal else None,
            "legal_info": party.legal_form if party is document.seller else None,
            "vat_identifier": party.vat_number if has_number else None,
            "addr_l1": party.street,
            "postcode": party.postcode,
            "city": party.city,
            "einvoicing_addr": endpoint.id if endpoint else None,
            "einvoicing_addr_schemeid": endpoint.scheme if endpoint else None,
            "contacts": [contact] if contact else None,
        }
    )


def _siren(party: Party) -> str | None:
    """The SIREN of a French business, which a SIRET begins with."""
    legal = party.legal_id
    return legal.id[:9] if legal and legal.scheme in (SIREN, SIRET) else None


def _endpoint(party: Party, syntax: Syntax) -> Identifier | None:
    """The electronic address (BT-34, BT-49); Peppol reaches only one that was given to it.

    Else a French business has the one that its SIREN is, and everybody an e-mail address.
    """
    if party.endpoint or syntax is Syntax.PEPPOL:
        return party.endpoint
    siren = _siren(party)
    if siren and syntax is not Syntax.XRECHNUNG:
        return Identifier(scheme=_FRENCH_ADDRESS, id=siren)
    return Identifier(scheme=_EMAIL, id=party.email) if party.email else None


def _tax_sum(tax: TaxSum, syntax: Syntax) -> Terms:
    """The sums of a category; XRechnung wants a rate even of what has none (BR-DE-14)."""
    code, reason = _EXEMPTIONS.get(tax.category, (None, None))
    return _filled(
        {
            "BT-116": typed_amount(tax.net_cents),
            "BT-117": typed_amount(tax.tax_cents),
            "BT-118": tax.category.value,
            "BT-119": _rate(tax) or ("0" if syntax is Syntax.XRECHNUNG else None),
            "BT-120": (tax.reason or reason) if code else None,
            "BT-121": code,
        }
    )


def _rate(tax: TaxSum) -> str | None:
    """What is outside the tax has no rate, not even 0 (BR-O-05)."""
    return None if tax.category is TaxCategory.OUTSIDE else format_rate(tax.rate)


def _line(line: DocumentLine, tax: TaxSum) -> Terms:
    net = typed_amount(line.unit_cents)
    return _filled(
        {
            "BT-126": str(line.number),
            "BT-129": "1",
            "BT-130": _ONE,
            "BT-131": net,
            "BT-134": line.starts_on,
            "BT-135": line.last_on,
            "BT-146": net,
            "BT-151": tax.category.value,
            "BT-152": _rate(tax),
            "BT-153": line.label,
            "BT-154": line.address,
        }
    )


def _payment(document: Document, syntax: Syntax) -> Terms:
    """How it is paid (BG-16); what is paid already was paid as agreed before."""
    payment = document.payment
    if isinstance(payment, Transfer):
        account = payment.account
        return {
            "BT-81": _SEPA_TRANSFER if document.currency == "EUR" else _TRANSFER,
            "BT-83": payment.reference,
            "BT-84": account.iban.replace(" ", ""),
            "BT-85": document.seller.name,
            "BT-86": account.bic,
        }
    if isinstance(payment, Collection):
        return _collection(payment, document, syntax)
    return {} if document.due_cents else {"BT-81": _AGREED}


def _collection(payment: Collection, document: Document, syntax: Syntax) -> Terms:
    """A direct debit with its mandate, or what the method is called.

    Germany's rules want the debtor's IBAN with a mandate and a card's number with a card (BR-DE-24,
    BR-DE-31, DE-R-031): they are told that the means was agreed before.
    """
    within_germany = document.seller.country == document.buyer.country == "DE"
    if syntax is Syntax.XRECHNUNG or (syntax is Syntax.PEPPOL and within_germany):
        return {"BT-81": _AGREED}
    if payment.mandate:
        return {"BT-81": _DIRECT_DEBIT, "BT-89": payment.mandate, "BT-90": payment.creditor_id}
    return {"BT-81": _PAYMENT_CODES.get(payment.kind, _AGREED)}


def _sums(document: Document) -> Terms:
    return {
        "BT-106": typed_amount(document.net_cents),
        "BT-109": typed_amount(document.net_cents),
        "BT-110": typed_amount(document.tax_cents),
        "BT-112": typed_amount(document.total_cents),
        "BT-113": typed_amount(document.prepaid_cents),
        "BT-115": typed_amount(document.due_cents),
    }
