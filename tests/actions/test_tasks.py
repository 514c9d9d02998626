"""The mail server's answers."""

from __future__ import annotations

from datetime import date

import pytest

from mailctl.actions import tasks
from mailctl.errors import TaskNotTodoError
from mailctl.store.engine.transaction import Transaction
from mailctl.store.tasks import open_ids


def test_a_task_is_done_once(tx: Transaction) -> None:
    """What is done stays done."""
    first, *_ = open_ids(tx, until=tx.today)
    result = tasks.done(tx, ids=[first])
    assert (result.item["status"], result.changed) == ("done", True)
    assert not tasks.done(tx, ids=[first]).changed
    with pytest.raises(TaskNotTodoError):
        tasks.fail(tx, ids=[first], reason="too late")


def test_a_failed_task_may_be_done_later(tx: Transaction) -> None:
    """The reason is kept until then."""
    first, *_ = open_ids(tx, until=tx.today)
    assert tasks.fail(tx, ids=[first], reason="no space left").item["reason"] == "no space left"
    assert tasks.done(tx, ids=[first]).item["status"] == "done"


def test_all_open_tasks_up_to_a_day_are_done_together(tx: Transaction) -> None:
    """late's mailbox was created on 2026-01-25 and suspended on 2026-02-02."""
    plan = tasks.plan_done(tx, until=date(2026, 2, 1), customer="late")
    result = tasks.all_done(tx, plan)
    assert [(item["kind"], item["status"]) for item in result.items] == [("create", "done")]
    assert (result.many, result.changed) == (True, True)
    nothing = tasks.all_done(tx, tasks.plan_done(tx, until=date(2026, 2, 1), customer="late"))
    assert (nothing.items, nothing.changed) == ((), False)
