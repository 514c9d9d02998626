"""MT940, the statement of SWIFT, field by field (rules 20).

The library mt-940 reads balances and lines 61, each given to it alone: by itself it drops fields
that it does not know, and adds texts of the statement to the last entry. All of a field must be
of the form that is known, and opening balance, entries and closing balance must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec

from mailctl.domain.money import format_amount
from mailctl.domain.statements import FileKind, StatementHead
from mailctl.domain.text import counted
from mailctl.errors import ExtraMissingError
from mailctl.statements.mt940_entries import EntryReader
from mailctl.statements.mt940_lines import CLOSINGS, OPENINGS, Field, Fields
from mailctl.statements.references import is_iban
from mailctl.statements.source import Source
from mailctl.statements.spool import Spool
from mailctl.statements.text_lines import TextLines
from mailctl.statements.words import plain

_START = re.compile(r"^(?:\{1:F\d\d|(?:\{4:)?:20:)", re.MULTILINE)
_GERMAN = re.compile(r"(\d{8})/(\d{1,10})", re.ASCII)


def kind_of(start: str) -> FileKind | None:
    """MT940 where a file begins as one."""
    return FileKind.MT940 if _START.search(start.replace("\r", "\n")) else None


def read_into(source: Source, spool: Spool, _: object) -> None:
    """All statements of a file.

    Raises BankFileInvalidError; ExtraMissingError without the extra `bank`.
    """
    check_installed()
    with TextLines(source) as text:
        if text.is_guessed:
            spool.note("the file is not UTF-8: its letters were read as Windows-1252")
        reader = _Reader(source, spool)
        reader.read(Fields(source, text.lines()))


def check_installed() -> None:
    """ExtraMissingError where MT940 cannot be read."""
    if find_spec("mt940") is None:
        raise ExtraMissingError(
            "MT940 needs a library that is not installed", hint="pip install 'mailctl[bank]'"
        )


class _Statement:
    """A statement, or the pages of one, as far as it was read."""

    def __init__(self, account: str, reference: str, number: int | None) -> None:
        self.account = account
        self.reference = reference
        self.number = number
        self.opening: tuple[str, str, int] | None = None
        self.closing: tuple[str, str, int] | None = None
        self.sum_cents = 0

    def reopened(self) -> _Statement:
        """The statement without the closing balance of its page: there is another page."""
        self.closing = None
        return self

    def head(self) -> StatementHead:
        """The statement as it is kept."""
        assert self.opening
        assert self.closing
        opening_on, currency, opening_cents = self.opening
        closing_on, _, closing_cents = self.closing
        return StatementHead(
            account=self.account, currency=currency, identification=self.reference,
            number=self.number, from_on=None, to_on=None,
            opening_on=opening_on, opening_cents=opening_cents,
            closing_on=closing_on, closing_cents=closing_cents,
        )  # fmt: skip


class _Reader:
    """Puts the statements of a file into a spool."""

    def __init__(self, source: Source, spool: Spool) -> None:
        self._source = source
        self._spool = spool
        self._reads = EntryReader(source)
        self._head: dict[str, Field] = {}
        self._entry: list[Field] = []
        self._statement: _Statement | None = None
        self._page: _Statement | None = None

    def read(self, fields: Iterable[Field]) -> None:
        """All fields of a file."""
        for field in fields:
            if field.tag == "20":
                self._head = {}
                self._statement = None
            if self._statement is None:
                self._head.setdefault(field.tag, field)
                if field.tag in OPENINGS:
                    self._statement = self._begun(field)
            elif self._statement.closing is None:
                self._go_on(self._statement, field)
        if self._page:
            self._spool.end_statement(self._page.head())
        if not self._spool.statement_count:
            raise self._source.refused("there is no statement in it")
        if self._reads.moved_days:
            self._spool.note(
                f"{counted(self._reads.moved_days, 'value date')} of the 29th or 30th of February "
                "became the last day of that month"
            )

    def _begun(self, opening: Field) -> _Statement:
        """The statement that a balance opens: another, or the next page of the one before."""
        account, currency = self._account(opening)
        balance = self._reads.balance(opening)
        number = _number(self._value("28C") or self._value("28"), year=balance[0][:4])
        statement = _Statement(account, plain(self._value("20"), 35), number)
        statement.opening = balance
        if currency not in ("", statement.opening[1]):
            raise self._source.refused(
                f"the account is in {currency}, its balance in {statement.opening[1]}",
                line=opening.line,
            )
        page = self._page
        if page and opening.tag == "60M" and _follows(page, statement):
            return page.reopened()
        if page:
            self._spool.end_statement(page.head())
        self._page = None
        return statement

    def _go_on(self, statement: _Statement, field: Field) -> None:
        if field.tag == "61" or field.tag in CLOSINGS:
            if self._entry:
                assert statement.opening
                line, *others = self._entry
                entry = self._reads.entry(line, others, statement.opening[1])
                self._spool.add_entry(entry)
                statement.sum_cents += entry.amount_cents
            self._entry = [field] if field.tag == "61" else []
        elif self._entry:
            self._entry.append(field)
        else:
            self._spool.note("texts before the first entry of a statement were left out")
        if field.tag in CLOSINGS:
            self._close(statement, field)

    def _close(self, statement: _Statement, field: Field) -> None:
        assert statement.opening
        statement.closing = self._reads.balance(field)
        _, currency, opening_cents = statement.opening
        _, other_currency, closing_cents = statement.closing
        if currency != other_currency:
            raise self._source.refused(
                f"the opening balance is in {currency}, the closing balance in {other_currency}",
                line=field.line,
            )
        due_cents = opening_cents + statement.sum_cents
        if due_cents != closing_cents:
            raise self._source.refused(
                f"opening balance {format_amount(opening_cents)} and entries of "
                f"{format_amount(statement.sum_cents)} make {format_amount(due_cents)}, "
                f"and the closing balance is {format_amount(closing_cents)} {currency}",
                line=field.line,
            )
        if field.tag == "62M":
            self._page = statement
        else:
            self._page = None
            self._spool.end_statement(statement.head())

    def _value(self, tag: str) -> str:
        """The first line of a field of the statement's head; empty without."""
        field = self._head.get(tag)
        return field.lines[0].strip() if field else ""

    def _account(self, opening: Field) -> tuple[str, str]:
        """The account as it is compared, and its currency where the bank adds it."""
        said = "".join((self._value("25") or self._value("25P")).split()).upper()
        if not said:
            raise self._source.refused("the statement names no account", line=opening.line)
        bare, currency = (said[:-3], said[-3:]) if said[-3:].isalpha() else (said, "")
        if currency and not (is_iban(bare) or bare[-1:].isdecimal()):
            bare, currency = said, ""
        if is_iban(said):
            bare, currency = said, ""
        german = _GERMAN.fullmatch(bare)
        return plain(_german_iban(*german.groups()) if german else bare, 35), currency


def _follows(page: _Statement, statement: _Statement) -> bool:
    """Whether a statement is the next page of one that was not yet over."""
    return (
        page.account == statement.account
        and page.number == statement.number
        and page.closing is not None
        and statement.opening is not None
        and page.closing[1:] == statement.opening[1:]
    )


def _german_iban(bank: str, account: str) -> str:
    """The IBAN of a German bank code and account number."""
    inner = f"{bank}{account:0>10}"
    return f"DE{98 - int(f'{inner}131400') % 97:02}{inner}"


def _number(text: str, *, year: str) -> int | None:
    """The bank's count of a statement: 12 of `12/3`, but 3 of `2026/3`; None for 0."""
    count, _, page = text.replace(" ", "").partition("/")
    digits = page if page and count == year else count
    is_count = digits.isascii() and digits.isdecimal() and len(digits) < 10
    return int(digits) or None if is_count else None
