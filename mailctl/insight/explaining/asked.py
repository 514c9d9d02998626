"""What the mail server was asked for an account, and whether that is recorded as done.

The books say what should be; a mailbox is so only once the mail server has followed (SPEC 13, 16).
"""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.domain.text import listed
from mailctl.insight.explaining.sentences import Sentence
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts

TASK = "task"
"""The kind of these sentences."""
_WORDS = {
    "create": "make its mailbox",
    "suspend": "suspend it",
    "reopen": "reopen it",
    "wipe": "erase its mailbox",
    "rename": "rename it",
    "delete": "delete its mailbox",
}


def asked(reader: Reader, account_id: int) -> list[Sentence]:
    """A sentence for each task of an account, by the day on which it was asked for."""
    return [
        Sentence(
            on=task.asked_on,
            kind=TASK,
            text=f"The mail server was asked to {_WORDS.get(task.kind, task.kind)} (task {task.id})"
            f"{_answer(task)}",
        )
        for task in facts.tasks_of_account(reader, account_id)
    ]


def _answer(task: facts.Asked) -> str:
    if task.status == "todo":
        return "; that is not recorded as done yet."
    when = f" on {task.answered_on}" if task.answered_on else ""
    if task.status != "failed":
        return f"; that was recorded as {task.status}{when}."
    why = f": {task.reason}" if task.reason else ""
    return f"; that was recorded as failed{when}{why}. Once it is done: mailctl task done {task.id}"


def not_done(tasks: Sequence[facts.Asked]) -> str:
    """What the mail server has not done yet, as a sentence behind a title; empty where nothing."""
    left = [
        f"{task.kind} ({'failed' if task.status == 'failed' else 'to do'}, task {task.id})"
        for task in tasks
        if task.status in ("todo", "failed")
    ]
    return f" Not done on the mail server: {listed(left)}." if left else ""
