"""What the columns of a bank's CSV mean: the setting `bank-csv` (rules 20).

It is one text of words such as `date=Buchungstag amount="Betrag (EUR)" dates=DD.MM.YYYY decimal=,`.
Nothing that changes an amount or a day is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from mailctl.close_words import close_words, did_you_mean
from mailctl.domain.text import listed
from mailctl.errors import UsageError
from mailctl.values import Value

EXAMPLE = "date=Buchungstag amount=Betrag dates=DD.MM.YYYY decimal=, text=Verwendungszweck"
LONGEST = 1_000
NO_DECIMALS = "none"
_WORD = re.compile(r'([A-Za-z-]+)=("[^"]*"|[^"\s]*)')
_COLUMNS = (
    "date",
    "value-date",
    "amount",
    "debit",
    "credit",
    "sign",
    "id",
    "reference",
    "name",
    "iban",
    "currency",
    "account",
    "status",
)
_SEVERAL = ("text", "in", "out", "booked")
_ONCE = ("separator", "decimal", "dates")
_KEYS = (*_COLUMNS, *_SEVERAL, *_ONCE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_DECIMALS = (",", ".", NO_DECIMALS)
_TOKENS = re.compile("YYYY|YY|MM|M|DD|D")
_TIME = r"(?:[T ]\d\d:\d\d.*)?"


class DateForm(Value):
    """How days are written, such as `DD.MM.YYYY`."""

    text: str
    pattern: str

    def day(self, text: str) -> str | None:
        """The ISO day of a date, with or without a time after it; None where it is no such date."""
        found = re.fullmatch(self.pattern, text.strip(), re.ASCII)
        if found is None:
            return None
        year = int(found["Y"]) + (2000 if len(found["Y"]) == 2 else 0)
        try:
            return date(year, int(found["M"]), int(found["D"])).isoformat()
        except ValueError:
            return None


class CsvForm(Value):
    """The columns of a bank's CSV by what they mean, and how its values are written."""

    columns: Mapping[str, str]
    """Names in the header, by key; `amount`, or `debit` and `credit`, is always there."""
    texts: tuple[str, ...]
    """The columns that together are what was written with the movement."""
    incoming: tuple[str, ...]
    outgoing: tuple[str, ...]
    """The words of the column `sign`."""
    booked: tuple[str, ...]
    """The words of the column `status` with which a movement counts."""
    separator: str
    decimal: str
    """`,`, `.`, or `none` where amounts are whole."""
    dates: DateForm


def form_of(setting: str) -> CsvForm | None:
    """The form that a kept setting says; None where it is not set."""
    return _read(setting) if setting else None


def kept_csv_form(text: str) -> str:
    """The setting as it is kept; UsageError where it does not say enough, or what cannot be."""
    if text:
        _read(text)
    return text


def _read(text: str) -> CsvForm:
    said = _words(text)
    _check(said)
    one = {key: values[0] for key, values in said.items()}
    return CsvForm(
        columns={key: one[key] for key in _COLUMNS if key in one},
        texts=tuple(said.get("text", ())),
        incoming=tuple(said.get("in", ())),
        outgoing=tuple(said.get("out", ())),
        booked=tuple(said.get("booked", ())),
        separator=_separator(one.get("separator", ";")),
        decimal=_decimal(one["decimal"]),
        dates=_date_form(one["dates"]),
    )


def _words(text: str) -> dict[str, list[str]]:
    """What is said under each key, in the order in which it is said."""
    said: dict[str, list[str]] = {}
    at = 0
    if text.count('"') % 2:
        raise _refused('has a " that is not closed')
    for found in _WORD.finditer(text):
        between = text[at : found.start()]
        if between.strip() or (at and not between):
            raise _refused(f"cannot be read from {text[at:].strip()[:40]!r} on")
        at = found.end()
        key, value = found[1].lower(), found[2].strip('"').strip()
        if key not in _KEYS:
            near = did_you_mean(close_words(key, _KEYS))
            raise _refused(f"has no {key!r}{near or f': there are {listed(_KEYS)}'}")
        if not value:
            raise _refused(f"says nothing after {key}=")
        if key in said and key not in _SEVERAL:
            raise _refused(f"says {key}= twice")
        said.setdefault(key, []).append(value)
    if text[at:].strip():
        raise _refused(f"cannot be read from {text[at:].strip()[:40]!r} on")
    return said


def _check(said: Mapping[str, list[str]]) -> None:
    """Refuse what does not say where amounts and days are, or says it in two ways."""
    for key in ("date", "dates", "decimal"):
        if key not in said:
            raise _refused(f"does not say {key}=")
    if "amount" in said and ("debit" in said or "credit" in said):
        raise _refused("has amount=, or debit= and credit=, not both")
    if "amount" not in said and not ("debit" in said and "credit" in said):
        raise _refused("does not say amount=, nor both debit= and credit=")
    if "sign" in said and "amount" not in said:
        raise _refused("has sign= beside debit= and credit=, which say it already")
    _check_words(said, "sign", ("in", "out"))
    _check_words(said, "status", ("booked",))
    both = {word.casefold() for word in said.get("in", ())} & {
        word.casefold() for word in said.get("out", ())
    }
    if both:
        raise _refused(f"has {both.pop()!r} both as in= and as out=")


def _check_words(said: Mapping[str, list[str]], column: str, keys: tuple[str, ...]) -> None:
    """A column of words needs its words, and they need it."""
    for key in keys:
        if (column in said) != (key in said):
            there, missing = (column, key) if column in said else (key, column)
            raise _refused(f"has {there}=, and no {missing}=")


def _separator(text: str) -> str:
    separator = _SEPARATORS.get(text.lower(), text)
    if len(separator) != 1 or separator.isalnum() or separator in '"\r\n ':
        raise _refused(f"has separator={text}: it is one sign, such as ; or , or the word tab")
    return separator


def _decimal(text: str) -> str:
    if text.lower() not in _DECIMALS:
        raise _refused(f"has decimal={text}: it is , or . or none where amounts are whole")
    return text.lower()


def _date_form(text: str) -> DateForm:
    tokens = _TOKENS.findall(text)
    between = _TOKENS.split(text)
    if sorted(token[0] for token in tokens) != ["D", "M", "Y"] or any(
        any(letter.isalnum() for letter in part) for part in between
    ):
        raise _refused(f"has dates={text}: it is DD, MM and YYYY as the bank orders them")
    # Without signs between them only the number of digits tells day, month and year apart.
    is_tight = not between[1] or not between[2]
    digits = {
        "D": r"\d\d" if is_tight else r"\d{1,2}",
        "M": r"\d\d" if is_tight else r"\d{1,2}",
        "YY": r"\d\d",
        "YYYY": r"\d{4}",
    }
    pattern = re.escape(between[0])
    for token, after in zip(tokens, between[1:], strict=True):
        part = digits[token if token[0] == "Y" else token[0]]
        pattern += f"(?P<{token[0]}>{part})" + re.escape(after)
    return DateForm(text=text, pattern=pattern + _TIME)


def _refused(cause: str) -> UsageError:
    return UsageError(f"bank-csv {cause}", hint=f"for example {EXAMPLE}")
