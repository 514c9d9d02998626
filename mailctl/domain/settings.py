"""The settings of a store: their names, defaults and bounds (rules 15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from mailctl.close_words import close_words
from mailctl.domain.addresses import normal_email
from mailctl.domain.money import format_amount, parse_amount, typed_amount
from mailctl.domain.names import check_text
from mailctl.domain.profile import normal_iban, normal_vat_number
from mailctl.errors import SettingNotFoundError, UsageError

LONGEST_NUMBER = 10
LONGEST_HOST = 253
TLS_WORDS = ("starttls", "tls", "none")
# Labels of letters, digits, hyphens; an underscore is not a host's, but names of networks have it.
_HOST_NAME = re.compile(r"(?:\w(?:[\w-]{0,61}\w)?)(?:\.\w(?:[\w-]{0,61}\w)?)*")


class SettingKind(StrEnum):
    """How a setting's text is checked and kept."""

    DAYS = "days"
    COUNT = "count"
    AMOUNT = "amount"
    TEXT = "text"
    EMAIL = "email"
    HOST = "host"
    PATH = "path"
    PORT = "port"
    TLS = "tls"
    DAY_LIST = "day-list"
    VAT_NUMBER = "vat-number"
    IBAN = "iban"
    CREDITOR_ID = "creditor-id"
    CODES = "codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting; `default` is in the kept form (amounts in cents)."""

    name: str
    kind: SettingKind
    default: str
    meaning: str
    least: int = 0
    most: int = 3650


def _days(name: str, default: int, meaning: str, *, least: int = 0, most: int = 3650) -> Setting:
    return Setting(
        name=name,
        kind=SettingKind.DAYS,
        default=str(default),
        meaning=meaning,
        least=least,
        most=most,
    )


def _day_list(name: str, default: str, meaning: str) -> Setting:
    """Days before an event: none on the day itself (rules 12)."""
    return Setting(
        name=name, kind=SettingKind.DAY_LIST, default=default, meaning=meaning, least=1, most=365
    )


def _text(name: str, meaning: str, kind: SettingKind = SettingKind.TEXT) -> Setting:
    return Setting(name=name, kind=kind, default="", meaning=meaning)


SETTINGS = {
    setting.name: setting
    for setting in (
        _days("retention-days", 14, "days between a suspension and the deletion"),
        _days(
            "payment-days",
            7,
            "days to pay an invoice, unless the customer has more",
            least=1,
            most=365,
        ),
        Setting(
            name="minimum-credit",
            kind=SettingKind.AMOUNT,
            default="1000",
            meaning="the smallest prepaid credit that a customer may order",
            most=999_999_999,
        ),
        _days("order-valid-days", 1, "days that an unpaid order stays valid", most=365),
        _day_list(
            "renewal-reminder-days",
            "40 15",
            "days before a yearly renewal on which the customer is notified",
        ),
        _day_list(
            "expiry-reminder-days",
            "15 3",
            "days before the end of an account on which the customer is notified",
        ),
        _day_list(
            "deletion-reminder-days",
            "7 2",
            "days before a deletion on which the customer is notified",
        ),
        _days(
            "debt-reminder-days",
            2,
            "days before a debt is due on which the customer is notified",
            most=365,
        ),
        _day_list(
            "card-reminder-days",
            "30",
            "days before a default card expires on which the customer is notified",
        ),
        _days("gap-days", 31, "days without a write after which a wall clock is doubted", least=1),
        Setting(
            name="mass-accounts",
            kind=SettingKind.COUNT,
            default="20",
            meaning="a tick that ends more accounts, and more than mass-percent, is refused",
            most=1_000_000_000,
        ),
        Setting(
            name="mass-percent",
            kind=SettingKind.COUNT,
            default="10",
            meaning="the percentage of all live accounts, for mass-accounts",
            most=100,
        ),
        _text("seller-name", "the seller's name on invoices"),
        _text("seller-street", "the seller's street on invoices"),
        _text("seller-postcode", "the seller's postcode on invoices"),
        _text("seller-city", "the seller's city on invoices"),
        _text("seller-vat-number", "the seller's VAT number", SettingKind.VAT_NUMBER),
        _text("seller-iban", "the account that customers pay into", SettingKind.IBAN),
        _text(
            "seller-creditor-id", "the seller's SEPA creditor identifier", SettingKind.CREDITOR_ID
        ),
        _days(
            "collection-lead-days",
            2,
            "banking days between the hand-over of direct debits and their collection",
            least=2,
            most=30,
        ),
        _days(
            "prenotification-days",
            1,
            "days between the notice of a direct debit and its collection, at least",
            least=1,
            most=60,
        ),
        _text(
            "mail-host",
            "the SMTP server for notices; none: customers are notified by other means",
            SettingKind.HOST,
        ),
        Setting(
            name="mail-port",
            kind=SettingKind.PORT,
            default="587",
            meaning="the SMTP server's port",
            least=1,
            most=65535,
        ),
        Setting(
            name="mail-tls",
            kind=SettingKind.TLS,
            default="starttls",
            meaning="how the connection is protected: starttls, tls or none",
        ),
        _text("mail-user", "the login at the SMTP server; empty: none"),
        _text(
            "mail-password-file",
            "a file of mode 0600 with the login's password, unless MAILCTL_MAIL_PASSWORD is set",
            SettingKind.PATH,
        ),
        _text("mail-from", "the sender of notices", SettingKind.EMAIL),
        _text("advise-ignore", "codes of findings that advise leaves out", SettingKind.CODES),
    )
}


