"""`mailctl account explain` and `invoice explain`: what happened, why, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import AccountArgument
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.output import Format, Output
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.render.text import broken, clean
from mailctl.cli.run import Run
from mailctl.contract import THINGS

if TYPE_CHECKING:
    from mailctl.insight.explaining.sentences import Explanation, Sentence

DATES = 12
COMMAND = ": mailctl "
LEAST_WIDTH = 40
WIDEST = 100
"""A line longer than this is hard to read, however wide the terminal is."""

All = Annotated[bool, typer.Option("--all", help="List each renewal, or line, separately.")]
Document = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        help="The invoice's number, as 2026-000001; a credit note's is AV2026-000001.",
        parser=parse.reference("invoice"),
        autocompletion=completers.stored("invoice"),
    ),
]
LineNumbers = Annotated[
    list[int] | None,
    typer.Option(
        "--line",
        metavar="N",
        help="Only this line, in depth; may be given several times.",
        parser=parse.whole(1, 999_999),
        show_default=False,
    ),
]


@reading("explanation")
def account(run: Run, account: AccountArgument, *, all: All = False) -> None:
    """Explain why an account was billed or suspended, and what happens next and when.

    From the journal and the rules, the oldest first. With -o tsv each sentence is a row.

    Examples:
      mailctl account explain alice@acme.example
      mailctl account explain 17 --all

    """
    from mailctl.insight.explaining import accounts

    with run.read() as db:
        show(run.output, accounts.explain(db, account, every=all))


@reading("explanation")
def invoice(run: Run, number: Document, *, line: LineNumbers = None, all: All = False) -> None:
    """Explain why an invoice or credit note was issued, how it was computed and what paid it.

    Examples:
      mailctl invoice explain 2026-000001
      mailctl invoice explain 2026-000001 --line 2

    """
    from mailctl.insight.explaining import invoices

    with run.read() as db:
        show(run.output, invoices.explain(db, number, lines=tuple(line or ()), every=all))


def show(output: Output, explanation: Explanation) -> None:
    """The sentences: laid out for people, a row each as TSV and CSV, one thing in JSON."""
    item = explanation.item()
    if output.shows_document():
        output.page(_page(explanation, output.document_width()))
    elif output.fields or output.form in (Format.JSON, Format.JSONL):
        output.write_thing("explanation", item)
    elif output.form is Format.NAME:
        noun, _, key = explanation.subject.partition("/")
        output.write_list(InMemoryRows(THINGS[noun], [{THINGS[noun].name_key: key}]))
    else:
        items = [sentence.item() for sentence in explanation.sentences]
        output.write_list(InMemoryRows(THINGS["sentence"], items))


def _page(explanation: Explanation, width: int) -> str:
    """Title, dated sentences, what is to come, the ways out, how far the mail server is."""
    wide = min(max(width, LEAST_WIDTH), WIDEST)
    lines = broken(clean(explanation.title), wide)
    lines += ["", *_dated(explanation.past, wide)]
    for title, sentences in (
        ("Next:", explanation.outlook.sentences),
        ("Ways out:", explanation.ways_out),
        ("On the mail server:", explanation.mail_server),
    ):
        if sentences:
            lines += ["", title, *_dated(sentences, wide)]
    return "\n".join((*lines, ""))


def _dated(sentences: Sequence[Sentence], width: int) -> Iterator[str]:
    """Each sentence beside its date."""
    for sentence in sentences:
        label = str(sentence.on) if sentence.on else ""
        head, sign, command = clean(complete(sentence.text)).rpartition(COMMAND)
        parts = broken(head + sign[:1], width - DATES) if sign else []
        # A command stands on a line of its own, whole, so that it can be copied.
        parts += [f"  {sign[2:]}{command}"] if sign else broken(command, width - DATES)
        for number, part in enumerate(parts):
            yield f"{'' if number else label:<{DATES}}{part}".rstrip()
