"""The arguments that name entries of bank statements."""

from __future__ import annotations

from typing import Annotated

import typer

from mailctl.cli.input import completers, parse

THING = "bank-entry"

EntryArgument = Annotated[
    int,
    typer.Argument(
        metavar="ENTRY",
        help="The entry's id, as bank list shows it.",
        parser=parse.number(THING, called="entry"),
        autocompletion=completers.stored(THING),
    ),
]
EntriesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="ENTRY...",
        help="The entries' ids; - reads them from standard input, one a line.",
        parser=parse.number_word(THING, called="entry"),
        autocompletion=completers.stored(THING),
    ),
]
