"""The entries of a camt file: booked ones, each as one movement or as the parts of its batch."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator

from mailctl.domain.statements import FileKind, ReadEntry
from mailctl.errors import MailctlError
from mailctl.statements.camt_details import (
    TRUE,
    Context,
    amount_in,
    bank_code,
    bank_reference,
    charges,
    described,
    moved,
)
from mailctl.statements.camt_shape import FAMILIAR
from mailctl.statements.elements import Fields
from mailctl.statements.spool import Rows, Spool
from mailctl.statements.words import LONGEST_REST, NOTHING, cents_of, day_of, plain

MOST_ENTRIES = 1_000_000
_IN_MEMORY = 500
_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt", "AmtDtls/CntrValAmt/Amt")


class Parts:
    """The details of the entry that is being read: few in memory, many in a file."""

    def __init__(self) -> None:
        self._few: list[Fields] = []
        self._many: Rows | None = None
        self.count = 0

    def add(self, fields: Fields) -> None:
        """One more part."""
        self.count += 1
        if len(self._few) < _IN_MEMORY:
            self._few.append(fields)
            return
        if self._many is None:
            self._many = Rows()
        self._many.add(tuple(fields.items()))

    def all(self) -> Iterator[Fields]:
        """Each part; what is taken out of one is there again the next time."""
        for fields in self._few:
            yield dict(fields)
        if self._many is not None:
            yield from map(dict, self._many.rows())

    def clear(self) -> None:
        """Begin with the next entry."""
        self._few = []
        self.count = 0
        self.close()

    def close(self) -> None:
        """Give the file back."""
        if self._many is not None:
            self._many.close()
            self._many = None


class Entries:
    """Makes entries of records; what the statement needs of them is summed up here.

    `sums` are the signed cents of the entries by currency, `all_cents` those of each with what is
    not booked.
    """

    def __init__(self, spool: Spool, refused: Callable[[str], MailctlError]) -> None:
        self._spool = spool
        self._refused = refused
        self._parts = Parts()
        self.unread: Counter[str] = Counter()
        self.unbooked: Counter[str] = Counter()
        self.begin()

    def begin(self) -> None:
        """Begin with the next statement."""
        self.sums: Counter[str] = Counter()
        # Of the statement's last balance, for entries that have no day.
        self.day = ""
        self.booked = Totals()
        self.all = Totals()

    def close(self) -> None:
        """Give the files back."""
        self._parts.close()

    def end_part(self, fields: Fields, around: Fields) -> None:
        """A transaction of an entry ended: it waits for the entry's end."""
        for path in ("Btch/MsgId", "Btch/PmtInfId"):
            if path in around:
                fields.setdefault(path, around[path])
        self._parts.add(fields)

    def end_details(self, fields: Fields, around: Fields) -> None:
        """A group of details ended: what it says of its batch is said of the entry.

        Of several groups only their count is known together.
        """
        for path, text in fields.items():
            name = path if path.startswith("Btch/") else f"NtryDtls/{path}"
            old = around.get(name)
            if path == "Btch/NbOfTxs" and old is not None:
                both = old.isdecimal() and text.isdecimal() and len(text) < 10
                around[name] = str(int(old) + int(text)) if both else ""
            else:
                around[name] = text if old in (None, text) else ""

    def end_entry(self, fields: Fields, statement: Fields) -> None:
        """An entry ended: it is spooled if it is booked.

        Raises BankFileInvalidError where amount, sign or day are missing, or are none.
        """
        if self._spool.entry_count > MOST_ENTRIES:
            raise self._refused(f"the file has more than {MOST_ENTRIES:,} entries")
        account = account_of(statement)
        currency = fields.pop("Amt@Ccy", "") or statement.get("Acct/Ccy", "")
        cents = self._cents(fields, currency)
        # A statement has booked entries unless it says otherwise.
        status = fields.pop("Sts", "BOOK" if self._spool.kind == FileKind.STATEMENT else "")
        self.all.add(cents)
        if status != "BOOK":
            self.unbooked[plain(status, 10) or "no status"] += 1
            self._parts.clear()
            return
        self.booked.add(cents)
        self.sums[currency] += cents
        self._book(fields, statement, Context(account, currency, is_debit=cents < 0), cents)
        self._parts.clear()

    def _cents(self, fields: Fields, currency: str) -> int:
        """The signed cents of the entry."""
        text, sign = fields.pop("Amt", ""), fields.pop("CdtDbtInd", "")
        cents = cents_of(text)
        if cents is None:
            said = f"“{plain(text, 40)}”, which is no amount such as 18.40" if text else "no amount"
            raise self._refused(f"the entry has {said}")
        if len(currency) != 3 or not (currency.isascii() and currency.isupper()):
            raise self._refused(f"the entry's currency is “{plain(currency, 10)}”")
        if sign not in ("CRDT", "DBIT"):
            said = f"says “{plain(sign, 10)}”" if sign else "does not say"
            raise self._refused(f"the entry {said} for credit (CRDT) or debit (DBIT)")
        return -cents if sign == "DBIT" else cents

    def _days(self, fields: Fields, statement: Fields) -> tuple[str, str | None]:
        """When it was booked, and its value day."""
        value_text = fields.pop("ValDt/Dt", "")
        value_on = day_of(value_text)
        text = fields.pop("BookgDt/Dt", "") or value_text
        text = (
            text or statement.get("FrToDt/ToDtTm", "") or self.day or statement.get("CreDtTm", "")
        )
        booked_on = day_of(text)
        if booked_on is None or (value_text and value_on is None):
            wrong = plain((value_text if booked_on else text) or "none", 40)
            raise self._refused(f"the entry's day is “{wrong}”, which is no date")
        return booked_on, value_on

    def _book(self, fields: Fields, statement: Fields, context: Context, cents: int) -> None:
        """Spool a booked entry, as one or as its parts."""
        booked_on, value_on = self._days(fields, statement)
        reference = bank_reference(fields, "AcctSvcrRef")
        count = fields.pop("Btch/NbOfTxs", "")
        has_count = count.isascii() and count.isdecimal() and len(count) < 10
        entry = NOTHING._replace(
            entry_reference=reference,
            reference=reference,
            entry_cents=cents,
            amount_cents=cents,
            booked_on=booked_on,
            value_on=value_on,
            currency=context.currency,
            batch_count=int(count) if has_count else None,
            is_reversal=fields.pop("RvslInd", "") in TRUE,
        )
        if self._parts.count > 1 and self._adds_up(cents, context, fields):
            self._split(fields, context, entry._replace(bank_code=bank_code(fields)))
            return
        if self._parts.count == 1:
            fields.update(next(self._parts.all()))
        elif self._parts.count:
            self._keep_some(fields)
        self._add(fields, context, entry)

    def _split(self, fields: Fields, context: Context, entry: ReadEntry) -> None:
        """Spool the parts of a batch; what is left of the entry stays with the first."""
        parts = self._parts.count
        for number, part in enumerate(self._parts.all(), start=1):
            cents = moved(part, context)
            assert cents is not None
            for path in ("Amt", "Amt@Ccy", "CdtDbtInd"):
                part.pop(path, None)
            whole = entry._replace(part=number, parts=parts, amount_cents=cents)
            side = context._replace(is_debit=cents < 0)
            self._add(part if number > 1 else {**fields, **part}, side, whole)

    def _adds_up(self, cents: int, context: Context, fields: Fields) -> bool:
        """Whether the parts are the entry; why not is kept where they are not."""
        total = 0
        for part in self._parts.all():
            amount = moved(part, context)
            if amount is None:
                fields["parts"] = f"{self._parts.count} details, of which not each has an amount"
                return False
            total += amount
        if total != cents:
            fields["parts"] = (
                f"{self._parts.count} details, which add up to {_told(total)}, not {_told(cents)}"
            )
        return total == cents

    def _keep_some(self, fields: Fields) -> None:
        """Of details that are not the entry's parts, keep what all say alike, and EndToEndIds."""
        alike: dict[str, str | None] = {}
        ids: list[str] = []
        for part in self._parts.all():
            for path in ("Btch/MsgId", "Btch/PmtInfId", "Refs/MsgId", "Refs/PmtInfId"):
                text = part.get(path)
                alike[path] = text if alike.get(path, text) == text else None
            if len(ids) < 100:
                ids.append(part.get("Refs/EndToEndId", "-"))
        for path, kept in alike.items():
            if kept is not None:
                fields.setdefault(path, kept)
        fields["parts/EndToEndId"] = " ".join(ids)

    def _add(self, fields: Fields, context: Context, entry: ReadEntry) -> None:
        """Spool one movement with all that its fields say."""
        cents = entry.amount_cents
        cost = charges(fields, context.currency, cents)
        fields.pop("CdtDbtInd", None)
        for path in _AMOUNTS:
            # What says again what the entry has.
            if path in fields and amount_in(fields, path, context.currency) == abs(cents):
                del fields[path]
                fields.pop(f"{path}@Ccy", None)
        read = described(fields, context, entry)
        self._spool.add_entry(read._replace(charges_cents=cost, rest=self._rest(fields)))

    def _rest(self, fields: Fields) -> str:
        """What was not understood, as JSON of a bounded length; empty where there is nothing."""
        if not fields:
            return ""
        kept: dict[str, str] = {}
        size = 0
        for number, (path, text) in enumerate(fields.items()):
            if not path.startswith(FAMILIAR):
                self.unread[path] += 1
            size += len(path) + min(len(text), 500) + 8
            if size <= LONGEST_REST:
                kept[plain(path)] = plain(text, 500)
            elif "…" not in kept:
                kept["…"] = f"{len(fields) - number} more"
        return json.dumps(kept, ensure_ascii=False)


class Totals:
    """How many entries, and how much money in each direction; to be compared with a summary."""

    __slots__ = ("credit_cents", "credits", "debit_cents", "debits")

    def __init__(self) -> None:
        self.credits = self.credit_cents = self.debits = self.debit_cents = 0

    def add(self, cents: int) -> None:
        """One entry more."""
        if cents < 0:
            self.debits += 1
            self.debit_cents -= cents
        else:
            self.credits += 1
            self.credit_cents += cents


def account_of(statement: Fields) -> str:
    """The account of a statement: its IBAN, else what the bank calls it; empty without."""
    found = statement.get("Acct/Id/IBAN") or statement.get("Acct/Id/Othr/Id", "")
    return "".join(plain(found, 70).split()).upper()


def _told(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
