"""What a customer's profile may hold: country, phone, VAT number, language (SPEC 4).

Everything is checked by libraries, offline; they are imported when a value is there to check.
"""

from __future__ import annotations

from enum import StrEnum

from mailctl.domain.tax import EU_COUNTRIES
from mailctl.errors import UsageError


class Language(StrEnum):
    """The languages that a customer's notices can be in."""

    FRENCH = "fr"
    GERMAN = "de"
    ENGLISH = "en"


LANGUAGE_OF = {
    **dict.fromkeys(("FR", "BE", "LU", "MC"), Language.FRENCH),
    **dict.fromkeys(("DE", "AT", "CH", "LI"), Language.GERMAN),
}
"""The language that a country's customers get unless they say otherwise; else English."""

MOST_PAYMENT_DAYS = 365
PLAIN_NUMBER_LENGTHS = range(4, 21)


def normal_country(text: str) -> str:
    """A country's ISO 3166-1 alpha-2 code in capitals; UsageError if there is none such."""
    import pycountry

    code = text.strip().upper()
    if pycountry.countries.get(alpha_2=code) is None:
        raise UsageError(
            f"{text!r} is not a country", hint="give its two letters, for example FR, DE or CH"
        )
    return code


def normal_currency(text: str) -> str:
    """A currency's ISO 4217 code in capitals; UsageError if there is none such."""
    import pycountry

    code = text.strip().upper()
    if pycountry.currencies.get(alpha_3=code) is None:
        raise UsageError(f"{text!r} is not a currency", hint="give its three letters, as EUR")
    return code


def normal_language(text: str | None, country: str) -> Language:
    """The language given, or the country's; UsageError if mailctl does not speak it."""
    if not text:
        return LANGUAGE_OF.get(country, Language.ENGLISH)
    try:
        return Language(text.strip().lower())
    except ValueError:
        raise UsageError(f"{text!r} is not a language of mailctl", hint="fr, de or en") from None


def normal_phone(text: str, country: str) -> str:
    """A phone number in E.164 form; a national number is read as the country's."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
        # An extension would be lost in the form that is kept.
        possible = phonenumbers.is_valid_number(number) and not number.extension
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise UsageError(f"{text!r} is not a phone number", hint="for example +33199001234")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def normal_vat_number(text: str, country: str) -> str:
    """A VAT number in its compact form, its form and check digits verified for the country.

    UsageError if they are wrong, or the number belongs to another country (SPEC 3).
    """
    from stdnum import get_cc_module
    from stdnum.eu import vat
    from stdnum.exceptions import ValidationError

    number = "".join(text.split()).upper()
    try:
        if country in EU_COUNTRIES:
            prefix = "EL" if country == "GR" else country
            if not number.startswith(prefix):
                raise UsageError(
                    f"the VAT number {text!r} is not one of {country}",
                    hint=f"it begins with {prefix}; change the country first if that is wrong",
                )
            return str(vat.validate(number))
        module = get_cc_module(country.lower(), "vat")
        return str(module.validate(number)) if module else _plain_number(number)
    except ValidationError as error:
        raise UsageError(
            f"{text!r} is not a VAT number: {str(error).rstrip('.').lower()}",
            hint="for example FR40303265045",
        ) from None


def _plain_number(number: str) -> str:
    if not (len(number) in PLAIN_NUMBER_LENGTHS and number.isascii() and number.isalnum()):
        raise UsageError(f"{number!r} is not a VAT number", hint="4 to 20 letters and digits")
    return number


def normal_iban(text: str) -> str:
    """An IBAN in its compact form; UsageError where its form or its check digits are wrong.

    Its bank need not be known to any list: new banks are, before the lists have them.
    """
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        return str(iban.validate(text, check_country=False))
    except ValidationError:
        raise UsageError(
            f"{text!r} is not an IBAN", hint="for example FR7630006000011234567890189"
        ) from None


def check_payment_days(days: int) -> int:
    """Days that an invoice may stay open, 1 to 365; UsageError else (SPEC 4)."""
    if not 1 <= days <= MOST_PAYMENT_DAYS:
        raise UsageError(f"payment days are 1 to {MOST_PAYMENT_DAYS}, not {days}")
    return days
