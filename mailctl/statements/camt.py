"""camt.052, .053 and .054 of any version: statements, their balances and whether they agree."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from mailctl.domain.statements import FileKind, StatementHead
from mailctl.statements import camt_shape as shape
from mailctl.statements.camt_entries import Entries, Totals, account_of
from mailctl.statements.elements import Fields, XmlReader
from mailctl.statements.source import Source
from mailctl.statements.spool import Spool
from mailctl.statements.words import cents_of, day_of, identifier, plain

_NEWEST = 14
_MESSAGE = re.compile(rf"<(?:[\w.-]+:)?({'|'.join(shape.MESSAGES)})[\s>/]")
_VERSION = re.compile(r"camt\.05[234]\.001\.(\d{1,3})")
_OPENING = ("OPBD", "PRCD")
_INTERIM = "ITBD"
_MOST_STATEMENTS = 10_000
# Of a statement as a whole: understood, and of no use.
_IDLE = (
    "Acct/",
    "CreDtTm",
    "ElctrncSeqNb",
    "LglSeqNb",
    "FrToDt/",
    "Id",
    "Pgntn/",
    "RptgSrc",
    "RptgSeq",
    "CpyDplctInd",
    "RltdAcct",
    "AddtlStmtInf",
    "AddtlRptInf",
    "AddtlNtfctnInf",
    "Intrst",
)


class Balance(NamedTuple):
    """What an account held on a day, by the kind of balance that the bank says."""

    code: str
    day: str
    cents: int
    currency: str


def kind_of(start: str) -> FileKind | None:
    """Which of the three a file with this start is; None where it is none."""
    found = _MESSAGE.search(start)
    return None if found is None else shape.MESSAGES[found[1]]


def read_into(source: Source, spool: Spool, _: Any = None) -> None:
    """Read all statements of a file into a spool.

    Raises BankFileInvalidError where it is not whole, or where a statement contradicts itself.
    """
    _Camt(source, spool).read()


class _Camt:
    """One file that is being read."""

    def __init__(self, source: Source, spool: Spool) -> None:
        self._spool = spool
        self._reader = XmlReader(source, shape.SHAPE, self._ended)
        self._source = source
        self._entries = Entries(spool, self._reader.refused)
        self._balances: list[Balance] = []
        self._summary: Fields = {}

    def read(self) -> None:
        """Read the file, and say what was not understood of it."""
        try:
            self._reader.read()
        finally:
            self._entries.close()
        if {shape.MESSAGES[name] for name in self._reader.names} != {self._spool.kind}:
            raise self._source.refused("it has messages of several kinds: they come one a file")
        if not self._spool.statement_count:
            raise self._source.refused("there is no statement in this file")
        version = _VERSION.search(self._reader.namespace)
        if version is not None and int(version[1]) > _NEWEST:
            self._spool.note(
                f"this is version {version[1]} of {self._spool.kind}, read as version {_NEWEST}"
            )
        for status, count in self._entries.unbooked.items():
            what = "1 entry is" if count == 1 else f"{count} entries are"
            self._spool.note(f"{what} not booked yet ({status}), and left out")
        unread = self._entries.unread.most_common(6)
        if unread:
            more = len(self._entries.unread) - len(unread)
            named = ", ".join(f"{plain(path, 80)} ({count})" for path, count in unread)
            left = f", and {more} others" if more else ""
            self._spool.note(f"kept with their entries, but not understood: {named}{left}")

    def _ended(self, record: str, fields: Fields, around: Fields) -> None:
        """A record ended."""
        if record == shape.ENTRY:
            self._entries.end_entry(fields, around)
        elif record == shape.PART:
            self._entries.end_part(fields, around)
        elif record == shape.DETAILS:
            self._entries.end_details(fields, around)
        elif record == shape.BALANCE:
            self._end_balance(fields)
        elif record == shape.SUMMARY:
            self._summary = fields
        else:
            self._end_statement(fields)

    def _end_balance(self, fields: Fields) -> None:
        """Keep a balance, if it is one of what was booked."""
        code, cents = fields.get("Tp", ""), cents_of(fields.get("Amt", ""))
        if code not in (*_OPENING, "CLBD", _INTERIM):
            return
        day = day_of(fields.get("Dt", ""))
        sign = fields.get("CdtDbtInd", "")
        if cents is None or sign not in ("CRDT", "DBIT", ""):
            raise self._reader.refused(
                f"the balance {code} has no amount in whole cents, or no sign"
            )
        signed = -cents if sign == "DBIT" else cents
        self._entries.day = day or self._entries.day
        self._balances.append(Balance(code, day or "", signed, fields.get("Amt@Ccy", "")))

    def _end_statement(self, fields: Fields) -> None:
        """Compare a statement with itself, and spool its head."""
        if self._spool.statement_count >= _MOST_STATEMENTS:
            raise self._reader.refused(f"the file has more than {_MOST_STATEMENTS:,} statements")
        head = self._head(fields)
        if not head.account:
            raise self._reader.refused("the statement does not say of which account it is")
        is_paged = fields.get("Pgntn/PgNb", "1").strip("0") != "1" or (
            fields.get("Pgntn/LastPgInd", "true") not in ("true", "1")
        )
        self._compare(head, is_paged=is_paged)
        for path in fields:
            if not path.startswith(_IDLE):
                self._entries.unread[path] += 1
        self._spool.end_statement(head)
        self._entries.begin()
        self._balances, self._summary = [], {}

    def _head(self, fields: Fields) -> StatementHead:
        """The statement's own facts, with the first and the last of its balances."""
        currency = fields.get("Acct/Ccy", "")
        if not currency:
            named = {one.currency for one in self._balances} or set(self._entries.sums)
            currency = named.pop() if len(named) == 1 else ""
        ours = [one for one in self._balances if one.currency in ("", currency)]
        opening, closing = _ends(ours)
        number = fields.get("ElctrncSeqNb") or fields.get("LglSeqNb", "")
        is_number = number.isascii() and number.isdecimal() and len(number) <= 18
        return StatementHead(
            account=account_of(fields),
            currency=plain(currency, 3),
            identification=identifier(fields.get("Id", "")) or "",
            number=int(number) if is_number else None,
            from_on=day_of(fields.get("FrToDt/FrDtTm", "")),
            to_on=day_of(fields.get("FrToDt/ToDtTm", "")),
            opening_on=(opening and opening.day) or None,
            opening_cents=None if opening is None else opening.cents,
            closing_on=(closing and closing.day) or None,
            closing_cents=None if closing is None else closing.cents,
        )

    def _compare(self, head: StatementHead, *, is_paged: bool) -> None:
        """Balances and summary must say what the entries say; a 053 that does not is refused."""
        told = f"statement {head.identification or 'without an Id'} of {head.account}"
        is_mixed = bool(set(self._entries.sums) - {head.currency})
        must = self._spool.kind == FileKind.STATEMENT and not is_paged and not is_mixed
        wrong = self._balance_fault(head) or self._summary_fault()
        if wrong is not None and must:
            raise self._reader.refused(f"{told}: {wrong}")
        if wrong is not None:
            why = "it may be a part of a day"
            if is_mixed:
                why = "some of its entries are in another currency than the account"
            elif is_paged:
                why = "its other pages are elsewhere"
            self._spool.note(f"{told}: {wrong}; it is taken, since {why}")
        has_balances = head.opening_cents is not None and head.closing_cents is not None
        if not has_balances and self._spool.kind != FileKind.NOTIFICATION:
            self._spool.note(f"{told} has no balances that its entries could be compared with")

    def _balance_fault(self, head: StatementHead) -> str | None:
        """How opening balance, entries and closing balance disagree; None where they do not."""
        if head.opening_cents is None or head.closing_cents is None:
            return None
        moved = self._entries.sums[head.currency]
        missing = head.closing_cents - head.opening_cents - moved
        if not missing:
            return None
        return (
            f"opening {_told(head.opening_cents)}, entries {_told(moved)} and closing "
            f"{_told(head.closing_cents)} do not add up: the difference is {_told(missing)} "
            f"{head.currency}"
        )

    def _summary_fault(self) -> str | None:
        """How the summary disagrees with the entries, counted with and without those not booked."""
        faults = [_fault(self._summary, one) for one in (self._entries.booked, self._entries.all)]
        return None if None in faults else faults[0]


