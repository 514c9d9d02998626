"""No document leaves that breaks a rule: it is made and checked, or refused with what fixes it."""

from __future__ import annotations

import re
from functools import partial

from mailctl.documents.mends import UNWRITABLE, mend
from mailctl.documents.rule_sets import RuleSet, rule_sets_of
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.terms import is_french
from mailctl.documents.validating import Broken, Validator
from mailctl.documents.xml import UnwritableError, xml_of
from mailctl.domain.documents import Document, DocumentCode, DocumentFormat
from mailctl.domain.states import CustomerState
from mailctl.errors import NotInvoiceableError
from mailctl.hints import command

_PLACES = re.compile(r"_(BT|BG|EXT).*")
"""What BR-FR adds to a rule's number: the term that breaks it."""


def made(document: Document, form: DocumentFormat, *, customer: str, validator: Validator) -> bytes:
    """The file of a document that breaks no rule; `customer` is the id that commands take.

    Its page is made while its rules are checked. A page alone has EN 16931's: a country's own are
    about what programs read.

    NotInvoiceableError with the rule, its sentence and the command; DocumentUncheckedError;
    ExtraMissingError.
    """
    syntax = Syntax.FACTURX if form is DocumentFormat.PDF else Syntax(form)
    try:
        xml = xml_of(document, syntax)
    except UnwritableError as error:
        raise refused(document, form, (_unwritable(error),), customer=customer) from None
    if form.is_page:
        _check_letters(document, form, customer)
    validator.begin(xml, _rule_sets(document, syntax, is_read=form is not DocumentFormat.PDF))
    try:
        content = _page(document, form, xml) if form.is_page else xml
    finally:
        broken = validator.result()
    if broken:
        raise refused(document, form, tuple(map(_named, broken)), customer=customer)
    return content


def checked(
    document: Document, syntax: Syntax, validator: Validator
) -> tuple[bytes, tuple[Broken, ...]]:
    """The XML of a document, and what rules it breaks, named as people name them."""
    try:
        xml = xml_of(document, syntax)
    except UnwritableError as error:
        return b"", (_unwritable(error),)
    found = validator.broken_by(xml, _rule_sets(document, syntax, is_read=True))
    return xml, tuple(map(_named, found))


def _rule_sets(document: Document, syntax: Syntax, *, is_read: bool) -> tuple[RuleSet, ...]:
    """What a document is checked by; `is_read`: by programs, which have their country's rules."""
    return rule_sets_of(
        syntax,
        is_credit_note=document.code is DocumentCode.CREDIT_NOTE,
        is_french=is_read and is_french(document),
    )


def _page(document: Document, form: DocumentFormat, xml: bytes) -> bytes:
    from mailctl.documents.pdf import render

    return render(document, xml if form is DocumentFormat.FACTURX else None)


def _check_letters(document: Document, form: DocumentFormat, customer: str) -> None:
    """NotInvoiceableError where a square would stand on the page for a letter."""
    from mailctl.documents.pdf import missing_letters

    if letters := missing_letters(document):
        shown = command("customer", "show", customer)
        raise NotInvoiceableError(
            f"{_what(document)} cannot leave as {form}: no font of mailctl has {letters}",
            hint=f"{shown}, for what has these letters; --format {DocumentFormat.UBL} needs none",
        )


def _unwritable(error: UnwritableError) -> Broken:
    return Broken(rules="", rule=UNWRITABLE, sentence=str(error))


def _what(document: Document) -> str:
    kind = "credit note" if document.code is DocumentCode.CREDIT_NOTE else "invoice"
    return f"{kind} {document.number}"


def refused(
    document: Document, form: str, broken: tuple[Broken, ...], *, customer: str
) -> NotInvoiceableError:
    """The refusal of a document that breaks rules, each named once: the others in the lines."""

    def mended(one: Broken) -> str:
        return mend(
            one.rule,
            customer=customer,
            language=document.language,
            reached=partial(_reached, document, form),
        )

    first, *others = dict.fromkeys(broken)
    return NotInvoiceableError(
        f"{_what(document)} cannot leave as {form}: {first.rule}: {first.sentence}",
        hint=mended(first),
        others=tuple(
            (
                f"{each.rule}: {each.sentence.removesuffix('.')}",
                mended(each),
            )
            for each in others
        ),
    )


def _reached(document: Document, form: str, edit: str, column: str) -> str:
    """What makes a document say what it lacks of its customer: the edit alone, where it can."""
    state = document.customer_state
    if state is CustomerState.OPEN and column not in document.settled:
        return edit
    if state is CustomerState.OPEN and document.code is DocumentCode.INVOICE:
        credit = command("invoice", "credit", document.number, "--reason", "REASON")
        return f"{edit}; then {credit}, and bill it again, since what it says stays"
    why = (
        "what it says stays"
        if state is CustomerState.OPEN
        else f"the customer was {state}, and what it lacks cannot be entered any more"
    )
    if form == DocumentFormat.PDF:
        return f"{command('invoice', 'show', document.number)}: {why}"
    page = command("invoice", "render", document.number, "--format", DocumentFormat.PDF, "--to")
    return f"{page} .: {why}"


def _named(found: Broken) -> Broken:
    """A rule by its number alone, its sentence without it."""
    rule = _PLACES.sub("", found.rule)
    number = rf"\[?{re.escape(rule)}[^\s\]:]*\]?[\s:.,-]*"
    return Broken(rules=found.rules, rule=rule, sentence=re.sub(rf"^{number}", "", found.sentence))
