"""`mailctl advise`: problems, each with the command that fixes it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.render.colors import is_colored
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.text import counted
from mailctl.hints import command, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailctl.insight.advice.finding import Finding

app = typer.Typer()

SEVERITIES = ("urgent", "warning", "info")
Customer = Annotated[
    str | None,
    typer.Argument(
        metavar="CUSTOMER",
        help="Only what concerns this customer.",
        parser=parse.reference("customer"),
        autocompletion=completers.stored("customer"),
    ),
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="Exit with status 1 for a warning, or as --severity says."),
]
Least = Annotated[
    str | None,
    typer.Option(
        "--severity",
        metavar="SEVERITY",
        help="Only what is urgent, warning or info, and more urgent.",
        parser=parse.choice(*SEVERITIES),
        autocompletion=completers.among(*SEVERITIES),
    ),
]
Ignored = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODE",
        help="Leave out findings of this code; may be repeated. Also the setting advise-ignore.",
        parser=parse.finding_code,
        autocompletion=completers.finding_codes,
    ),
]
All = Annotated[bool, typer.Option("--all", help="List each finding, not only the first ones.")]


@app.command("advise")
@reading("finding", many=True)
def advise(
    run: Run,
    customer: Customer = None,
    *,
    strict: Strict = False,
    severity: Least = None,
    ignore: Ignored = None,
    all_: All = False,
) -> int:
    """List problems, present and coming, each with the command that fixes it.

    The most urgent come first. Findings of one code stand together, with the commands of the first
    ones; --all and every format for programs list each. `mailctl help advice` explains the codes. A
    value - in a command is asked for, or read as a line of standard input.

    Examples:
      mailctl advise --severity warning --all
      mailctl advise acme --strict -o json

    """
    from mailctl.insight import advice
    from mailctl.insight.advice.finding import Severity

    least = Severity(severity or Severity.INFO)
    with run.read() as db:
        found = advice.findings(db, customer=customer, least=least, ignored=ignore or ())
    if run.output.is_read_by_people():
        again = _again(customer, severity, ignore or ())
        _print(run.output, found, again, each=all_)
    else:
        items = [finding.item() for finding in found]
        run.output.write_list(InMemoryRows(THINGS["finding"], items))
    # What is only worth knowing is a host's daily life, unless it was asked for.
    failing = Severity(severity or Severity.WARNING)
    return int(strict and any(finding.severity.is_at_least(failing) for finding in found))


def _again(customer: str | None, severity: str | None, ignored: Sequence[str]) -> str:
    """The command that lists each of the same findings."""
    words = [named("customer", customer)] if customer else []
    words += ["--severity", severity] if severity else []
    words += [word for code in ignored for word in ("--ignore", code)]
    return command("advise", *words, "--all")


def _print(output: Output, found: Sequence[Finding], again: str, *, each: bool) -> None:
    from mailctl.cli.render import findings

    if not found:
        output.all_well("Nothing to do.")
        return
    colored = is_colored(output.color, sys.stdout, os.environ)
    codes = len({finding.code for finding in found})
    grouped = codes < len(found) and not each
    lines = findings.by_code(found, is_colored=colored) if grouped else findings.each(found)
    output.drawn(lines)
    what = counted(len(found), "finding")
    if grouped:
        output.note(f"{what}. Each of them: {again}; the codes: mailctl help advice")
    else:
        output.note(f"{what}; mailctl help advice explains them.")
