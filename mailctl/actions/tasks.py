"""Tasks of the mail server: what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.actions.result import Changed
from mailctl.domain.names import check_filled
from mailctl.errors import TaskNotTodoError
from mailctl.store import tasks
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


def done(transaction: Transaction, *, id: int) -> Changed:
    """A task was done."""
    return _answer(transaction, id, "done", None)


def fail(transaction: Transaction, *, id: int, reason: str) -> Changed:
    """A task failed, for a reason."""
    return _answer(transaction, id, "failed", check_filled(reason, "reason"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DonePlan:
    """The tasks that are said to be done."""

    ids: tuple[int, ...]


def plan_done(reader: Reader, *, until: date, customer: str | None = None) -> DonePlan:
    """All tasks to be done that were asked for up to a day, that one included."""
    found = tasks.listing(reader, todo=True, until=until, customer=customer)
    return DonePlan(ids=tuple(int(str(row[0])) for row in found.rows(("id",))))


def all_done(transaction: Transaction, plan: DonePlan) -> Changed:
    """Every task of the plan was done."""
    items = tuple(done(transaction, id=task).item for task in plan.ids)
    return Changed(thing="task", items=items, many=True, changed=bool(items))


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
