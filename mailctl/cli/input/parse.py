"""Words of the command line become values; each refusal shows an example that is accepted.

Stricter than Typer's own types: one form for dates, no exponents, no signs (CLI, Form).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import typer

from mailctl.close_words import close_words, did_you_mean
from mailctl.domain.terms import Period, Renewal
from mailctl.errors import UsageError

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Those that only refusals need, or few commands, are compiled where they are used.
_YEAR_FIRST = r"(?a)(?P<year>\d{4})([-/.]?)(?P<month>\d\d?)\2(?P<day>\d\d?)(T.*)?"
_DAY_FIRST = r"(?a)(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4})"
# Not from the first to the twelfth, where it may be the month that comes first.
_SURELY_DAY_FIRST = r"(?a)(?P<day>1[3-9]|2\d|3[01])([-/])(?P<month>\d\d?)\2(?P<year>\d{4})"
_MONTH_FIRST = r"(?a)(0?[1-9]|1[0-2])[-/.](?:20)?(\d\d)"
_WRITTEN_AMOUNT = r"\d[\d.,' \u2019\u00a0\u202f]*"
_CURRENCY = r"^(?:[A-Z]{3}|[$£€])|(?:[A-Z]{3}|[$£€])$|[.,][-\u2013\u2014]$"
_PERCENT = r"\s*%$"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_PART, _LONGEST_PATH = 255, 4095
_MONTH = r"(?a)2[01]\d{2}-(0[1-9]|1[0-2])"
_DURATION = r"(?a)(\d{1,5})([mhd])"
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
PERIODS = tuple(Period)
RENEWALS = tuple(Renewal)
LONGEST_KEY = 100
STDIN = "-"
_DIGEST = r"(?a)[0-9a-fA-F]{64}"
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class Unanswered:
    """A value that was given as `-`, until it is asked for (prompts)."""

    __slots__ = ()


class BadValue(typer.BadParameter):
    """A value that is malformed in itself; Typer adds which option it was given for."""

    def __init__(
        self, message: str, *, hint: str, given: str | None = None, meant: str | None = None
    ) -> None:
        super().__init__(message)
        self.hint = hint
        self.given, self.meant = given, meant


def day(text: str) -> date:
    """A real date from 2000 to 2200, written YYYY-MM-DD and in no other way."""
    from mailctl.clock import FIRST_DAY, LAST_DAY, day_written

    if _DATE.fullmatch(text) is None:
        meant = _day_meant(text)
        raise BadValue(
            f"{text!r} is not a date",
            hint=f"write it as {meant or '2026-01-31'}",
            given=text,
            meant=meant,
        )
    found = day_written(text)
    if found is None:
        raise BadValue(f"there is no day {text}", hint="write it as 2026-01-31")
    if not FIRST_DAY <= found <= LAST_DAY:
        raise BadValue(
            f"{text} is outside the years {FIRST_DAY.year} to {LAST_DAY.year}",
            hint="write it as 2026-01-31",
        )
    return found


def _day_meant(text: str) -> str | None:
    """The day of another form that can be read in one way: `31.1.2026`, `31/1/2026`, `20260131`."""
    from mailctl.clock import day_written

    forms = (_YEAR_FIRST, _DAY_FIRST, _SURELY_DAY_FIRST)
    found = next((match for form in forms if (match := re.fullmatch(form, text))), None)
    if found is None:
        return None
    written = f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"
    return written if day_written(written) else None


def amount(text: str) -> int:
    """The cents of an amount: `10`, `10.5` or `10,50`."""
    from mailctl.domain.money import parse_amount

    try:
        return parse_amount(text)
    except ValueError:
        meant = _amount_meant(text)
        raise BadValue(
            f"{text!r} is not an amount",
            hint="write it as 10, 10.50 or 10,50",
            given=text,
            meant=meant,
        ) from None


def _amount_meant(text: str) -> str | None:
    """The amount of another common form that can be read in one way: `1.000,50`, `10 EUR`."""
    text = re.sub(_CURRENCY, "", text).strip()
    if re.fullmatch(_WRITTEN_AMOUNT, text) is None:
        return None
    digits = re.sub(r"[ '\u2019\u00a0\u202f]", "", text)
    decimal = max(digits.rfind("."), digits.rfind(","))
    if decimal >= 0 and len(digits) - decimal > 3:
        return None
    whole = re.sub(r"[.,]", "", digits[:decimal] if decimal >= 0 else digits)
    cents = digits[decimal + 1 :] if decimal >= 0 else ""
    return f"{whole}.{cents}" if cents else whole


def rate(text: str) -> int:
    """The hundredths of a percent of a tax rate: `20`, `8.1`."""
    from mailctl.domain.money import parse_rate

    try:
        return parse_rate(text)
    except ValueError:
        bare = re.sub(_PERCENT, "", text)
        raise BadValue(
            f"{text!r} is not a tax rate",
            hint="write the percentage as 20 or 8.1",
            given=text,
            meant=bare if bare != text else None,
        ) from None


def whole(least: int, most: int) -> Callable[[str], int]:
    """A parser of whole numbers between two bounds, both included."""

    def parse(text: str) -> int:
        if _COUNT.fullmatch(text) is None or not least <= int(text) <= most:
            raise BadValue(
                f"{text!r} is not a whole number from {least:,} to {most:,}",
                hint=f"for example {max(least, 1)}",
            )
        return int(text)

    return parse


def or_empty(parser: Callable[[str], object]) -> Callable[[str], object]:
    """A parser that lets an empty text through, which clears a value."""

    def parse(text: str) -> object:
        return parser(text) if text else text

    return parse


def month(text: str) -> str:
    """A month, written YYYY-MM and in no other way."""
    if re.fullmatch(_MONTH, text) is None:
        # As a card has it: 09/28.
        card = re.fullmatch(_MONTH_FIRST, text)
        raise BadValue(
            f"{text!r} is not a month",
            hint="write it as 2028-09",
            given=text,
            meant=f"20{card[2]}-{int(card[1]):02}" if card else None,
        )
    return text


def duration(text: str) -> timedelta:
    """A time span in minutes, hours or days: `90m`, `26h`, `2d`."""
    match = re.fullmatch(_DURATION, text)
    if match is None or not int(match[1]):
        raise BadValue(f"{text!r} is not a time span", hint="write it as 90m, 26h or 2d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def free_text(text: str) -> str:
    """Text on one line without control characters, as it was typed."""
    from mailctl.domain.names import check_text

    # Its length and emptiness are judged where its meaning is known.
    check_text(text, "text", longest=len(text))
    return text


def file_name(text: str) -> str:
    """The name of a file or folder that a system could have; - too."""
    if not text:
        raise BadValue("the name is empty", hint="give the path of a file")
    if _CONTROLS.search(text):
        raise BadValue(
            f"{text!r} has a line break or another control character in it",
            hint="give the file a name without",
        )
    parts = [len(part.encode()) for part in text.split("/")]
    if max(parts) > _LONGEST_PART or sum(parts) + len(parts) - 1 > _LONGEST_PATH:
        raise BadValue(
            f"a name has {_LONGEST_PART} bytes at most, a path {_LONGEST_PATH:,}",
            hint="give a shorter one",
        )
    return text


def mail_domain(text: str) -> str:
    """The domain of e-mail addresses."""
    from mailctl.domain.addresses import normal_email

    try:
        return normal_email(f"a@{text}", "domain").partition("@")[2]
    except UsageError:
        raise BadValue(f"{text!r} is not a mail domain", hint="for example acme.example") from None


def host_and_port(text: str) -> str:
    """Where a server listens, as `host:port`; the brackets of an IPv6 address are taken off."""
    host, _, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    is_number = port.isascii() and port.isdecimal()
    if not host or not is_number or not 0 < int(port) < 2**16 or not host.isprintable():
        raise BadValue(f"{text!r} is not a host and a port", hint="for example localhost:143")
    return f"{host}:{port}"


def reference(thing: str) -> Callable[[str], str]:
    """A parser of names, which also takes what `-o name` prints: `customer/acme`."""

    def parse(text: str) -> str:
        return text.removeprefix(f"{thing}/")

    return parse


def number(thing: str, *, called: str | None = None) -> Callable[[str], int]:
    """A parser of the numbers of things, which also takes what `-o name` prints.

    `called` is what a sentence calls the thing, where that is another word.
    """

    def parse(text: str) -> int:
        digits = text.removeprefix(f"{thing}/")
        if _COUNT.fullmatch(digits) is None:
            raise BadValue(
                f"{text!r} is not the number of {a(called or thing)}", hint="for example 17"
            )
        return int(digits)

    return parse


def number_word(thing: str, *, called: str | None = None) -> Callable[[str], str]:
    """A parser of the numbers of things, and of `-`, which stands for those on standard input."""
    parse_number = number(thing, called=called)

    def parse(text: str) -> str:
        return text if text == STDIN else str(parse_number(text))

    return parse


def number_words(thing: str) -> Callable[[str], str]:
    """The same for an option, where commas stand between several."""
    parse_word = number_word(thing)

    def parse(text: str) -> str:
        return ",".join(parse_word(word) for word in text.split(","))

    return parse


def kept_file(text: str) -> int | str:
    """The number of a file of payments, or the path of the file itself."""
    digits = text.removeprefix("payment-file/")
    return int(digits) if _COUNT.fullmatch(digits) else file_name(text)


def a(noun: str) -> str:
    """A noun with its article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def finding_code(text: str) -> str:
    """The code of a finding of `advise`."""
    from mailctl.domain.advice_codes import check_code

    return check_code(text)


