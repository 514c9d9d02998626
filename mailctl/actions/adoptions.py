"""Mailboxes that were there before the driver: whose each is, as a file says (rules 16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from mailctl.actions import undo
from mailctl.actions.result import Items, Result
from mailctl.actions.undo import Undo
from mailctl.domain.lifecycle import Account, check_mailbox, tried
from mailctl.domain.names import check_text
from mailctl.domain.records import (
    Columns,
    Record,
    Records,
    collect,
    in_column,
    in_parts,
    refused_value,
)
from mailctl.domain.several import all_or_none
from mailctl.errors import (
    AlreadyExistsError,
    LinesRefusedError,
    MailctlError,
    NotConfiguredError,
    UsageError,
)
from mailctl.store import accounts, adoptions
from mailctl.store.adoptions import Adopted
from mailctl.store.engine.journal import Entry, compact
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.mailboxes import OWN_NAME
from mailctl.values import Value
from mailctl.wrong_lines import WrongLines

COLUMNS = Columns(read=("account", "mailbox"), needed=("account", "mailbox"))
LONGEST_NAME = 255
_AT_ONCE = 5_000
"""So many lines are read, then asked for together."""


class Adoption(Value):
    """An account and what the driver calls its mailbox; None where one is to be made.

    `is_known` if that was said before.
    """

    account: int
    address: str | None
    mailbox: str | None
    is_known: bool

    def item(self, made: Mapping[int, str]) -> dict[str, object]:
        """The keys of the public contract; `made` are the names of mailboxes to be made."""
        return {
            "account": self.account,
            "address": self.address,
            "mailbox": self.mailbox or made.get(self.account),
            "to_make": self.mailbox is None,
            "changed": not self.is_known,
        }


class AdoptionPlan(Value):
    """Exactly what will be noted, in the order of the file; `blank` accounts have no mailbox."""

    adoptions: tuple[Adoption, ...]
    blank: int

    @property
    def new(self) -> list[Adoption]:
        """Those that were not said before."""
        return [one for one in self.adoptions if not one.is_known]


class MailboxesAdopted(Result):
    """Mailboxes that the driver looks after from now on, or no longer."""

    thing: str = "adoption"
    many: bool = True
    to_make: int = 0
    known: int = 0
    blank: int = 0


def plan_adopt(reader: Reader, *, records: Records, every_error: bool = False) -> AdoptionPlan:
    """Check every line of a file.

    LinesRefusedError has the wrong lines by cause, with `every_error` each of them.
    """
    wrong = WrongLines(every=every_error)
    checked = _Checked(reader)
    found: list[Adoption | None] = []
    for part in in_parts(records, _AT_ONCE):
        checked.look_up(part)
        for record in part:
            try:
                record.check()
                found.append(checked.of(record))
            except MailctlError as error:
                collect(wrong, record, error)
    if wrong.count:
        raise LinesRefusedError(wrong, "adopted")
    if not found:
        raise UsageError("the file has no accounts in it", hint="its columns are account,mailbox")
    adopted = tuple(one for one in found if one is not None)
    return AdoptionPlan(adoptions=adopted, blank=len(found) - len(adopted))


class _Checked:
    """Checks lines against the store and against each other."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._found: dict[str, Account] = {}
        self._names: dict[int, str] = {}
        self._owners: dict[str, int] = {}
        self._given: set[int] = set()
        self._given_names: dict[str, int] = {}

    def look_up(self, part: Sequence[Record]) -> None:
        """Ask the store for all that some lines name."""
        words = {word for record in part if (word := record.get("account"))}
        self._found = accounts.found(self._reader, words)
        self._names, self._owners = adoptions.known(
            self._reader,
            {one.id for one in self._found.values()},
            {name for record in part if (name := record.get("mailbox"))},
        )

    def of(self, record: Record) -> Adoption | None:
        """What a line says, or the refusal; None for a blank account, which has no mailbox yet."""
        word = record.need("account")
        with in_column("account"):
            account = self._found.get(word) or accounts.find(self._reader, word)
            if account.id in self._given:
                raise refused_value("account", "is given twice", f"{account.label} is given twice")
            self._given.add(account.id)
            refused = self._refused(account)
        name = _checked_name(record.get("mailbox"))
        if isinstance(refused, NotConfiguredError) and name is None:
            return None
        with in_column("account"):
            if refused is not None:
                raise refused
        known = self._names.get(account.id)
        if known is not None and known != name:
            raise _has_one(account, known)
        if name is not None:
            self._check_free(name, account)
        return Adoption(
            account=account.id,
            address=account.address,
            mailbox=name,
            is_known=known is not None,
        )

    def _refused(self, account: Account) -> MailctlError | None:
        # What is left to be done on the server for one that is blank or deleted needs its name too.
        refused = tried(partial(check_mailbox, account))
        if isinstance(refused, MailctlError) and not adoptions.has_tasks(self._reader, account.id):
            return refused
        return None

    def _check_free(self, name: str, account: Account) -> None:
        number = name.removeprefix(OWN_NAME)
        if name != number and number.isdecimal() and number != str(account.id):
            message = f"mailctl itself calls the mailbox of account {number} {name} if need be"
            raise refused_value("mailbox", "is a name that mailctl itself gives", message)
        owner = self._owners.get(name, account.id)
        if owner != account.id:
            message = f"the mailbox {name} is that of account {owner} already"
            raise refused_value("mailbox", "is another account's already", message)
        first = self._given_names.setdefault(name, account.id)
        if first != account.id:
            message = f"the mailbox {name} is given to account {first} and to account {account.id}"
            raise refused_value("mailbox", "is given to two accounts", message)


