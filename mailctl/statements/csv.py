"""A bank's CSV, by what the setting `bank-csv` says of its columns (rules 20).

Each row after the header is a movement with a day and an amount of the forms that were said, or the
whole file is refused: a decimal sign that is misread would book another amount.
"""

from __future__ import annotations

import re
from itertools import islice

from mailctl.domain.csv_forms import NO_DECIMALS, CsvForm
from mailctl.domain.statements import FileKind, ReadEntry, StatementHead, is_no_reference
from mailctl.domain.text import counted
from mailctl.statements.csv_amounts import Amount, amount_of
from mailctl.statements.csv_table import HOW, Header, Row, SignWords, Table, is_one_of
from mailctl.statements.references import creditor_reference, is_iban
from mailctl.statements.source import Source
from mailctl.statements.spool import Spool
from mailctl.statements.text_lines import TextLines
from mailctl.statements.words import (
    LONGEST_TEXT,
    NOTHING,
    iban,
    identifier,
    plain,
    rest_of,
)


def kind_of(start: str) -> FileKind | None:
    """A CSV where a text is neither XML nor empty: what its columns mean stands in a setting."""
    is_text = "\0" not in start and not start.lstrip().startswith("<")
    return FileKind.CSV if is_text and re.search(r"[;,\t|]", start) else None


def read_into(source: Source, spool: Spool, form: CsvForm | None) -> None:
    """All movements of a file. Raises BankFileInvalidError, naming the line."""
    if form is None:
        raise source.refused(
            "this seems to be a CSV, and the setting bank-csv does not say yet what its columns "
            "mean",
            hint="mailctl settings set bank-csv 'date=COLUMN amount=COLUMN text=COLUMN "
            "dates=DD.MM.YYYY decimal=,'",
        )
    with TextLines(source) as text:
        _Reader(source, spool, form, text).read()
        if text.is_guessed:
            spool.note("the file is not UTF-8: its letters were read as Windows-1252")


