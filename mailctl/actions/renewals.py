"""Changing what happens at the expiry of accounts: all that was asked for, or nothing (rules 6)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import islice

from mailctl.actions import renewal_files, undo
from mailctl.actions.renewal_changes import RenewalChange, change_of, checked_change
from mailctl.actions.result import Items, Result
from mailctl.actions.undo import Undo
from mailctl.domain.lifecycle import check_open, check_periodic, check_renewable, tried
from mailctl.domain.records import Records
from mailctl.domain.several import all_or_none
from mailctl.domain.terms import Renewal
from mailctl.effects import reminders, renewals
from mailctl.errors import UsageError
from mailctl.hints import command
from mailctl.store import accounts, platforms
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value
from mailctl.wrong_lines import WrongLines


class RenewalPlan(Value):
    """Exactly the changes that will be made; `all_of` names the platform if it was asked for."""

    changes: Sequence[RenewalChange]
    all_of: str | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether every account has the mode already, or is skipped."""
        return not any(change.changes for change in self.changes)


class RenewalsChanged(Result):
    """What happened to the renewal of each account."""

    thing: str = "renewal"
    many: bool = True
    changes: Sequence[RenewalChange]


def plan_renew(
    reader: Reader,
    *,
    words: tuple[str, ...] = (),
    mode: Renewal | None = None,
    all_of: str | None = None,
    records: Records | None = None,
    every_error: bool = False,
) -> RenewalPlan:
    """Check a change of renewals: of named accounts, a whole platform, or the lines of a file.

    LinesRefusedError has a file's wrong lines by cause, with `every_error` each of them.
    """
    if records is not None:
        wrong = WrongLines(every=every_error)
        return RenewalPlan(changes=renewal_files.of_file(reader, records, mode, wrong))
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
    return checked_change(accounts.find(reader, word), mode, reader.today)


def _of_platform(reader: Reader, name: str, mode: Renewal) -> tuple[RenewalChange, ...]:
    """The platform's active accounts before their expiry; the others are skipped."""
    platform = platforms.find(reader, name)
    check_open(platform)
    check_periodic(platform)
    changes: list[RenewalChange] = []
    for account in accounts.of_platform(reader, platform.id):
        refused = tried(partial(check_renewable, account, reader.today))
        changes.append(change_of(account, mode, refused.code if refused else None))
    return tuple(changes)


def renew(transaction: Transaction, plan: RenewalPlan) -> RenewalsChanged:
    """Carry out a plan; it takes effect at each account's expiry and bills nothing now."""
    renewals.change(
        transaction, ((change.account, change.new) for change in plan.changes if change.changes)
    )
    reminders.remind_of(transaction, (change.account for change in plan.changes if change.changes))
    return RenewalsChanged(
        items=Items(plan.changes, RenewalChange.item),
        changed=not plan.changes_nothing,
        changes=plan.changes,
        undo=_undo(plan),
    )


def _undo(plan: RenewalPlan) -> Undo:
    """A command for each mode that there was; of a platform where all had the same, only one."""
    made = list(islice((one for one in plan.changes if one.changes), undo.MOST_WORDS + 1))
    if plan.all_of is not None:
        had = {change.old for change in plan.changes if change.skipped is None}
        if len(had) == 1:
            words = ("account", "renew", "--all", "--platform", plan.all_of)
            return undo.by(*words, "--mode", *had, "--yes")
    if len(made) > undo.MOST_WORDS:
        return undo.never(
            "the accounts are too many to name; the journal says which renewal each had"
        )
    before: dict[Renewal, list[int]] = {}
    for change in made:
        before.setdefault(change.old, []).append(change.account)
    return undo.by_all(
        [
            command("account", "renew", *accounts, "--mode", mode, "--yes")
            for mode, accounts in before.items()
        ]
    )