def _has_one(account: Account, name: str) -> AlreadyExistsError:
    error = AlreadyExistsError(
        f"{account.label} has the mailbox {name} already",
        hint=f"mailctl driver release {account.id}",
    )
    error.column, error.reason = "account", "has a mailbox already"
    return error


def _checked_name(name: str | None) -> str | None:
    """The name as it stands: another spelling would be another mailbox."""
    if name is not None:
        with in_column("mailbox"):
            check_text(name, "name of a mailbox", longest=LONGEST_NAME)
    return name


def adopt(transaction: Transaction, plan: AdoptionPlan) -> MailboxesAdopted:
    """Carry out a plan; nothing is created or changed on the mail server."""
    new = plan.new
    made = adoptions.adopt(
        transaction, [Adopted(account=one.account, name=one.mailbox) for one in new]
    )
    transaction.record_all(
        [
            Entry(
                kind="adopted",
                subject=f"account/{one.account}",
                details=compact({"to_make": True}) if one.mailbox is None else None,
                personal=compact({"mailbox": one.mailbox}) if one.mailbox is not None else None,
            )
            for one in new
        ]
    )
    return MailboxesAdopted(
        items=Items(plan.adoptions, partial(Adoption.item, made=made)),
        changed=bool(new),
        to_make=len(made),
        known=len(plan.adoptions) - len(new),
        blank=plan.blank,
        undo=_undo([one.account for one in new]),
    )


def _undo(ids: Sequence[int]) -> Undo:
    if len(ids) > undo.MOST_WORDS:
        return undo.never(
            "the accounts are too many to name; give their ids to mailctl driver release -"
        )
    return undo.by("driver", "release", *ids, "--yes", note="tasks that were skipped stay so")


class ReleasePlan(Value):
    """The mailboxes that the driver shall not look after any more."""

    adoptions: tuple[Adoption, ...]

    @property
    def released(self) -> list[Adoption]:
        """Those of accounts that have one."""
        return [one for one in self.adoptions if not one.is_known]


def plan_release(reader: Reader, *, words: Sequence[str]) -> ReleasePlan:
    """Look up what the driver calls the mailboxes of accounts, if it looks after them."""
    found = all_or_none("account", ((word, partial(_adopted, reader, word)) for word in words))
    return ReleasePlan(adoptions=tuple({one.account: one for one in found}.values()))


def _adopted(reader: Reader, word: str) -> Adoption:
    account = accounts.find(reader, word)
    names, _ = adoptions.known(reader, [account.id], ())
    return Adoption(
        account=account.id,
        address=account.address,
        mailbox=names.get(account.id),
        is_known=account.id not in names,
    )


def release(transaction: Transaction, plan: ReleasePlan) -> MailboxesAdopted:
    """Let the driver forget mailboxes: their tasks wait until they are adopted again."""
    released = plan.released
    adoptions.release(transaction, [one.account for one in released])
    transaction.record_all(
        [Entry(kind="released", subject=f"account/{one.account}") for one in released]
    )
    return MailboxesAdopted(
        items=Items(plan.adoptions, partial(Adoption.item, made={})),
        changed=bool(released),
        known=len(plan.adoptions) - len(released),
        undo=undo.never("mailctl driver adopt says anew which mailbox is whose"),
    )
