"""`account explain`: an account's life so far, why it is as it is, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mailctl.domain.lifecycle import Account
from mailctl.domain.states import AccountState, SuspendedFor
from mailctl.domain.tasks import TaskStatus
from mailctl.domain.text import listed
from mailctl.insight.explaining.account_history import history
from mailctl.insight.explaining.account_outlook import outlook
from mailctl.insight.explaining.sentences import Explanation, Sentence
from mailctl.insight.explaining.ways_out import ASKED_TO, on_the_mail_server, ways_out
from mailctl.store import accounts, locks
from mailctl.store.engine.reader import Reader
from mailctl.store.locks import Lock
from mailctl.store.queries import explanations as facts
from mailctl.store.queries.explanations import AccountDays, MailTask

TASK = "task"
"""The kind of the sentences about what the mail server was asked to do."""
_REASONS = {SuspendedFor.EXPIRED: "its expiry", SuspendedFor.DEBT: "debt"}


def explain(reader: Reader, word: str, *, every: bool = False) -> Explanation:
    """Explain the account that a word names; with `every`, each renewal has its own sentence.

    AccountNotFoundError with close addresses else (rules 13).
    """
    account = accounts.find_also_deleted(reader, word)
    days = facts.days_of_account(reader, account.id)
    tasks = facts.tasks_of_account(reader, account.id)
    past = [*history(reader, account, every=every), *map(_task, tasks)]
    return Explanation(
        subject=f"account/{account.id}",
        customer=account.platform.customer,
        title=_title(account, days, locks.of_account(reader, account.id)) + _not_done(tasks),
        past=tuple(sorted(past, key=lambda sentence: sentence.on or date.max)),
        outlook=outlook(reader, account, days.next_on),
        ways_out=ways_out(reader, account),
        mail_server=on_the_mail_server(account, tasks),
    )


def _title(account: Account, days: AccountDays, lock: Lock | None) -> str:
    """The account in a line: who, where, and its state."""
    platform = account.platform
    where = f"{platform.name} of {platform.customer} ({platform.offer})"
    if account.state is AccountState.DELETED:
        how = f"deleted on {days.deleted_on}"
    elif account.suspended_for is not None:
        how = f"suspended for {_REASONS[account.suspended_for]} since {days.suspended_on}"
    else:
        how = (
            f"active, {account.period}, renewal {account.renewal}, expires on {account.expires_on}"
        )
    locked = f"; locked since {lock.locked_on} ({lock.reason})" if lock else ""
    return f"Account {account.id} ({account.address or 'blank'}) on {where}: {how}{locked}."


def _task(task: MailTask) -> Sentence:
    """What the mail server was asked to do, and what was recorded about it (rules 13, 16).

    The books say what should be; the mailbox follows when the mail server has done its task.
    """
    when = f" on {task.answered_on}" if task.answered_on else ""
    if task.status is TaskStatus.TO_DO:
        answer = "that is not recorded as done yet."
    elif task.status is TaskStatus.DONE:
        answer = f"that was recorded as done{when}."
    else:
        why = f": {task.reason}" if task.reason else ""
        answer = (
            f"that was recorded as failed{when}{why}. Once it is done: mailctl task done {task.id}"
        )
    text = f"The mail server was asked to {ASKED_TO[task.kind]} (task {task.id}); {answer}"
    return Sentence(on=task.asked_on, kind=TASK, text=text)


def _not_done(tasks: Sequence[MailTask]) -> str:
    """What the mail server has not done yet, as a sentence after a title; empty where nothing."""
    left = [
        f"{task.kind} ({'failed' if task.status is TaskStatus.FAILED else 'to do'}, task {task.id})"
        for task in tasks
        if task.status is not TaskStatus.DONE
    ]
    return f" Not done on the mail server: {listed(left)}." if left else ""
