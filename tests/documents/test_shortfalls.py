"""What advice sees without the rules is what the rules would refuse."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from mailctl.documents import faces, rule_sets
from mailctl.documents.invoiceable import checked
from mailctl.documents.mends import RULES
from mailctl.documents.shortfalls import shortfalls
from mailctl.documents.syntaxes import Syntax
from mailctl.domain import identifiers
from mailctl.domain.documents import DocumentFormat, Identifier, TaxCategory
from mailctl.insight.advice import documents
from mailctl.values import replace
from tests.documents.samples import document
from tests.lives.many import ASKED

PARTS = (
    *(("seller", name) for name in ("vat_number", "legal_id", "endpoint", "contact", "email")),
    *(("seller", name) for name in ("phone", "city", "postcode")),
    *(("buyer", name) for name in ("vat_number", "legal_id", "endpoint", "email")),
    *(("buyer", name) for name in ("city", "postcode")),
    *(("buyer_reference", ""), ("order", ""), ("mentions", ""), ("payment", "")),
)
SALES = {
    "at home in France": document("FR"),
    "at home in Germany": document("DE"),
    "from France to Germany": document("FR", "DE", category=TaxCategory.REVERSE_CHARGE),
    "from Belgium to America": document("BE", "US", category=TaxCategory.OUTSIDE),
    "at a rate of 0": document("FR", category=TaxCategory.ZERO),
}


def without(known, parts):
    for whose, name in parts:
        if name:
            known = replace(known, **{whose: replace(getattr(known, whose), **{name: None})})
        else:
            known = replace(known, **{whose: () if whose == "mentions" else None})
    return known


@pytest.mark.parametrize("syntax", Syntax)
@pytest.mark.parametrize("sale", SALES)
def test_it_is_what_the_rules_refuse(sale: str, syntax: Syntax, validator) -> None:
    """Whatever is left out: the first set of rules that is broken names it."""
    whole = SALES[sale]
    assert shortfalls(whole, DocumentFormat(syntax)) == ()
    pairs = combinations(PARTS, 2) if ASKED else ()
    for parts in (*((part,) for part in PARTS), PARTS, *pairs):
        known = without(whole, parts)
        foreseen = {one.rule for one in shortfalls(known, DocumentFormat(syntax))}
        broken = {found.rule for found in checked(known, syntax, validator)[1]}
        assert broken <= foreseen, parts
        assert bool(broken) == bool(foreseen), parts
        assert foreseen <= RULES, parts


@pytest.mark.parametrize("whose", ["seller", "buyer"])
def test_an_endpoint_that_peppol_does_not_reach_is_foreseen(whose: str, validator) -> None:
    """Each scheme of addresses, as Peppol's own list has it."""
    text = rule_sets.BY_NAME["peppol"].path.read_text(encoding="utf-8")
    (listed,) = set(re.findall(r"'([^']* 9959)'", text))
    assert identifiers.ADDRESSES - set(listed.split()) == identifiers.NOT_AT_PEPPOL
    for scheme, rules in (("EM", {"PEPPOL-EN16931-CL008"}), ("0088", set())):
        endpoint = Identifier(scheme=scheme, id="4012345000009")
        party = replace(getattr(SALES["at home in Germany"], whose), endpoint=endpoint)
        known = replace(SALES["at home in Germany"], **{whose: party})
        assert {one.rule for one in shortfalls(known, DocumentFormat.PEPPOL)} == rules
        assert {found.rule for found in checked(known, Syntax.PEPPOL, validator)[1]} == rules


def test_pages_print_every_letter_that_advice_takes_for_printable() -> None:
    """It looks at fonts for the others alone."""
    letters = "".join(map(chr, range(0x20, documents._SURELY_PRINTABLE + 1)))  # noqa: SLF001
    assert faces.unwritable("".join(filter(str.isprintable, letters))) == ""
