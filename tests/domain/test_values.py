"""What people type about themselves: addresses, phones, VAT numbers, countries, settings, names."""

from __future__ import annotations

import pytest

from mailctl.domain.addresses import domain_of, normal_address, normal_email
from mailctl.domain.names import check_filled, check_name, check_text
from mailctl.domain.profile import (
    Language,
    check_payment_days,
    normal_country,
    normal_currency,
    normal_language,
    normal_phone,
    normal_vat_number,
)
from mailctl.domain.setting_values import kept_value, shown_value
from mailctl.domain.settings import setting_named
from mailctl.errors import InvalidAddressError, SettingNotFoundError, UsageError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("anna@acme.example", "anna@acme.example"),
        ("Anna@ACME.Example", "anna@acme.example"),
        ("  anna@acme.example ", "anna@acme.example"),
        ("a@xn--bcher-kva.example", "a@bücher.example"),
        ("a@XN--BCHER-KVA.example", "a@bücher.example"),
        ("a@BÜCHER.example", "a@bücher.example"),
        # ü as u and a combining diaeresis.
        ("a@bu\u0308cher.example", "a@bücher.example"),
        ("É.Roy@acme.example", "é.roy@acme.example"),
        ("e\u0301.roy@acme.example", "é.roy@acme.example"),
        ("a.b+tag_x-1@acme.example", "a.b+tag_x-1@acme.example"),
        ("o'neil@acme.example", "o'neil@acme.example"),
        ("a@sub.sub2.acme.example", "a@sub.sub2.acme.example"),
        ("用户@例子.example", "用户@例子.example"),
        ("straße@acme.example", "straße@acme.example"),
        (f"{'a' * 64}@acme.example", f"{'a' * 64}@acme.example"),
        ("a@acme.test", "a@acme.test"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    """Lower case, NFC, an xn-- domain in its Unicode form; the spelling kept stays as it is."""
    assert normal_address(typed) == kept
    assert normal_address(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "anna", "@acme.example", "anna@", "anna@@acme.example", "an na@acme.example",
        "anna@acme", "anna@.example", "anna@acme..example", ".anna@acme.example",
        "anna.@acme.example", "an..na@acme.example", "anna@-acme.example", "anna@acme-.example",
        "anna@acme.example.", "anna@127.0.0.1", "anna@[127.0.0.1]", '"an na"@acme.example',
        "Anna <anna@acme.example>", "anna@acme.example,eve@evil.example",
        "anna\x00@acme.example", "anna@acme.example\nBcc: eve@evil.example", "anna@ac_me.example",
        f"{'a' * 65}@acme.example", f"a@{'a' * 64}.example", f"a@{'a.' * 126}example",
        "anna@xn--.example", "\u202eanna@acme.example", "an\u200bna@acme.example",
    ],
)  # fmt: skip
def test_what_is_no_mailbox_address_is_refused(typed: str) -> None:
    """By its form alone; no network is asked."""
    with pytest.raises(InvalidAddressError):
        normal_address(typed)


def test_a_profiles_email_is_refused_as_a_wrong_value() -> None:
    """A malformed e-mail of a profile is a usage error; a mailbox's is invalid-address."""
    assert normal_email("IT@Acme.Example", "e-mail") == "it@acme.example"
    with pytest.raises(UsageError):
        normal_email("anna", "e-mail")


def test_the_domain_of_an_address_is_what_follows_the_sign() -> None:
    """Domains belong to customers, so they are compared in their one spelling."""
    assert domain_of(normal_address("Anna@XN--BCHER-KVA.example")) == "bücher.example"


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("+33 1 99 00 12 34", "FR", "+33199001234"),
        ("01 99 00 12 34", "FR", "+33199001234"),
        ("+49 30 23125 000", "FR", "+493023125000"),
        ("030 23125-000", "DE", "+493023125000"),
        ("+41 44 668 18 00", "CH", "+41446681800"),
    ],
)
def test_a_phone_number_is_kept_in_its_international_form(
    typed: str, country: str, kept: str
) -> None:
    """A national number is read as the customer's country's."""
    assert normal_phone(typed, country) == kept


