"""`mailctl task`: what the mail server must do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.options import CustomerFilter, Limit, PlatformFilter, Until
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.result import Changed
    from mailctl.actions.tasks import DonePlan

app = typer.Typer(
    help="""What the mail server must do.

    mailctl asks for mailboxes to be created, suspended, reopened, wiped, renamed and deleted;
    whoever does it answers with `task done` or `task fail`.
    """
)

TaskId = Annotated[
    int,
    typer.Argument(
        metavar="ID",
        help="The task's id.",
        parser=parse.number("task"),
        autocompletion=completers.stored("task"),
    ),
]
TaskIdOrNone = Annotated[
    int | None,
    typer.Argument(
        metavar="ID",
        help="The task's id.",
        parser=parse.number("task"),
        autocompletion=completers.stored("task"),
    ),
]
Todo = Annotated[bool, typer.Option("--todo", help="Only those that are still to be done.")]
Reason = Annotated[
    str,
    typer.Option("--reason", metavar="REASON", help="Why.", parser=parse.free_text),
]


@app.command("list")
@reading("task", many=True)
def list_tasks(
    run: Run,
    *,
    todo: Todo = False,
    customer: CustomerFilter = None,
    platform: PlatformFilter = None,
    limit: Limit = None,
) -> None:
    """List tasks in the order in which they are to be done.

    Examples:
      mailctl task list --todo
      mailctl task list --todo -o jsonl

    """
    from mailctl.store import tasks

    run.list(
        lambda db: tasks.listing(
            known(db, customer=customer, platform=platform),
            todo=todo,
            customer=customer,
            platform=platform,
            limit=limit,
        )
    )


@app.command("done")
@changing("task")
def done(
    run: Run,
    task: TaskIdOrNone = None,
    *,
    until: Until = None,
    customer: CustomerFilter = None,
) -> None:
    """Say that a task was done, or with --until all that were asked for up to a day.

    Examples:
      mailctl task done 17
      mailctl task done --until 2026-01-31 --yes

    """
    from mailctl.actions import tasks

    day = _only_until(task, until, customer)
    if task is not None:
        run.change(lambda tx: tasks.done(tx, id=task), _answered)
    else:
        run.change_as_planned(
            lambda db: tasks.plan_done(known(db, customer=customer), until=day, customer=customer),
            tasks.all_done,
            show=_show_all,
            say=_all_answered,
        )


def _only_until(task: int | None, until: date | None, customer: str | None) -> date:
    """The day of --until; UsageError unless it or a task is given, and nothing besides."""
    if (task is None) == (until is None) or (task is not None and customer is not None):
        raise UsageError("give a task, or --until: one of them", hint="mailctl task done 17")
    return until or date.max


def _show_all(plan: DonePlan, _output: Output) -> str | None:
    return f"Note that {counted(len(plan.ids), 'task')} are done?" if plan.ids else None


def _all_answered(changed: Changed, did: Tense) -> str:
    if not changed.items:
        return "No task is to be done."
    return f"{did('Noted', 'note')} that {counted(len(changed.items), 'task')} are done."


@app.command("fail")
@changing("task")
def fail(run: Run, task: TaskId, *, reason: Reason) -> None:
    """Say that a task failed, and why; it may be done later.

    Examples:
      mailctl task fail 17 --reason 'mail server unreachable'
      mailctl task fail 17 --reason 'no space left' --json

    """
    from mailctl.actions import tasks

    run.change(lambda tx: tasks.fail(tx, id=task, reason=reason), _answered)


def _answered(changed: Changed, did: Tense) -> str:
    task = changed.item
    what = f"task {task['id']} ({task['kind']} {task['address']})"
    if not changed.changed:
        return f"The {what} is {task['status']} already."
    return f"{did('Noted', 'note')} that the {what} is {task['status']}."
