"""A bank's CSV, by what the setting `bank-csv` says of its columns (rules 20).

Each row after the header is a movement with a day and an amount of the forms that were said, or the
whole file is refused: a decimal sign that is misread would book another amount.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from mailctl.close_words import close_words
from mailctl.domain.csv_forms import NO_DECIMALS, CsvForm
from mailctl.domain.statements import FileKind, ReadEntry, StatementHead
from mailctl.domain.text import counted, listed
from mailctl.errors import BankFileInvalidError, MailctlError
from mailctl.statements.csv_amounts import Amount, amount_of
from mailctl.statements.source import Source
from mailctl.statements.spool import Spool
from mailctl.statements.text_lines import TextLines
from mailctl.statements.words import (
    LONGEST_TEXT,
    NOTHING,
    creditor_reference,
    iban,
    identifier,
    plain,
)

HEADER_WITHIN = 60
"""Banks write who and when above the header; so many lines of it at most."""
HOW = "docs/howto/bank-csv.md shows what to set; what is set: mailctl settings list"
_MOST_SHOWN = 20
_NO_IDENTIFIER = ("NOTPROVIDED", "NONREF")
_LONGEST_REST = 4_000

Row = list[str]


def read_into(source: Source, spool: Spool, form: CsvForm | None) -> None:
    """All movements of a file. Raises BankFileInvalidError, naming the line."""
    if form is None:
        raise source.refused(
            "this is no file that banks send but perhaps a CSV, and nobody said what its columns "
            "mean",
            hint="mailctl settings set bank-csv 'date=COLUMN amount=COLUMN text=COLUMN "
            "dates=DD.MM.YYYY decimal=,'",
        )
    with TextLines(source) as text:
        _Reader(source, spool, form, text).read()
        if text.is_guessed:
            spool.note("the file is not UTF-8: its letters were read as Windows-1252")


class _Header:
    """Where the columns of the form stand in a file, and its other columns."""

    def __init__(self, names: Sequence[str], form: CsvForm) -> None:
        self.names = names
        self.width = len(names)
        self.places = {key: _place(names, name) for key, name in form.columns.items()}
        self.texts = [_place(names, name) for name in form.texts]
        self.missing = [
            name for name in (*form.columns.values(), *form.texts) if _place(names, name) is None
        ]
        used = {*self.places.values(), *self.texts}
        self.others = [
            (place, plain(name, 60))
            for place, name in enumerate(names)
            if place not in used and name.strip()
        ]


class _Reader:
    """Reads the rows of one file into a spool."""

    def __init__(self, source: Source, spool: Spool, form: CsvForm, text: TextLines) -> None:
        self._source = source
        self._spool = spool
        self._form = form
        self._text = text
        self._account: str | None = None
        self._left_out = self._empty = self._decimals = 0
        self._debit_signs: set[bool] = set()

    def read(self) -> None:
        """All of the file."""
        above, header = self._header()
        if above:
            self._spool.note(f"{counted(above, 'line')} above the header were left out")
        last = Amount(0, "", 2, is_signed=False)
        line = 0
        for line, cells in islice(self._rows(), above + 1, None):
            if self._is_left_out(header, cells):
                continue
            last = self._add(header, cells, line)
        self._check_end(header, last, line)
        self._check_decimals()
        self._spool.end_statement(self._head())
        if self._left_out:
            self._spool.note(
                f"{counted(self._left_out, 'row')} that the bank has not booked yet left out"
            )
        if self._empty:
            self._spool.note(f"{counted(self._empty, 'row')} without day and amount left out")

    def _rows(self) -> Iterator[tuple[int, Row]]:
        """Each row that has a text, with the line on which it ends."""
        rows = csv.reader(self._text.lines(newline=""), delimiter=self._form.separator, strict=True)
        try:
            for cells in rows:
                if any(cell.strip() for cell in cells):
                    yield rows.line_num, cells
        except csv.Error as error:
            raise self._source.refused(f"{error}", line=rows.line_num) from None

    def _header(self) -> tuple[int, _Header]:
        """How many rows stand above the header, and the header."""
        nearest: _Header | None = None
        for above, (_, cells) in enumerate(islice(self._rows_above(), HEADER_WITHIN)):
            header = _Header(cells, self._form)
            if not header.missing:
                return above, header
            if nearest is None or (-len(header.missing), header.width) > (
                -len(nearest.missing),
                nearest.width,
            ):
                nearest = header
        if nearest is None:
            raise self._source.refused("the file has no header", hint=HOW)
        raise self._no_header(nearest)

    def _rows_above(self) -> Iterator[tuple[int, Row]]:
        """Rows as `_rows` has them, up to one that is none: what is above a header may be any text."""
        rows = self._rows()
        while True:
            try:
                yield next(rows)
            except (StopIteration, BankFileInvalidError):
                return

    def _no_header(self, nearest: _Header) -> MailctlError:
        names = [plain(name, 60) for name in nearest.names if name.strip()]
        near = close_words(nearest.missing[0], names, most=1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        there = listed([repr(name) for name in names], most=_MOST_SHOWN)
        return self._source.refused(
            f"no line has the column {nearest.missing[0]!r} of bank-csv{meant}; "
            f"there are {there}, separated by {self._form.separator!r}",
            hint=HOW,
        )

    def _is_left_out(self, header: _Header, cells: Row) -> bool:
        """Whether a row is no booked movement."""
        if not any(_cell(header, cells, key) for key in ("date", "amount", "debit", "credit")):
            self._empty += 1
            return True
        status = _cell(header, cells, "status")
        if "status" in header.places and not _is_one_of(status, self._form.booked):
            self._left_out += 1
            return True
        return False

    def _add(self, header: _Header, cells: Row, line: int) -> Amount:
        self._check_width(header, cells, line)
        amount = self._moved(header, cells, line)
        currency = self._currency(header, cells, amount, line)
        account = iban(_cell(header, cells, "account"))
        if self._account is not None and account != self._account:
            self._spool.end_statement(self._head())
        self._account = account
        self._decimals = max(self._decimals, amount.decimals)
        value_on = _cell(header, cells, "value-date")
        self._spool.add_entry(
            self._described(header, cells)._replace(
                entry_cents=amount.cents,
                amount_cents=amount.cents,
                currency=currency,
                booked_on=self._day(_cell(header, cells, "date"), line),
                value_on=self._day(value_on, line) if value_on else None,
            )
        )
        return amount

    def _described(self, header: _Header, cells: Row) -> ReadEntry:
        """What a row says besides day and amount."""
        texts = [plain(cells[place], LONGEST_TEXT) for place in header.texts if place is not None]
        reference = identifier(_cell(header, cells, "reference")) or ""
        if reference.replace(" ", "").upper() in _NO_IDENTIFIER:
            reference = ""
        text = " ".join(text for text in texts if text)
        if reference and reference not in text:
            text = f"{text} {reference}".lstrip()
        own = identifier(_cell(header, cells, "id")) or ""
        return NOTHING._replace(
            entry_reference=own,
            reference=own,
            name=plain(_cell(header, cells, "name")),
            iban=iban(_cell(header, cells, "iban")),
            end_to_end_id=reference,
            creditor_reference=creditor_reference(reference) or creditor_reference(text),
            text=plain(text, LONGEST_TEXT),
            rest=_json({name: cells[place] for place, name in header.others if place < len(cells)}),
        )

    def _check_width(self, header: _Header, cells: Row, line: int) -> None:
        """Refuse a row with other columns than the header: it is cut, or a text was not quoted."""
        least = len("".join(f"{bool(name.strip()):d}" for name in header.names).rstrip("0"))
        if len(cells) < least or any(cell.strip() for cell in cells[header.width :]):
            raise self._source.refused(
                f"the row has {counted(len(cells), 'column')}, and the header {header.width}",
                line=line,
                hint="the file may be cut, or bank-csv has another separator than the file",
            )

    def _moved(self, header: _Header, cells: Row, line: int) -> Amount:
        """The signed amount of a row."""
        if "amount" in header.places:
            amount = self._amount(_cell(header, cells, "amount"), line)
            return self._signed(amount, header, cells, line)
        texts = {key: _cell(header, cells, key) for key in ("debit", "credit")}
        amounts = {key: self._amount(text, line) for key, text in texts.items() if text}
        moved = {key: amount for key, amount in amounts.items() if amount.cents}
        if len(moved) > 1 or not amounts:
            raise self._source.refused(
                "the row has an amount under both debit and credit"
                if moved
                else "the row has no amount under debit or credit",
                line=line,
            )
        key, amount = next(iter((moved or amounts).items()))
        if key == "credit" and amount.cents < 0:
            raise self._source.refused("the amount under credit is negative", line=line)
        if key == "debit" and amount.cents:
            self._debit_signs.add(amount.cents < 0)
            if len(self._debit_signs) > 1:
                raise self._source.refused(
                    "amounts under debit are negative in one row and not in another", line=line
                )
        return amount._replace(cents=-abs(amount.cents)) if key == "debit" else amount

    def _amount(self, text: str, line: int) -> Amount:
        amount = amount_of(text, self._form.decimal)
        if amount is None:
            raise self._source.refused(
                f"{plain(text, 40)!r} is no amount with decimal={self._form.decimal}",
                line=line,
                hint="a sign that groups thousands is understood only where decimals follow",
            )
        return amount

    def _signed(self, amount: Amount, header: _Header, cells: Row, line: int) -> Amount:
        """An amount whose sign may be a word in another column."""
        if "sign" not in header.places:
            return amount
        word = _cell(header, cells, "sign")
        is_out = _is_one_of(word, self._form.outgoing)
        if not is_out and not _is_one_of(word, self._form.incoming):
            raise self._source.refused(
                f"{plain(word, 40)!r} is neither an in= nor an out= of bank-csv", line=line
            )
        if amount.cents < 0 and not is_out:
            raise self._source.refused("an amount that came in is negative", line=line)
        if is_out and amount.cents:
            self._debit_signs.add(amount.cents < 0)
            if len(self._debit_signs) > 1:
                raise self._source.refused(
                    "amounts that went out are negative in one row and not in another", line=line
                )
        return amount._replace(cents=-abs(amount.cents) if is_out else amount.cents)

    def _currency(self, header: _Header, cells: Row, amount: Amount, line: int) -> str:
        """The currency of a movement; empty where the file does not say it."""
        said = _cell(header, cells, "currency").upper()
        currency = "EUR" if said == "€" else said
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            raise self._source.refused(f"{plain(said, 40)!r} is no currency", line=line)
        if currency and amount.currency and currency != amount.currency:
            raise self._source.refused(
                f"the amount is in {amount.currency}, its currency is {currency}", line=line
            )
        return currency or amount.currency

    def _day(self, text: str, line: int) -> str:
        day = self._form.dates.day(text)
        if day is None:
            raise self._source.refused(
                f"{plain(text, 40)!r} is no date like {self._form.dates.text}", line=line
            )
        return day

    def _check_end(self, header: _Header, last: Amount, line: int) -> None:
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

    def _head(self) -> StatementHead:
        return StatementHead(
            account=self._account or "", currency="", identification="", number=None,
            from_on=None, to_on=None,
            opening_on=None, opening_cents=None, closing_on=None, closing_cents=None,
        )  # fmt: skip


def kind_of(start: str, form: CsvForm | None) -> FileKind | None:
    """CSV where a text is no XML, and what a CSV's columns mean is known."""
    return None if form is None or start.lstrip().startswith("<") else FileKind.CSV


