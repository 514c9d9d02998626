"""`mailctl task`: what the mail server must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli import parse, values
from mailctl.cli.command import changing, reading
from mailctl.cli.filters import known
from mailctl.cli.options import CustomerFilter, Limit, PlatformFilter
from mailctl.cli.run import Did, Run

if TYPE_CHECKING:
    from mailctl.actions.result import Changed

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
        autocompletion=values.stored("task"),
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
def done(run: Run, task: TaskId) -> None:
    """Say that a task was done.

    Examples:
      mailctl task done 17
      mailctl task done 17 --json

    """
    from mailctl.actions import tasks

    run.change(lambda tx: tasks.done(tx, id=task), _answered)


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


def _answered(changed: Changed, did: Did) -> str:
    task = changed.item
    what = f"task {task['id']} ({task['kind']} {task['address']})"
    if not changed.changed:
        return f"The {what} is {task['status']} already."
    return f"{did('Noted', 'note')} that the {what} is {task['status']}."
