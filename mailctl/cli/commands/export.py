"""`mailctl export`: the store's data for other people's programs."""

from __future__ import annotations

import sys
from itertools import chain, islice
from typing import Annotated

import typer

from mailctl.cli.command import explaining
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import Since, Until
from mailctl.cli.render.machine_formats import BATCH
from mailctl.cli.run import Run
from mailctl.domain.invoices import Series
from mailctl.errors import UsageError

app = typer.Typer(help="The books, for other accounting programs.")

FORMATS = ("hledger", "beancount")
BooksFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="hledger or beancount.",
        parser=parse.choice(*FORMATS),
        autocompletion=completers.among(*FORMATS),
    ),
]


@app.command("books")
@explaining
def books(run: Run, *, format: BooksFormat, since: Since = None, until: Until = None) -> None:
    """Print every movement of the prepaid accounts as a balanced transaction, for accounting.

    The running balances are asserted, so hledger check --strict and bean-check find every cent
    that was altered. With --since, the file starts with opening balances.

    Examples:
      mailctl export books --format hledger > books.journal
      mailctl export books --format beancount --since 2026-01-01

    """
    from mailctl.exports import beancount, hledger
    from mailctl.exports.entries import entries
    from mailctl.store.queries.books import movements
    from mailctl.store.restorations import gaps

    if since and until and until < since:
        raise UsageError(
            f"--until {until} is before --since {since}",
            hint="mailctl export books --format hledger --since 2026-01-01 --until 2026-12-31",
        )
    write = {"hledger": hledger.lines, "beancount": beancount.lines}[format]
    with run.read() as db:
        # Both programs take such a line for a comment.
        lost = [f"; {gap}\n" for one in Series for gap in gaps(db, one, since=since, until=until)]
        made = entries(movements(db, until=until), since=since)
        pieces = chain(lost, write(made, currency=db.info.currency))
        while batch := list(islice(pieces, BATCH)):
            sys.stdout.write("".join(batch))
