"""The books for DATEV: a Buchungsstapel in its format for other programs' data (EXTF 700, 21, 13).

Each row is an amount between a customer's own account (Debitor) and one other. A document is its
gross amount against an account that DATEV computes the tax of, where that is the tax it has; else
its net amount and its tax are two rows. Money is a row against the bank or gateway; what is paid
ahead is the balance of the customer's account. Movements of 0.00 are no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from mailctl.domain.fiscal_years import FiscalSpan
from mailctl.domain.payments import MethodKind
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.tax import SaleKind, sale_kind
from mailctl.errors import UsageError
from mailctl.exports.datev_columns import COLUMNS, NUMBERS
from mailctl.exports.fec import amount
from mailctl.exports.narrow_text import Narrowed
from mailctl.store.queries.books import BookedMovement
from mailctl.values import Value, replace

ENCODING = "cp1252"
MOST_ROWS = 99_999
"""DATEV takes no more in one file."""
SMALLEST_LENGTH = 4
_LONGEST_TEXT = 60
_LONGEST_NUMBER = 15
_NO_NUMBER = re.compile("[^0-9A-Z+*]")
_FIRST_SUPPLIER = 70_000
"""Of accounts of five digits: from here on they are suppliers' (Kreditoren)."""
_AUTOMATIC = ("DE", 1900)
"""The seller's country and the rate at which the account `sales` computes the tax."""
_PREFIXES = {"GR": "EL"}
_GATEWAYS = {MethodKind.CARD: "card", MethodKind.PAYPAL: "paypal"}
_UNTAXED = {SaleKind.REVERSE_CHARGE: "sales-eu", SaleKind.OUTSIDE: "sales-outside"}
_COLLECTED = {MethodKind.CARD: "Kartenzahlung", MethodKind.PAYPAL: "PayPal-Zahlung"}
_WORDS = {
    MovementKind.CHARGE: "Rechnung",
    MovementKind.CREDIT_NOTE: "Gutschrift",
    MovementKind.CREDIT: "Zahlung",
    MovementKind.PAYMENT: "Lastschrift",
    MovementKind.REFUND: "Rückzahlung",
    MovementKind.REVERSAL: "Storno der Zahlung",
}


class Office(Value):
    """What a file says of the seller at DATEV; `accounts` by what they are for.

    `consultant` and `client` are numbers of DATEV, `length` the digits of an account.
    """

    consultant: int
    client: int
    chart: str
    length: int
    accounts: Mapping[str, str]
    seller_country: str

    def account(self, what: str) -> str:
        """An account with all its digits; UsageError where it has too many."""
        number = self.accounts[what]
        if len(number) > self.length:
            raise UsageError(
                f"datev-accounts says {what}={number}, and datev-account-length "
                f"{self.length} digits",
                hint=f"mailctl settings set datev-account-length {len(number)}",
            )
        return number.ljust(self.length, "0")

    def customer(self, customer_id: int) -> str:
        """A customer's own account, the same in every file; UsageError where none is left."""
        step = 10 ** (self.length - SMALLEST_LENGTH)
        number = int(self.accounts["customers"]) * step + customer_id
        if number >= _FIRST_SUPPLIER * step:
            raise UsageError(
                f"accounts of {self.length} digits are too few for the customers",
                hint=f"mailctl settings set datev-account-length {self.length + 1}",
            )
        return str(number)


class _Row(Value):
    """An amount in cents against an account; of a sale abroad the tax key, whose and which rate."""

    account: str
    cents: int
    key: str = ""
    vat_number: str = ""
    rate: int | None = None


def file_name(span: FiscalSpan) -> str:
    """DATEV knows its files by how their names begin and end."""
    return f"EXTF_Buchungsstapel_{span.since:%Y%m%d}_{span.until:%Y%m%d}.csv"


def lines(
    movements: Iterable[BookedMovement],
    *,
    span: FiscalSpan,
    office: Office,
    made_at: datetime,
    text: Narrowed,
) -> list[str]:
    """The file, line by line; UsageError where it would have more rows than DATEV takes."""
    found = [_header(span, office, made_at), ";".join(COLUMNS) + "\r\n"]
    for movement in movements:
        if movement.moved_on < span.since:
            continue
        found += [
            _line(movement, row, office, text) for row in _rows(movement, office) if row.cents
        ]
        if len(found) - 2 > MOST_ROWS:
            raise UsageError(
                f"{span.since} to {span.until} has more than {MOST_ROWS:,} rows, and DATEV takes "
                "no more in one file",
                hint=f"a shorter time, such as --since {span.since} --until {movement.moved_on}",
            )
    return found


