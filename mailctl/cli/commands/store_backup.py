"""`mailctl store backup`: a whole copy of the store in one file, while others work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailctl.actions.backups import StoreBackedUp

To = Annotated[
    str,
    typer.Argument(
        metavar="FILE|DIR", help="A new file, or a folder that is there.", parser=parse.file_name
    ),
]
Most = Annotated[
    int | None,
    typer.Option(
        "--keep",
        metavar="N",
        help="Keep the N newest of this store's backups in the folder.",
        parser=parse.whole(1, 100_000),
    ),
]


@changing("backup")
def backup(run: Run, to: To, *, keep: Most = None) -> None:
    """Back up the whole store into one file, while others work.

    The copy is read again and checked whole before it has its name; nothing is ever replaced. In a
    folder it is named by the store and the time (UTC). It can be read like any store, takes no
    changes, and may be copied like any file. Of a store on a server it is a file too.

    It holds everybody's data: its mode is 0600, and the folder must be its owner's alone. Have cron
    make one every night, best on another disk.

    Examples:
      mailctl store backup /var/backups/mailctl --keep 14
      mailctl store backup before-import.db

    """
    from mailctl.actions import backups

    with Progress(quiet=run.output.quiet) as progress:
        result = backups.make(
            run.store,
            to,
            keep=keep,
            dry_run=run.dry_run,
            told=lambda what, done, total: progress.at(f"{what} {done:,} of {total:,} rows"),
        )
    run.report(result, _said)


def _said(result: StoreBackedUp, did: Tense) -> str:
    item = result.item
    removed = cast("Sequence[str]", item["removed"])
    text = (
        f"{did('Backed up', 'back up')} the store: {item['rows']:,} rows, {item['bytes']:,} bytes, "
        f"checked whole, in\n{item['path']}\n"
        f"It ends on {item['clock_on']} with transaction {item['batch']:,}, {_documents(item)}.\n"
        f"Its journal's head: {item['journal_head']}"
    )
    if removed:
        text += f"\n{did('Removed', 'remove')} {counted(len(removed), 'older backup')}: "
        text += ", ".join(removed)
    return text


def _documents(item: object) -> str:
    keys = cast("dict[str, Sequence[str]]", item)
    found = [
        f"{name} {numbers[0]}"
        for name, numbers in (
            ("the last invoice", keys["last_invoices"]),
            ("the last credit note", keys["last_credit_notes"]),
        )
        if numbers
    ]
    return " and ".join(found) or "and has no documents yet"
