"""The syntaxes that a document's XML can be in, and which specification each follows."""

from __future__ import annotations

from enum import StrEnum


class Syntax(StrEnum):
    """A form of XML, by the name that `--format` takes."""

    FACTURX = "facturx"
    UBL = "ubl"
    XRECHNUNG = "xrechnung"
    PEPPOL = "peppol"

    @property
    def is_cii(self) -> bool:
        """Whether it is UN/CEFACT's CII; the others are OASIS UBL 2.1."""
        return self is Syntax.FACTURX

    @property
    def has_peppol_process(self) -> bool:
        """Whether its business process (BT-23) is Peppol's."""
        return self in (Syntax.XRECHNUNG, Syntax.PEPPOL)

    @property
    def specification(self) -> str:
        """BT-24."""
        return _SPECIFICATIONS.get(self, EN_16931)


EN_16931 = "urn:cen.eu:en16931:2017"
PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_SPECIFICATIONS = {
    Syntax.XRECHNUNG: f"{EN_16931}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    Syntax.PEPPOL: f"{EN_16931}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
}
