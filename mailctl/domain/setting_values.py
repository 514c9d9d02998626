"""What is typed for a setting: how it is checked, kept and shown (rules 15).

A picture is given as its bytes in base64: whoever is given its path reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from mailctl.domain import book_accounts, csv_forms, identifiers
from mailctl.domain.addresses import normal_email
from mailctl.domain.documents import FORMATS, normal_format
from mailctl.domain.legal_ids import SIREN, SIRET
from mailctl.domain.mentions import NONE, SEPARATOR, kept_mentions, shipped
from mailctl.domain.money import format_amount, parse_amount, typed_amount
from mailctl.domain.names import check_text
from mailctl.domain.profile import (
    Language,
    normal_bic,
    normal_iban,
    normal_phone,
    normal_vat_number,
)
from mailctl.domain.settings import Setting, SettingKind
from mailctl.errors import UsageError

LONGEST_NUMBER = 10
LONGEST_HOST = 253
SHIPPED_DRIVERS = ("dovecot", "modoboa")
TLS_WORDS = ("starttls", "tls", "none")
# Labels of letters, digits, hyphens; an underscore is not a host's, but names of networks have it.
_HOST_NAME = re.compile(r"(?:\w(?:[\w-]{0,61}\w)?)(?:\.\w(?:[\w-]{0,61}\w)?)*")


_USUAL: dict[SettingKind, tuple[str, ...]] = {
    SettingKind.CHART: book_accounts.CHARTS,
    SettingKind.DRIVER: SHIPPED_DRIVERS,
    SettingKind.FORMAT: FORMATS,
    SettingKind.HOST: ("none", "localhost"),
    SettingKind.MENTIONS: (NONE,),
    SettingKind.TLS: TLS_WORDS,
}


def usual_values(setting: Setting) -> tuple[str, ...]:
    """Values that are often given, for a shell to complete."""
    if setting.kind in _USUAL:
        return _USUAL[setting.kind]
    return (shown_value(setting, setting.default),) if setting.default else ()


def kept_value(setting: Setting, text: str, *, seller_country: str) -> str:
    """The form in which a setting's typed text is kept; UsageError where it does not fit."""
    if setting.kind is SettingKind.LOGO:
        return _logo(setting, text)
    if setting.kind is SettingKind.MENTIONS:
        return kept_mentions(setting.name, text)
    if setting.kind is SettingKind.CSV_FORM:
        return csv_forms.kept_csv_form(check_text(text, setting.name, longest=csv_forms.LONGEST))
    text = check_text(text, setting.name)
    check = _CHECKS.get(setting.kind)
    if check:
        return check(setting, text)
    return _checked_text(setting, text, seller_country) if text else text


def _checked_text(setting: Setting, text: str, seller_country: str) -> str:
    if setting.kind is SettingKind.EMAIL:
        return normal_email(text, setting.name)
    if setting.kind is SettingKind.VAT_NUMBER:
        return normal_vat_number(text, seller_country)
    if setting.kind is SettingKind.PHONE:
        return normal_phone(text, seller_country, is_printed=True)
    check = _CHECKS_OF_TEXT.get(setting.kind)
    return check(setting, text) if check else text


def _tls(setting: Setting, text: str) -> str:
    if text not in TLS_WORDS:
        raise UsageError(
            f"{setting.name} is starttls, tls or none, not {text!r}",
            hint="starttls goes with port 587, tls with port 465",
        )
    return text


def _chart(setting: Setting, text: str) -> str:
    if text not in book_accounts.CHARTS:
        raise UsageError(f"{setting.name} is SKR03 or SKR04, not {text!r}")
    return text


def _format(setting: Setting, text: str) -> str:
    return normal_format(text, setting.name) or setting.default


def _legal_id(_: Setting, text: str) -> str:
    """A number with its scheme; a SIREN and a SIRET are told by their digits."""
    digits = "".join(text.split())
    if digits.isdecimal():
        if len(digits) == len("732829320"):
            return f"{SIREN}:{identifiers.normal_siren(digits)}"
        return f"{SIRET}:{identifiers.normal_siret(digits)}"
    return identifiers.normal_legal_id(text)


def _logo(setting: Setting, text: str) -> str:
    from base64 import b64decode

    from mailctl.domain.logos import kept_logo

    return kept_logo(setting.name, b64decode(text)) if text else ""


def _codes(_: Setting, text: str) -> str:
    from mailctl.domain.advice_codes import codes_of

    return ",".join(codes_of(text))


def _fec_accounts(setting: Setting, text: str) -> str:
    return book_accounts.kept_fec_accounts(setting.name, text)


def _datev_accounts(setting: Setting, text: str) -> str:
    return book_accounts.kept_datev_accounts(setting.name, text)


def _creditor_id(_: Setting, text: str) -> str:
    from stdnum.eu import at_02
    from stdnum.exceptions import ValidationError

    try:
        return str(at_02.validate(text))
    except ValidationError:
        raise UsageError(
            f"{text!r} is not a SEPA creditor identifier", hint="for example FR72ZZZ123456"
        ) from None


