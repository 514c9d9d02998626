"""A document's XML, written by factur-x from business terms; the same document, the same bytes."""

from __future__ import annotations

from importlib.util import find_spec
from xml.sax.saxutils import escape

from mailctl.documents.syntaxes import EN_16931, Syntax
from mailctl.documents.terms import Terms, terms
from mailctl.domain.documents import Document
from mailctl.errors import ExtraMissingError

LIBRARIES = ("facturx", "saxonche", "fpdf", "uharfbuzz", "segno")
"""What the extra `einvoice` installs."""
_END_OF_MEANS = b"  </cac:PaymentMeans>\n"
_MANDATE = """\
    <cac:PaymentMandate>
      <cbc:ID>%s</cbc:ID>
    </cac:PaymentMandate>
"""


class UnwritableError(ValueError):
    """A text that XML cannot hold, or terms that contradict each other."""


def xml_of(document: Document, syntax: Syntax) -> bytes:
    """The XML of a document, not checked yet; the same bytes each time.

    The library knows EN 16931's own specification alone: that of the syntax takes its place.
    UnwritableError; ExtraMissingError without the extra `einvoice`.
    """
    check_installed()
    from facturx import generate_xml

    known = terms(document, syntax)
    try:
        made: bytes = generate_xml(
            known | {"BT-24": EN_16931},
            flavor="factur-x" if syntax.is_cii else "ubl-2.1",
            level="en16931",
            check_xsd=False,
            check_schematron=False,
        )
    except ValueError as error:
        raise UnwritableError(str(error)) from None
    return made if syntax.is_cii else _completed(made, known, syntax)


def _completed(made: bytes, terms: Terms, syntax: Syntax) -> bytes:
    """UBL with its specification, and with a mandate whose debtor's IBAN is not known.

    The library leaves out the mandate (BT-89) where it has no IBAN (BT-91).
    """
    named = b"<cbc:CustomizationID>%s</cbc:CustomizationID>"
    made = made.replace(named % EN_16931.encode(), named % syntax.specification.encode(), 1)
    if "BT-89" not in terms or "BT-91" in terms:
        return made
    mandate = _MANDATE % escape(terms["BT-89"])
    return made.replace(_END_OF_MEANS, mandate.encode() + _END_OF_MEANS, 1)


def check_installed() -> None:
    """ExtraMissingError where documents can be neither written nor checked."""
    if any(find_spec(library) is None for library in LIBRARIES):
        raise ExtraMissingError(
            "documents need libraries that are not installed",
            hint="pip install 'mailctl[einvoice]'",
        )
