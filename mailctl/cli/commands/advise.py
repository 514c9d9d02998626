"""`mailctl advise`: problems, each with the command that fixes it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.render.colors import is_colored
from mailctl.cli.render.machine_formats import InMemoryRows, LazyItems
from mailctl.cli.render.output import Output
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.text import counted
from mailctl.hints import command, named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailctl.insight.advice.finding import Finding
    from mailctl.insight.advice.summary import Tally

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
    from mailctl.insight.advice.finding import Finding, Severity

    least, ignored = Severity(severity or Severity.INFO), ignore or ()
    # What is only worth knowing is a host's daily life, unless it was asked for.
    failing = Severity(severity or Severity.WARNING)
    if run.output.is_read_by_people() and not all_:
        with run.read() as db:
            tallies = advice.summary(db, customer=customer, least=least, ignored=ignored)
        _sum_up(run.output, tallies, _again(customer, severity, ignored))
        return int(strict and any(tally.severity.is_at_least(failing) for tally in tallies))
    with run.read() as db:
        found = advice.findings(db, customer=customer, least=least, ignored=ignored)
    if run.output.is_read_by_people():
        _list_each(run.output, found)
    else:
        items = LazyItems(found, Finding.item)
        run.output.write_list(InMemoryRows(THINGS["finding"], items))
    return int(strict and any(finding.severity.is_at_least(failing) for finding in found))


def _again(customer: str | None, severity: str | None, ignored: Sequence[str]) -> str:
    """The command that lists each of the same findings."""
    words = [named("customer", customer)] if customer else []
    words += ["--severity", severity] if severity else []
    words += [word for code in ignored for word in ("--ignore", code)]
    return command("advise", *words, "--all")


def _sum_up(output: Output, tallies: Sequence[Tally], again: str) -> None:
    """What the findings of each code are together; each finding, where no code has several."""
    from mailctl.cli.render import findings

    total = sum(tally.findings for tally in tallies)
    if total == len(tallies):
        _list_each(output, [finding for tally in tallies for finding in tally.first])
        return
    colored = is_colored(output.color, sys.stdout, os.environ)
    output.drawn(findings.by_code(tallies, is_colored=colored))
    what = counted(total, "finding")
    output.note(f"{what}. Each of them: {again}; the codes: mailctl help advice")


def _list_each(output: Output, found: Sequence[Finding]) -> None:
    from mailctl.cli.render import findings

    if not found:
        output.all_well("Nothing to do.")
        return
    output.drawn(findings.each(found))
    output.note(f"{counted(len(found), 'finding')}; mailctl help advice explains them.")
