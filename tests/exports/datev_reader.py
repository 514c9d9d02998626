"""A Buchungsstapel, read again by what DATEV publishes of its format, and nothing of mailctl.

`read` gives the rows, or an AssertionError that says what DATEV would not take.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

# Header fields by their place: what DATEV's documentation lets them be.
HEADER = (
    '"EXTF"', "700", "21", '"Buchungsstapel"', "13", r"20\d{15}", "", '"[A-Z]{2}"', '".{0,25}"',
    '""', r"[1-9]\d{3,6}", r"[1-9]\d{0,4}", r"20\d{6}", "[4-8]", r"20\d{6}", r"20\d{6}",
    '".{0,30}"', '"([A-Z]{2})?"', "1", "0", "[01]", '"EUR"', "", '""', "", "", '"0[34]"', "", "",
    '""', '".{0,16}"',
)  # fmt: skip
# Fields of a row that are filled, counted from 1; all others are empty.
FIELDS = {
    1: r"\d{1,10},\d\d",
    2: '"[SH]"',
    3: '"EUR"',
    7: r"\d{5,9}",
    8: r"\d{4,8}",
    9: r'"(\d{4})?"',
    10: r"\d{4}",
    11: r'"[A-Za-z0-9$%/_-]{1,36}"',
    14: '".{1,60}"',
    40: '"([A-Z]{2}[A-Z0-9+*]{0,13})?"',
    41: r"(\d\d,\d\d)?",
    114: "[01]",
}
# The title of a few places, as DATEV prints them.
TITLES = {
    1: "Umsatz (ohne Soll/Haben-Kz)",
    8: "Gegenkonto (ohne BU-Schlüssel)",
    11: "Belegfeld 1",
    40: "EU-Land u. UStID (Bestimmung)",
    41: "EU-Steuersatz (Bestimmung)",
    102: "Herkunft-Kz",
    114: "Festschreibung",
    116: "Datum Zuord. Steuerperiode",
    120: "Land",
    125: "Abw. Skontokonto",
}
_FIELD = re.compile(r'"(?:[^"]|"")*"|[^";]*')


@dataclass(frozen=True, slots=True)
class Row:
    """One row; cents are positive where the customer's account (Konto) is debited."""

    customer: str
    account: str
    cents: int
    key: str
    day: date
    document: str
    text: str
    vat_number: str
    rate: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What the header says, and the rows."""

    consultant: int
    client: int
    fiscal_year: date
    since: date
    until: date
    chart: str
    rows: list[Row]


def fields_of(line: str) -> list[str]:
    found, at = [], 0
    while True:
        match = _FIELD.match(line, at)
        assert match
        found.append(match[0])
        at = match.end()
        if at == len(line):
            return found
        assert line[at] == ";", f"no separator at {at}: {line!r}"
        at += 1


def text_of(field: str) -> str:
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def day_of(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a date


def read(content: bytes) -> Batch:
    """The batch of a file."""
    text = content.decode("cp1252")
    assert text.endswith("\r\n")
    head, titles, *lines = text.removesuffix("\r\n").split("\r\n")
    header = fields_of(head)
    assert len(header) == 31
    for place, (value, form) in enumerate(zip(header, HEADER, strict=True), start=1):
        assert re.fullmatch(form, value), f"header field {place} is {value!r}"
    names = titles.split(";")
    assert len(names) == 125
    assert all(names[place - 1] == name for place, name in TITLES.items())
    length = int(header[13])
    year, since, until = (day_of(header[place]) for place in (12, 14, 15))
    assert year <= since <= until < year.replace(year=year.year + 1)
    assert len(lines) <= 99_999
    return Batch(
        consultant=int(header[10]),
        client=int(header[11]),
        fiscal_year=year,
        since=since,
        until=until,
        chart=text_of(header[26]),
        rows=[_row(line, length, year, (since, until)) for line in lines],
    )


def _row(line: str, length: int, year: date, span: tuple[date, date]) -> Row:
    values = fields_of(line)
    assert len(values) == 125, f"{len(values)} fields: {line!r}"
    for place, value in enumerate(values, start=1):
        form = FIELDS.get(place, '(|"")')
        assert re.fullmatch(form, value), f"field {place} is {value!r}"
    assert not re.search(r"[\x00-\x1f\x7f]", line)
    amount = int(values[0].replace(",", ""))
    assert amount > 0, "an amount is positive"
    assert len(values[6]) == length + 1, f"{values[6]} is not a customer's account"
    assert values[6] < "7", f"{values[6]} is a supplier's account"
    assert len(values[7]) == length
    month = int(values[9][2:])
    day = date(year.year + (month < year.month), month, int(values[9][:2]))
    assert span[0] <= day <= span[1]
    return Row(
        customer=values[6],
        account=values[7],
        cents=amount if values[1] == '"S"' else -amount,
        key=text_of(values[8]),
        day=day,
        document=text_of(values[10]),
        text=text_of(values[13]),
        vat_number=text_of(values[39]),
        rate=values[40],
    )


def tax_in(cents: int, percent: str) -> int:
    """What DATEV takes out of a gross amount as its tax: half a cent up, of either sign."""
    rate = Decimal(percent.replace(",", "."))
    tax = Decimal(abs(cents)) * rate / (100 + rate)
    whole = int(tax.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return whole if cents > 0 else -whole
