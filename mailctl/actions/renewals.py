"""Changing what happens at the expiry of accounts: all that was asked for, or nothing (rules 6)."""

from __future__ import annotations

from datetime import date
from functools import partial

from mailctl.actions import undo
from mailctl.actions.result import Items, Result
from mailctl.actions.undo import Undo
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import Account, check_open, check_periodic, check_renewable, tried
from mailctl.domain.records import Columns, Record, collect, in_column, refused_value
from mailctl.domain.several import all_or_none
from mailctl.domain.terms import Renewal, parse_renewal
from mailctl.effects import reminders, renewals
from mailctl.errors import InvalidAddressError, LinesRefusedError, MailctlError, UsageError
from mailctl.hints import command
from mailctl.store import accounts, platforms
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value
from mailctl.wrong_lines import WrongLines

ACCOUNT_COLUMNS = ("account", "id", "address")
MODE_COLUMNS = ("mode", "renewal")
FILE_COLUMNS = (*ACCOUNT_COLUMNS, *MODE_COLUMNS)
"""The columns of a file that are read: of each kind the first that the file has.

Others of the account must name the same one.
"""
COLUMNS = Columns(read=FILE_COLUMNS, guesses=False)


class RenewalChange(Value):
    """One account's renewal, old and new; `skipped` says why it does not change."""

    account: int
    address: str | None
    old: Renewal
    new: Renewal
    effective_on: date
    skipped: str | None = None

    @property
    def changes(self) -> bool:
        """Whether the account's renewal changes."""
        return self.skipped is None and self.old is not self.new

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "account": self.account,
            "address": self.address,
            "old": self.old.value,
            "new": self.new.value,
            "effective_on": self.effective_on.isoformat(),
            "changed": self.changes,
            "skipped": self.skipped,
        }


class RenewalPlan(Value):
    """Exactly the changes that will be made; `all_of` names the platform if it was asked for."""

    changes: tuple[RenewalChange, ...]
    all_of: str | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether every account has the mode already, or is skipped."""
        return not any(change.changes for change in self.changes)


class RenewalsChanged(Result):
    """What happened to the renewal of each account."""

    thing: str = "renewal"
    many: bool = True
    changes: tuple[RenewalChange, ...]


def plan_renew(
    reader: Reader,
    *,
    words: tuple[str, ...] = (),
    mode: Renewal | None = None,
    all_of: str | None = None,
    records: tuple[Record, ...] | None = None,
    every_error: bool = False,
) -> RenewalPlan:
    """Check a change of renewals: of named accounts, a whole platform, or the lines of a file.

    LinesRefusedError has a file's wrong lines by cause, with `every_error` each of them.
    """
    if records is not None:
        columns, wrong = _columns(records, mode), WrongLines(every=every_error)
        return RenewalPlan(changes=_of_file(reader, records, mode, columns, wrong))
    if mode is None:
        raise UsageError(
            "the mode is missing",
            hint="mailctl account renew ACCOUNT --mode monthly, yearly or none",
        )
    if all_of is not None:
        return RenewalPlan(changes=_of_platform(reader, all_of, mode), all_of=all_of)
    changes = all_or_none(
        "account", ((word, partial(_of_word, reader, word, mode)) for word in words)
    )
    return RenewalPlan(changes=tuple({change.account: change for change in changes}.values()))


def _of_word(reader: Reader, word: str, mode: Renewal) -> RenewalChange:
    return _of_account(reader, accounts.find(reader, word), mode)


def _of_account(reader: Reader, account: Account, mode: Renewal) -> RenewalChange:
    check_renewable(account, reader.today)
    return _change(account, mode)


def _change(account: Account, mode: Renewal, skipped: str | None = None) -> RenewalChange:
    return RenewalChange(
        account=account.id,
        address=account.address,
        old=account.renewal,
        new=account.renewal if skipped else mode,
        effective_on=account.expires_on,
        skipped=skipped,
    )


def _of_platform(reader: Reader, name: str, mode: Renewal) -> tuple[RenewalChange, ...]:
    """The platform's active accounts before their expiry; the others are skipped."""
    platform = platforms.find(reader, name)
    check_open(platform)
    check_periodic(platform)
    changes: list[RenewalChange] = []
    for account in accounts.of_platform(reader, platform.id):
        refused = tried(partial(check_renewable, account, reader.today))
        changes.append(_change(account, mode, refused.code if refused else None))
    return tuple(changes)


class _Columns(Value):
    """Which columns of a file name the account and the mode."""

    account: str
    mode: str | None


def _names(records: tuple[Record, ...]) -> tuple[tuple[str, ...], str | None, str | None]:
    """All columns of a file, and among them the account's and the mode's."""
    names = tuple(dict.fromkeys(name for record in records for name in record.values))
    account = next((name for name in ACCOUNT_COLUMNS if name in names), None)
    return names, account, next((name for name in MODE_COLUMNS if name in names), None)


def unread_columns(records: tuple[Record, ...]) -> tuple[str, ...]:
    """The columns of a file that are not read."""
    names, *used = _names(records)
    return tuple(name for name in names if name not in (*used, *ACCOUNT_COLUMNS))


