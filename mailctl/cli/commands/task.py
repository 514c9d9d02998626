"""`mailctl task`: what the mail server must do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import Elsewhere, changing, reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.input_files import numbers_in
from mailctl.cli.input.options import (
    CustomerFilter,
    Limit,
    PlatformFilter,
    Search,
    Since,
    Until,
)
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run, Tense
from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.tasks import DonePlan, TasksAnswered

app = typer.Typer(
    help="""What the mail server must do.

    Each task is a mailbox to be created, suspended, reopened, wiped, renamed, exported or deleted,
    or its password to be set. With a driver (a setting) `task run` does them. Without one a person
    or another program does, and answers with `task done` or `task fail`.
    """
)

TaskIds = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...",
        help="The tasks' ids; - reads them from standard input, one a line.",
        parser=parse.number_word("task"),
        autocompletion=completers.stored("task"),
    ),
]
TaskIdsOrNone = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID...]",
        help="The tasks' ids; - reads them from standard input, one a line.",
        parser=parse.number_word("task"),
        autocompletion=completers.stored("task"),
    ),
]
Todo = Annotated[bool, typer.Option("--todo", help="Only open ones: --status todo.")]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="todo, done, failed or skipped.",
        parser=parse.choice(*TaskStatus),
        autocompletion=completers.among(*TaskStatus),
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="create, suspend, reopen, wipe, rename, delete, password or export.",
        parser=parse.choice(*TaskKind),
        autocompletion=completers.among(*TaskKind),
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="REASON", help="Why.", parser=parse.free_text)
]


@app.command("list")
@reading("task", many=True)
def list_tasks(
    run: Run,
    *,
    todo: Todo = False,
    status: Status = None,
    kind: Kind = None,
    customer: CustomerFilter = None,
    platform: PlatformFilter = None,
    search: Search = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
) -> None:
    """List tasks in the order in which they must be done.

    --search looks into the addresses; --since and --until are the days on which tasks were created.

    Examples:
      mailctl task list --todo
      mailctl task list --status failed --kind suspend -o jsonl

    """
    from mailctl.store import tasks

    if todo and status not in (None, TaskStatus.TO_DO):
        raise UsageError(
            f"a task that is {status} is not to do", hint=f"mailctl task list --status {status}"
        )
    run.list(
        lambda db: tasks.listing(
            known(db, customer=customer, platform=platform),
            status=TaskStatus.TO_DO if todo else status,
            kind=kind,
            search=search,
            since=since,
            until=until,
            customer=customer,
            platform=platform,
            limit=limit,
        )
    )


@app.command("done")
@changing("task")
def done(
    run: Run, task: TaskIdsOrNone = None, *, until: Until = None, customer: CustomerFilter = None
) -> None:
    """Record that tasks were done, or with --until all that were created up to a day.

    Of several tasks all are recorded, or none.

    Examples:
      mailctl task done 17 18
      mailctl task done --until 2026-01-31 --yes

    """
    from mailctl.actions import tasks

    day = _only_until(task, until, customer)
    if task:
        numbers = numbers_in("task", task)
        run.change(lambda tx: tasks.done(tx, ids=numbers.ids, many=numbers.many), _answered)
    else:
        run.change_as_planned(
            lambda db: tasks.plan_done(known(db, customer=customer), until=day, customer=customer),
            tasks.all_done,
            show=_show_all,
            say=_all_done,
        )


def _only_until(tasks: list[str] | None, until: date | None, customer: str | None) -> date:
    """The day of --until; UsageError unless either tasks or --until are given."""
    if bool(tasks) == (until is not None) or (tasks and customer is not None):
        raise UsageError("give tasks, or --until: one of them", hint="mailctl task done 17")
    return until or date.max


def _show_all(plan: DonePlan, _output: Output) -> str | None:
    return f"Note that {counted(len(plan.ids), 'task')} are done?" if plan.ids else None


def _all_done(result: TasksAnswered, did: Tense) -> str:
    return _all_answered(result, did) if result.items else "No task is open."


def _all_answered(result: TasksAnswered, did: Tense) -> str:
    if not result.items:
        return "No task was named."
    tasks, status = counted(len(result.items), "task"), result.items[0]["status"]
    are = "is" if len(result.items) == 1 else "are"
    if not result.changed:
        return f"The {tasks} named {are} {status} already."
    return f"{did('Noted', 'note')} that {tasks} {are} {status}."


@app.command("fail")
@changing("task")
def fail(run: Run, task: TaskIds, *, reason: Reason) -> None:
    """Record that tasks failed, and why; they may still be done later.

    Of several tasks all are recorded, or none.

    Examples:
      mailctl task fail 17 --reason 'mail server unreachable'
      mailctl task fail 17 18 --reason 'no space left' --json

    """
    from mailctl.actions import tasks

    numbers = numbers_in("task", task)
    run.change(
        lambda tx: tasks.fail(tx, ids=numbers.ids, reason=reason, many=numbers.many), _answered
    )


def _answered(result: TasksAnswered, did: Tense) -> str:
    if result.many:
        return _all_answered(result, did)
    task = result.item
    what = f"task {task['id']} ({task['kind']} {task['address']})"
    if not result.changed:
        return f"The {what} is {task['status']} already."
    return f"{did('Noted', 'note')} that the {what} is {task['status']}."


app.command("run")(Elsewhere("task_run.run_tasks"))
app.command("reconcile")(Elsewhere("task_reconcile.reconcile"))