def _normal(name: str) -> str:
    return " ".join(name.split()).casefold()


def _place(names: Sequence[str], name: str) -> int | None:
    """Where a column stands; `Name#2` is the second of those that are called so."""
    wanted, _, which = name.rpartition("#")
    if not (wanted and which.isascii() and which.isdecimal()):
        wanted, which = name, ""
    found = [place for place, one in enumerate(names) if _normal(one) == _normal(wanted)]
    if not which:
        return found[0] if len(found) == 1 else None
    return found[int(which) - 1] if 1 <= int(which) <= len(found) else None


def _cell(header: _Header, cells: Row, key: str) -> str:
    """What a row has in the column of a key; empty without such a column."""
    place = header.places.get(key)
    return "" if place is None or place >= len(cells) else cells[place].strip()


def _is_one_of(word: str, words: Sequence[str]) -> bool:
    return _normal(word) in {_normal(one) for one in words}


def _json(others: Mapping[str, str]) -> str:
    """The columns that have no meaning here, as JSON of bounded length."""
    kept: dict[str, str] = {}
    left = _LONGEST_REST
    for name, value in others.items():
        text = plain(value, LONGEST_TEXT)
        left -= len(name) + len(text)
        if text and left >= 0:
            kept[name] = text
    return json.dumps(kept, ensure_ascii=False) if kept else ""
