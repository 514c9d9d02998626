"""Changing what happens at accounts' expiry: all of what is asked, or nothing (SPEC 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from mailctl.actions.result import Changed
from mailctl.domain.lifecycle import (
    Account,
    all_or_refusal,
    check_open,
    check_periodic,
    check_renewable,
    tried,
)
from mailctl.domain.records import Record
from mailctl.domain.terms import Renewal, parse_renewal
from mailctl.errors import LinesRefusedError, MailctlError, UsageError
from mailctl.store import accounts, platforms, reminders
from mailctl.store.connection import Reader, Transaction

FILE_COLUMNS = ("account", "mode")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalChange:
    """One account's renewal, old and new; `skipped` says why it is left as it is."""

    account: int
    address: str | None
    old: Renewal
    new: Renewal
    effective_on: date
    skipped: str | None = None

    @property
    def changes(self) -> bool:
        """Whether the account's renewal becomes another."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalPlan:
    """Exactly the changes that will be made."""

    changes: tuple[RenewalChange, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every account has the mode already, or is skipped."""
        return not any(change.changes for change in self.changes)


def plan_renew(
    reader: Reader,
    *,
    words: tuple[str, ...] = (),
    mode: Renewal | None = None,
    all_of: str | None = None,
    records: tuple[Record, ...] | None = None,
) -> RenewalPlan:
    """Check a change of renewals: of accounts named, of a whole platform, or of a file's lines."""
    if records is not None:
        return RenewalPlan(changes=_of_file(reader, records, mode))
    if mode is None:
        raise UsageError("the mode is missing", hint="--mode monthly, --mode yearly or --mode none")
    if all_of is not None:
        return RenewalPlan(changes=_of_platform(reader, all_of, mode))
    changes = all_or_refusal(partial(_of_word, reader, word, mode) for word in words)
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


def _of_file(
    reader: Reader, records: tuple[Record, ...], mode: Renewal | None
) -> tuple[RenewalChange, ...]:
    """Each line's account with the line's mode, or the mode given; wrong lines are all named."""
    if not records:
        raise UsageError("the file has no accounts in it", hint="its columns are account,mode")
    found: dict[int, RenewalChange] = {}
    bad: list[str] = []
    for record in records:
        try:
            record.check()
            change = _of_record(reader, record, mode)
            if found.setdefault(change.account, change) != change:
                raise UsageError(f"account {change.account} was given another mode before")
        except MailctlError as error:
            bad.append(f"line {record.line}: {error.message}")
    if bad:
        raise LinesRefusedError(
            f"{len(bad)} line{'s' if len(bad) > 1 else ''} of the file cannot be carried out; "
            "nothing was",
            lines=tuple(bad),
            hint="mend the lines and run the command again",
        )
    return tuple(found.values())


def _of_record(reader: Reader, record: Record, mode: Renewal | None) -> RenewalChange:
    word, text = record.get("account"), record.get("mode")
    if word is None:
        raise UsageError("the account is missing")
    if text is not None:
        try:
            mode = parse_renewal(text)
        except ValueError:
            raise UsageError(f"{text!r} is not a mode: monthly, yearly or none") from None
    if mode is None:
        raise UsageError("the mode is missing")
    return _of_account(reader, accounts.find(reader, word), mode)


def renew(transaction: Transaction, plan: RenewalPlan) -> Changed:
    """Carry out a plan; it takes effect at each account's expiry and bills nothing now."""
    for change in plan.changes:
        if change.changes:
            accounts.set_renewal(transaction, change.account, change.new)
            transaction.record(
                "renewal-changed",
                f"account/{change.account}",
                {
                    "old": change.old.value,
                    "new": change.new.value,
                    "effective_on": change.effective_on.isoformat(),
                },
            )
    reminders.tell_of(
        transaction, tuple(change.account for change in plan.changes if change.changes)
    )
    return Changed(
        thing="renewal",
        items=tuple(change.item() for change in plan.changes),
        many=True,
        changed=not plan.changes_nothing,
        facts={"changes": plan.changes},
    )
