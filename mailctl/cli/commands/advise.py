"""`mailctl advise`: problems, each with the command that fixes it."""

from __future__ import annotations

import sys
from itertools import groupby
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.output import Output
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.render.text import width_of, wrapped
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailctl.insight.advice.finding import Finding

app = typer.Typer()

Customer = Annotated[
    str | None,
    typer.Argument(
        metavar="CUSTOMER",
        help="Only what concerns this customer.",
        parser=parse.reference("customer"),
        autocompletion=completers.stored("customer"),
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with status 1 if anything is found.")]
HEADINGS = {"urgent": "Urgent", "warning": "Warnings", "info": "Worth knowing"}
INDENT = 2


@app.command("advise")
@reading("finding", many=True)
def advise(run: Run, customer: Customer = None, *, strict: Strict = False) -> int:
    """List problems, present and coming, each with the command that fixes it.

    The most urgent come first; `mailctl help advice` explains the codes. A value - in a command is
    asked for, or read as a line of standard input.

    Examples:
      mailctl advise
      mailctl advise acme --strict -o json

    """
    from mailctl.insight import advice

    with run.read() as db:
        found = advice.findings(db, customer=customer)
    if run.output.is_read_by_people():
        _print(run.output, found)
    else:
        items = [finding.item() for finding in found]
        run.output.write_list(InMemoryRows(THINGS["finding"], items))
    return int(strict and bool(found))


def _print(output: Output, found: Sequence[Finding]) -> None:
    """Sentences that fit the terminal; each command stays on a line of its own, to be copied."""
    if not found:
        output.note("Nothing to advise.")
        return
    for position, (severity, group) in enumerate(groupby(found, lambda one: one.severity)):
        output.page(f"{chr(10) if position else ''}{HEADINGS[severity.value]}\n\n")
        for finding in group:
            message = complete(finding.message)
            text = wrapped(f"{finding.code}: {message}", width_of(sys.stdout) - INDENT)
            output.page(
                indent(text, " " * INDENT) + f"{'':{2 * INDENT}}{complete(finding.command)}\n"
            )
    output.note(f"{counted(len(found), 'finding')}; mailctl help advice explains them.")