def _ends(balances: list[Balance]) -> tuple[Balance | None, Balance | None]:
    """The balance before the first entry, and after the last.

    Statements of several days have a pair a day; a report may have interim ones only, and a page
    of a statement one at its end that is open.
    """
    opening = closing = None
    for code in reversed(_OPENING):
        found = [one for one in balances if one.code == code]
        opening = min(found, key=lambda one: one.day) if found else opening
    closed = [one for one in balances if one.code == "CLBD"]
    closing = max(closed, key=lambda one: one.day) if closed else None
    interim = [one for one in balances if one.code == _INTERIM]
    if opening is None and interim and (closing is not None or len(interim) > 1):
        opening = interim.pop(0)
    if closing is None and interim:
        closing = interim[-1]
    return opening, closing


def _fault(summary: Fields, totals: Totals) -> str | None:
    """The first number of a summary that is not that of the entries."""
    facts = {
        "TtlNtries": (totals.credits + totals.debits, totals.credit_cents + totals.debit_cents),
        "TtlCdtNtries": (totals.credits, totals.credit_cents),
        "TtlDbtNtries": (totals.debits, totals.debit_cents),
    }
    for name, (count, cents) in facts.items():
        said = summary.get(f"{name}/NbOfNtries", "")
        if said.isascii() and said.isdecimal() and len(said) < 16 and int(said) != count:
            return f"the summary's {name} says {said} entries, but there are {count}"
        amount = cents_of(summary.get(f"{name}/Sum", ""))
        if amount is not None and amount != cents:
            return f"the summary's {name} says {_told(amount)}, but there are {_told(cents)}"
    return None


def _told(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
