"""`mailctl status`: the state of the store, for people and for monitoring."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import parse
from mailctl.cli.render.output import Output
from mailctl.cli.render.unsent import warn_of_held, warn_of_unsent
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
    from mailctl.effects import after_restore, held_deletions
    from mailctl.store import restorations
    from mailctl.store.queries import overview
    from mailctl.store.restorations import Wait
    from mailctl.store.unsent import unsent_for_a_day

    with run.read() as db:
        held = held_deletions.count(db)
        found = overview.status(db, deletions_held=held)
        unsent = unsent_for_a_day(db)
        why_held = held_deletions.why(db)
        restored = after_restore.restored(db) if restorations.waits(db, Wait.TICK) else None
    if restored is not None:
        run.output.warn(f"{restored}: the first tick waits for a person: {after_restore.TICK}")
    warn_of_unsent(run.output, unsent)
    warn_of_held(run.output, held, why_held)
    run.output.write_thing("status", found)
    is_late = _warn_of_last_tick(run.output, found["last_tick_at"], max_age)
    return int(is_late or (restored is not None and max_age is not None))


def _warn_of_last_tick(output: Output, last_tick_at: object, max_age: timedelta | None) -> bool:
    """Warn of a last tick in the future or older than --max-age; whether that fails the check."""
    if _is_ahead(last_tick_at):
        output.warn(
            f"the last tick is recorded at {last_tick_at}, which is in the future: the "
            "system's clock was ahead then, or is behind now"
        )
        return max_age is not None
    if max_age is None or not _is_late(last_tick_at, max_age):
        return False
    output.warn(f"the last tick is older than {_span(max_age)}: {last_tick_at or 'never'}")
    return True


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
