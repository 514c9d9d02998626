"""The commands that mend a document are such as can be typed, and change what the rule is about."""

from __future__ import annotations

import re
from shlex import split

import pytest

from mailctl.documents.mends import RULES, UNWRITABLE, mend
from mailctl.domain.profile import Language
from tests.helpers import Cli

CUSTOMER = "acme"
VALUES = {
    "seller-bic": "AGRIFRPP",
    "seller-city": "Lyon",
    "seller-contact": "Comptabilité",
    "seller-email": "factures@host.example",
    "seller-endpoint": "0225:732829320",
    "seller-iban": "FR7630006000011234567890189",
    "seller-legal-id": "0009:73282932000074",
    "seller-name": "Courrier Clair",
    "seller-phone": "+33 4 72 00 00 00",
    "seller-postcode": "69001",
    "seller-vat-number": "FR44732829320",
    **{f"mentions-{language}": "#AAB#Non." for language in Language},
    "--buyer-reference": "PO 7",
    "--city": "Paris",
    "--endpoint": "0088:4000001000005",
    "--legal-id": "0002:303265045",
    "--name": "Acme",
    "--postcode": "75001",
    "--siren": "303265045",
    "--siret": "30326504500011",
    "--vat-number": "FR40303265045",
}
"""What is typed for the blank behind each name."""
PRINTED = sorted(
    {
        one
        for rule in (*RULES, UNWRITABLE, "BR-CO-15", "BR-99")
        for language in Language
        for one in re.split(
            ", or ", mend(rule, customer=CUSTOMER, language=language).partition(", with")[0]
        )
    }
)


@pytest.mark.parametrize("printed", [one.partition(", for")[0] for one in PRINTED])
def test_each_command_that_mends_can_be_typed(store: Cli, printed: str) -> None:
    """With a value in the place of its blank, which the customer or the setting then has."""
    store.ok("customer", "add", CUSTOMER, "--name", "A", "--email", "it@acme.example")
    _, *words = split(printed)
    if words[-1].isupper():
        name = words[-2]
        *words, blank = words
        assert (blank == "SCHEME:ID") == name.endswith(("endpoint", "legal-id")), printed
        got = store.ok(*words, VALUES[name])
        key = "value" if words[0] == "settings" else name.removeprefix("--").replace("-", "_")
        assert got[key] == VALUES[name]
        assert got["changed"]
    else:
        assert store(*words).status == 0


def test_mentions_are_mended_in_the_documents_language() -> None:
    said = mend("BR-FR-05", customer=CUSTOMER, language=Language.GERMAN)
    assert said == "mailctl settings set mentions-de TEXT"


def test_a_customer_whose_id_begins_with_a_dash_is_named_as_one() -> None:
    said = mend("BR-FR-11", customer="-x", language=Language.FRENCH)
    assert said == "mailctl customer edit customer/-x --siren SIREN"
