"""Findings about what the mail server was asked to do (rules 16)."""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.domain.tasks import TaskKind
from mailctl.domain.text import counted
from mailctl.hints import command, named
from mailctl.insight.advice.finding import Finding, Severity
from mailctl.store.queries.advice import host
from mailctl.store.queries.advice.host import FailedTask
from mailctl.store.queries.advice.scope import Scope


def failed(scope: Scope) -> Iterator[Finding]:
    """What the mail server could not do; a copy that failed keeps its mailbox from deletion."""
    has_driver = bool(scope.reader.setting("driver"))
    for task in host.failed_tasks(scope):
        again = (
            command("task", "run", "--retry") if has_driver else command("task", "done", task.id)
        )
        then = "Once the cause is mended:" if has_driver else "Once it is done:"
        is_copy = task.kind is TaskKind.EXPORT
        yield Finding(
            code="export-failed" if is_copy else "task-failed",
            severity=Severity.WARNING,
            customer=task.customer,
            subject=f"task/{task.id}",
            message=f"{_what_failed(task)}. {then}",
            command=again,
        )


def _what_failed(task: FailedTask) -> str:
    why = f" ({task.reason})" if task.reason else ""
    if task.kind is TaskKind.EXPORT:
        return (
            f"The mail of {task.address} (account {task.account}) could not be copied{why}; no "
            "mailbox is deleted before its copy is whole"
        )
    if task.address is None:
        return f"The mail server could not take the address of account {task.account} away{why}"
    return f"The mail server could not {task.kind} {task.address}{why}"


def waiting(scope: Scope) -> Iterator[Finding]:
    """What the mail server has not done for a day."""
    found = host.waiting_tasks(scope, before_on=scope.today)
    if not found.tasks:
        return
    whose = ("--customer", named("customer", scope.customer)) if scope.customer else ()
    message = (
        f"{counted(found.tasks, 'task')} of the mail server "
        f"{'waits' if found.tasks == 1 else 'wait'}, the oldest since {found.since_on}"
    )
    if scope.reader.setting("driver"):
        why = f"; the driver said: {found.reason.rstrip('.')}" if found.reason else ""
        message = f"{message}{why}. Let cron run mailctl task run after each tick."
        helps = command("task", "run")
    else:
        message += ". Look at them with mailctl task list --todo. Once they are done:"
        helps = command("task", "done", "--until", scope.ago(1), *whose, "--yes")
    yield Finding(
        code="task-waiting",
        severity=Severity.WARNING,
        customer=found.customer,
        subject="tasks",
        message=message,
        command=helps,
    )


def unadopted(scope: Scope) -> Iterator[Finding]:
    """Accounts whose mailboxes the driver does not look after: nothing of theirs is done."""
    if not scope.reader.setting("driver"):
        return
    found = host.unadopted(scope)
    if not found.accounts:
        return
    has = "has" if found.accounts == 1 else "have"
    wait = (
        f", and {counted(found.tasks, 'task')} of theirs "
        f"{'waits' if found.tasks == 1 else 'wait'} for that"
        if found.tasks
        else ""
    )
    yield Finding(
        code="mailbox-unadopted",
        severity=Severity.WARNING,
        customer=found.customer,
        subject="mailboxes",
        message=f"{counted(found.accounts, 'account')} {has} no mailbox that the driver looks "
        f"after{wait}. A file says whose each mailbox is (mailctl driver adopt --from FILE):",
        command=command("driver", "adopt", "--help"),
    )
