"""`mailctl find`: whatever a caller can say, and the command that shows what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import reading
from mailctl.cli.input import card_guard, parse
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.run import Run
from mailctl.contract import THINGS
from mailctl.domain.text import counted, listed
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.cli.render.document import Line
    from mailctl.insight.find import Found, NotShown
    from mailctl.insight.hits import Hit

app = typer.Typer()

MORE, MOST = 1_000, 100_000
"""The limit proposed where nobody counted how many hits there are, and the highest one."""
Text = Annotated[
    list[str],
    typer.Argument(
        metavar="TEXT...",
        help="What was said: a name, an address, a number. Several words must all match.",
        parser=parse.free_text,
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        metavar="N",
        help="Show up to N of each kind; 10 unless given.",
        parser=parse.whole(1, MOST),
    ),
]
INDENT, SHOWN = 4, 10


@app.command("find")
@reading("find", many=True)
def find(run: Run, text: Text, limit: Limit = None) -> None:
    """Find what a caller names, by phone number, name, address or invoice.

    Each hit comes with the command that shows it. Found are customers by id, name, e-mail, phone,
    VAT number and postal address; accounts by address, deleted ones too; domains and platforms;
    invoices and orders by number or payment reference; payments by number or by the bank's
    reference; mandates, and the last digits of an IBAN or card. Whole words and their beginnings
    are enough; case, accents, spaces and punctuation do not matter.

    Examples:
      mailctl find 01 99 00 12 34
      mailctl find dupont lyon -o name

    """
    from mailctl.insight import find as finder

    asked = " ".join(text)
    if not any(char.isalnum() for char in asked):
        raise UsageError(
            f"there is nothing to look for in {asked!r}", hint="mailctl find alice@acme.example"
        )
    with run.read() as db:
        found = finder.find(db, asked, limit=limit or SHOWN)
    if found.hits and run.output.is_read_by_people():
        from mailctl.cli.render import document

        document.show(run.output, _lines(found.hits))
    elif found.hits or not run.output.is_read_by_people():
        items = [hit.item() for hit in found.hits]
        run.output.write_list(InMemoryRows(THINGS["find"], items))
    # Typed as four words, a card's number was not seen before: it is not repeated.
    shown = card_guard.without(asked)
    if not found.hits:
        run.output.note(_nothing(shown, found))
    elif found.left:
        run.output.note(_more(shown, found.left, limit or SHOWN))


def _lines(hits: Sequence[Hit]) -> Iterator[Line]:
    """Two lines a hit: what it is, and the command on a line of its own, to be copied."""
    from mailctl.cli.render.document import Line

    for hit in hits:
        yield Line(text=f"{hit.kind} {hit.id}: {hit.label}", indent=INDENT)
        yield Line(text=f"{'':{INDENT}}{hit.command}", is_command=True)


def _nothing(asked: str, found: Found) -> str:
    """That nothing was found, and which words look like those that nothing has."""
    close = [f"{word} is close to {listed(like)}" for word, like in found.unknown.items() if like]
    if close:
        return f"Nothing matches {asked!r}: {'; '.join(close)}."
    if len(found.unknown) == 0 and len(asked.split()) > 1:
        return f"Nothing matches all of {asked!r}; each word alone matches something."
    return f"Nothing matches {asked!r}."


def _more(asked: str, left: Sequence[NotShown], limit: int) -> str:
    """How many more hits there are of each kind, and the command that shows them."""
    import shlex

    some = [one for one in left if one.count]
    counts = [
        f"{'at least ' if one.at_least else ''}{counted(one.count, f'more {one.kind}')}"
        for one in some
    ]
    unsure = [f"{one.kind}s" for one in left if not one.count]
    most = max(
        one.count + limit if one.count and not one.at_least else max(MORE, 2 * limit)
        for one in left
    )
    parts = [f"There {'is' if some[0].count == 1 else 'are'} {listed(counts)}."] if some else []
    if unsure:
        parts.append(f"Not all {listed(unsure)} with such words were compared: add a word.")
    return f"{' '.join(parts)} More: mailctl find {shlex.quote(asked)} --limit {min(most, MOST)}"
