"""`mailctl invoice render`: invoices and credit notes as files for the customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.filters import known
from mailctl.cli.input.input_files import STDIN, names_in
from mailctl.cli.input.options import CustomerFilter, Since, Until
from mailctl.cli.render.document_files import STDOUT, Delivered, Target
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS
from mailctl.domain.documents import DocumentFormat
from mailctl.domain.invoices import DocumentKind
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError
from mailctl.store.queries.issued_documents import Selection, named, selected

MOST_NAMES = 5
PROGRAM = "mailctl invoice render"
Numbers = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NUMBER...",
        help="Invoices or credit notes; - reads them from standard input, one a line.",
        parser=parse.reference("invoice"),
        autocompletion=completers.stored("invoice"),
    ),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="Only these: invoice or credit-note.",
        parser=parse.choice(*DocumentKind),
        autocompletion=completers.among(*DocumentKind),
    ),
]
Form = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="pdf, facturx (a PDF with its XML), ubl, xrechnung or peppol.",
        parser=parse.choice(*DocumentFormat),
        autocompletion=completers.among(*DocumentFormat),
    ),
]
Into = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="FILE|DIR",
        help="A new file that only its owner may read; in a DIR with its number; - is stdout.",
        parser=parse.file_name,
    ),
]


@changing("document", many=True)
def render(
    run: Run,
    numbers: Numbers = None,
    *,
    customer: CustomerFilter = None,
    since: Since = None,
    until: Until = None,
    kind: Kind = None,
    format: Form,
    to: Into,
) -> int:
    """Write invoices and credit notes as the customer gets them: PDF, or XML for programs.

    Each is checked by the published rules of its format before it is written; one that breaks a
    rule is named with what fixes it, and holds back no other. Exit status 1 if any is. With --since
    and --until it is those issued then. What is sent by e-mail fulfils neither Peppol's nor the
    French platforms' duties.

    Examples:
      mailctl invoice render 2026-000001 --format pdf --to invoice.pdf
      mailctl invoice render --since 2026-01-01 --format facturx --to /srv/sent

    """
    from mailctl.documents.xml import check_installed

    selection = Selection(
        customer=customer,
        since=since,
        until=until,
        kind=DocumentKind(kind) if kind else None,
    )
    _check_chosen(selection, is_named=bool(numbers))
    names = names_in("invoice", numbers) if numbers else None
    is_many = names is None or STDIN in (numbers or ()) or len(names) != 1
    target = Target(to=to, form=DocumentFormat(format))
    target.check(run.output, is_many=is_many)
    check_installed()
    return _report(run, target, _delivered(run, target, names, selection), is_many=is_many)


def _check_chosen(selection: Selection, *, is_named: bool) -> None:
    """UsageError where documents are chosen in two ways, or in none."""
    since, until = selection.since, selection.until
    if is_named and selection.narrows:
        raise UsageError(
            "a NUMBER names a document, and filters choose others: give one or the other",
            hint=f"{PROGRAM} --help",
        )
    if not is_named and not selection.narrows:
        raise UsageError(
            "no document is named",
            hint=f"{PROGRAM} 2026-000001 --format pdf --to FILE, or --since DATE … --to DIR",
        )
    if since and until and until < since:
        raise UsageError(
            f"--until {until} is before --since {since}", hint=f"--since {until} --until {since}"
        )


def _delivered(
    run: Run, target: Target, names: Sequence[str] | None, selection: Selection
) -> list[Delivered]:
    """Make the documents of these names, or else those selected, and put each in its place."""
    from mailctl.actions.documents import made_documents

    with run.read() as db:
        chosen = (
            selected(known(db, customer=selection.customer), selection)
            if names is None
            else named(db, names)
        )
    done = []
    with Progress(quiet=run.output.quiet) as progress, run.store.kept_open() as store:
        for one in made_documents(store, chosen, target.form, dry_run=run.dry_run):
            done.append(target.delivered(one, dry_run=run.dry_run))
            progress.at(f"documents: {len(done):,} of {chosen.count:,}")
    return done


def _report(run: Run, target: Target, done: Sequence[Delivered], *, is_many: bool) -> int:
    """Say what was written; the one that is refused is an error, several are warnings."""
    refused = [one for one in done if one.refused]
    if not is_many:
        for one in done:
            if one.refused:
                raise one.refused
    _warn_of_refused(run, refused)
    items = [one.item(target.form) for one in done]
    if run.is_data_asked_for and is_many:
        run.output.write_list(InMemoryRows(THINGS["document"], items))
    elif run.is_data_asked_for:
        run.output.write_thing("document", items[0])
    elif not done:
        run.output.note("No documents match.")
    elif target.to != STDOUT:
        did = Tense(would=run.dry_run, currency=run.output.currency)
        run.output.say(_several(done, target, did) if is_many else _one(done[0], did))
    return 1 if refused else 0


def _warn_of_refused(run: Run, refused: Sequence[Delivered]) -> None:
    """Those that did not leave; of each reason the first ways to fix it."""
    by_reason: dict[str, dict[str, list[Delivered]]] = {}
    for one in refused:
        for at, (reason, hint) in enumerate(one.shortcomings):
            text = reason if at else reason.partition(": ")[2]
            by_reason.setdefault(text, {}).setdefault(hint, []).append(one)
    for reason, by_hint in by_reason.items():
        texts = [_refused(alike, reason, hint) for hint, alike in by_hint.items()]
        run.output.warn_of_some(texts, f"such commands for other documents: {reason}")


def _refused(alike: Sequence[Delivered], reason: str, hint: str) -> str:
    """Documents that the same command mends."""
    first = alike[0]
    assert first.refused is not None
    text, colon, _ = first.refused.message.removesuffix(".").partition(": ")
    if len(alike) > 1:
        numbers = listed([one.issued.number for one in alike], most=MOST_NAMES)
        text = text[text.index(first.issued.number) :].replace(first.issued.number, numbers, 1)
    return f"{text}{colon}{reason}: {hint}"


def _one(done: Delivered, did: Tense) -> str:
    if not (done.written or did.would):
        return f"{done.path} is there already, and is the same."
    how = ", as it was sent" if done.is_as_sent else ""
    return f"{did('Wrote', 'write')} {done.path}{how}."


def _several(done: Sequence[Delivered], target: Target, did: Tense) -> str:
    good = [one for one in done if not one.refused]
    count = len(good) if did.would else sum(one.written for one in good)
    text = f"{did('Wrote', 'write')} {counted(count, 'document')} into {target.to.rstrip('/')}/."
    if there := len(good) - count:
        text += f" {counted(there, 'was', 'were')} there already, and the same."
    if refused := len(done) - len(good):
        text += f" {counted(refused, 'is', 'are')} refused."
    return text
