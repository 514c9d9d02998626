"""The entries of an MT940: a line 61 with the texts that follow it (rules 20).

Line 61 is read by the library mt-940, after all of it was seen to have a form that is known: the
library leaves out what it does not know.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mailctl.domain.statements import ReadEntry, is_no_reference
from mailctl.statements.mt940_details import told
from mailctl.statements.mt940_lines import Field
from mailctl.statements.references import is_iban
from mailctl.statements.source import Source
from mailctl.statements.words import LONGEST_TEXT, NOTHING, identifier, plain, rest_of

# The library takes 15 characters of an amount, and leaves out what comes after them: the zeros in
# front go first.
_BALANCE = re.compile(r"([DC]\d{6}[A-Z]{3})0*(\d{1,12}(?:,\d{0,2})?)", re.ASCII)
_ENTRY = re.compile(
    r"(?P<start>\d{6}(?P<booked>\d{4}|\s{4})?(?P<mark>R?[DC])[A-Z]?)"
    r"\s?0*(?P<amount>\d{1,12}(?:,\d{0,2})?)"
    r"(?:\s?(?!NONREF)(?P<kind>[A-Z][A-Z0-9 ]{3}))?"
    r"(?P<references>(?(kind).*|(?:(?:NONREF|//).*)?))",
    re.ASCII,
)
_ORDERED = re.compile(r"/?OCMT/[A-Z]{3}(\d{1,12}),(\d{0,2})/*CHGS/[A-Z]{3}(\d{1,12}),(\d{0,2})/?")
_LONGEST_REFERENCE = 16


class EntryReader:
    """Reads entries and balances of one file.

    Raises BankFileInvalidError where a field has no form that is known.
    """

    def __init__(self, source: Source) -> None:
        import mt940

        # It writes what it does not know to standard error.
        logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)
        self._source = source
        self._library: Any = mt940
        self._tags: Any = mt940.tags.TAG_BY_ID
        self._context = mt940.models.Transactions(options=mt940.Options.all())
        self.moved_days = 0
        """Value dates in a February that is too short for them."""

    def balance(self, field: Field) -> tuple[str, str, int]:
        """The day, the currency and the signed cents of a balance."""
        text = field.lines[0].strip()
        refused = self._source.refused(f"{plain(text, 60)!r} is no balance", line=field.line)
        form = _BALANCE.fullmatch(text)
        if form is None:
            raise refused
        tag = self._tags.get(field.tag) or self._tags[int(field.tag)]
        try:
            parsed = tag.parse(self._context, form[1] + form[2])
            found = tag(self._context, parsed)[tag.slug]
        except (RuntimeError, ValueError, ArithmeticError):
            raise refused from None
        cents = _cents(found.amount.amount)
        return found.date.isoformat(), found.amount.currency, cents

    def entry(self, line: Field, others: Sequence[Field], currency: str) -> ReadEntry:
        """A line 61 and the fields up to the next one."""
        entry, given, more = self._moved(line)
        details = told(
            [field.lines for field in others if field.tag == "86"],
            kind=entry.bank_code[1:], is_debit=entry.amount_cents < 0,
        )  # fmt: skip
        said = details.entry
        account = "".join(more.split())
        if is_iban(account) and not said.iban:
            said, more = said._replace(iban=account), ""
        charges = _charges(details.before_charges or _ordered(more), entry.amount_cents)
        rest = {"NS": " ".join(" ".join(one.lines) for one in others if one.tag == "NS")}
        if charges:
            rest["61/9"], more = more, ""
        return entry._replace(
            currency=currency, name=said.name, iban=said.iban,
            end_to_end_id=said.end_to_end_id, creditor_reference=said.creditor_reference,
            text=plain(f"{said.text} {more}", LONGEST_TEXT), mandate=said.mandate,
            message_id=said.batch_id or given, batch_id=said.batch_id or given,
            batch_count=said.batch_count,
            return_code=said.return_code, return_text=said.return_text,
            bank_code="/".join(code for code in (entry.bank_code, said.bank_code) if code),
            charges_cents=charges, rest=rest_of(rest | details.rest),
        )  # fmt: skip

    def _moved(self, field: Field) -> tuple[ReadEntry, str, str]:
        """What a line 61 says: the entry, the customer's reference, and what is said besides."""
        lines = [line.rstrip() for line in field.lines]
        match = _ENTRY.fullmatch(lines[0])
        if match is None and len(lines) > 1:
            # Some break the line before the amount.
            lines[:2] = ["".join(lines[:2])]
            match = _ENTRY.fullmatch(lines[0])
        if match is None:
            raise self._source.refused(f"{plain(lines[0], 60)!r} is no entry", line=field.line)
        amount, value_on = self._read_by_library(field, f"{match['start']}{match['amount']}NMSC")
        given, slashes, reference = match["references"].partition("//")
        if not slashes and len(given) > _LONGEST_REFERENCE:
            # Banks that write a name after the reference.
            lines.insert(1, given[_LONGEST_REFERENCE:])
            given = given[:_LONGEST_REFERENCE]
        reference = _reference(identifier(reference) or "")
        entry = NOTHING._replace(
            entry_reference=reference,
            reference=reference,
            booked_on=self._booked_on((match["booked"] or "").strip(), value_on, field),
            value_on=value_on.isoformat(),
            entry_cents=_cents(amount),
            amount_cents=_cents(amount),
            is_reversal=match["mark"].startswith("R"),
            bank_code=(match["kind"] or "").strip(),
        )
        return entry, _reference(plain(given, 35)), plain(" ".join(lines[1:]), LONGEST_TEXT)

    def _read_by_library(self, field: Field, line: str) -> tuple[Decimal, date]:
        """The signed amount and the value date of a line 61."""
        tag = self._tags[61]
        try:
            parsed = tag.parse(self._context, line)
            day = parsed["day"]
            parsed = self._library.processors.date_fixup_pre_processor(self._context, tag, parsed)
            self.moved_days += parsed["day"] != day
            found = tag(self._context, {**parsed, "entry_day": None, "entry_month": None})
        except (RuntimeError, ValueError, ArithmeticError):
            raise self._source.refused(
                f"{plain(line, 60)!r} is no entry", line=field.line
            ) from None
        return found["amount"].amount, found["date"]

    def _booked_on(self, text: str, value_on: date, field: Field) -> str:
        """The day of the booking, of which month and day are said: the one nearest to the value."""
        if not text:
            return value_on.isoformat()
        days = []
        for year in (value_on.year - 1, value_on.year, value_on.year + 1):
            try:
                days.append(date(year, int(text[:2]), int(text[2:])))
            except ValueError:
                continue
        if not days:
            raise self._source.refused(f"{text!r} is no month and day", line=field.line)
        return min(days, key=lambda day: abs((day - value_on).days)).isoformat()


def _cents(amount: Decimal) -> int:
    """Signed cents of an amount that was seen to have two decimals at most."""
    cents = int(amount.scaleb(2))
    assert Decimal(cents).scaleb(-2) == amount
    return cents


def _reference(text: str) -> str:
    """A reference; empty where the bank says that there is none."""
    return "" if is_no_reference(text) else text


def _ordered(text: str) -> int | None:
    """Unsigned cents before charges, as `/OCMT/EUR18,40//CHGS/EUR3,50/` has them."""
    found = _ORDERED.fullmatch(text.replace(" ", ""))
    return int(found[1]) * 100 + int(f"{found[2]}00"[:2]) if found else None


def _charges(before_cents: int | None, cents: int) -> int:
    """The charges in a returned amount, below 0; 0 where the bank does not say what was before."""
    if before_cents is None or cents >= 0 or not 0 < before_cents < -cents:
        return 0
    return cents + before_cents
