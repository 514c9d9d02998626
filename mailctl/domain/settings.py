"""The settings of a store: their names, defaults and bounds (rules 15)."""

from __future__ import annotations

from enum import StrEnum

from mailctl.close_words import close_words
from mailctl.errors import SettingNotFoundError
from mailctl.values import Value

LOGO = "seller-logo"


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
    DRIVER = "driver"
    URL = "url"
    FEC_ACCOUNTS = "fec-accounts"
    DATEV_ACCOUNTS = "datev-accounts"
    CHART = "chart"
    LEGAL_ID = "legal-id"
    ENDPOINT = "endpoint"
    PHONE = "phone"
    BIC = "bic"
    LOGO = "logo"
    MENTIONS = "mentions"
    FORMAT = "format"
    CSV_FORM = "csv-form"


class Setting(Value):
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


def _mentions(language: str, of: str) -> Setting:
    return Setting(
        name=f"mentions-{language}",
        kind=SettingKind.MENTIONS,
        default="",
        meaning=f"legal mentions on {of} documents: #SUBJECT#text, several by |; none: without",
    )


def _path(name: str, default: str, meaning: str) -> Setting:
    return Setting(name=name, kind=SettingKind.PATH, default=default, meaning=meaning)


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
        _text("seller-legal-form", "the seller's legal form, such as SARL au capital de 5 000 €"),
        _text(
            "seller-legal-id",
            "the seller's number in a register, as SCHEME:ID, or a SIREN or SIRET",
            SettingKind.LEGAL_ID,
        ),
        _text(
            "seller-endpoint",
            "the seller's address for electronic invoices, as SCHEME:ID",
            SettingKind.ENDPOINT,
        ),
        _text("seller-contact", "who answers questions about an invoice: a person or department"),
        _text("seller-email", "the contact's e-mail address", SettingKind.EMAIL),
        _text("seller-phone", "the contact's phone number", SettingKind.PHONE),
        _text(LOGO, "a PNG or JPEG file, kept in the store, for documents", SettingKind.LOGO),
        _text("seller-iban", "the account that customers pay into", SettingKind.IBAN),
        _text("seller-bic", "the BIC of that account's bank", SettingKind.BIC),
        _text("seller-bank", "the name of that account's bank"),
        _text(
            "seller-creditor-id", "the seller's SEPA creditor identifier", SettingKind.CREDITOR_ID
        ),
        _text(
            "bank-csv",
            "what the columns of the bank's CSV mean, such as date=Buchungstag amount=Betrag "
            "dates=DD.MM.YYYY decimal=,",
            SettingKind.CSV_FORM,
        ),
        _mentions("fr", "French"),
        _mentions("de", "German"),
        _mentions("en", "English"),
        Setting(
            name="invoice-format",
            kind=SettingKind.FORMAT,
            default="none",
            meaning="what letters of invoices carry, unless the customer has another format: pdf, "
            "facturx, ubl, xrechnung, peppol or none",
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
        _text(
            "driver",
            "what does the mail server's tasks: dovecot, modoboa, or the path of a program",
            SettingKind.DRIVER,
        ),
        Setting(
            name="driver-timeout",
            kind=SettingKind.COUNT,
            default="60",
            meaning="seconds in which the driver must answer",
            least=1,
            most=3600,
        ),
        _text(
            "export-dir",
            "a folder for a copy of each mailbox before its deletion",
            SettingKind.PATH,
        ),
        _days("export-days", 30, "days until such a copy is removed", least=1),
        _path(
            "dovecot-database",
            "/var/lib/mailctl-dovecot/mailboxes.db",
            "the file that Dovecot and Postfix read: addresses, states, homes",
        ),
        _path("dovecot-home", "/var/vmail", "the folder with the homes of Dovecot's mailboxes"),
        _path("dovecot-run", "/run/dovecot", "the folder with Dovecot's sockets"),
        _text(
            "modoboa-url",
            "the address of Modoboa, such as https://mail.example.org",
            SettingKind.URL,
        ),
        _text(
            "modoboa-token-file",
            "a file of mode 0600 with the token of Modoboa's API",
            SettingKind.PATH,
        ),
        Setting(
            name="fiscal-year-month",
            kind=SettingKind.COUNT,
            default="1",
            meaning="the month in which the fiscal year begins, for export books",
            least=1,
            most=12,
        ),
        _text(
            "fec-accounts",
            "accounts of the FEC that are not the usual ones, such as bank=512100",
            SettingKind.FEC_ACCOUNTS,
        ),
        Setting(
            name="datev-chart",
            kind=SettingKind.CHART,
            default="SKR03",
            meaning="DATEV's chart of accounts: SKR03 or SKR04",
        ),
        _text(
            "datev-accounts",
            "accounts for DATEV that are not the usual ones, such as bank=1210",
            SettingKind.DATEV_ACCOUNTS,
        ),
        Setting(
            name="datev-account-length",
            kind=SettingKind.COUNT,
            default="4",
            meaning="digits of the accounts at DATEV; a customer's account has one more",
            least=4,
            most=8,
        ),
        Setting(
            name="datev-consultant",
            kind=SettingKind.COUNT,
            default="1001",
            meaning="the tax adviser's number at DATEV",
            least=1001,
            most=9_999_999,
        ),
        Setting(
            name="datev-client",
            kind=SettingKind.COUNT,
            default="1",
            meaning="the seller's number at the tax adviser's",
            least=1,
            most=99_999,
        ),
        _days("backup-days", 3, "days without a backup before advise says so; 0: never"),
        _text("advise-ignore", "codes of findings that advise leaves out", SettingKind.CODES),
    )
}


def setting_named(name: str) -> Setting:
    """The setting of that name, or SettingNotFoundError with close names."""
    if name not in SETTINGS:
        raise SettingNotFoundError(name, close=close_words(name, SETTINGS))
    return SETTINGS[name]
