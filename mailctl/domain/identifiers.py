"""What businesses are known by: numbers in registers and electronic addresses, with their schemes.

Both are kept as `SCHEME:ID`. Check digits are verified by a library, without network; a scheme that
none of them knows takes any id. The lists of codes are those of EN 16931's published rules 1.3.16
(BR-CL-11 and BR-CL-25).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from mailctl.domain.addresses import normal_email
from mailctl.domain.legal_ids import SIREN, SIRET, siren_of, siren_of_vat_number, siret_of, told
from mailctl.domain.names import check_text
from mailctl.domain.profile import normal_vat_number
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.domain.documents import Identifier

FRENCH_ADDRESS, LEITWEG, EMAIL = "0225", "0204", "EM"
LONGEST_ID = 100

REGISTERS = frozenset(f"{code:04}" for code in range(2, 249)) - {"0092", "0103", "0181", "0182"}
"""The registers of ISO 6523 (ICD), for the legal id of a business (BT-30, BT-47)."""

ADDRESSES = frozenset(
    "0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 "
    "0183 0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 "
    "0208 0209 0210 0211 0212 0213 0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0242 "
    "0244 0245 0246 0248 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 "
    "9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 "
    "9947 9948 9949 9950 9951 9952 9953 9957 9959 AN AQ AS AU EM".split()
)
"""The schemes of electronic addresses (EAS), for endpoints (BT-34, BT-49)."""

NOT_AT_PEPPOL = frozenset(
    "0037 0147 0154 0158 0170 0177 0193 0194 0202 0203 0205 0212 0213 0215 0217 0219 0220 AN AQ AS "
    "AU EM".split()
)
"""Those of them that Peppol does not reach."""

_VAT_SCHEMES = {
    "0211": "IT",
    "9910": "HU",
    "9914": "AT",
    "9920": "ES",
    "9925": "BE",
    "9926": "BG",
    "9928": "CY",
    "9929": "CZ",
    "9930": "DE",
    "9931": "EE",
    "9933": "GR",
    "9934": "HR",
    "9935": "IE",
    "9937": "LT",
    "9938": "LU",
    "9939": "LV",
    "9943": "MT",
    "9944": "NL",
    "9945": "PL",
    "9946": "PT",
    "9947": "RO",
    "9949": "SI",
    "9950": "SK",
    "9957": "FR",
}
"""The schemes that are VAT numbers of a member state."""

_NUMBERS = {
    SIREN: ("a SIREN", "fr.siren"),
    "0007": ("a Swedish organisation number", "se.orgnr"),
    SIRET: ("a SIRET", "fr.siret"),
    "0037": ("a Finnish business id", "fi.ytunnus"),
    "0088": ("a GLN", "ean"),
    "0151": ("an Australian business number", "au.abn"),
    "0183": ("a Swiss enterprise number", "ch.uid"),
    "0191": ("an Estonian register code", "ee.registrikood"),
    "0192": ("a Norwegian organisation number", "no.orgnr"),
    "0195": ("a Singaporean UEN", "sg.uen"),
    "0199": ("an LEI", "lei"),
    LEITWEG: ("a Leitweg-ID", "de.leitweg"),
    "0208": ("a Belgian enterprise number", "be.vat"),
    "0210": ("an Italian tax code", "it.codicefiscale"),
}
"""By scheme what its ids are, and the module of the library that verifies them."""

_FORMS = {
    "0060": ("a D-U-N-S number", "9 digits", re.compile(r"[0-9]{9}")),
    "0096": ("a Danish production unit", "10 digits", re.compile(r"[0-9]{10}")),
    "0106": ("a Dutch chamber of commerce number", "8 digits", re.compile(r"[0-9]{8}")),
    # Written either way, and another address each time.
    "0184": ("a Danish CVR number", "8 digits, with or without DK", re.compile(r"(?:DK)?[0-9]{8}")),
    "0190": ("a Dutch organisation number", "20 digits", re.compile(r"[0-9]{20}")),
    "0198": ("a Danish SE number", "DK and 8 digits", re.compile(r"DK[0-9]{8}")),
}
"""By scheme what its ids are, and their form where they have no check digits."""

# A SIREN alone, or with the SIRET and a code, or with a suffix of its own (AFNOR XP Z12-012).
_FRENCH_ADDRESS = re.compile(r"([0-9]{9})(?:_([0-9]{14}))?(?:_[A-Za-z0-9+\-_.]+)?")
# Three parts, or a municipality's long key before the check digits: a short one may be anything.
_LEITWEG_ID = re.compile(r"[0-9]{2,12}-[0-9A-Z]{1,30}-[0-9]{2}|[0-9]{8,12}-[0-9]{2}", re.IGNORECASE)
_ENDPOINT = re.compile(r"[!-~]+")


def identifier(kept: str) -> Identifier:
    """The typed form of what is kept as `SCHEME:ID`."""
    from mailctl.domain.documents import Identifier

    scheme, _, id_ = kept.partition(":")
    return Identifier(scheme=scheme, id=id_)


def normal_siren(text: str) -> str:
    """The nine digits of a SIREN; UsageError where they or the check digit are wrong."""
    return _verified(SIREN, text, "for example 732829320, nine digits")


def normal_siret(text: str) -> str:
    """The fourteen digits of a SIRET; UsageError where they or the check digit are wrong."""
    return _verified(SIRET, text, "for example 73282932000074, a SIREN and five digits")


def normal_legal_id(text: str) -> str:
    """A number in a register as `SCHEME:ID` (ISO 6523); UsageError."""
    scheme, id_ = _parts(text, "legal id", "0208:0403170701 in Belgium; a SIREN is 0002:732829320")
    if scheme not in REGISTERS:
        raise UsageError(
            f"{scheme!r} is not the code of a register (ISO 6523)",
            hint="for example 0002 for a SIREN, 0009 for a SIRET, 0208 in Belgium, 0106 in the "
            "Netherlands",
        )
    return f"{scheme}:{_normal_id(scheme, id_)}"


def normal_endpoint(text: str) -> str:
    """An electronic address as `SCHEME:ID` (EAS); UsageError."""
    scheme, id_ = _parts(text, "electronic address", "0225:732829320 or 9930:DE136695976")
    if scheme not in ADDRESSES:
        raise UsageError(
            f"{scheme!r} is not a scheme of electronic addresses (EAS)",
            hint="for example 0225 in France, 0208 in Belgium, 9930 or 0204 in Germany, 0088 for a "
            "GLN, EM for an e-mail address",
        )
    id_ = _normal_id(scheme, id_)
    if _ENDPOINT.fullmatch(id_) is None:
        raise UsageError(f"an electronic address has no spaces and letters of ASCII, not {id_!r}")
    return f"{scheme}:{id_}"


def normal_company_number(
    legal_id: str = "", siren: str = "", siret: str = "", *, known: str | None = None
) -> str | None:
    """The legal id that was given in one of its forms, or in several that agree; None for none.

    A SIRET belongs to the SIREN that is given with it, or to that of the legal id `known` before.
    UsageError.
    """
    found = [normal_legal_id(legal_id)] if legal_id else []
    if siren:
        found.append(f"{SIREN}:{normal_siren(siren)}")
    if siret:
        found.append(f"{SIRET}:{normal_siret(siret)}")
    if not found:
        return None
    # What tells most: a SIRET has its SIREN in it.
    best = max(found, key=lambda one: (siret_of(one) is not None, siren_of(one) is None))
    before = [known] if known and siret and not (siren or legal_id) else []
    for other in (*found, *before):
        is_part = siren_of(other) is not None and siren_of(other) == siren_of(best)
        if other != best and not (is_part and siret_of(other) in (None, siret_of(best))):
            raise _of_two(best, other, is_known=other in before)
    return best


def _of_two(one: str, other: str, *, is_known: bool) -> UsageError:
    return UsageError(
        f"{told(one)} and {told(other)} belong to two businesses",
        hint="give --siren with it where that has changed" if is_known else "give one of them",
    )


def check_siren_fits(legal_id: str | None, vat_number: str | None) -> None:
    """UsageError where a French VAT number is that of another SIREN than the legal id."""
    siren, other = siren_of(legal_id), siren_of_vat_number(vat_number)
    if siren is None or other is None or siren == other:
        return
    from stdnum.fr.siren import to_tva

    raise UsageError(
        f"the SIREN {siren} is not that of the VAT number {vat_number}, which is {other}",
        hint=f"give both as they belong together, for example FR{to_tva(siren)} with {siren}",
    )


def normal_buyer_reference(text: str, country: str) -> str:
    """What a customer wants on its invoices (BT-10), as one line.

    A German customer's that is written like a Leitweg-ID must be one; any other text is the
    customer's own. UsageError.
    """
    text = check_text(text, "buyer reference", longest=LONGEST_ID)
    if country != "DE" or _LEITWEG_ID.fullmatch(text) is None:
        return text
    return _verified(
        LEITWEG, text, "for example 04011000-12345-03; its last two digits check the rest"
    )


def _parts(text: str, what: str, example: str) -> tuple[str, str]:
    scheme, colon, id_ = check_text(text, what, longest=LONGEST_ID).partition(":")
    scheme, id_ = scheme.strip().upper(), id_.strip()
    if not (colon and scheme and id_):
        raise UsageError(
            f"the {what} is a scheme and an id, not {text!r}",
            hint=f"write it as SCHEME:ID, for example {example}",
        )
    return scheme, id_


def _normal_id(scheme: str, id_: str) -> str:
    """An id in the form that its scheme has, if that is known."""
    if scheme in _NUMBERS:
        return _verified(scheme, id_)
    if scheme in _FORMS:
        what, form, pattern = _FORMS[scheme]
        plain = re.sub(r"[\s.-]", "", id_).upper()
        if pattern.fullmatch(plain) is None:
            raise UsageError(f"{id_!r} is not {what}", hint=f"it has {form}")
        return plain
    if scheme in _VAT_SCHEMES:
        return normal_vat_number(id_, _VAT_SCHEMES[scheme])
    if scheme == EMAIL:
        return normal_email(id_, "electronic address")
    if scheme == FRENCH_ADDRESS:
        return _french_address(id_)
    return id_


def _french_address(id_: str) -> str:
    """An address at a French platform: a SIREN, and what stands behind it (BR-FR-23)."""
    from stdnum.fr import siren, siret

    plain = id_.replace(" ", "")
    found = _FRENCH_ADDRESS.fullmatch(plain)
    is_right = found and siren.is_valid(found[1])
    if found and is_right and found[2]:
        is_right = found[2].startswith(found[1]) and siret.is_valid(found[2])
    if not is_right:
        raise UsageError(
            f"{id_!r} is not an address of a French platform",
            hint="for example 732829320, or 732829320_73282932000074",
        )
    return plain


def _verified(scheme: str, id_: str, hint: str | None = None) -> str:
    """An id in its compact form, verified by the library; UsageError."""
    from importlib import import_module

    from stdnum.exceptions import ValidationError

    what, module = _NUMBERS[scheme]
    validate: Callable[[str], str] = import_module(f"stdnum.{module}").validate
    try:
        return str(validate(id_))
    except ValidationError as error:
        why = str(error).rstrip(".").lower()
        raise UsageError(f"{id_!r} is not {what}: {why}", hint=hint) from None
