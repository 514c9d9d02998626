"""`mailctl task reconcile`: whether the mail server is as the books want it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.output import Output
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.actions.mending import Mended, MendingPlan
    from mailctl.domain.differences import Comparison, Difference

Mend = Annotated[bool, typer.Option("--mend", help="Ask for the tasks that mend what differs.")]


@changing("difference", many=True)
def reconcile(run: Run, *, mend: Mend = False) -> int:
    """Compare every mailbox on the mail server with the books; exit with status 1 if any differs.

    The driver lists its mailboxes. Those whose tasks are still to be done are not compared. With
    --mend what differs is asked for again, and the next `task run` does it: a missing mailbox is
    made, with its password, a state or an address is set. Mailboxes of no account, and those that
    should be gone, are named and left alone; status 1 then says that some are left.

    Examples:
      mailctl task reconcile
      mailctl task reconcile --mend --yes

    """
    found = _compared(run)
    if mend:
        return _mend(run, found)
    rows = [one.item() for one in found.differences]
    if rows or not run.output.is_read_by_people():
        run.output.write_list(InMemoryRows(THINGS["difference"], rows))
    _note_what_is_left_out(run.output, found)
    if not rows:
        run.output.note(f"{_all(found)} as the books want.")
        return 0
    text = f"{counted(len(rows), 'difference')} in {counted(found.compared, 'mailbox', _BOXES)}"
    run.output.warn(f"the mail server is not as the books want: {text}")
    if any(one.is_mended for one in found.differences):
        run.output.note("To mend what a task can: mailctl task reconcile --mend")
    return 1


_BOXES = "mailboxes"


def _all(found: Comparison) -> str:
    compared = found.compared - found.unfinished
    if compared == 1:
        return "The 1 mailbox that was compared is"
    return f"All {compared:,} mailboxes that were compared are"


def _compared(run: Run) -> Comparison:
    from mailctl.drivers import reconciling, running

    with run.read() as db:
        setup = running.setup_of(db, run.location)
    with Progress(quiet=run.output.quiet) as progress, run.store.kept_open() as store:
        found = reconciling.compared(
            store, setup, lambda count: progress.at(f"mailboxes: {count:,} compared")
        )
        if not run.dry_run:
            reconciling.let_go(store, run.command)
    return found


def _note_what_is_left_out(output: Output, found: Comparison) -> None:
    if found.unfinished:
        who = counted(found.unfinished, "account has", "accounts have")
        output.note(
            f"{who} tasks that are not done, and {'is' if found.unfinished == 1 else 'are'} not "
            "compared: mailctl task list"
        )
    if found.unadopted:
        who = counted(found.unadopted, "account has", "accounts have")
        output.note(
            f"{who} no mailbox that the driver looks after: mailctl driver adopt --from FILE"
        )


def _mend(run: Run, found: Comparison) -> int:
    from mailctl.actions import mending

    left: list[Difference] = [one for one in found.differences if not one.is_mended]
    for one in left:
        run.output.warn(f"mailbox {one.mailbox} {one.message}")
    _note_what_is_left_out(run.output, found)
    run.change_as_planned(lambda db: mending.plan(db, found), mending.mend, show=_show, say=_mended)
    return 1 if left else 0


def _show(plan: MendingPlan, output: Output) -> str | None:
    items = [one.item() for one in plan.differences]
    names = ("kind", "mailbox", "account", "message")
    output.plan([{name: item[name] for name in names} for item in items], by=("kind",))
    if not items:
        return None
    return f"Have the mail server mend {counted(len(items), 'difference')}?"


def _mended(result: Mended, did: Tense) -> str:
    if not result.mailboxes:
        return "Nothing is to be mended."
    asked = counted(result.mailboxes, "mailbox", _BOXES)
    text = f"{did('Asked', 'ask')} the mail server to mend {asked}; mailctl task run does it."
    if result.left:
        text += f" {counted(result.left, 'difference is', 'differences are')} left as said above."
    return text
