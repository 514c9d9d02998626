"""The mail server's answers to its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.actions.result import Result
from mailctl.domain.names import check_filled
from mailctl.domain.tasks import TaskStatus
from mailctl.errors import TaskNotTodoError
from mailctl.store import tasks
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksAnswered(Result):
    """Tasks that were done, or one that failed."""

    thing: str = "task"


def done(transaction: Transaction, *, id: int) -> TasksAnswered:
    """Record that a task was done."""
    return _answer(transaction, id, TaskStatus.DONE, None)


def fail(transaction: Transaction, *, id: int, reason: str) -> TasksAnswered:
    """Record that a task failed, and why."""
    return _answer(transaction, id, TaskStatus.FAILED, check_filled(reason, "reason"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DonePlan:
    """The tasks to record as done."""

    ids: tuple[int, ...]


def plan_done(reader: Reader, *, until: date, customer: str | None = None) -> DonePlan:
    """All open tasks that were created up to and including a day."""
    return DonePlan(ids=tuple(tasks.open_ids(reader, until=until, customer=customer)))


def all_done(transaction: Transaction, plan: DonePlan) -> TasksAnswered:
    """Record that every task of the plan was done."""
    items = tuple(done(transaction, id=task).item for task in plan.ids)
    return TasksAnswered(items=items, many=True, changed=bool(items))


def _answer(
    transaction: Transaction, task_id: int, status: TaskStatus, reason: str | None
) -> TasksAnswered:
    task = tasks.show(transaction, task_id)
    same = task["status"] == status and task["reason"] == reason
    if not same:
        # A failed task may be done later; a done one stays done.
        if task["status"] == TaskStatus.DONE:
            raise TaskNotTodoError(
                f"task {task_id} is done already", hint="mailctl task list --todo"
            )
        tasks.answer(transaction, task_id, status, reason)
        transaction.record(f"task-{status}", f"account/{task['account']}", {"task": task_id})
    return TasksAnswered(items=(tasks.show(transaction, task_id),), changed=not same)
