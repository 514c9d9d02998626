"""For writers of pages: `python -m tests.docs.show PAGE...` fills in what commands print.

A command with a line of only `=` under it gets what it prints; with `--all` also every command
whose shown lines are no longer what it prints. Read the result: `…` that was there is gone then.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.pages import Block, matches, page
from tests.docs.shell import Shell
from tests.docs.walk import made_trial, prepared, shell_of


def filled(path: Path, *, refresh: bool) -> None:
    """Write a page again with what its commands print."""
    read = page(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    with tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        trial = Path(place) / "trial"
        if read.store == "trial":
            made_trial(trial)
        shell = shell_of(read, Path(place) / "home", trial)
        changes: list[tuple[int, int, list[str]]] = []
        for block in read.blocks:
            prepared(block, shell)
            changes += _filled(block, shell, refresh=refresh)
    for first, count, new in reversed(changes):
        lines[first : first + count] = new
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _filled(block: Block, shell: Shell, *, refresh: bool) -> list[tuple[int, int, list[str]]]:
    changes: list[tuple[int, int, list[str]]] = []
    for step in block.steps if block.language == "console" else ():
        typed = shell.type(step.command, step.answers)
        if bool(typed.status) != step.fails:
            sys.stderr.write(f"{step.line}: {step.command}: exit {typed.status}\n{typed.seen}")
        if "=" in step.shown or (
            refresh
            and step.shown
            and not matches(step.shown, typed.seen, rewrapped=typed.rewrapped)
        ):
            seen = [line.rstrip() for line in typed.seen.rstrip().splitlines()]
            changes.append((step.line + step.continued, len(step.shown), seen))
    return changes


if __name__ == "__main__":
    for name in sys.argv[1:]:
        if name != "--all":
            filled(Path(name).resolve(), refresh="--all" in sys.argv)
