"""Importing an existing host: customers, platforms and accounts, without billing (rules 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mailctl.actions import undo
from mailctl.actions.import_accounts import AccountsTaker
from mailctl.actions.import_customers import CustomersTaker
from mailctl.actions.import_lines import Refusals, Taker
from mailctl.actions.import_platforms import PlatformsTaker
from mailctl.actions.result import Result
from mailctl.contract import THINGS
from mailctl.domain.records import Columns, Record, in_parts
from mailctl.domain.text import counted
from mailctl.effects import money_reminders, reminders
from mailctl.errors import LinesRefusedError, UsageError
from mailctl.store import customers, words
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value, fields
from mailctl.wrong_lines import WrongLines

_AT_ONCE = 5_000
"""So many lines are read, then checked, then written: memory holds no more of them."""

LAST = ("siren", "siret", "legal_id", "buyer_reference", "endpoint", "invoice_format")
"""The columns at the end of the customers' list."""
_TAKEN: Mapping[str, tuple[str, ...]] = {
    "customers": ("id", *dict.fromkeys((*customers.PROFILE, *LAST)), "balance_cents"),
    "platforms": ("name", "customer", "offer", "created_on", "renewal"),
    "accounts": ("platform", "address", "period", "expires_on", "anchor_day", "renewal"),
}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "customers": ("id", "name", "email"),
    "platforms": ("name", "customer", "offer", "created_on"),
    "accounts": ("platform", "address", "period", "expires_on", "anchor_day"),
}
"""The columns that each kind of file cannot do without."""
# The other columns of a list follow from these: its output can be imported. Of them only the state
# and the currency are looked at.
COLUMNS: Mapping[str, Columns] = {
    kind: Columns(
        read=taken,
        needed=NEEDED[kind],
        last=LAST if kind == "customers" else (),
        listed=tuple(key.name for key in THINGS[kind[:-1]].list_keys if key.name not in taken),
    )
    for kind, taken in _TAKEN.items()
}
"""The columns of each kind of file."""


class File(Value):
    """The records of one file of a kind; `name` is how its wrong lines are named."""

    kind: str
    name: str
    records: Iterable[Record]


class ImportedCounts(Value):
    """How much was imported, and the opening balances in cents."""

    customers: int
    platforms: int
    accounts: int
    credited_cents: int
    owed_cents: int


class Imported(Result):
    """A host that was imported."""

    thing: str = "import"
    counts: ImportedCounts


def kind_of(names: frozenset[str]) -> str:
    """The kind of file that has these columns; UsageError where none has."""
    for kind, needed in NEEDED.items():
        if set(needed) <= names:
            return kind
    raise UsageError(
        "the columns are not those of customers, platforms or accounts",
        hint="; ".join(f"{kind}: {','.join(needed)}" for kind, needed in NEEDED.items()),
    )


def _silent(_: str) -> None:
    """Nobody looks."""


def take_in(
    transaction: Transaction,
    files: tuple[File, ...],
    *,
    every_error: bool = False,
    at: Callable[[str], None] = _silent,
) -> Imported:
    """Import files, customers before platforms before accounts: all of it, or nothing.

    LinesRefusedError has the wrong lines by cause, with `every_error` each of them. Nothing is
    billed, and the mail server has nothing to do: the mailboxes exist. The only notices are those
    of debts, and of events that are nearer than their reminder. `at` is told how far it has come.
    """
    refusals = Refusals(wrong=WrongLines(every=every_error))
    people = CustomersTaker(transaction, refusals)
    places = PlatformsTaker(transaction, refusals)
    with words.learned_together(transaction), AccountsTaker(transaction, refusals) as boxes:
        takers: Mapping[str, Taker] = {"customers": people, "platforms": places, "accounts": boxes}
        for kind, taker in takers.items():
            for file in files:
                if file.kind == kind:
                    _take_file(transaction, file, taker, at)
    if refusals.wrong.count:
        raise LinesRefusedError(refusals.wrong, "imported")
    if boxes.first_id is not None:
        at(f"what is looked for of {counted(boxes.written, 'account')}")
        words.learn_new(transaction, "account", boxes.first_id)
        reminders.remind_of_new(transaction, boxes.first_id)
    money_reminders.remind_of_cards(transaction, None)
    at("the digest of all that was written")
    counts = ImportedCounts(
        customers=people.written,
        platforms=places.written,
        accounts=boxes.written,
        credited_cents=people.credited_cents,
        owed_cents=people.owed_cents,
    )
    item = fields(counts)
    return Imported(
        items=(item,),
        changed=any(item.values()),
        counts=counts,
        undo=undo.never("import into a new store, or a copy that was made before"),
    )


def _take_file(
    transaction: Transaction, file: File, taker: Taker, at: Callable[[str], None]
) -> None:
    read = 0
    before = taker.written
    for records in in_parts(file.records, _AT_ONCE):
        read += len(records)
        done = f"{counted(read, 'line')} of {file.name} read"
        at(f"{done}, {read - len(records):,} checked, {taker.written - before:,} written")
        checked = taker.check(records, file.name)
        at(f"{done}, {read:,} checked, {taker.written - before:,} written")
        taker.write(checked)
        at(f"{done}, {read:,} checked, {taker.written - before:,} written")
        transaction.add_up()