def setting_named(name: str) -> Setting:
    """The setting of that name, or SettingNotFoundError with close names."""
    if name not in SETTINGS:
        raise SettingNotFoundError(name, close=close_words(name, SETTINGS))
    return SETTINGS[name]


def usual_values(setting: Setting) -> tuple[str, ...]:
    """Values that are often given, for a shell to complete."""
    if setting.kind is SettingKind.TLS:
        return TLS_WORDS
    if setting.kind is SettingKind.HOST:
        return ("none", "localhost")
    return (shown_value(setting, setting.default),) if setting.default else ()


def kept_value(setting: Setting, text: str, *, seller_country: str) -> str:
    """The form in which a setting's typed text is kept; UsageError where it does not fit."""
    text = check_text(text, setting.name)
    if setting.kind is SettingKind.AMOUNT:
        return _amount(setting, text)
    if setting.kind in (SettingKind.DAYS, SettingKind.COUNT, SettingKind.PORT):
        return str(_whole(setting, text))
    if setting.kind is SettingKind.DAY_LIST:
        return _days_of(setting, text)
    if setting.kind is SettingKind.TLS and text not in TLS_WORDS:
        raise UsageError(
            f"{setting.name} is starttls, tls or none, not {text!r}",
            hint="starttls goes with port 587, tls with port 465",
        )
    if text:
        return _checked_text(setting, text, seller_country)
    return text


def _checked_text(setting: Setting, text: str, seller_country: str) -> str:
    if setting.kind is SettingKind.EMAIL:
        return normal_email(text, setting.name)
    if setting.kind is SettingKind.VAT_NUMBER:
        return normal_vat_number(text, seller_country)
    if setting.kind is SettingKind.IBAN:
        return normal_iban(text)
    checks: dict[SettingKind, Callable[[Setting, str], str]] = {
        SettingKind.CODES: _codes,
        SettingKind.CREDITOR_ID: _creditor_id,
        SettingKind.HOST: _host,
        SettingKind.PATH: _path,
    }
    check = checks.get(setting.kind)
    return check(setting, text) if check else text


def _codes(_: Setting, text: str) -> str:
    from mailctl.domain.advice_codes import codes_of

    return ",".join(codes_of(text))


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
            hint="for example /etc/mailctl/password",
        )
    return text


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


def shown_value(setting: Setting, kept: str) -> str:
    """A kept value as it is shown and could be typed again."""
    if setting.kind is SettingKind.AMOUNT:
        return typed_amount(int(kept))
    return kept
