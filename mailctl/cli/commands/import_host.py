"""`mailctl import`: an existing host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.input_files import columns_of, note_unread, shown_name, source_of
from mailctl.cli.input.options import AllErrors
from mailctl.cli.render.output import Output
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.domain.text import counted
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.imports import File, Imported

app = typer.Typer()

KINDS = ("customers", "platforms", "accounts")
ENDINGS = (".csv", ".jsonl")
USES = "mailctl import accounts FILE, or mailctl import --dir DIR"

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[KIND] FILE",
        parser=parse.file_name,
        help="customers, platforms or accounts, unless the columns show it; the file, or -.",
    ),
]
Folder = Annotated[
    str | None,
    typer.Option(
        "--dir",
        metavar="DIR",
        parser=parse.file_name,
        help="A folder with customers, platforms and accounts, each .csv or .jsonl.",
    ),
]


@app.command("import")
@changing("import")
def import_files(
    run: Run, words: Words = None, dir_: Folder = None, *, all_errors: AllErrors = False
) -> None:
    """Import existing customers, platforms and accounts, without billing.

    Everything is imported, or nothing; wrong lines are grouped by what is wrong, the most frequent
    first. Files are CSV with a header, or JSON Lines, as the lists print them:

      customers  id,name,email and more of a profile, balance_cents
      platforms  name,customer,offer,created_on,renewal
      accounts   platform,address,period,expires_on,anchor_day,renewal

    Examples:
      mailctl import --dir examples/host
      mailctl import accounts accounts.csv --dry-run

    """
    from mailctl.actions import imports

    files = _files(run.output, words or [], dir_)
    every = all_errors or run.output.is_json
    with Progress(quiet=run.output.quiet) as progress, run.write() as tx:
        result = imports.take_in(tx, files, every_error=every, at=progress.at)
    run.report(result, _imported)


def _imported(result: Imported, did: Tense) -> str:
    counts = result.counts
    return (
        f"{did('Imported', 'import')} {counted(counts.customers, 'customer')}, "
        f"{counted(counts.platforms, 'platform')} and {counted(counts.accounts, 'account')}; "
        f"nothing was billed. Opening balances: {did.money(counts.credited_cents)} in credit, "
        f"{did.money(counts.owed_cents)} owed."
    )


def _files(output: Output, words: list[str], folder: str | None) -> tuple[File, ...]:
    if (folder is None) == (not words) or len(words) > 2:
        raise UsageError("import takes one file, or a folder", hint=USES)
    if folder is not None:
        return _files_of_folder(output, Path(folder))
    kind = words[0] if len(words) == 2 else None
    if kind not in (None, *KINDS):
        raise UsageError(f"{kind!r} is not one of {', '.join(KINDS)}", hint=USES)
    return (_file(output, words[-1], kind),)


def _files_of_folder(output: Output, folder: Path) -> tuple[File, ...]:
    found = [
        (kind, folder / f"{kind}{ending}")
        for kind in KINDS
        for ending in ENDINGS
        if (folder / f"{kind}{ending}").is_file()
    ]
    if not found:
        raise UsageError(
            f"{folder} has none of {', '.join(f'{kind}.csv' for kind in KINDS)}", hint=USES
        )
    if len({kind for kind, _ in found}) != len(found):
        raise UsageError(f"{folder} has a .csv and a .jsonl of the same kind", hint=USES)
    return tuple(_file(output, str(path), kind) for kind, path in found)


def _file(output: Output, name: str, kind: str | None) -> File:
    from mailctl.actions import imports
    from mailctl.domain import records

    source = source_of(name)
    if not source.first_line():
        raise UsageError(f"{shown_name(name)} is empty", hint=USES)
    names = {name for columns in imports.COLUMNS.values() for name in columns.read}
    known = kind or imports.kind_of(columns_of(source, names))
    columns = imports.COLUMNS[known]
    found = records.parse(source, shown_name(name), columns)
    shown = shown_name(name) if name == "-" else Path(name).name
    note_unread(output, columns.unread(found.columns), shown)
    return imports.File(kind=known, name=shown, records=found)
