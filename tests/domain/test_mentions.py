"""What the law wants on invoices: the texts that mailctl comes with, and those that are set."""

from __future__ import annotations

import pytest

from mailctl.domain.mentions import LONGEST, kept_mentions, mentions, shipped
from mailctl.domain.profile import Language
from mailctl.errors import UsageError


@pytest.mark.parametrize("language", Language)
def test_a_french_seller_has_what_the_code_de_commerce_wants(language: Language) -> None:
    """The fixed sum for recovery, the penalties and the discount, in every language (L441-9)."""
    recovery, penalties, discount = shipped(language, "FR")
    assert recovery.startswith("#PMT#")
    assert "40 €" in recovery
    assert "D441-5" in recovery
    assert penalties.startswith("#PMD#")
    assert "10 " in penalties
    assert "L441-10" in penalties
    assert discount.startswith("#AAB#")


def test_the_french_is_set_as_french_is() -> None:
    """As in every letter: a colon stays with the word before it, and the apostrophe is no quote."""
    text = "".join(shipped(Language.FRENCH, "FR"))
    assert "Pas d\u2019escompte" in text
    assert "'" not in text
    assert text.count("\u00a0:") == text.count(":") == 2


@pytest.mark.parametrize("country", ["DE", "BE", "CH", "MC", "NC"])
@pytest.mark.parametrize("language", Language)
def test_other_sellers_have_none(country: str, language: Language) -> None:
    """French law does not bind them."""
    assert shipped(language, country) == ()


def test_the_texts_that_come_with_mailctl_can_be_set_as_they_are() -> None:
    for language in Language:
        text = "|".join(shipped(language, "FR"))
        assert kept_mentions("mentions-fr", text) == text
        assert len(text) <= LONGEST


def test_mentions_are_those_set_or_none_or_those_of_the_law() -> None:
    assert mentions("", Language.FRENCH, "FR") == shipped(Language.FRENCH, "FR")
    assert mentions("none", Language.FRENCH, "FR") == ()
    assert mentions("#AAB#Non.|Merci", Language.FRENCH, "FR") == ("#AAB#Non.", "Merci")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        (" None ", "none"),
        ("#aab# Pas d'escompte. | Merci |", "#AAB#Pas d'escompte.|Merci"),
        ("Nr. 1 # 2", "Nr. 1 # 2"),
    ],
)
def test_mentions_are_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert kept_mentions("mentions-fr", typed) == kept
    assert kept_mentions("mentions-fr", kept) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("#AA#text", "neither text nor #SUBJECT#text"),
        ("#PMT 40 euros", "neither text nor #SUBJECT#text"),
        ("#AAB#", "neither text nor #SUBJECT#text"),
        ("a\x00b", "control characters"),
        ("x" * (LONGEST + 1), "1000 is the most"),
        (f"{'x' * 600}|{'x' * 600}", "more than 1,000 characters"),
    ],
)
def test_a_mention_that_cannot_be_printed_is_refused(typed: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        kept_mentions("mentions-fr", typed)
