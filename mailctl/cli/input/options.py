"""The options and arguments that commands share: the same word means the same everywhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from mailctl.cli.input import completers, filters, parse
from mailctl.cli.render.colors import Color
from mailctl.cli.render.output import Format


def _option(thing: str, text: str) -> Any:
    """An option that names a thing of the store: `--customer CUSTOMER`."""
    return typer.Option(
        f"--{thing}",
        metavar=thing.upper(),
        help=text,
        parser=parse.reference(thing),
        autocompletion=completers.stored(thing),
    )


def _argument(thing: str, text: str) -> Any:
    """An argument that names a thing of the store: `CUSTOMER`."""
    return typer.Argument(
        metavar=thing.upper(),
        help=text,
        parser=parse.reference(thing),
        autocompletion=completers.stored(thing),
    )


# Every command, and the program and the nouns themselves, so that they stand before or after.
StorePath = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PATH",
        help="The store: a file, or postgresql://...; else MAILCTL_STORE, else the default.",
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing that is not data or a warning.")
]
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, help="Say more.", show_default=False)
]
ColorChoice = Annotated[
    str | None,
    typer.Option(
        "--color",
        metavar="WHEN",
        help="Use colour: auto, always or never.",
        parser=parse.choice(*Color),
        autocompletion=completers.among(*Color),
    ),
]
NoPager = Annotated[
    bool, typer.Option("--no-pager", help="Do not show long output through a pager.")
]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask anything.")]
Wait = Annotated[
    int | None,
    typer.Option(
        "--wait",
        metavar="SECONDS",
        help="How long to wait for a busy store; 10 unless given.",
        parser=parse.whole(0, 86_400),
    ),
]

# Every command that shows data.
Form = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORMAT",
        help="table, json, jsonl, csv, tsv or name.",
        parser=parse.choice(*Format),
        autocompletion=completers.among(*Format),
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Short for -o json.")]
Fields = Annotated[
    str | None,
    typer.Option(
        "--fields",
        metavar="A,B",
        help="Which fields to show, or all.",
        autocompletion=completers.fields,
    ),
]

# Every command that lists.
Sort = Annotated[
    str | None,
    typer.Option(
        "--sort",
        metavar="KEY",
        help="Order by this field, or by -KEY downwards; empty ones last.",
        autocompletion=completers.sort_keys,
    ),
]

# Every command that changes something.
DryRun = Annotated[
    bool, typer.Option("--dry-run", "-n", help="Show what would be done; do nothing.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]

# Filters of lists.
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar="N", help="Show the first N only.", parser=parse.whole(1, 999_999_999)
    ),
]
Search = Annotated[
    str | None,
    typer.Option(
        "--search", metavar="TEXT", help="Only those that contain the text.", parser=parse.free_text
    ),
]
Since = Annotated[
    date | None, typer.Option("--since", metavar="DATE", help="From this day on.", parser=parse.day)
]
Until = Annotated[
    date | None,
    typer.Option("--until", metavar="DATE", help="Up to this day, included.", parser=parse.day),
]
CustomerFilter = Annotated[str | None, _option("customer", "Only this customer's.")]
PlatformFilter = Annotated[str | None, _option("platform", "Only this platform's.")]
OfferFilter = Annotated[str | None, _option("offer", "Only those of this offer.")]
DomainFilter = Annotated[str | None, _option("domain", "Only those in this mail domain.")]
CountryFilter = Annotated[
    str | None,
    typer.Option(
        "--country",
        metavar="CC",
        help="Only this country's: its two letters.",
        parser=filters.country,
        autocompletion=completers.stored("country"),
    ),
]

# What commands are about.
CustomerArgument = Annotated[str, _argument("customer", "The customer's id.")]
PlatformArgument = Annotated[str, _argument("platform", "The platform's name.")]
AccountArgument = Annotated[
    str,
    typer.Argument(
        metavar="ACCOUNT",
        help="The account's id or address.",
        autocompletion=completers.stored("address"),
    ),
]
DomainArgument = Annotated[str, _argument("domain", "The mail domain.")]
OfferArgument = Annotated[str, _argument("offer", "The offer's name.")]
OrderArgument = Annotated[
    int,
    typer.Argument(
        metavar="NUMBER",
        help="The order's number.",
        parser=parse.number("order"),
        autocompletion=completers.stored("order"),
    ),
]
Reason = Annotated[
    str, typer.Option("--reason", metavar="REASON", help="Why.", parser=parse.free_text)
]
Received = Annotated[
    bool, typer.Option("--received", help="The money was received: any amount is recorded.")
]
BankReference = Annotated[
    str | None,
    typer.Option(
        "--reference",
        metavar="REFERENCE",
        help="The bank's own reference for the movement; each is recorded once.",
        parser=parse.free_text,
    ),
]
ValueDate = Annotated[
    date | None,
    typer.Option(
        "--value-date",
        metavar="DATE",
        help="The day from which the bank counts the money; it is only shown.",
        parser=parse.day,
    ),
]
AwaitPayment = Annotated[
    bool,
    typer.Option("--await-payment", help="Only keep the order; it has no effect until it is paid."),
]
ConfirmedName = Annotated[
    str | None,
    typer.Option(
        "--confirm",
        metavar="NAME",
        help="Do it without asking, if this is the name.",
        parser=parse.free_text,
    ),
]
OrderArguments = Annotated[
    list[str],
    typer.Argument(
        metavar="NUMBER...",
        help="The orders' numbers; - reads them from standard input, one a line.",
        parser=parse.number_word("order"),
        autocompletion=completers.stored("order"),
    ),
]
IdempotencyKey = Annotated[
    str | None,
    typer.Option(
        "--key",
        metavar="KEY",
        help="With the same key the command is carried out once, however often it is given.",
        parser=parse.key,
    ),
]

# What commands are given.
CustomerName = Annotated[str, _option("customer", "The customer's id.")]
CustomerOption = Annotated[str | None, _option("customer", "For this customer alone.")]
FromDay = Annotated[
    date | None,
    typer.Option(
        "--from", metavar="DATE", help="From this day on; today unless given.", parser=parse.day
    ),
]
FromFile = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FILE",
        help="A file, CSV or JSON Lines, or - for standard input.",
        parser=parse.file_name,
    ),
]
AllErrors = Annotated[
    bool,
    typer.Option("--all-errors", help="List every wrong line of a file, not only the first ones."),
]
_ACCOUNTS: Any = typer.Argument(
    metavar="ACCOUNT...",
    help="Ids or addresses; - reads them from standard input, one a line.",
    autocompletion=completers.stored("address"),
)
AccountsArgument = Annotated[list[str] | None, _ACCOUNTS]
LostAccounts = Annotated[list[str], _ACCOUNTS]
ReportFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE", help="Where to write it; - is standard output.", parser=parse.file_name
    ),
]
