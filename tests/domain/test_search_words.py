"""How texts are folded, and read: both sides of a search must come to the same words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mailctl.domain.search_words import (
    address_words,
    folded,
    is_whole,
    legal_words,
    matches,
    method_words,
    phone_words,
    readings,
    vat_words,
    words,
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("É", "e"),
        ("E\u0301", "e"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Øresund", "oresund"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("\uff21cme", "acme"),
        ("œuvre", "oeuvre"),
    ],
)
def test_case_and_accents_are_folded(text: str, plain: str) -> None:
    """Also what Unicode writes in several ways."""
    assert folded(text) == plain


def test_an_umlaut_has_two_spellings() -> None:
    """Whoever keeps Müller is found by Mueller and by Muller; whoever keeps Mueller by Müller."""
    assert words(["Müller"]) == {"muller", "mueller"}
    for kept, asked in (("Müller", "Mueller"), ("Müller", "Muller"), ("Mueller", "Müller")):
        assert is_whole(readings(asked)[0], words([kept]))


def test_a_phone_number_is_kept_with_and_without_its_calling_code() -> None:
    """A calling code has one to three digits."""
    kept = phone_words("+33199001234")
    for said in ("0199001234", "+33 1 99 00 12 34", "0033199001234", "(0)199001234"):
        assert any(is_whole(reading, kept) for reading in readings(said)), said


def test_a_vat_number_is_kept_with_and_without_its_country() -> None:
    """A short one is not cut."""
    assert vat_words("FR40303265045") == {"fr40303265045", "40303265045"}
    assert vat_words("CHE123456788") == {"che123456788", "e123456788", "123456788"}
    assert vat_words(None) == set()


def test_a_legal_id_is_kept_with_and_without_its_scheme() -> None:
    """A SIRET is found by its SIREN, with which it begins."""
    assert legal_words("0009:73282932000074") == {"000973282932000074", "73282932000074"}
    assert legal_words("0183:CHE123456788") == {
        "0183che123456788",
        *("che123456788", "e123456788", "123456788"),
    }
    assert legal_words(None) == set()


def test_the_words_of_an_address_are_those_that_it_does_not_begin_with() -> None:
    """Its beginning is looked for in the index of the addresses, unless it has accents."""
    assert address_words("alice.martin@acme.example") == {"martin"}
    assert address_words("alice@acme.example") == set()
    assert address_words("é.roy@acme.example") == {"e", "roy", "eroy"}
    assert address_words("_bob-x@acme.example") == {"bob", "x"}


def test_a_method_is_found_by_its_mandate_and_what_its_label_shows() -> None:
    """A label that shows nothing, as an erased one, has no words."""
    assert method_words("RUM1", "FR76…0189") == {"rum1", "0189"}
    assert method_words(None, "erased") == set()


def test_text_is_read_as_one_word_as_words_and_with_its_numbers_joined() -> None:
    """So a number may be typed with spaces, also beside a name."""
    assert readings("Dupont 01 99 00 12 34")[2] == (("dupont",), ("0199001234", "199001234"))
    assert readings("--") == ()
    assert readings("xn--bcher-kva.example") == readings("bücher.example")
    assert readings("xn--zzz\u0301.example")[0][0][0]


@given(some.text(max_size=40))
def test_every_text_finds_itself_however_it_is_written(text: str) -> None:
    """In both of Unicode's forms, the composed one and the other."""
    kept = words([text])
    for form in ("NFC", "NFD"):
        asked = readings(unicodedata.normalize(form, text))
        assert any(matches(reading, kept) for reading in asked) or not kept


def test_four_digits_are_a_beginning_and_three_only_a_whole_number() -> None:
    """Too many numbers begin with three."""
    kept = phone_words("+33199001234")
    assert matches(readings("1990")[0], kept)
    assert not matches(readings("199")[0], kept)
    assert matches(readings("199")[0], {"199"})


def test_a_very_long_word_is_found_as_it_is_given() -> None:
    """Of both, the kept and the one that is looked for, the first hundred characters count."""
    name = "x" * 150
    assert matches(readings(name)[0], words([name]))
