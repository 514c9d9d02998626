"""What businesses are known by: numbers in registers, electronic addresses, buyers' references."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mailctl.documents.rule_sets import BY_NAME
from mailctl.domain import identifiers
from mailctl.domain.documents import Identifier
from mailctl.domain.identifiers import (
    check_siren_fits,
    normal_buyer_reference,
    normal_endpoint,
    normal_legal_id,
    normal_siren,
    normal_siret,
)
from mailctl.domain.legal_ids import siren_of, siren_of_vat_number, siret_of
from mailctl.errors import UsageError


def test_a_siren_and_a_siret_are_their_digits() -> None:
    """With spaces as they are printed, or without."""
    assert normal_siren(" 732 829 320 ") == "732829320"
    assert normal_siret("732 829 320 00074") == "73282932000074"
    # La Poste's establishments have sums of their own.
    assert normal_siret("35600000049837") == "35600000049837"


@pytest.mark.parametrize("typed", ["732829321", "73282932", "7328293200", "73282932O", "", "x"])
def test_a_wrong_siren_is_refused(typed: str) -> None:
    """A digit too many or too few, a letter, or a digit mistyped."""
    with pytest.raises(UsageError, match="is not a SIREN"):
        normal_siren(typed)


@pytest.mark.parametrize("typed", ["73282932000075", "732829320", "7328293200007", "x"])
def test_a_wrong_siret_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is not a SIRET"):
        normal_siret(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0002:732 829 320", "0002:732829320"),
        ("0009:73282932000074", "0009:73282932000074"),
        ("0208:BE 0403.170.701", "0208:0403170701"),
        ("0106:12345678", "0106:12345678"),
        ("0183:CHE-100.155.212", "0183:CHE100155212"),
        ("0088: 4000001000005", "0088:4000001000005"),
        # A register whose numbers no library knows: as it is written.
        ("0244:A 1/2", "0244:A 1/2"),
    ],
)
def test_a_legal_id_is_kept_with_its_scheme(typed: str, kept: str) -> None:
    assert normal_legal_id(typed) == kept
    assert normal_legal_id(kept) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("732829320", "the legal id is a scheme and an id"),
        ("0002:", "the legal id is a scheme and an id"),
        (":732829320", "the legal id is a scheme and an id"),
        ("9930:DE136695976", "'9930' is not the code of a register"),
        ("0092:1", "'0092' is not the code of a register"),
        ("0208:0403170702", "is not a Belgian enterprise number"),
        ("0106:123", "is not a Dutch chamber of commerce number"),
        ("0002:732829321", "is not a SIREN"),
        (f"0244:{'x' * 96}", "101 characters, 100 is the most"),
        ("0244:a\nb", "control characters"),
    ],
)
def test_a_wrong_legal_id_is_refused(typed: str, message: str) -> None:
    with pytest.raises(UsageError, match=re.escape(message)):
        normal_legal_id(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0225:732 829 320", "0225:732829320"),
        ("0225:732829320_73282932000074", "0225:732829320_73282932000074"),
        ("0225:732829320_73282932000074_COMPTA", "0225:732829320_73282932000074_COMPTA"),
        ("0225:732829320_achats.2", "0225:732829320_achats.2"),
        ("0208:0403170701", "0208:0403170701"),
        ("9925:0202239951", "9925:BE0202239951"),
        ("9930:136 695 976", "9930:DE136695976"),
        ("9930:DE136695976", "9930:DE136695976"),
        ("9933:094259216", "9933:EL094259216"),
        ("0211:00743110157", "0211:IT00743110157"),
        ("0204:04011000-12345-03", "0204:04011000-12345-03"),
        ("0088:4000001000005", "0088:4000001000005"),
        # Peppol knows both, as two addresses.
        ("0184:DK13585628", "0184:DK13585628"),
        ("0184:13585628", "0184:13585628"),
        ("0096:1003403552", "0096:1003403552"),
        ("0198:dk13585628", "0198:DK13585628"),
        ("em:Invoices@Acme.example", "EM:invoices@acme.example"),
        ("0130:anything", "0130:anything"),
    ],
)
def test_an_endpoint_is_kept_as_its_network_writes_it(typed: str, kept: str) -> None:
    assert normal_endpoint(typed) == kept
    assert normal_endpoint(kept) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("acme", "the electronic address is a scheme and an id"),
        ("0001:1", "'0001' is not a scheme of electronic addresses"),
        ("0088:4000001000006", "is not a GLN"),
        ("0208:0403170702", "is not a Belgian enterprise number"),
        ("9930:DE136695977", "is not a VAT number"),
        ("9930:FR40303265045", "not one of DE"),
        ("0225:732829321", "is not an address of a French platform"),
        ("0225:732829320_30326504500011", "is not an address of a French platform"),
        ("0204:04011000-12345-04", "is not a Leitweg-ID"),
        ("EM:acme", "an email address must have an @-sign"),
        ("0096:123456789", "is not a Danish production unit"),
        ("0198:13585628", "is not a Danish SE number"),
        ("0130:a b", "has no spaces"),
        ("0130:é", "has no spaces and letters of ASCII"),
    ],
)
def test_a_wrong_endpoint_is_refused(typed: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        normal_endpoint(typed)
    assert message.lower() in refused.value.message.lower()


def test_a_siren_is_in_the_siret_and_in_a_french_vat_number() -> None:
    assert siren_of("0009:73282932000074") == siren_of("0002:732829320") == "732829320"
    assert siret_of("0009:73282932000074") == "73282932000074"
    assert (siret_of("0002:732829320"), siren_of("0208:0403170701"), siren_of(None)) == (None,) * 3
    assert siren_of_vat_number("FR40303265045") == "303265045"
    # Numbers of Monaco begin with FR too, and have no SIREN in them.
    assert siren_of_vat_number("FR53000004605") is None
    assert siren_of_vat_number("DE136695976") is None


def test_a_siren_must_be_that_of_the_vat_number() -> None:
    check_siren_fits("0002:303265045", "FR40303265045")
    check_siren_fits("0009:73282932000074", None)
    check_siren_fits("0208:0403170701", "FR40303265045")
    with pytest.raises(UsageError, match="the SIREN 732829320 is not that of the VAT number"):
        check_siren_fits("0009:73282932000074", "FR40303265045")


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("PO-2026/17", "FR", "PO-2026/17"),
        ("04011000-12345-03", "DE", "04011000-12345-03"),
        ("991-33333test-33", "DE", "991-33333TEST-33"),
        # A customer's own numbers, though a Leitweg-ID may be as short.
        ("12-34", "DE", "12-34"),
        ("2026-11", "DE", "2026-11"),
        # Elsewhere nobody knows Leitweg-IDs.
        ("04011000-12345-04", "FR", "04011000-12345-04"),
        ("Étage 3, bureau 12", "FR", "Étage 3, bureau 12"),
    ],
)
def test_a_buyer_reference_is_the_customers_own(typed: str, country: str, kept: str) -> None:
    assert normal_buyer_reference(typed, country) == kept


@pytest.mark.parametrize("typed", ["04011000-12345-04", "991-33333TEST-34", "04011000-99"])
def test_a_mistyped_leitweg_id_is_refused(typed: str) -> None:
    """Its invoice would go to another office, or to none."""
    with pytest.raises(UsageError, match="is not a Leitweg-ID"):
        normal_buyer_reference(typed, "DE")


def test_what_is_kept_is_typed_again() -> None:
    assert identifiers.identifier("0088:4000001000005") == Identifier(
        scheme="0088", id="4000001000005"
    )


def test_the_codes_are_those_of_the_published_rules() -> None:
    """EN 16931's rules know the same registers and schemes; Peppol's know no other."""
    text = Path(BY_NAME["ubl-en16931"].path).read_text(encoding="utf-8")
    lists = {frozenset(codes.split()) for codes in re.findall(r"contains\(' (0002 [^']*) '", text)}
    assert lists == {identifiers.REGISTERS, identifiers.ADDRESSES}
    peppol = Path(BY_NAME["peppol"].path).read_text(encoding="utf-8")
    found = re.search(r"tokenize\('(0002 0007 [^']*)'", peppol)
    assert found is not None
    assert frozenset(found[1].split()) < identifiers.ADDRESSES
