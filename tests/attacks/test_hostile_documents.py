"""Whatever somebody is called: no text becomes a part of the XML or of the PDF that holds it."""

from __future__ import annotations

from io import BytesIO

import page
import pypdf
import pytest
from lxml import etree
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from mailctl.documents.pdf import render
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.xml import UnwritableError, xml_of
from mailctl.domain.documents import Document, Identifier, Party
from mailctl.values import replace
from tests.attacks.evil import TEXTS
from tests.documents.samples import credit_note, document

IN_PDF = {
    "string": ") /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> (",
    "object": "endstream endobj 9 0 obj << /S /Launch >> endobj xref trailer %%EOF",
    "name": "#2FLaunch /URI <68656c6c6f> <</AA>>",
    "metadata": "</rdf:li></rdf:Seq></dc:creator><pdfaid:part>9</pdfaid:part> & ]]> <?x?>",
}
HOSTILE = {name: text[:2000] for name, text in (TEXTS | IN_PDF).items() if text.strip()}
CONTROLS = {"escapes", "zero"}
"""What XML cannot hold at all."""
ACTIONS = {"/OpenAction", "/AA", "/A", "/JavaScript", "/JS", "/Launch", "/URI", "/Annots", "/Names"}


def everywhere(known: Document, text: str) -> Document:
    """A document that says nothing else wherever a person may have entered something."""
    account = known.seller_account and replace(known.seller_account, bank=text)
    return replace(
        known,
        seller=said_by(known.seller, text),
        buyer=said_by(known.buyer, text),
        seller_account=account,
        mentions=(text, f"#PMT#{text}"),
        buyer_reference=text,
        order=text,
        reason=known.reason and text,
        lines=tuple(replace(line, label=text, address=text) for line in known.lines),
        taxes=tuple(replace(tax, reason=text) for tax in known.taxes),
        payment=known.payment and replace(known.payment, account=account),
    )


def said_by(party: Party, text: str) -> Party:
    texts = dict.fromkeys(
        ("name", "street", "postcode", "city", "contact", "email", "phone", "vat_number"), text
    )
    ids = dict.fromkeys(("legal_id", "endpoint"), Identifier(scheme="0002", id=text))
    return replace(party, **texts, **ids, legal_form=text)


def shape(xml: bytes) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a document in their order, with the names of their attributes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.fromstring(xml, parser)
    assert not tree.getroottree().docinfo.doctype
    return [(str(one.tag), tuple(map(str, one.attrib))) for one in tree.iter()]


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_adds_an_element(name: str, syntax: Syntax) -> None:
    """It is in there as it is, or the document is refused."""
    text = HOSTILE[name]
    for known in (document("FR"), credit_note("DE")):
        try:
            made = xml_of(everywhere(known, text), syntax)
        except UnwritableError:
            assert name in CONTROLS
            continue
        assert shape(made) == shape(xml_of(everywhere(known, "plain"), syntax))
        words = {" ".join(one.split()) for one in etree.fromstring(made).itertext()}
        assert " ".join(text.split()) in words


def keys(of: object, seen: set[int]) -> set[str]:
    """Every key of every dictionary of a PDF."""
    if isinstance(of, IndirectObject):
        if of.idnum in seen:
            return set()
        seen.add(of.idnum)
        of = of.get_object()
    if isinstance(of, DictionaryObject):
        return set(map(str, of)).union(*(keys(each, seen) for each in of.values()))
    if isinstance(of, ArrayObject):
        return set().union(*(keys(each, seen) for each in of))
    return set()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_adds_anything_to_a_pdf(name: str) -> None:
    """It stays valid for an archive, and does nothing but show its first page."""
    data = render(everywhere(document("FR"), HOSTILE[name]))
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_A_3B)
    assert report.is_compliant, [failure.message for failure in report.failures]
    reader = pypdf.PdfReader(BytesIO(data))
    assert keys(reader.trailer, set()) & ACTIONS == {"/OpenAction"}
    assert reader.trailer["/Root"]["/OpenAction"][1] == "/FitH"
    assert data.count(b"startxref") == 1
