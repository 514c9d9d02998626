"""`mailctl account explain` and `invoice explain`: what happened, why, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import completers, parse
from mailctl.cli.input.options import AccountArgument
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.output import Format, Output
from mailctl.cli.run import Run
from mailctl.contract import THINGS

if TYPE_CHECKING:
    from mailctl.insight.explaining.sentences import Explanation

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
        from mailctl.cli.render import document, explanation_page

        document.show(output, explanation_page.page(explanation))
    elif output.fields or output.form in (Format.JSON, Format.JSONL):
        output.write_thing("explanation", item)
    elif output.form is Format.NAME:
        noun, _, key = explanation.subject.partition("/")
        output.write_list(InMemoryRows(THINGS[noun], [{THINGS[noun].name_key: key}]))
    else:
        items = [sentence.item() for sentence in explanation.sentences]
        output.write_list(InMemoryRows(THINGS["sentence"], items))
