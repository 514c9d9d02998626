"""`mailctl store`: the store's file."""

from __future__ import annotations

import typer

from mailctl.cli.command import reading
from mailctl.cli.run import Run

app = typer.Typer(help="The store's file.")


@app.command("info")
@reading("store")
def info(run: Run) -> None:
    """Show where the store is, its clock, and the head of its journal.

    Examples:
      mailctl store info
      mailctl store info --fields path,store_bytes

    """
    from mailctl.store import overview

    run.show("store", overview.info)
