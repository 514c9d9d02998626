"""A document in the form that a customer gets: nothing leaves that breaks a rule of its format."""

from __future__ import annotations

from io import BytesIO

import page
import pypdf
import pytest

from mailctl.documents import pdf
from mailctl.documents.invoiceable import made
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.xml import xml_of
from mailctl.domain.documents import DocumentFormat
from mailctl.errors import NotInvoiceableError
from mailctl.values import replace
from tests.documents.samples import document

FRENCH = document("FR")


def make(known, form: DocumentFormat, validator) -> bytes:
    return made(known, form, customer="acme", validator=validator)


@pytest.mark.parametrize("form", ["pdf", "facturx"])
def test_a_page_has_the_xml_inside_where_its_format_says_so(form: str, validator) -> None:
    content = make(FRENCH, DocumentFormat(form), validator)
    assert page.is_pdf_compliant_bytes(content, profile=page.ValidationProfile.PDF_A_3B)
    inside = dict(pypdf.PdfReader(BytesIO(content)).attachments.items())
    xml = {"factur-x.xml": [xml_of(FRENCH, Syntax.FACTURX)]}
    assert inside == (xml if form == "facturx" else {})


@pytest.mark.parametrize("syntax", [Syntax.UBL, Syntax.XRECHNUNG, Syntax.PEPPOL])
def test_the_other_formats_are_the_xml_alone(syntax: Syntax, validator) -> None:
    known = document("DE")
    form = DocumentFormat(syntax)
    assert make(known, form, validator) == xml_of(known, syntax)
    assert (form.suffix, DocumentFormat.PDF.suffix) == ("xml", "pdf")


def test_a_page_alone_keeps_the_rules_of_every_invoice(validator) -> None:
    """Of whom its reader is: those of France are about what platforms read."""
    wrong = replace(FRENCH, total_cents=FRENCH.total_cents + 1)
    with pytest.raises(NotInvoiceableError, match="cannot leave as pdf: BR-CO-15"):
        make(wrong, DocumentFormat.PDF, validator)
    person = replace(FRENCH, mentions=(), buyer=replace(FRENCH.buyer, legal_id=None))
    with pytest.raises(NotInvoiceableError, match="cannot leave as facturx: BR-FR-05"):
        make(person, DocumentFormat.FACTURX, validator)
    assert make(person, DocumentFormat.PDF, validator)


def test_a_page_with_squares_for_letters_does_not_leave(validator) -> None:
    """A name that cannot be read is no name; XML holds every letter."""
    runes = replace(FRENCH, buyer=replace(FRENCH.buyer, name="ᚠᚢ & Cie"))
    for form in (DocumentFormat.PDF, DocumentFormat.FACTURX):
        with pytest.raises(NotInvoiceableError, match=f"as {form}: no font .* has ᚠᚢ") as refusal:
            make(runes, form, validator)
        assert refusal.value.hint.startswith("mailctl customer show acme")
    assert make(runes, DocumentFormat.UBL, validator)


def test_a_page_that_could_not_be_made_leaves_the_checking_in_step(
    validator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next document gets its own answer, not that of the one before."""
    wrong = replace(FRENCH, total_cents=FRENCH.total_cents + 1)
    with monkeypatch.context() as broken:
        broken.setattr(pdf, "render", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make(wrong, DocumentFormat.PDF, validator)
    assert make(FRENCH, DocumentFormat.PDF, validator)
