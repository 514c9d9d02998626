"""Which command mends a document that breaks a rule.

The rules here are those that what a person enters can break; whatever else is broken is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from mailctl.domain.profile import Language
from mailctl.hints import command, named

_MENTIONS = "mentions-"
"""The setting of the mentions, but for the document's language."""

_OF_SELLER = {
    "BR-CO-26": "seller-legal-id",
    "BR-DE-1": "seller-iban",
    "BR-DE-16": "seller-vat-number",
    "BR-DE-2": "seller-contact",
    "BR-DE-3": "seller-city",
    "BR-DE-4": "seller-postcode",
    "BR-DE-5": "seller-contact",
    "BR-DE-6": "seller-phone",
    "BR-DE-7": "seller-email",
    "BR-DE-23-a": "seller-iban",
    "BR-06": "seller-name",
    "BR-61": "seller-iban",
    "BR-FR-05": _MENTIONS,
    "BR-FR-06": _MENTIONS,
    "BR-FR-10": "seller-legal-id",
    "BR-FR-13": "seller-endpoint",
    "BR-FR-22": "seller-endpoint",
    "BR-S-02": "seller-vat-number",
    "BR-Z-02": "seller-vat-number",
    "DE-R-001": "seller-iban",
    "DE-R-002": "seller-contact",
    "DE-R-003": "seller-city",
    "DE-R-004": "seller-postcode",
    "DE-R-005": "seller-contact",
    "DE-R-006": "seller-phone",
    "DE-R-007": "seller-email",
    "PEPPOL-EN16931-R020": "seller-endpoint",
}
"""The seller's settings, by the rule that wants them."""

_OF_CUSTOMER = {
    "BR-07": "--name",
    "BR-DE-8": "--city",
    "BR-DE-9": "--postcode",
    "BR-DE-15": "--buyer-reference",
    "BR-FR-11": "--siren",
    "BR-FR-12": "--endpoint",
    "BR-FR-21": "--endpoint",
    "DE-R-008": "--city",
    "DE-R-009": "--postcode",
    "DE-R-015": "--buyer-reference",
    "PEPPOL-EN16931-R003": "--buyer-reference",
    "PEPPOL-EN16931-R010": "--endpoint",
}
"""The options of `customer edit`, by the rule that wants them."""

_OF_EITHER = {
    "BR-AE-02": ("seller-vat-number", "--vat-number"),
    "BR-CL-10": ("seller-legal-id", "--legal-id"),
    "BR-CL-11": ("seller-legal-id", "--legal-id"),
    "BR-CL-25": ("seller-endpoint", "--endpoint"),
    "BR-CO-09": ("seller-vat-number", "--vat-number"),
    "BR-FR-09": ("seller-legal-id", "--siret"),
    "BR-FR-23": ("seller-endpoint", "--endpoint"),
    "PEPPOL-COMMON-R040": ("seller-endpoint", "--endpoint"),
    "PEPPOL-COMMON-R043": ("seller-endpoint", "--endpoint"),
    "PEPPOL-COMMON-R049": ("seller-legal-id", "--legal-id"),
    "PEPPOL-EN16931-CL008": ("seller-endpoint", "--endpoint"),
}
"""What may be the seller's or the customer's."""

_VALUES = {"endpoint": "SCHEME:ID", "legal-id": "SCHEME:ID"}
_COLUMNS = {"--siren": "legal_id", "--siret": "legal_id", "--buyer-reference": "reference"}
_SUMS = re.compile(r"BR-CO-1\d$|BR-[A-Z]+-0[5-9]$|BR-DEC-|XSD$|XSLT$")
"""What the books answer for, not an entry."""
UNWRITABLE = "XML"
"""What stands for a rule's number where the XML could not be written at all."""
RULES = frozenset((*_OF_SELLER, *_OF_CUSTOMER, *_OF_EITHER))


def mend(
    rule: str,
    *,
    customer: str,
    language: Language,
    reached: Callable[[str, str], str] = lambda edit, _: edit,
) -> str:
    """The command that mends what breaks a rule; a fault of ours is told from the books.

    `customer` is the id that commands take; `language` is that of the document. `reached` says of
    the command that enters a column of the customer what makes the document have it.
    """

    def entered(option: str) -> str:
        return reached(_customer(customer, option), _column(option))

    if rule in _OF_SELLER:
        return _seller(setting_of(rule, language))
    if rule in _OF_CUSTOMER:
        return entered(_OF_CUSTOMER[rule])
    if rule in _OF_EITHER:
        setting, option = _OF_EITHER[rule]
        return f"{entered(option)}, or {_seller(setting)}"
    if rule == UNWRITABLE:
        return f"{entered('--name')}, without control characters"
    if _SUMS.match(rule):
        return "mailctl store check"
    shown = command("customer", "show", named("customer", customer))
    return f"{shown}, or mailctl settings list, for what is wrong"


def _seller(setting: str) -> str:
    return f"{command('settings', 'set', setting)} {_value(setting)}"


def _customer(customer: str, option: str) -> str:
    words = command("customer", "edit", named("customer", customer), option)
    return f"{words} {_value(option)}"


def _column(option: str) -> str:
    """What an option enters, as documents call it."""
    return _COLUMNS.get(option, option.removeprefix("--").replace("-", "_"))


def _value(name: str) -> str:
    """The blank that stands for a value: `VAT-NUMBER`, or how it is written."""
    plain = name.removeprefix("seller-").removeprefix("--")
    return _VALUES.get(plain, "TEXT" if plain.startswith(_MENTIONS) else plain.upper())


def setting_of(rule: str, language: Language) -> str:
    """The seller's setting that a rule wants; `language` is that of the document."""
    found = _OF_SELLER.get(rule) or _OF_EITHER[rule][0]
    return f"{found}{language}" if found == _MENTIONS else found


def option_of(rule: str) -> str:
    """The option of `customer edit` that a rule wants."""
    return _OF_CUSTOMER.get(rule) or _OF_EITHER[rule][1]
