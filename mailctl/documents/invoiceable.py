"""No document leaves that breaks a rule: it is made and checked, or refused with what mends it."""

from __future__ import annotations

import re

from mailctl.documents.mends import UNWRITABLE, mend
from mailctl.documents.rule_sets import rule_sets_of
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.terms import is_french
from mailctl.documents.validating import Broken, Validator
from mailctl.documents.xml import UnwritableError, xml_of
from mailctl.domain.documents import Document, DocumentCode
from mailctl.errors import NotInvoiceableError

_PLACES = re.compile(r"_(BT|BG|EXT).*")
"""What BR-FR adds to a rule's number: the term that breaks it."""


def checked_xml(
    document: Document, syntax: Syntax, *, customer: str, validator: Validator
) -> bytes:
    """The XML of a document that breaks no rule; `customer` is the id that commands take.

    NotInvoiceableError with the rule, its sentence and the command; DocumentUncheckedError.
    """
    xml, broken = checked(document, syntax, validator)
    if broken:
        raise refused(document, syntax, broken, customer=customer)
    return xml


def checked(
    document: Document, syntax: Syntax, validator: Validator
) -> tuple[bytes, tuple[Broken, ...]]:
    """The XML of a document, and what rules it breaks, named as people name them."""
    try:
        xml = xml_of(document, syntax)
    except UnwritableError as error:
        return b"", (Broken(rules="", rule=UNWRITABLE, sentence=str(error)),)
    sets = rule_sets_of(
        syntax,
        is_credit_note=document.code is DocumentCode.CREDIT_NOTE,
        is_french=is_french(document),
    )
    return xml, tuple(_named(found) for found in validator.broken_by(xml, sets))


def refused(
    document: Document, syntax: Syntax, broken: tuple[Broken, ...], *, customer: str
) -> NotInvoiceableError:
    """The refusal of a document that breaks rules: the first in the sentence, all in the lines."""
    what = "credit note" if document.code is DocumentCode.CREDIT_NOTE else "invoice"
    first = broken[0]
    return NotInvoiceableError(
        f"{what} {document.number} cannot leave as {syntax}: {first.rule}: {first.sentence}",
        hint=mend(first.rule, customer=customer),
        lines=tuple(f"{each.rule}: {each.sentence}" for each in broken[1:]),
    )


def _named(found: Broken) -> Broken:
    """A rule by its number alone, its sentence without it."""
    rule = _PLACES.sub("", found.rule)
    number = rf"\[?{re.escape(rule)}[^\s\]:]*\]?[\s:.,-]*"
    return Broken(rules=found.rules, rule=rule, sentence=re.sub(rf"^{number}", "", found.sentence))
