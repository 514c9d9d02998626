"""`mailctl task run`: have a driver do what waits for the mail server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.domain.setting_values import SHIPPED_DRIVERS
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from mailctl.drivers.running import Counts, Setup

DriverName = Annotated[
    str | None,
    typer.Option(
        "--driver",
        metavar="DRIVER",
        help="Another driver than that of the settings: dovecot, modoboa or a program's path.",
        autocompletion=completers.among(*SHIPPED_DRIVERS),
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        help="Do at most N tasks; skipped ones do not count.",
        parser=parse.whole(1, 999_999_999),
    ),
]
Retry = Annotated[
    bool,
    typer.Option("--retry", help="Retry now what failed or waits: the cause is fixed."),
]


@changing("task-run")
def run_tasks(
    run: Run, *, driver: DriverName = None, limit: Most = None, retry: Retry = False
) -> int:
    """Have the driver do the mail server's tasks, and record what it answers.

    Tasks of an account are done in their order; one that fails holds the later ones. What the
    driver cannot do now is tried again later, what later tasks have made pointless is skipped. Run
    it from cron after each tick. Copies of deleted mailboxes are removed after export-days. Exit
    status 1 if a task failed or the driver did not answer in time.

    Examples:
      mailctl task run
      mailctl task run --limit 100 --dry-run

    """
    from mailctl.drivers import running
    from mailctl.store import task_queue

    with run.read() as db:
        name = _kept_name(driver)
        setup = running.setup_of(db, run.location, driver=name)
        waiting = retry or task_queue.next_task(db) is not None
    counts = running.Counts()
    if run.dry_run:
        _plan(run, setup, counts, limit)
    else:
        _run(run, setup, counts, limit, retry=retry, waiting=waiting)
    return 1 if counts.failed or counts.unanswered else 0


def _kept_name(driver: str | None) -> str | None:
    if driver is None:
        return None
    from mailctl.domain.setting_values import kept_value
    from mailctl.domain.settings import setting_named

    return kept_value(setting_named("driver"), driver, seller_country="")


def _plan(run: Run, setup: Setup, counts: Counts, limit: int | None) -> None:
    from mailctl.drivers import foreseeing, running

    with run.store.read() as db:
        running.count_rest(db, counts)
        found, today = foreseeing.foreseen(db, limit), db.today
    plans = foreseeing.planned(found, setup, counts, today) if found else []
    counts.left -= counts.done + counts.failed + counts.skipped
    run.output.plan(
        [
            {
                "id": one.task.id,
                "account": one.task.account,
                "kind": one.task.kind,
                "address": one.task.address,
                "status": one.status,
                "reason": one.reason,
            }
            for one in plans
        ],
        by=("kind", "status"),
    )
    _show(run, counts)


def _run(
    run: Run, setup: Setup, counts: Counts, limit: int | None, *, retry: bool, waiting: bool
) -> None:
    from mailctl.drivers import copies, running
    from mailctl.store import task_claims

    troubles: list[str] = []
    try:
        with Progress(quiet=run.output.quiet) as progress, run.store.kept_open() as store:
            if retry:
                store.change(running.COMMAND, task_claims.retry)
            if waiting:
                running.Runner(store, setup, counts).run(
                    limit=limit, going_on=lambda: progress.at(f"tasks: {counts.handled:,} done")
                )
            troubles = copies.remove_old(
                store, running.COMMAND, export_dir=setup.export_dir, days=setup.export_days
            )
    except BaseException:
        # Whatever stopped it, some tasks were done until then.
        if counts.handled:
            _report(run, counts)
        raise
    run.output.warn_of_some(troubles, "copies")
    _report(run, counts)


def _report(run: Run, counts: Counts) -> None:
    from mailctl.drivers import running

    with run.store.read() as db:
        running.count_rest(db, counts)
    _show(run, counts)


def _show(run: Run, counts: Counts) -> None:
    if counts.uncompared:
        run.output.warn(
            f"{counted(counts.uncompared, 'mailbox', 'mailboxes')} to be made after the restore "
            "of the store wait until the mail server was compared: mailctl task reconcile"
        )
    if counts.unanswered:
        run.output.warn(
            f"the driver did not answer in time for {counted(counts.unanswered, 'task')}, which "
            "may have been done all the same; each is tried again"
        )
    if run.is_data_asked_for:
        names = ("done", "failed", "delayed", "skipped", "left", "unadopted", "next_try_at")
        item: dict[str, object] = {name: getattr(counts, name) for name in names}
        run.output.write_thing("task-run", {**item, "dry_run": run.dry_run})
    elif counts.handled or sys.stdout.isatty():
        run.output.say(_said(counts, Tense(would=run.dry_run, currency=run.output.currency)))


def _said(counts: Counts, did: Tense) -> str:
    if not counts.handled:
        return _nothing(counts)
    said = [f"{did('Did', 'do')} {counted(counts.done, 'task') if counts.done else 'no task'}"]
    if counts.failed:
        said.append(f"{counts.failed:,} failed ({_REASONS})")
    if counts.skipped:
        those = "which a later one has" if counts.skipped == 1 else "which later ones have"
        said.append(f"{_are(counts.skipped)} skipped, {those} made pointless")
    if counts.delayed:
        said.append(f"{_are(counts.delayed)} tried again{_first(counts)}")
    rest = counts.left - counts.delayed
    if rest > 0:
        said.append(_left(rest, counts.unadopted))
    return f"{'; '.join(said)}."


_REASONS = "mailctl task list --status failed --fields id,address,kind,reason"


def _nothing(counts: Counts) -> str:
    held = f" {counts.all_failed:,} failed before ({_REASONS})." if counts.all_failed else ""
    if not counts.left:
        return f"No task is to be done.{held}"
    first = f", the next until {_minute(counts.next_try_at)}" if counts.next_try_at else ""
    return f"No task can be done now; {_left(counts.left, counts.unadopted)}{first}.{held}"


def _first(counts: Counts) -> str:
    return f", the first at {_minute(counts.next_try_at)}" if counts.next_try_at else ""


def _left(rest: int, unadopted: int) -> str:
    wait = "waits" if rest == 1 else "wait"
    if not unadopted:
        return f"{rest:,} {wait}"
    which = "" if unadopted == rest else f", {unadopted:,} of them"
    what = "its mailbox" if unadopted == 1 else "their mailboxes"
    return f"{rest:,} {wait}{which} for {what} to be adopted (mailctl driver adopt)"


def _are(count: int) -> str:
    return f"{count:,} {'is' if count == 1 else 'are'}"


def _minute(instant: str) -> str:
    return f"{instant[:10]} {instant[11:16]} UTC"
