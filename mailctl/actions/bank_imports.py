"""Files of a bank are taken in: entries, answers to direct debits, and what follows (rules 20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mailctl.actions.bank_taking import EntryTaker, Taken
from mailctl.actions.orders import refusal_warnings
from mailctl.actions.result import MoneyResult
from mailctl.billing import bank_matching, bank_statuses
from mailctl.domain.bank import EntryState
from mailctl.domain.statement_gaps import Gap
from mailctl.domain.statements import FileKind
from mailctl.errors import UsageError
from mailctl.statements.reading import Reading
from mailctl.store import bank_entries, bank_files, bank_statements
from mailctl.store.bank_statements import Balance
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import bank_gaps
from mailctl.values import Value, replace

NO_ACCOUNT = "the seller's account is not known: entries of other accounts are never booked"


class FileTaken(Value):
    """What became of a file: its `new` entries, and those that were `known` already.

    `taken_on` is the day on which the same file was taken before: then nothing of it changed.
    `doubtful` of the new ones may be the money of others, and are proposed as that.
    """

    name: str
    kind: FileKind
    statements: int
    entries: int
    new: int
    known: int
    doubtful: int
    taken_on: date | None


class Sum(Value):
    """So many entries, and what they add up to in signed cents.

    `in_cents` of the cents came in, the others went out. `foreign` of the entries are in other
    currencies than the store's, and not in `cents`.
    """

    count: int
    cents: int
    in_cents: int = 0
    foreign: int = 0

    def with_more(self, count: int, cents: int) -> Sum:
        """The same with more of them."""
        return replace(self, count=self.count + count, cents=self.cents + cents)


class BankImported(MoneyResult):
    """What files of a bank brought.

    `booked` is money that came and was booked, `returned` what went back of payments, `failed` the
    tries of payments that the bank refused. `balances` are what the seller's account held by the
    newest statement; empty where none says it. `gaps` are all that there are now.
    """

    thing: str = "bank-import"
    many: bool = False
    files: tuple[FileTaken, ...]
    booked: Sum
    proposed: Sum
    unmatched: Sum
    ignored: Sum
    returned: Sum
    failed: Sum
    balances: tuple[Balance, ...]
    gaps: tuple[Gap, ...]


def import_files(transaction: Transaction, readings: Sequence[Reading]) -> BankImported:
    """Take in all of these files, or nothing; a file that was taken before changes nothing.

    UsageError without the setting `seller-iban`.
    """
    seller = _seller(transaction)
    last_entry = transaction.last_key("bank_entry")
    warnings: list[str] = []
    failed = Sum(count=0, cents=0)
    files = []
    for reading in readings:
        before = bank_files.taken(transaction, reading.digest)
        if before is not None:
            files.append(_known(reading, before.imported_on))
            continue
        file_id = bank_files.add(
            transaction, kind=reading.kind, name=reading.name, digest=reading.digest
        )
        if reading.kind is FileKind.STATUS:
            bank_files.add_statuses(transaction, file_id, reading.statuses())
            answered = bank_statuses.answer(transaction, file_id)
            warnings += answered.noted
            failed = failed.with_more(answered.failed, answered.failed_cents)
            taken = NOTHING
        else:
            taken = EntryTaker(transaction, reading, file_id).take()
            warnings += _warnings(transaction, reading, taken)
        warnings += (f"{reading.name}: {note}" for note in reading.notes)
        files.append(_taken(reading, taken))
        _record(transaction, file_id, files[-1], taken)
    matched = bank_matching.match(transaction, after=last_entry)
    warnings += refusal_warnings(matched.tried)
    balance = bank_statements.balance(transaction, seller)
    sums = _sums(transaction, last_entry)
    return BankImported(
        items=(),
        changed=any(one.taken_on is None for one in files),
        warnings=tuple(warnings),
        files=tuple(files),
        booked=sums["booked"],
        proposed=sums["proposed"],
        unmatched=sums["unmatched"],
        ignored=sums["ignored"],
        returned=sums["returned"],
        failed=failed,
        balances=() if balance is None else (balance,),
        gaps=tuple(bank_gaps.gaps(transaction)),
        reopened=matched.reopened,
        paid_orders=matched.paid_orders,
    )


def _seller(reader: Reader) -> str:
    found = reader.setting("seller-iban")
    if not found:
        raise UsageError(NO_ACCOUNT, hint="mailctl settings set seller-iban IBAN")
    return found


NOTHING = Taken(
    statements=0, new=0, known=0, doubtful=0, replaced=(), forgotten=(), others=(), last_on=""
)


def _known(reading: Reading, taken_on: date) -> FileTaken:
    """A file whose bytes were taken before, whatever it is called now."""
    return FileTaken(
        name=reading.name,
        kind=reading.kind,
        statements=0,
        entries=reading.entry_count,
        new=0,
        known=reading.entry_count,
        doubtful=0,
        taken_on=taken_on,
    )


def _taken(reading: Reading, taken: Taken) -> FileTaken:
    return FileTaken(
        name=reading.name,
        kind=reading.kind,
        statements=taken.statements,
        entries=reading.entry_count,
        new=taken.new,
        known=taken.known,
        doubtful=taken.doubtful,
        taken_on=None,
    )


def _warnings(reader: Reader, reading: Reading, taken: Taken) -> list[str]:
    """What a person should look at."""
    found = []
    if taken.others:
        more = f" and {len(taken.others) - 1} more" if len(taken.others) > 1 else ""
        found.append(
            f"{reading.name} is of account {taken.others[0]}{more}, and not of seller-iban, "
            f"{reader.setting('seller-iban')}: nothing of it is booked"
        )
    if taken.last_on > reader.today.isoformat():
        found.append(
            f"{reading.name} has entries booked on {taken.last_on}, and today is {reader.today}"
        )
    found += (
        f"{reading.name} has money like entry {each}, whose customer was erased: it counts as that"
        for each in taken.forgotten
    )
    return found


def _record(transaction: Transaction, file_id: int, file: FileTaken, taken: Taken) -> None:
    transaction.record(
        "bank-file-taken",
        f"bank-file/{file_id}",
        {
            "kind": file.kind,
            "statements": file.statements,
            "new": file.new,
            "known": file.known,
            "doubtful": file.doubtful or None,
            "replaced": list(taken.replaced) or None,
        },
    )


def _sums(reader: Reader, last_entry: int) -> dict[str, Sum]:
    """What became of the entries after one, by the names of the result."""
    found = dict.fromkeys((*map(str, EntryState), "returned"), Sum(count=0, cents=0))
    for one in bank_entries.sums(reader, after=last_entry):
        name = "returned" if one.is_return else str(one.state)
        found[name] = Sum(
            count=one.count, cents=one.cents, in_cents=one.in_cents, foreign=one.foreign
        )
    return found
