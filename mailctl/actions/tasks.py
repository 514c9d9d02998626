"""Tasks of the mail server: what became of each."""

from __future__ import annotations

from mailctl.actions.result import Changed
from mailctl.domain.names import check_filled
from mailctl.errors import TaskNotTodoError
from mailctl.store import tasks
from mailctl.store.connection import Transaction


def done(transaction: Transaction, *, id: int) -> Changed:
    """A task was done."""
    return _answer(transaction, id, "done", None)


def fail(transaction: Transaction, *, id: int, reason: str) -> Changed:
    """A task failed, for a reason."""
    return _answer(transaction, id, "failed", check_filled(reason, "reason"))


def _answer(transaction: Transaction, task_id: int, status: str, reason: str | None) -> Changed:
    task = tasks.show(transaction, task_id)
    same = task["status"] == status and task["reason"] == reason
    if not same:
        # What failed may be done later; what is done stays done.
        if task["status"] == "done":
            raise TaskNotTodoError(
                f"task {task_id} is done already", hint="mailctl task list --todo"
            )
        tasks.answer(transaction, task_id, status, reason)
        transaction.record(f"task-{status}", f"account/{task['account']}", {"task": task_id})
    return Changed(thing="task", items=(tasks.show(transaction, task_id),), changed=not same)
