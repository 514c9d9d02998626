"""Every sample family in every syntax keeps the official rules, and those of two other programs."""

import einvoice
import mockeinvoice
import pytest

from mailctl.documents.invoiceable import checked
from mailctl.documents.syntaxes import Syntax
from mailctl.documents.xml import xml_of
from tests.documents.samples import families

SAMPLES = {
    f"{seller} {family}": document
    for seller in ("FR", "DE", "BE")
    for family, document in families(seller).items()
}


@pytest.fixture(params=SAMPLES)
def document(request):
    return SAMPLES[request.param]


@pytest.mark.parametrize("syntax", Syntax)
def test_it_keeps_the_official_rules(document, syntax, validator):
    assert checked(document, syntax, validator)[1] == ()


@pytest.mark.parametrize("syntax", [Syntax.XRECHNUNG, Syntax.PEPPOL])
def test_mock_einvoice_finds_it_valid(document, syntax):
    _, report = mockeinvoice.validate(xml_of(document, syntax))
    assert report.verdict == "valid", [(each.code, each.text) for each in report.failures]


@pytest.mark.parametrize("syntax", Syntax)
def test_verifyhash_finds_it_valid(document, syntax):
    profile = "xrechnung" if syntax is Syntax.XRECHNUNG else "en16931"
    report = einvoice.validate_bytes(xml_of(document, syntax), profile=profile)
    assert report["valid"], report