def _header(span: FiscalSpan, office: Office, made_at: datetime) -> str:
    fields = (
        '"EXTF"', "700", "21", '"Buchungsstapel"', "13",
        f"{made_at:%Y%m%d%H%M%S}{made_at.microsecond // 1000:03d}", "", '"MC"', '""', '""',
        str(office.consultant), str(office.client), _day(span.first_on), str(office.length),
        _day(span.since), _day(span.until), f'"mailctl {span.since} {span.until}"', '""',
        "1", "0", "0", '"EUR"', "", '""', "", "", f'"{office.chart[-2:]}"', "", "", '""', '""',
    )  # fmt: skip
    return ";".join(fields) + "\r\n"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _rows(movement: BookedMovement, office: Office) -> Iterator[_Row]:
    if not movement.amount_cents:
        return
    if movement.kind is MovementKind.CHARGE or movement.kind is MovementKind.CREDIT_NOTE:
        yield from _of_document(movement, office)
        return
    where = _GATEWAYS.get(movement.method, "bank") if movement.method else "bank"
    yield _Row(
        account=office.account("opening" if movement.is_opening else where),
        cents=abs(movement.amount_cents),
    )


def _of_document(movement: BookedMovement, office: Office) -> Iterator[_Row]:
    assert movement.country is not None, "a document has a buyer"
    assert movement.category is not None, "a document has a tax"
    kind = sale_kind(office.seller_country, movement.country, movement.category)
    total, tax, rate = abs(movement.amount_cents), movement.tax_cents, movement.tax_rate
    is_computed = tax == tax_in(total, rate)
    if kind in _UNTAXED:
        number = movement.vat_number if kind is SaleKind.REVERSE_CHARGE else None
        yield _Row(account=office.account(_UNTAXED[kind]), cents=total, vat_number=number or "")
    elif kind is SaleKind.OSS:
        country = _PREFIXES.get(movement.country, movement.country)
        key = int(office.accounts["oss-key"])
        one = _Row(account=office.account("sales-oss"), cents=total, vat_number=country, rate=rate)
        if key and is_computed:
            yield replace(one, key=f"{key:04d}")
        else:
            yield replace(one, account=office.account("sales-oss-net"), cents=total - tax)
            yield replace(one, account=office.account("vat-oss"), cents=tax)
    elif (office.seller_country, rate) == _AUTOMATIC and is_computed:
        yield _Row(account=office.account("sales"), cents=total)
    else:
        yield _Row(account=office.account("sales-net"), cents=total - tax)
        yield _Row(account=office.account("vat"), cents=tax)


def tax_in(total_cents: int, rate: int) -> int:
    """The tax that is in a gross amount, rounded half up, as DATEV computes it.

    For a sum whose own tax was rounded half up it is that tax, to the cent; a credit note for the
    last of several lines may have another.
    """
    return (2 * total_cents * rate + 10_000 + rate) // (2 * (10_000 + rate))


def _line(movement: BookedMovement, row: _Row, office: Office, text: Narrowed) -> str:
    customer = office.customer(movement.customer_id)
    values = {
        "Umsatz (ohne Soll/Haben-Kz)": amount(row.cents),
        "Soll/Haben-Kennzeichen": "S" if movement.amount_cents < 0 else "H",
        "WKZ Umsatz": "EUR",
        "Konto": customer,
        "Gegenkonto (ohne BU-Schlüssel)": row.account,
        "BU-Schlüssel": row.key,
        "Belegdatum": f"{movement.moved_on:%d%m}",
        "Belegfeld 1": movement.document or f"{customer}-{movement.seq}",
        "Buchungstext": f"{_words(movement)} {text(movement.name)}"[:_LONGEST_TEXT],
        "EU-Land u. UStID (Bestimmung)": _NO_NUMBER.sub("", row.vat_number)[:_LONGEST_NUMBER],
        "EU-Steuersatz (Bestimmung)": "" if row.rate is None else _percent(row.rate),
        "Festschreibung": "0",
    }
    return ";".join(_field(name, values.get(name, "")) for name in COLUMNS) + "\r\n"


def _field(name: str, value: str) -> str:
    if name in NUMBERS:
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def _percent(rate: int) -> str:
    return f"{rate // 100:02d},{rate % 100:02d}"


def _words(movement: BookedMovement) -> str:
    if movement.is_opening:
        return "Saldovortrag"
    word = _WORDS[movement.kind]
    if movement.kind is MovementKind.PAYMENT and movement.method in _COLLECTED:
        word = _COLLECTED[movement.method]
    # The document's number is the row's own.
    return word if movement.document or not movement.payment else f"{word} {movement.payment}"