def _columns(records: tuple[Record, ...], mode: Renewal | None) -> _Columns:
    """The columns of a file; UsageError where none names the account, or the mode is unclear."""
    if not records:
        raise UsageError("the file has no accounts in it", hint="its columns are account,mode")
    names, account, of_mode = _names(records)
    if names and account is None:
        raise UsageError(
            f"the file has no column of accounts: it has {','.join(names)}",
            hint="its columns are account (or id, or address) and mode (or renewal)",
        )
    if names and of_mode is None and mode is None:
        raise UsageError(
            "the file has no column mode, and no --mode is given",
            hint="one mode for all of it: mailctl account renew --from FILE --mode none",
        )
    doubtful = [name for name in names if name not in ACCOUNT_COLUMNS]
    if of_mode is None and mode is not None and doubtful:
        raise UsageError(
            f"the file has no column mode, but others beside the account's: {','.join(doubtful)}",
            hint="call the mode's column mode, or leave all but the account's out",
        )
    return _Columns(account=account or ACCOUNT_COLUMNS[0], mode=of_mode)


def _of_file(
    reader: Reader,
    records: tuple[Record, ...],
    mode: Renewal | None,
    columns: _Columns,
    wrong: WrongLines,
) -> tuple[RenewalChange, ...]:
    """Each line's account with the line's mode, or the given one; every wrong line is named."""
    found: dict[int, RenewalChange] = {}
    for record in records:
        try:
            record.check()
            change = _of_record(reader, record, mode, columns)
            if found.setdefault(change.account, change) != change:
                raise refused_value(
                    columns.account,
                    "is given with two modes",
                    f"account {change.account} was given another mode before",
                )
        except MailctlError as error:
            collect(wrong, record, error)
    if wrong.count:
        raise LinesRefusedError(wrong, "changed")
    return tuple(found.values())


def _of_record(
    reader: Reader, record: Record, mode: Renewal | None, columns: _Columns
) -> RenewalChange:
    word = record.need(columns.account)
    if columns.account == "id":
        word = f"account/{word.removeprefix('account/')}"
    text = _mode_of(record, columns)
    if mode is not None and text not in (None, mode):
        raise refused_value(
            columns.mode or "mode",
            f"says another mode than --mode, {mode}",
            f"it says {text}, but --mode says {mode}",
        )
    wanted = mode or text
    if wanted is None:
        raise refused_value(columns.mode or "mode", "is missing", "the mode is missing")
    with in_column(columns.account):
        account = accounts.find(reader, word)
        change = _of_account(reader, account, wanted)
    _check_same(record, account)
    return change


def _check_same(record: Record, account: Account) -> None:
    """UsageError where a line names another account too: its columns were sorted one by one."""
    for name in ACCOUNT_COLUMNS:
        text = record.get(name)
        if text is not None and not _names_it(account, name, text):
            raise refused_value(
                name,
                "is not that of the line's account",
                f"{account.label} is not {text}, which the line says as its {name}",
            )


def _names_it(account: Account, column: str, text: str) -> bool:
    if column != "address" and text.removeprefix("account/") == str(account.id):
        return True
    try:
        return column != "id" and normal_address(text) == account.address
    except InvalidAddressError:
        return False


def _mode_of(record: Record, columns: _Columns) -> Renewal | None:
    text = record.get(columns.mode) if columns.mode else None
    if text is None:
        return None
    try:
        return parse_renewal(text)
    except ValueError:
        raise refused_value(
            columns.mode or "mode",
            "is not monthly, yearly or none",
            f"{text!r} is not a mode: monthly, yearly or none",
        ) from None


def renew(transaction: Transaction, plan: RenewalPlan) -> RenewalsChanged:
    """Carry out a plan; it takes effect at each account's expiry and bills nothing now."""
    made = {change.account: change.new for change in plan.changes if change.changes}
    renewals.change(transaction, made)
    reminders.remind_of(transaction, tuple(made))
    return RenewalsChanged(
        items=Items(plan.changes, RenewalChange.item),
        changed=not plan.changes_nothing,
        changes=plan.changes,
        undo=_undo(plan),
    )


def _undo(plan: RenewalPlan) -> Undo:
    """A command for each mode that there was; of a platform where all had the same, only one."""
    before: dict[Renewal, list[int]] = {}
    for change in plan.changes:
        if change.changes:
            before.setdefault(change.old, []).append(change.account)
    had = {change.old for change in plan.changes if change.skipped is None}
    if plan.all_of is not None and len(had) == 1:
        words = ("account", "renew", "--all", "--platform", plan.all_of)
        return undo.by(*words, "--mode", *had, "--yes")
    if sum(map(len, before.values())) > undo.MOST_WORDS:
        return undo.never(
            "the accounts are too many to name; the journal says which renewal each had"
        )
    return undo.by_all(
        [
            command("account", "renew", *accounts, "--mode", mode, "--yes")
            for mode, accounts in before.items()
        ]
    )