def cancel_reason(text: str) -> str:
    """One of the reasons that a cancel may record."""
    from mailctl.domain.lifecycle import CANCEL_REASONS

    return choice(*CANCEL_REASONS)(text)


def choice(*values: str, also: dict[str, str] | None = None) -> Callable[[str], str]:
    """A parser of one of some words; `also` maps further spellings to them."""
    known = dict.fromkeys(values) | (also or {})

    def parse(text: str) -> str:
        if text not in known:
            meant = _closest(text, known)
            raise BadValue(
                f"{text!r} is not one of {', '.join(values)}"
                + did_you_mean([meant] if meant else []),
                hint=f"for example {meant or values[0]}",
                given=text,
                meant=meant,
            )
        return known[text] or text

    return parse


def _closest(text: str, known: Iterable[str]) -> str | None:
    """The word that a text is spelt like, or the beginning of, whatever the case."""
    words, lower = list(known), text.lower()
    starting = [word for word in words if lower and word.startswith(lower)]
    found = starting if len(starting) == 1 else close_words(lower, words)
    return found[0] if found else None


def digest(text: str) -> str:
    """A head of the journal: 64 hexadecimal digits."""
    if re.fullmatch(_DIGEST, text) is None:
        raise BadValue(
            f"{text!r} is not a digest of 64 hexadecimal digits",
            hint="mailctl journal head --fields digest -o tsv",
        )
    return text.lower()


def fields(text: str) -> tuple[str, ...]:
    """Names of fields, separated by commas, each once and in the order given."""
    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not names:
        raise UsageError("--fields names no field", hint="for example --fields id,address")
    return names


def account_words(words: Iterable[str]) -> list[str]:
    """Ids and addresses, typed or from lines of `-o name`; blank lines are left out."""
    trimmed = (word.strip() for word in words)
    return [word.removeprefix("account/") for word in trimmed if word]


def key(text: str) -> str:
    """An idempotency key: 1 to 100 characters on one line."""
    free_text(text)
    if not 1 <= len(text) <= LONGEST_KEY:
        raise BadValue(
            f"a key has 1 to {LONGEST_KEY} characters, not {len(text)}",
            hint="for example the number of the ticket or of the payment",
        )
    return text