class _Reader:
    """Reads the rows of one file into a spool."""

    def __init__(self, source: Source, spool: Spool, form: CsvForm, text: TextLines) -> None:
        self._source = source
        self._spool = spool
        self._form = form
        self._text = text
        self._table = Table(source, form, text)
        self._account: str | None = None
        self._left_out = self._empty = self._decimals = 0
        self._signs_out: set[bool] = set()
        self._is_signed = False
        self._words = SignWords()

    def read(self) -> None:
        """All of the file."""
        above, header = self._table.header()
        if above:
            self._spool.note(f"{counted(above, 'line')} above the header were left out")
        last = Amount(0, "", 2)
        line = 0
        for line, cells in islice(self._table.rows(), above + 1, None):
            if self._is_left_out(header, cells):
                continue
            last = self._add(header, cells, line)
        self._check_end(header, last, line)
        self._check_decimals()
        self._check_signs()
        self._spool.end_statement(self._head())
        if self._left_out:
            self._spool.note(
                f"{counted(self._left_out, 'row')} that the bank has not booked yet left out"
            )
        if not self._text.ends_with_newline:
            self._spool.note("the last line has no end: look whether the file is whole")
        if self._empty:
            self._spool.note(f"{counted(self._empty, 'row')} without day and amount left out")

    def _is_left_out(self, header: Header, cells: Row) -> bool:
        """Whether a row is no booked movement."""
        if not any(header.cell(cells, key) for key in ("date", "amount", "debit", "credit")):
            self._empty += 1
            return True
        status = header.cell(cells, "status")
        if "status" in header.places and not is_one_of(status, self._form.booked):
            self._left_out += 1
            return True
        return False

    def _add(self, header: Header, cells: Row, line: int) -> Amount:
        self._table.check_width(header, cells, line)
        amount = self._moved(header, cells, line)
        currency = self._currency(header, cells, amount, line)
        account = iban(header.cell(cells, "account"))
        if self._account is not None and account != self._account:
            self._spool.end_statement(self._head())
        self._account = account
        self._decimals = max(self._decimals, amount.decimals)
        value_on = header.cell(cells, "value-date")
        self._spool.add_entry(
            self._described(header, cells)._replace(
                entry_cents=amount.cents,
                amount_cents=amount.cents,
                currency=currency,
                booked_on=self._day(header.cell(cells, "date"), line),
                value_on=self._day(value_on, line) if value_on else None,
            )
        )
        return amount

    def _described(self, header: Header, cells: Row) -> ReadEntry:
        """What a row says besides day and amount."""
        texts = [plain(cells[place], LONGEST_TEXT) for place in header.texts if place is not None]
        reference = identifier(header.cell(cells, "reference")) or ""
        if is_no_reference(reference):
            reference = ""
        text = " ".join(text for text in texts if text)
        if reference and reference not in text:
            text = f"{text} {reference}".lstrip()
        own = identifier(header.cell(cells, "id")) or ""
        if is_no_reference(own):
            own = ""
        account = iban(header.cell(cells, "iban"))
        others = {name: cells[place] for place, name in header.others if place < len(cells)}
        if account and not is_iban(account):
            others["iban"] = account
        return NOTHING._replace(
            entry_reference=own,
            reference=own,
            name=plain(header.cell(cells, "name")),
            iban=account if is_iban(account) else "",
            end_to_end_id=reference,
            creditor_reference=creditor_reference(reference) or creditor_reference(text),
            text=plain(text, LONGEST_TEXT),
            rest=rest_of(others),
        )

    def _moved(self, header: Header, cells: Row, line: int) -> Amount:
        """The signed amount of a row."""
        if "amount" in header.places:
            amount = self._amount(header.cell(cells, "amount"), line)
            return self._signed(amount, header, cells, line)
        texts = {key: header.cell(cells, key) for key in ("debit", "credit")}
        amounts = {key: self._amount(text, line) for key, text in texts.items() if text}
        moved = {key: amount for key, amount in amounts.items() if amount.cents}
        if len(moved) > 1 or not amounts:
            raise self._source.refused(
                "the row has an amount under both debit and credit"
                if moved
                else "the row has no amount under debit or credit",
                line=line,
                hint=HOW,
            )
        key, amount = next(iter((moved or amounts).items()))
        if key == "credit" and amount.cents < 0:
            raise self._source.refused("the amount under credit is negative", line=line, hint=HOW)
        return self._gone_out(amount, line) if key == "debit" else amount

    def _gone_out(self, amount: Amount, line: int) -> Amount:
        """An amount that left the account, which all rows of a file write with a minus, or none."""
        if amount.cents:
            self._signs_out.add(amount.cents < 0)
        if len(self._signs_out) > 1:
            raise self._source.refused(
                "amounts that went out are negative in one row and not in another",
                line=line,
                hint=HOW,
            )
        return amount._replace(cents=-abs(amount.cents))

    def _amount(self, text: str, line: int) -> Amount:
        amount = amount_of(text, self._form.decimal)
        if amount is None:
            raise self._source.refused(
                f"{plain(text, 40)!r} is no amount with decimal={self._form.decimal}",
                line=line,
                hint=f"signs that group thousands are understood only where decimals follow; {HOW}",
            )
        return amount

    def _signed(self, amount: Amount, header: Header, cells: Row, line: int) -> Amount:
        """An amount whose sign may be a word in another column."""
        if "sign" not in header.places:
            self._is_signed = self._is_signed or amount.cents < 0
            self._words.look(header, cells)
            return amount
        word = header.cell(cells, "sign")
        is_out = is_one_of(word, self._form.outgoing)
        if not is_out and not is_one_of(word, self._form.incoming):
            raise self._source.refused(
                f"{plain(word, 40)!r} is neither an in= nor an out= of bank-csv",
                line=line,
                hint=HOW,
            )
        if is_out:
            return self._gone_out(amount, line)
        if amount.cents < 0:
            raise self._source.refused("an amount that came in is negative", line=line, hint=HOW)
        return amount

    def _currency(self, header: Header, cells: Row, amount: Amount, line: int) -> str:
        """The currency of a movement; empty where the file does not say it."""
        said = header.cell(cells, "currency").upper()
        currency = "EUR" if said == "€" else said
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise self._source.refused(f"{plain(said, 40)!r} is no currency", line=line, hint=HOW)
        if currency and amount.currency and currency != amount.currency:
            raise self._source.refused(
                f"the amount is in {amount.currency}, its currency is {currency}",
                line=line,
                hint=HOW,
            )
        return currency or amount.currency

    def _day(self, text: str, line: int) -> str:
        day = self._form.dates.day(text)
        if day is None:
            raise self._source.refused(
                f"{plain(text, 40)!r} is no date like {self._form.dates.text}",
                line=line,
                hint=HOW,
            )
        return day

    def _check_end(self, header: Header, last: Amount, line: int) -> None:
        """Refuse a file that may have been cut in its last amount."""
        keys = ("amount", "debit", "credit")
        is_last = header.width - 1 in {header.places.get(key) for key in keys}
        if not is_last or last.decimals == 2 or self._form.decimal == NO_DECIMALS:
            return
        if not self._text.ends_with_newline:
            raise self._source.refused(
                "the file ends in an amount without all of its decimals: it may be cut", line=line
            )

    def _check_decimals(self) -> None:
        """Refuse a file in which no amount has a decimal: they may be cents."""
        is_whole = self._form.decimal != NO_DECIMALS and not self._decimals
        if self._spool.entry_count and is_whole:
            raise self._source.refused(
                "no amount has a decimal: are these whole amounts, or cents?",
                hint="whole amounts are read with decimal=none in bank-csv",
            )

    def _check_signs(self) -> None:
        """Refuse a file without a negative amount where another column may say what went out."""
        column = self._words.column()
        if column is None or self._is_signed:
            return
        raise self._source.refused(
            f"no amount is negative, and the column {column!r} seems to say what went out",
            hint=f'add to bank-csv: sign="{column}" in=WORD out=WORD',
        )

    def _head(self) -> StatementHead:
        return StatementHead(
            account=self._account or "", currency="", identification="", number=None,
            from_on=None, to_on=None,
            opening_on=None, opening_cents=None, closing_on=None, closing_cents=None,
        )  # fmt: skip