def _host(setting: Setting, text: str) -> str:
    """The name or the address of a machine, alone: no port, no scheme."""
    from ipaddress import ip_address

    if text.lower() == "none":
        return "none"
    # A name whose last part is a number is read as an address, and is none.
    is_name = _HOST_NAME.fullmatch(text) and not text.rpartition(".")[2].isdecimal()
    if is_name and len(text) <= LONGEST_HOST:
        return text
    try:
        return str(ip_address(text))
    except ValueError:
        raise UsageError(
            f"{setting.name} is the name or the address of a machine, not {text!r}",
            hint="for example smtp.example.org; its port is mail-port",
        ) from None


def _path(setting: Setting, text: str) -> str:
    """An absolute path: cron runs in another folder than the person who sets it."""
    if not PurePosixPath(text).is_absolute():
        raise UsageError(
            f"{setting.name} is an absolute path, not {text!r}: cron runs in another folder",
            hint="it begins with /, such as /srv/mailctl",
        )
    return text


def _driver(setting: Setting, text: str) -> str:
    if text in SHIPPED_DRIVERS or PurePosixPath(text).is_absolute():
        return text
    raise UsageError(
        f"{setting.name} is dovecot, modoboa or the absolute path of a program, not {text!r}",
        hint="for example dovecot, or /usr/local/lib/mailctl/my-driver",
    )


def _url(setting: Setting, text: str) -> str:
    """Where an HTTP interface is, without a password: that stands in a file."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        is_good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good or parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            f"{setting.name} is an address without user and password, not {text!r}",
            hint="for example https://mail.example.org",
        )
    return text.rstrip("/")


def _days_of(setting: Setting, text: str) -> str:
    """A list of days, the most first, each once."""
    try:
        days = {_whole(setting, part) for part in text.replace(",", " ").split()}
    except UsageError as error:
        error.hint = f"for example '{setting.default}', or '' for no day"
        raise
    return " ".join(str(day) for day in sorted(days, reverse=True))


def _whole(setting: Setting, text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"{setting.name} is a whole number, not {text!r}", hint=_usual(setting))
    if len(text) > LONGEST_NUMBER or not setting.least <= int(text) <= setting.most:
        raise UsageError(
            f"{setting.name} is {setting.least} to {setting.most}, not {text}",
            hint=_usual(setting),
        )
    return int(text)


def _usual(setting: Setting) -> str:
    return f"for example {setting.default}, as it is in a new store"


def _amount(setting: Setting, text: str) -> str:
    try:
        cents = parse_amount(text)
    except ValueError:
        raise UsageError(f"{setting.name} is an amount such as 10.00, not {text!r}") from None
    if not 1 <= cents <= setting.most:
        raise UsageError(
            f"{setting.name} is 0.01 to {format_amount(setting.most)} in the store's currency"
        )
    return str(cents)


_Check = Callable[[Setting, str], str]
_CHECKS: dict[SettingKind, _Check] = {
    SettingKind.AMOUNT: _amount,
    SettingKind.CHART: _chart,
    SettingKind.COUNT: lambda setting, text: str(_whole(setting, text)),
    SettingKind.DAY_LIST: _days_of,
    SettingKind.DAYS: lambda setting, text: str(_whole(setting, text)),
    SettingKind.FORMAT: _format,
    SettingKind.PORT: lambda setting, text: str(_whole(setting, text)),
    SettingKind.TLS: _tls,
}
"""How what is never empty is checked, or what has a meaning where it is."""
_CHECKS_OF_TEXT: dict[SettingKind, _Check] = {
    SettingKind.BIC: lambda _, text: normal_bic(text),
    SettingKind.CODES: _codes,
    SettingKind.CREDITOR_ID: _creditor_id,
    SettingKind.DATEV_ACCOUNTS: _datev_accounts,
    SettingKind.DRIVER: _driver,
    SettingKind.ENDPOINT: lambda _, text: identifiers.normal_endpoint(text),
    SettingKind.FEC_ACCOUNTS: _fec_accounts,
    SettingKind.HOST: _host,
    SettingKind.IBAN: lambda _, text: normal_iban(text),
    SettingKind.LEGAL_ID: _legal_id,
    SettingKind.PATH: _path,
    SettingKind.URL: _url,
}


def shown_value(setting: Setting, kept: str) -> str:
    """A kept value as it is shown and could be typed again; of a picture only what it is."""
    if setting.kind is SettingKind.AMOUNT:
        return typed_amount(int(kept))
    if setting.kind is SettingKind.LOGO and kept:
        from mailctl.domain.logos import shown_logo

        return shown_logo(kept)
    return kept


def shown_here(setting: Setting, kept: str, seller_country: str) -> str:
    """A value as a list shows it: mentions that nobody set are those of the seller's law."""
    if setting.kind is SettingKind.MENTIONS and not kept:
        return SEPARATOR.join(shipped(Language(setting.name[-2:]), seller_country))
    return shown_value(setting, kept)
