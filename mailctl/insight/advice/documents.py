"""Findings about documents that would be refused, seen before any is made (rules 17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from mailctl.documents import mends
from mailctl.documents.shortfalls import Shortfall, shortfalls
from mailctl.domain.documents import (
    Document,
    DocumentCode,
    DocumentLine,
    Party,
    TaxSum,
    Transfer,
)
from mailctl.domain.tax import Tax, tax_case
from mailctl.domain.terms import Period
from mailctl.domain.text import counted, listed
from mailctl.hints import command, named
from mailctl.insight.advice.finding import Finding, Outline, Severity
from mailctl.insight.advice.host import SELLER
from mailctl.store import sellers
from mailctl.store.queries.advice import host, recipients
from mailctl.store.queries.advice.recipients import Recipient
from mailctl.store.queries.advice.scope import Scope
from mailctl.store.queries.document_heads import identifier
from mailctl.store.queries.document_sellers import Seller, seller_of

CODE = "document-refused"
_OF_PEPPOL = {"PEPPOL-EN16931-CL008"}
_PRINTED = ("name", "street", "city")
_SURELY_PRINTABLE = 0x17F
"""Up to here the font of every page has all letters; a test compares both."""


def refused(scope: Scope) -> Iterator[Finding | Outline]:
    """What customers and settings lack for the documents that go out."""
    example = _Example(scope)
    lacking: dict[str, list[tuple[Recipient, Shortfall]]] = defaultdict(list)
    for one in recipients.recipients(scope):
        found = shortfalls(example.document(one), one.format)
        if of_buyer := [each for each in found if not each.is_sellers]:
            yield _outline(one, partial(_incomplete, one, of_buyer))
        elif letters := _unprintable(one):
            yield _outline(one, partial(_unread, one, letters))
        for each in found:
            if each.is_sellers:
                lacking[mends.setting_of(each.rule, one.language)].append((one, each))
    if scope.customer is None:
        told_already = SELLER if host.has_invoices(scope) else ()
        for setting, of in lacking.items():
            if setting not in told_already:
                yield _unset(setting, of)


def _outline(one: Recipient, tell: partial[Finding]) -> Outline:
    return Outline(code=CODE, severity=Severity.WARNING, customer=one.customer, tell=tell)


def _incomplete(one: Recipient, of_buyer: Sequence[Shortfall]) -> Finding:
    options = tuple(dict.fromkeys(mends.option_of(each.rule) for each in of_buyer))
    rules = {each.rule for each in of_buyer}
    names = [option.removeprefix("--").replace("-", " ") for option in options]
    words = listed(
        [
            f"{name} at Peppol" if name == "endpoint" and rules & _OF_PEPPOL else name
            for name in names
        ],
        most=5,
    )
    return _of_customer(one, f"there is no {words} ({_rules(of_buyer)})", options)


def _unread(one: Recipient, letters: dict[str, str]) -> Finding:
    text = "".join(sorted(set("".join(letters.values()))))
    options = tuple(f"--{name}" for name in letters)
    return _of_customer(one, f"no font of mailctl has {text}", options)


def _of_customer(one: Recipient, why: str, options: Sequence[str]) -> Finding:
    asked = [word for option in options for word in (option, "-")]
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        customer=one.customer,
        subject=f"customer/{one.customer}",
        message=f"Invoices of {one.customer} would be refused as {one.format}: {why}.",
        command=command("customer", "edit", named("customer", one.customer), *asked),
    )


def _unset(setting: str, of: Sequence[tuple[Recipient, Shortfall]]) -> Finding:
    forms = listed(list(dict.fromkeys(one.format.value for one, _ in of)), most=5)
    whom = counted(len({one.customer for one, _ in of}), "customer")
    rules = _rules([each for _, each in of])
    return Finding(
        code=CODE,
        severity=Severity.WARNING,
        subject=f"setting/{setting}",
        message=f"Invoices of {whom} would be refused as {forms} without {setting} ({rules}).",
        command=command("settings", "set", setting, "-"),
    )


def _rules(found: Sequence[Shortfall]) -> str:
    return listed(list(dict.fromkeys(each.rule for each in found)), most=5)


def _unprintable(one: Recipient) -> dict[str, str]:
    """What no font has of a customer's texts, by their names."""
    if not one.format.is_page:
        return {}
    texts = {name: getattr(one, name) or "" for name in _PRINTED}
    unusual = {
        name: text
        for name, text in texts.items()
        if not text.isascii() and any(ord(char) > _SURELY_PRINTABLE for char in text)
    }
    if not unusual:
        return {}
    from mailctl.documents.faces import unwritable

    return {name: letters for name, text in unusual.items() if (letters := unwritable(text))}


class _Example:
    """What the next invoice of a customer would say, of a line of one euro."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._sellers: dict[str, Seller] = {}

    def document(self, one: Recipient) -> Document:
        """The document, open and to be paid by a transfer."""
        seller, today = self._seller(one), self._scope.today
        return Document(
            code=DocumentCode.INVOICE,
            number="1",
            issued_on=today,
            due_on=today,
            currency=self._scope.reader.info.currency,
            language=one.language,
            seller=seller.party,
            seller_account=seller.account,
            logo=None,
            mentions=seller.mentions,
            buyer=_buyer(one),
            buyer_reference=one.buyer_reference,
            order=None,
            corrects=None,
            reason=None,
            lines=(
                DocumentLine(
                    number=1,
                    account_id=1,
                    label="",
                    address=None,
                    period=Period.MONTHLY,
                    starts_on=today,
                    last_on=today,
                    unit_cents=100,
                ),
            ),
            taxes=(self._tax(one),),
            net_cents=100,
            tax_cents=0,
            total_cents=100,
            prepaid_cents=0,
            due_cents=100,
            payment=Transfer(account=seller.account, reference="RF") if seller.account else None,
        )

    def _seller(self, one: Recipient) -> Seller:
        if one.language not in self._sellers:
            today = sellers.as_set(self._scope.reader)
            self._sellers[one.language] = seller_of([today], one.language)
        return self._sellers[one.language]

    def _tax(self, one: Recipient) -> TaxSum:
        """The category is what rules ask for; whatever bears a tax counts as the standard rate."""
        country = self._scope.reader.info.seller_country
        case = tax_case(country, one.country, has_vat_number=one.vat_number is not None)
        tax = Tax(rate=2000 if case.rated_by else 0, note=case.note)
        return TaxSum(category=tax.category, rate=tax.rate, net_cents=100, tax_cents=0, reason=None)


def _buyer(one: Recipient) -> Party:
    return Party(
        name=one.name,
        legal_form=None,
        street=one.street,
        postcode=one.postcode,
        city=one.city,
        country=one.country,
        vat_number=one.vat_number,
        legal_id=identifier(one.legal_id),
        endpoint=identifier(one.endpoint),
        contact=None,
        email=one.email,
        phone=None,
    )
