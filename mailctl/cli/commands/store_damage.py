"""What `store check` says of a damaged store: what is damaged, what is whole, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.contract import THINGS
from mailctl.domain.text import listed
from mailctl.errors import StoreDamagedError
from mailctl.hints import command

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mailctl.cli.run import Run
    from mailctl.store.engine.sqlite.readable import Part

NAME = "readable"
MOST_NAMED = 6
"""How many damaged tables are named in a sentence; the list has all."""
_OF_THE_FILE = {"file-whole", "guards"}
_SENTENCE = "every row of a table can be read"


def described(run: Run, error: StoreDamagedError) -> StoreDamagedError:
    """Show what can still be read, table by table; gives the error with the way out."""
    from mailctl.store.engine.stores import readable

    found = readable(run.location)
    if found is None:
        return error
    parts, backup = found
    is_summary = run.output.is_read_by_people() and not run.output.verbose
    shown = [part for part in parts if part.damage is not None or not is_summary]
    if shown:
        run.output.write_list(InMemoryRows(THINGS["check"], [_row(part) for part in shown]))
    error.message = f"{error.message}; {summary(parts)}"
    error.hint = way_out(backup)
    return error


def note_way_out(run: Run, names: set[object]) -> None:
    """Say what helps where the file itself is damaged, though all of it could be checked."""
    from mailctl.store.engine.stores import readable

    found = readable(run.location) if names & _OF_THE_FILE else None
    if found is not None:
        parts, backup = found
        text = summary(parts)
        run.output.note(f"{text[0].upper()}{text[1:]}. What helps: {way_out(backup)}")


def _row(part: Part) -> dict[str, object]:
    return {
        "name": NAME,
        "ok": part.damage is None,
        "customer": None,
        "subject": part.table,
        "message": part.damage,
        "sentence": _SENTENCE,
    }


def summary(parts: Sequence[Part]) -> str:
    """How many tables are damaged and how many whole, as the end of a sentence."""
    damaged = [part.table for part in parts if part.damage is not None]
    if not parts:
        return "nothing of it can be read"
    if not damaged:
        return "every row of every table can be read"
    return (
        f"of its tables {listed(damaged, most=MOST_NAMED)} {'is' if len(damaged) == 1 else 'are'} "
        f"damaged, and the other {len(parts) - len(damaged):,} can be read whole"
    )


def way_out(backup: Path | None) -> str:
    """What helps: the newest backup that is known, or any."""
    restore = command("store", "restore", str(backup)) if backup else "mailctl store restore BACKUP"
    return f"stop cron or the timers, and keep the damaged file; then: {restore}"
