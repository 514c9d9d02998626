"""What a customer's profile may hold: country, phone, VAT number, language (rules 4).

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
"""The default language of a country's customers; English everywhere else."""

_NOT_IN_HUNDREDTHS = frozenset(
    # ISO 4217, minor unit 0; then 3 and 4.
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV "
    "BHD IQD JOD KWD LYD OMR TND CLF UYW".split()
)
# Of the codes with X only these two are money in hundredths; others are gold, funds or tests.
_X_IN_HUNDREDTHS = frozenset(("XCD", "XCG"))

VAT_NUMBERS_OF = dict.fromkeys(("MC", "GP", "MQ", "RE"), "FR")
"""By territory, the country whose VAT numbers it uses."""

_EU_PREFIXES = EU_COUNTRIES - {"GR"} | {"EL", "XI"}

MOST_PAYMENT_DAYS = 365
PLAIN_NUMBER_LENGTHS = range(4, 21)


def normal_country(text: str) -> str:
    """A country's ISO 3166-1 alpha-2 code in capitals; UsageError if there is no such country."""
    import pycountry

    code = text.strip().upper()
    if pycountry.countries.get(alpha_2=code) is None:
        raise UsageError(
            f"{text!r} is not a country", hint="give its two letters, for example FR, DE or CH"
        )
    return code


def normal_currency(text: str) -> str:
    """A currency's ISO 4217 code in capitals; UsageError if there is no such currency.

    Amounts are hundredths: a currency that is not divided so is refused (rules 3).
    """
    import pycountry

    code = text.strip().upper()
    found = pycountry.currencies.get(alpha_3=code)
    if found is None:
        raise UsageError(f"{text!r} is not a currency", hint="give its three letters, as EUR")
    if code in _NOT_IN_HUNDREDTHS or (code.startswith("X") and code not in _X_IN_HUNDREDTHS):
        raise UsageError(
            f"{code} ({found.name}) is not divided into hundredths, in which mailctl counts",
            hint="give a currency of two decimals, as EUR, CHF or GBP",
        )
    return code


def normal_language(text: str | None, country: str) -> Language:
    """The language given, or the country's; UsageError if mailctl has no texts in it."""
    if not text:
        return LANGUAGE_OF.get(country, Language.ENGLISH)
    try:
        return Language(text.strip().lower())
    except ValueError:
        raise UsageError(f"{text!r} is not a language of mailctl", hint="fr, de or en") from None


def normal_phone(text: str, country: str, *, is_printed: bool = False) -> str:
    """A phone number in E.164 form; a national number is read as the country's.

    Where it is to be printed its digits stand in groups: `+33 1 99 00 12 34`.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
        # An extension would be lost in the form that is kept.
        possible = phonenumbers.is_valid_number(number) and not number.extension
    except phonenumbers.NumberParseException:
        possible = False
    if not possible:
        raise UsageError(f"{text!r} is not a phone number", hint="for example +33199001234")
    forms = phonenumbers.PhoneNumberFormat
    form = forms.INTERNATIONAL if is_printed else forms.E164
    return str(phonenumbers.format_number(number, form))


def normal_vat_number(text: str, country: str) -> str:
    """A VAT number in its compact form, its form and check digits verified for the country.

    It may be given with or without the country's prefix, as its tax office prints it. UsageError if
    it is wrong, or belongs to another country (rules 3).
    """
    from stdnum.exceptions import ValidationError

    number = "".join(text.split()).upper()
    where = VAT_NUMBERS_OF.get(country, country)
    try:
        if where in EU_COUNTRIES:
            return _eu_number(number, text, where)
        return _number_elsewhere(number, where)
    except ValidationError as error:
        raise UsageError(
            f"{text!r} is not a VAT number: {str(error).rstrip('.').lower()}",
            hint="for example FR40303265045",
        ) from None


def _eu_number(number: str, text: str, country: str) -> str:
    from stdnum.eu import vat

    prefix = "EL" if country == "GR" else country
    if number.startswith(prefix) and vat.is_valid(number):
        return str(vat.validate(number))
    other = next((code for code in _EU_PREFIXES - {prefix} if number.startswith(code)), None)
    # Without its own prefix a number may begin as another country's do.
    if other is not None and (vat.is_valid(number) or not vat.is_valid(prefix + number)):
        raise UsageError(
            f"the VAT number {text!r} is not one of {country}",
            hint=f"it begins with {prefix}; change the country first if that is wrong",
        )
    return str(vat.validate(number if number.startswith(prefix) else prefix + number))


def _number_elsewhere(number: str, country: str) -> str:
    """Outside the EU: the form that the country's library accepts, with or without the prefix."""
    from stdnum import get_cc_module

    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return _plain_number(number)
    prefix = "CHE" if country == "CH" else country
    for form in (number, number.removeprefix(prefix), prefix + number):
        if module.is_valid(form):
            return str(module.validate(form))
    return str(module.validate(number))


def _plain_number(number: str) -> str:
    if not (len(number) in PLAIN_NUMBER_LENGTHS and number.isascii() and number.isalnum()):
        raise UsageError(f"{number!r} is not a VAT number", hint="4 to 20 letters and digits")
    return number


def normal_iban(text: str) -> str:
    """An IBAN in its compact form; UsageError where its form or its check digits are wrong.

    Its bank need not be on any list: new banks exist before the lists have them.
    """
    from stdnum import iban
    from stdnum.exceptions import ValidationError

    try:
        return str(iban.validate(text, check_country=False))
    except ValidationError:
        raise UsageError(
            f"{text!r} is not an IBAN", hint="for example FR7630006000011234567890189"
        ) from None


def normal_bic(text: str) -> str:
    """A bank's BIC in capitals (ISO 9362); UsageError where its form or its country is wrong."""
    from stdnum import bic
    from stdnum.exceptions import ValidationError

    try:
        return str(bic.validate(text))
    except ValidationError:
        raise UsageError(f"{text!r} is not a BIC", hint="for example AGRIFRPP") from None


def check_payment_days(days: int) -> int:
    """Days that an invoice may stay open, 1 to 365; UsageError else (rules 4)."""
    if not 1 <= days <= MOST_PAYMENT_DAYS:
        raise UsageError(f"payment days are 1 to {MOST_PAYMENT_DAYS}, not {days}")
    return days
