"""What was asked of the mail server for an account, and how far it is with it (rules 16).

The books say what should be; the mailbox follows when the mail server has done its task.
"""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.domain.lifecycle import Account
from mailctl.domain.states import AccountState
from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.domain.text import listed
from mailctl.hints import command
from mailctl.insight.explaining.sentences import Sentence
from mailctl.store.queries.explanations import MailTask

TASK = "task"
"""The kind of the sentences about what the mail server was asked to do."""
MAIL_SERVER = "mail-server"
"""The kind of the sentences that say how far the mail server is with it."""
ASKED_TO = {
    TaskKind.CREATE: "make its mailbox",
    TaskKind.SUSPEND: "suspend it",
    TaskKind.REOPEN: "reopen it",
    TaskKind.WIPE: "erase its mailbox",
    TaskKind.RENAME: "rename it",
    TaskKind.DELETE: "delete its mailbox",
    TaskKind.PASSWORD: "set its password",
    TaskKind.EXPORT: "copy its mail",
}
"""What a task asks of the mail server, in words."""
_OPEN = (TaskStatus.TO_DO, TaskStatus.FAILED)


class MailServer:
    """Says how far the mail server is; `has_driver` if a driver does the tasks.

    `is_adopted` if the driver looks after the account's mailbox.
    """

    def __init__(self, tasks: Sequence[MailTask], *, has_driver: bool, is_adopted: bool) -> None:
        self._tasks = tasks
        self._has_driver = has_driver
        self._is_adopted = is_adopted

    @property
    def open(self) -> list[MailTask]:
        """What is not done yet, or failed."""
        return [task for task in self._tasks if task.status in _OPEN]

    def past(self) -> list[Sentence]:
        """What was asked, and what became of it, in that order."""
        return [
            Sentence(on=task.asked_on, kind=TASK, text=self._asked(task)) for task in self._tasks
        ]

    def not_done(self) -> str:
        """What is not done yet, as a sentence after a title; empty where nothing is."""
        left = [
            f"{task.kind} ({'failed' if task.status is TaskStatus.FAILED else 'to do'}, task "
            f"{task.id})"
            for task in self.open
        ]
        return f" Not done on the mail server: {listed(left)}." if left else ""

    def now(self, account: Account) -> tuple[Sentence, ...]:
        """What is not done, with the command that helps; and whether it was suspended there."""
        shown = self.open
        if account.state is AccountState.SUSPENDED:
            done = [task for task in self._tasks if task.status is TaskStatus.DONE]
            shown = [task for task in done if task.kind is TaskKind.SUSPEND][-1:] + shown
        said = [
            Sentence(on=task.asked_on, kind=MAIL_SERVER, text=self._how_far(task)) for task in shown
        ]
        if self._has_driver and not self._is_adopted and (self.open or account.address):
            adopt = command("driver", "adopt", "--from", "FILE")
            text = (
                "The driver does not look after its mailbox, so what is asked of it waits until "
                f"it is adopted: {adopt}"
            )
            said.append(Sentence(on=None, kind=MAIL_SERVER, text=text))
        return tuple(said)

    def _asked(self, task: MailTask) -> str:
        """What the mail server was asked to do, and what was recorded about it."""
        when, why = _on(task), _because(task)
        if task.status is TaskStatus.TO_DO:
            answer = f"that is not recorded as done yet{why}."
        elif task.status is TaskStatus.DONE:
            answer = f"that was recorded as done{when}."
        elif task.status is TaskStatus.SKIPPED:
            answer = f"that was skipped{when}{why}."
        else:
            answer = f"that was recorded as failed{when}{why}. {self._once_done(task)}"
        return f"The mail server was asked to {_asked_to(task)} (task {task.id}); {answer}"

    def _how_far(self, task: MailTask) -> str:
        asked = f"Asked to {_asked_to(task)} (task {task.id})"
        when, why = _on(task), _because(task)
        if task.status is TaskStatus.DONE:
            return f"{asked}, recorded as done{when}."
        if task.status is TaskStatus.FAILED:
            return f"{asked}, failed{when}{why}. {self._once_done(task)}"
        said = f"{asked}, not recorded as done since then{why}{self._waits(task)}."
        return f"{said} {self._next(task)}".rstrip()

    def _once_done(self, task: MailTask) -> str:
        if self._has_driver:
            return f"Once the cause is mended: {command('task', 'run', '--retry')}"
        return f"Once it is done: {command('task', 'done', task.id)}"

    def _next(self, task: MailTask) -> str:
        if self._has_driver:
            # That it waits to be adopted is said once, of all its tasks.
            return f"To have the driver do it: {command('task', 'run')}" if self._is_adopted else ""
        return f"Once it is done: {command('task', 'done', task.id)}"

    def _waits(self, task: MailTask) -> str:
        """What it waits for, where a driver does tasks in their order."""
        if not self._has_driver:
            return ""
        before = [one for one in self.open if one.id < task.id and one.holds]
        if before:
            return f"; it waits for task {before[0].id}"
        if task.waits_for:
            return (
                f"; it waits for task {task.waits_for}, by which another account gives up "
                f"{task.address}"
            )
        if task.next_try_at:
            return f"; it is tried again from {task.next_try_at[:16].replace('T', ' ')} UTC on"
        return ""


def _asked_to(task: MailTask) -> str:
    if task.kind is TaskKind.RENAME and task.address is None:
        return "take its address away"
    return ASKED_TO[task.kind]


def _on(task: MailTask) -> str:
    return f" on {task.answered_on}" if task.answered_on else ""


def _because(task: MailTask) -> str:
    return f": {task.reason.rstrip('.')}" if task.reason else ""