@pytest.mark.parametrize("typed", ["", "12", "+33 1", "phone", "+999 123 456 789"])
def test_what_is_no_phone_number_is_refused(typed: str) -> None:
    """Too short, too long, no country's."""
    with pytest.raises(UsageError):
        normal_phone(typed, "FR")


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("FR40303265045", "FR", "FR40303265045"),
        ("fr 40 303 265 045", "FR", "FR40303265045"),
        ("40303265045", "FR", "FR40303265045"),
        ("DE136695976", "DE", "DE136695976"),
        ("ATU13585627", "AT", "ATU13585627"),
        ("BE0428759497", "BE", "BE0428759497"),
        ("EL094259216", "GR", "EL094259216"),
        ("LU15027442", "LU", "LU15027442"),
        ("NL004495445B01", "NL", "NL004495445B01"),
    ],
)
def test_a_vat_number_is_kept_compact(typed: str, country: str, kept: str) -> None:
    """Its form and check digits are those of its country."""
    assert normal_vat_number(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("FR41303265045", "FR"),
        ("FR40303265046", "FR"),
        ("DE136695978", "DE"),
        ("ATU13585626", "AT"),
        ("BE0428759498", "BE"),
        ("EL094259215", "GR"),
        ("LU15027443", "LU"),
        ("FR4030326504", "FR"),
        ("DE136695976", "FR"),
        ("FR40303265045", "DE"),
        ("", "FR"),
        ("FR40303265045'; --", "FR"),
    ],
)
def test_a_vat_number_with_a_wrong_digit_or_country_is_refused(typed: str, country: str) -> None:
    """One digit wrong, one too few, or another country's."""
    with pytest.raises(UsageError):
        normal_vat_number(typed, country)


def test_countries_are_two_letters_that_exist() -> None:
    """ISO 3166-1 codes, in capitals, whatever the typing."""
    assert [normal_country(text) for text in ("fr", " DE ", "Ch", "RE")] == ["FR", "DE", "CH", "RE"]
    for wrong in ("", "XX", "UK", "EU", "FRA", "France", "F", "F1", "€€"):
        with pytest.raises(UsageError):
            normal_country(wrong)


def test_currencies_are_three_letters_that_exist() -> None:
    """ISO 4217 codes."""
    assert [normal_currency(text) for text in ("eur", "CHF")] == ["EUR", "CHF"]
    for wrong in ("", "EURO", "ZZZ", "€"):
        with pytest.raises(UsageError):
            normal_currency(wrong)


def test_a_customers_language_is_the_countrys_unless_given() -> None:
    """French, German or English; English where mailctl does not speak the country's."""
    assert [normal_language(None, code) for code in ("FR", "DE", "AT", "CH", "ES", "US")] == [
        Language.FRENCH,
        Language.GERMAN,
        Language.GERMAN,
        Language.GERMAN,
        Language.ENGLISH,
        Language.ENGLISH,
    ]
    assert normal_language("EN", "FR") is Language.ENGLISH
    with pytest.raises(UsageError):
        normal_language("it", "IT")


def test_payment_days_are_1_to_365() -> None:
    """Public bodies get more; nobody gets none."""
    assert [check_payment_days(days) for days in (1, 7, 365)] == [1, 7, 365]
    for wrong in (0, -1, 366):
        with pytest.raises(UsageError):
            check_payment_days(wrong)


