"""`mailctl status`: the state of the store, for people and for monitoring."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.commands.notice_send import warn_of_held, warn_of_unsent
from mailctl.cli.input import parse
from mailctl.cli.run import Run

app = typer.Typer()

MaxAge = Annotated[
    timedelta | None,
    typer.Option(
        "--max-age",
        metavar="SPAN",
        help="Exit with status 1 if the last tick is older (26h, 90m or 2d) or in the future.",
        parser=parse.duration,
    ),
]


@app.command("status")
@reading("status")
def status(run: Run, max_age: MaxAge = None) -> int:
    """Show the state of the store: its clock, accounts, debts and tasks.

    Examples:
      mailctl status
      mailctl status --max-age 26h

    """
    from mailctl.effects import held_deletions
    from mailctl.store import notice_queue
    from mailctl.store.queries import overview

    with run.read() as db:
        found = overview.status(db, deletions_held=held_deletions.count(db))
        unsent = notice_queue.unsent_for_a_day(db)
        why_held = held_deletions.why(db)
    warn_of_unsent(run.output, unsent)
    warn_of_held(run.output, int(str(found["deletions_held"])), why_held)
    run.output.write_thing("status", found)
    is_ahead = _is_ahead(found["last_tick_at"])
    if is_ahead:
        run.output.warn(
            f"the last tick is recorded at {found['last_tick_at']}, which is in the future: the "
            "system's clock was ahead then, or is behind now"
        )
    if max_age is not None and is_ahead:
        return 1
    if max_age is None or not _is_late(found["last_tick_at"], max_age):
        return 0
    last = found["last_tick_at"] or "never"
    run.output.warn(f"the last tick is older than {_span(max_age)}: {last}")
    return 1


def _span(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def _is_ahead(last_tick_at: object) -> bool:
    from mailctl import clock

    return last_tick_at is not None and clock.is_still_to_come(str(last_tick_at))


def _is_late(last_tick_at: object, max_age: timedelta) -> bool:
    from mailctl import clock

    return last_tick_at is None or clock.now() - datetime.fromisoformat(str(last_tick_at)) > max_age
