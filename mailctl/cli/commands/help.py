"""`mailctl help`: what all commands have in common, a page for each topic."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.command import explaining, reading
from mailctl.cli.commands.help_topics import ADVICE, ENVIRONMENT, LIFECYCLE, OUTPUT
from mailctl.cli.input.completers import among
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.values import fields

app = typer.Typer(
    name="help",
    help="""Explain commands, and what all of them have in common.

    `mailctl help account renew` is `mailctl account renew --help`, for every noun and command.

    Examples:
      mailctl help account renew
      mailctl help lifecycle
    """,
)


@app.command("errors")
@reading("error", many=True)
def errors(run: Run) -> None:
    """List every error code with its exit status and its meaning.

    Examples:
      mailctl help errors
      mailctl help errors -o json

    """
    from mailctl.errors import all_errors

    rows = [
        {"code": error.code, "exit_status": error.exit_status, "meaning": error.meaning}
        for error in all_errors()
    ]
    run.output.write_list(InMemoryRows(THINGS["error"], rows))


@app.command("output")
@explaining
def output(run: Run) -> None:
    """Explain the formats of output, dates, amounts and colour.

    Examples:
      mailctl help output
      mailctl account list -o jsonl --fields id,address

    """
    run.output.topic(OUTPUT)


@app.command("environment")
@explaining
def environment(run: Run) -> None:
    """List the environment variables and files that mailctl uses.

    Examples:
      mailctl help environment
      MAILCTL_STORE=trial.db mailctl status

    """
    run.output.topic(ENVIRONMENT)


@app.command("lifecycle")
@explaining
def lifecycle(run: Run) -> None:
    """Describe the life of an account: what happens, when, and who decides.

    Examples:
      mailctl help lifecycle
      mailctl account show alice@acme.example

    """
    run.output.topic(LIFECYCLE)


@app.command("advice")
@explaining
def advice(run: Run) -> None:
    """List the codes of what `mailctl advise` finds, each with its meaning.

    Examples:
      mailctl help advice
      mailctl advise --fields code,command

    """
    from textwrap import fill

    from mailctl.domain.advice_codes import CODES

    lines = [
        fill(text, 80, initial_indent=f"{code:22}", subsequent_indent=" " * 22)
        for code, text in CODES.items()
    ]
    run.output.topic("\n".join((ADVICE, *lines, "")))


@app.command("schema")
@explaining
def schema(
    run: Run,
    thing: Annotated[
        str | None,
        typer.Argument(
            metavar="[THING]",
            help="account, customer, invoice and so on; without it they are listed.",
            autocompletion=among(*THINGS),
        ),
    ] = None,
) -> None:
    """Print the JSON Schema of a thing, as `show` gives it, or list the things.

    Examples:
      mailctl help schema account
      mailctl help schema invoice > invoice.schema.json

    """
    from mailctl.cli.render.json_schema import json_schema

    if thing is None:
        run.output.page("".join(f"{name}\n" for name in sorted(THINGS)))
        run.output.note("The schema of one of them: mailctl help schema account", as_is=True)
        return
    run.output.page(json_schema(thing))


@app.command("versions")
@reading("version", many=True)
def versions(run: Run) -> None:
    """List the versions of mailctl, Python, SQLite and the libraries, and which extras are missing.

    Add them to a bug report.

    Examples:
      mailctl help versions
      mailctl help versions -o json

    """
    from mailctl.insight.versions import components

    items = [fields(one) for one in components()]
    run.output.write_list(InMemoryRows(THINGS["version"], items))
    for extra in sorted({one["extra"] for one in items if one["state"] == "missing"} - {None}):
        run.output.note(f"To add what is missing: pip install 'mailctl[{extra}]'", as_is=True)