@pytest.mark.parametrize(
    ("name", "typed", "kept", "shown"),
    [
        ("retention-days", "0", "0", "0"),
        ("retention-days", "3650", "3650", "3650"),
        ("retention-days", "007", "7", "7"),
        ("payment-days", "1", "1", "1"),
        ("payment-days", "365", "365", "365"),
        ("minimum-credit", "12,5", "1250", "12.50"),
        ("minimum-credit", "1234.56", "123456", "1234.56"),
        ("renewal-reminder-days", "15, 40 15", "40 15", "40 15"),
        ("renewal-reminder-days", "", "", ""),
        ("renewal-reminder-days", "1 365", "365 1", "365 1"),
        ("mail-host", "", "", ""),
        ("mail-host", "localhost", "localhost", "localhost"),
        ("mail-host", "smtp-1.example.org", "smtp-1.example.org", "smtp-1.example.org"),
        ("mail-host", "smtp.bücher.example", "smtp.bücher.example", "smtp.bücher.example"),
        ("mail-host", "192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("mail-host", "2001:DB8::7", "2001:db8::7", "2001:db8::7"),
        ("mail-password-file", "/etc/mail pw", "/etc/mail pw", "/etc/mail pw"),
        ("mail-password-file", "", "", ""),
        ("gap-days", "1", "1", "1"),
        ("mass-percent", "100", "100", "100"),
        ("mail-port", "65535", "65535", "65535"),
        ("mail-tls", "none", "none", "none"),
        ("mail-from", "Billing@Acme.example", "billing@acme.example", "billing@acme.example"),
        ("seller-name", "  Mail & Co ", "Mail & Co", "Mail & Co"),
        ("seller-vat-number", "fr 40 303265045", "FR40303265045", "FR40303265045"),
        (
            "seller-iban",
            "FR76 3000 6000 0112 3456 7890 189",
            "FR7630006000011234567890189",
            "FR7630006000011234567890189",
        ),
    ],
)
def test_a_setting_is_kept_in_one_form(name: str, typed: str, kept: str, shown: str) -> None:
    """And what is shown could be typed again."""
    setting = setting_named(name)
    assert kept_value(setting, typed, seller_country="FR") == kept
    assert shown_value(setting, kept) == shown
    assert kept_value(setting, shown, seller_country="FR") == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("retention-days", "-1"),
        ("retention-days", "3651"),
        ("retention-days", "1.5"),
        ("retention-days", ""),
        ("retention-days", "٣"),
        ("payment-days", "0"),
        ("payment-days", "366"),
        ("minimum-credit", "0"),
        ("minimum-credit", "10.555"),
        ("minimum-credit", "99999999"),
        ("order-valid-days", "366"),
        ("renewal-reminder-days", "40 x"),
        ("renewal-reminder-days", "40 -15"),
        ("renewal-reminder-days", "40 0"),
        ("expiry-reminder-days", "0"),
        ("deletion-reminder-days", "366"),
        ("card-reminder-days", "0"),
        ("mail-host", "http://x y"),
        ("mail-host", "smtp.example.org:587"),
        ("mail-host", "smtp..org"),
        ("mail-host", "-smtp.org"),
        ("mail-host", "[2001:db8::7]"),
        ("mail-host", "a" * 64 + ".org"),
        ("mail-password-file", "relative/pw"),
        ("mail-password-file", "~/pw"),
        ("gap-days", "0"),
        ("mass-percent", "101"),
        ("mail-port", "0"),
        ("mail-port", "65536"),
        ("mail-tls", "ssl"),
        ("mail-from", "billing"),
        ("seller-vat-number", "FR41303265045"),
        ("seller-iban", "FR7630006000011234567890188"),
        ("seller-name", "Mail\nCo"),
        ("seller-name", "x" * 201),
    ],
)
def test_a_setting_out_of_its_bounds_is_refused(name: str, typed: str) -> None:
    """Too little, too much, or of another kind."""
    with pytest.raises(UsageError):
        kept_value(setting_named(name), typed, seller_country="FR")


def test_an_unknown_setting_is_named_with_close_ones() -> None:
    """A slip of the finger gets a suggestion."""
    with pytest.raises(SettingNotFoundError, match="retention-days"):
        setting_named("retention-day")


@pytest.mark.parametrize("name", ["a", "acme", "mail-2.example", "0", "a" * 60])
def test_names_are_1_to_60_of_few_characters(name: str) -> None:
    """Names stand in commands, files and addresses."""
    assert check_name(name, "name") == name


@pytest.mark.parametrize(
    "name", ["", "A", "a_b", "a b", "é", "a/b", "a" * 61, "a\n", "*", "$(x)", "a;b"]
)
def test_other_names_are_refused(name: str) -> None:
    """Capitals, spaces, accents, and what a shell would act on."""
    with pytest.raises(UsageError):
        check_name(name, "name")


@pytest.mark.parametrize(
    "text",
    ["a\nb", "a\tb", "\x1b[31m", "a\x00", "\x7f", "\x9b2J", "\u202e", "\u2028", "\u200b", "\ud800"],
)
def test_text_with_unseen_characters_is_refused(text: str) -> None:
    """Controls, escape sequences, direction marks and half characters."""
    with pytest.raises(UsageError):
        check_text(text, "comment")


def test_text_is_kept_composed_and_trimmed() -> None:
    """One spelling of an accent, no blanks around, and not only blanks where it is needed."""
    assert check_text("  Zoe\u0301 ", "name") == "Zoé"
    assert check_text("", "comment") == ""
    with pytest.raises(UsageError):
        check_filled("   ", "name")
