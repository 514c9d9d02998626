"""Files of accounts and the renewal that each shall have, a part at a time (rules 6)."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.actions.renewal_changes import PackedChanges, RenewalChange, checked_change
from mailctl.domain.addresses import normal_address
from mailctl.domain.lifecycle import Account
from mailctl.domain.records import (
    Columns,
    Record,
    Records,
    collect,
    in_column,
    in_parts,
    refused_value,
)
from mailctl.domain.terms import Renewal, parse_renewal
from mailctl.errors import InvalidAddressError, LinesRefusedError, MailctlError, UsageError
from mailctl.store import accounts
from mailctl.store.engine.reader import Reader
from mailctl.values import Value
from mailctl.wrong_lines import WrongLines

ACCOUNT_COLUMNS = ("account", "id", "address")
MODE_COLUMNS = ("mode", "renewal")
FILE_COLUMNS = (*ACCOUNT_COLUMNS, *MODE_COLUMNS)
"""The columns of a file that are read: of each kind the first that the file has.

Others of the account must name the same one.
"""
COLUMNS = Columns(read=FILE_COLUMNS, guesses=False)

_AT_ONCE = 5_000
"""So many lines are read, then asked for together: memory holds no more of them."""

_CODES = {mode: code for code, mode in enumerate(Renewal, start=1)}


class _Columns(Value):
    """Which columns of a file name the account and the mode."""

    account: str
    mode: str | None


def _used(names: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Among the columns of a file the account's and the mode's."""
    account = next((name for name in ACCOUNT_COLUMNS if name in names), None)
    return account, next((name for name in MODE_COLUMNS if name in names), None)


def unread_columns(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a file's columns that are not read."""
    used = (*_used(names), *ACCOUNT_COLUMNS)
    return tuple(name for name in names if name not in used)


def _columns(records: Records, mode: Renewal | None) -> _Columns:
    """The columns of a file; UsageError where none names the account, or the mode is unclear."""
    if next(iter(records), None) is None:
        raise UsageError("the file has no accounts in it", hint="its columns are account,mode")
    names = records.names()
    account, of_mode = _used(names)
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


def of_file(
    reader: Reader, records: Records, mode: Renewal | None, wrong: WrongLines
) -> PackedChanges:
    """Each line's account with the line's mode, or the given one.

    LinesRefusedError names every wrong line.
    """
    columns = _columns(records, mode)
    changes = PackedChanges()
    given = _Given(columns.account)
    for part in in_parts(records, _AT_ONCE):
        words = (_word(record, columns) for record in part if record.get(columns.account))
        found = accounts.found(reader, words)
        for record in part:
            try:
                record.check()
                change = _of_record(reader, record, mode, columns, found)
                if given.add(change):
                    changes.append(change)
            except MailctlError as error:
                collect(wrong, record, error)
    if wrong.count:
        raise LinesRefusedError(wrong, "changed")
    return changes


class _Given:
    """Which accounts have come, each with its mode: a byte an account."""

    def __init__(self, column: str) -> None:
        self._column = column
        self._modes = bytearray()

    def add(self, change: RenewalChange) -> bool:
        """Whether an account is new here; UsageError where it came with another mode."""
        account, mode = change.account, _CODES[change.new]
        if account >= len(self._modes):
            self._modes.extend(bytes(account + 1 - len(self._modes)))
        if self._modes[account] not in (0, mode):
            raise refused_value(
                self._column,
                "is given with two modes",
                f"account {account} was given another mode before",
            )
        is_new = not self._modes[account]
        self._modes[account] = mode
        return is_new


def _word(record: Record, columns: _Columns) -> str:
    word = record.need(columns.account)
    return f"account/{word.removeprefix('account/')}" if columns.account == "id" else word


def _of_record(
    reader: Reader,
    record: Record,
    mode: Renewal | None,
    columns: _Columns,
    found: Mapping[str, Account],
) -> RenewalChange:
    word = _word(record, columns)
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
        account = found.get(word) or accounts.find(reader, word)
        change = checked_change(account, wanted, reader.today)
    _check_same(record, account)
    return change


def _check_same(record: Record, account: Account) -> None:
    """UsageError where a line names another account too: its columns were sorted one by one."""
    for name in ACCOUNT_COLUMNS:
        text = record.get(name)
        if text is not None and text != account.address and not _names_it(account, name, text):
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
