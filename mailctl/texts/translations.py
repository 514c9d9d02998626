"""The texts of one language: what translators wrote, filled in with facts (rules 12, 17).

Amounts and dates are written by Babel, sentences put together by Fluent. Loaded once a process.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from mailctl.domain.text import visible

TEXTS = Path(__file__).parent
LOCALES = {"fr": "fr", "de": "de", "en": "en-GB"}
"""By language of a customer, the locale that says how dates and amounts are written."""

LONGEST = 2000
"""What is longer in a fact is cut off: Fluent refuses to write it. mailctl accepts no such text."""
NO_BREAK = "\N{NO-BREAK SPACE}"
Fact = str | int | date


_BEGINNING = re.compile(r"^(?=([a-z-]+) =)", re.MULTILINE)


class Translation:
    """The texts of one language; each is named `message.attribute`.

    A message is read when it is first asked for: all of them take longer than a whole list. None
    refers to another.
    """

    def __init__(self, language: str) -> None:
        from babel import Locale
        from fluent.runtime import FluentBundle, FluentResource

        self.language = language
        self._locale = Locale.parse(LOCALES[language], sep="-")
        self._bundle = FluentBundle([LOCALES[language]], use_isolating=False)
        text = (TEXTS / f"{language}.ftl").read_text(encoding="utf-8")
        _, *parts = _BEGINNING.split(text)
        self._unread = dict(zip(parts[::2], parts[1::2], strict=True))
        self._read = FluentResource
        self.day: Callable[[date], str] = lru_cache(4096)(self._day)
        self.month: Callable[[date], str] = lru_cache(64)(self._month)
        self.money: Callable[[int, str], str] = lru_cache(4096)(self._money)
        self.number: Callable[[int], str] = lru_cache(4096)(self._number)
        self.term: Callable[[str, date, date], str] = lru_cache(4096)(self._term)

    def say(self, name: str, /, **facts: Fact) -> str:
        """A text with its placeholders filled in; days are written out, counts choose plurals."""
        message, _, attribute = name.partition(".")
        if (unread := self._unread.pop(message, None)) is not None:
            self._bundle.add_resource(self._read(unread))
        pattern = self._bundle.get_message(message).attributes[attribute]
        text, errors = self._bundle.format_pattern(
            pattern, {key: self._written(fact) for key, fact in facts.items()}
        )
        assert not errors, (self.language, name, errors)
        return str(text)

    def _written(self, fact: Fact) -> str | int:
        if isinstance(fact, date):
            return self.day(fact)
        return visible(fact[:LONGEST]) if isinstance(fact, str) else fact

    def _day(self, day: date) -> str:
        from babel.dates import format_date

        text = format_date(day, "long", locale=self._locale)
        # The first of a month is an ordinal in French; the library's dates have none.
        if self.language == "fr" and day.day == 1:
            text = f"1er{text[1:]}"
        # A date that is broken over two lines is read twice.
        return text.replace(" ", NO_BREAK)

    def _month(self, day: date) -> str:
        from babel.dates import format_date

        return format_date(day, "MMMM y", locale=self._locale)

    def _term(self, name: str, first: date, last: date) -> str:
        """A text about a term, by its first and last day; of a single day the text `name`-day.

        Their year is written once if it can be.
        """
        from babel.dates import format_skeleton

        if first == last:
            return self.say(f"{name}-day", last=last)
        begins = self.day(first)
        if first.year == last.year:
            begins = format_skeleton("MMMMd", first, locale=self._locale)
            if self.language == "fr" and first.day == 1:
                begins = f"1er{begins[1:]}"
        return self.say(name, first=begins.replace(" ", NO_BREAK), last=last)

    def _number(self, cents: int) -> str:
        from babel.numbers import format_decimal

        return format_decimal(Decimal(cents).scaleb(-2), "#,##0.00", locale=self._locale)

    def _money(self, cents: int, currency: str) -> str:
        from babel.numbers import format_currency

        # The store's amounts have two decimals, whatever the currency.
        return format_currency(
            Decimal(cents).scaleb(-2), currency, locale=self._locale, currency_digits=False
        )

    def country(self, code: str) -> str:
        """The name of a country."""
        return str(self._locale.territories.get(code, code))

    def rate(self, rate: int) -> str:
        """A tax rate in hundredths of a percent, as `20 %` is written."""
        from babel.numbers import format_percent

        return format_percent(
            Decimal(rate).scaleb(-4), locale=self._locale, decimal_quantization=False
        )


@cache
def translation(language: str) -> Translation:
    """The texts of a language, read once."""
    return Translation(language)
