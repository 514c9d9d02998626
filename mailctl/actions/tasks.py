"""The mail server's answers to its tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from mailctl.actions import undo
from mailctl.actions.result import Result
from mailctl.actions.undo import Undo
from mailctl.domain.names import check_filled
from mailctl.domain.several import all_or_none
from mailctl.domain.tasks import TaskStatus
from mailctl.errors import TaskNotTodoError
from mailctl.store import task_claims, tasks
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class TasksAnswered(Result):
    """Tasks that were done, or that failed."""

    thing: str = "task"


def done(transaction: Transaction, *, ids: Sequence[int], many: bool = False) -> TasksAnswered:
    """Record that tasks were done: all of them, or none; with `many` always as a list."""
    return _answer_all(transaction, ids, TaskStatus.DONE, None, many=many)


def fail(
    transaction: Transaction, *, ids: Sequence[int], reason: str, many: bool = False
) -> TasksAnswered:
    """Record that tasks failed, and why: of all of them, or of none."""
    reason = check_filled(reason, "reason")
    return _answer_all(transaction, ids, TaskStatus.FAILED, reason, many=many)


class DonePlan(Value):
    """The tasks to record as done."""

    ids: tuple[int, ...]


def plan_done(reader: Reader, *, until: date, customer: str | None = None) -> DonePlan:
    """All open tasks that were created up to and including a day."""
    return DonePlan(ids=tuple(tasks.open_ids(reader, until=until, customer=customer)))


def all_done(transaction: Transaction, plan: DonePlan) -> TasksAnswered:
    """Record that every task of the plan was done."""
    return _answer_all(transaction, plan.ids, TaskStatus.DONE, None, many=True)


def _answer_all(
    transaction: Transaction,
    ids: Sequence[int],
    status: TaskStatus,
    reason: str | None,
    *,
    many: bool,
) -> TasksAnswered:
    ids = tuple(dict.fromkeys(ids))
    works = ((id, partial(_answer, transaction, id, status, reason)) for id in ids)
    changed = all_or_none("task", works)
    return TasksAnswered(
        items=tuple(tasks.show(transaction, id) for id in ids),
        many=many or len(ids) != 1,
        changed=any(changed),
        undo=_undo(ids, status),
    )


def _undo(ids: Sequence[int], status: TaskStatus) -> Undo:
    if status is TaskStatus.DONE:
        return undo.never("a task that was done stays done")
    helps = [undo.help_to("record that it was done after all", "task", "done", *ids)]
    return undo.never("", *(helps if len(ids) <= undo.MOST_WORDS else []))


def _answer(transaction: Transaction, task_id: int, status: TaskStatus, reason: str | None) -> bool:
    """Record the answer to one task; whether it was new."""
    task = tasks.show(transaction, task_id)
    same = task["status"] == status and task["reason"] == reason
    if not same:
        # A failed task may be done later; a done one stays done.
        if task["status"] in (TaskStatus.DONE, TaskStatus.SKIPPED):
            how = "done already" if task["status"] == TaskStatus.DONE else "skipped"
            raise TaskNotTodoError(f"task {task_id} is {how}", hint="mailctl task list --todo")
        if task_claims.is_being_done(transaction, task_id):
            raise TaskNotTodoError(
                f"mailctl task run is doing task {task_id} just now",
                hint="mailctl task list --todo",
            )
        tasks.answer(transaction, task_id, status, reason)
        transaction.record(f"task-{status}", f"account/{task['account']}", {"task": task_id})
    return not same
