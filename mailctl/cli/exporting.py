"""`mailctl payment export`: files for the bank and the gateways."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from mailctl.cli import parse, values
from mailctl.cli.command import changing
from mailctl.cli.files import UNFIT_NAME
from mailctl.cli.run import Did, Run
from mailctl.cli.text import counted
from mailctl.errors import AlreadyExistsError, UsageError

if TYPE_CHECKING:
    from mailctl.actions.exporting import Exported

KINDS = ("bank", "card", "paypal")
FORMATS = ("sepa", "csv")
PRIVATE = 0o600
Kind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="bank, card or paypal.",
        parser=parse.choice(*KINDS),
        autocompletion=values.among(*KINDS),
    ),
]
FileFormat = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="sepa (direct debit, for banks) or csv.",
        parser=parse.choice(*FORMATS),
        autocompletion=values.among(*FORMATS),
    ),
]
Again = Annotated[bool, typer.Option("--again", help="The last file once more, unchanged.")]
IntoFile = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help="Write a new file, for its owner alone.",
        parser=parse.file_name,
    ),
]


@changing("payment", many=True)
def export(
    run: Run, *, kind: Kind, format: FileFormat, again: Again = False, to: IntoFile = None
) -> None:
    """Write the pending payments for the bank or gateway; each try is handed over once.

    The file goes to stdout unless --to names one, which must not exist yet. SEPA direct debits are
    pain.008.001.08, checked by its schema, and need the settings seller-name, seller-iban and
    seller-creditor-id.

    Examples:
      mailctl payment export --kind bank --format sepa --to debits.xml
      mailctl payment export --kind card --format csv > cards.csv

    """
    from mailctl.actions import exporting
    from mailctl.actions.result import Changed

    shows = run.output.form is not None or bool(run.output.fields)
    if shows and to is None:
        raise UsageError("stdout has the file itself; -o needs --to", hint="--to FILE")
    with _new_file(None if run.dry_run else to) as file:
        if again:
            with run.read() as db:
                exported = exporting.again(db, kind=kind, form=format)
        else:
            with run.write() as tx:
                exported = exporting.export(tx, kind=kind, form=format)
        if exported.content is not None and not run.dry_run:
            (file or sys.stdout).write(exported.content)
    if to is not None and exported.content is None and not run.dry_run:
        Path(to).unlink()
    said = _said(exported, Did(would=run.dry_run, currency=run.output.currency), again=again, to=to)
    if shows:
        made = Changed(
            thing="payment",
            items=exported.payments,
            many=True,
            changed=bool(exported.payments),
        )
        run.tell(made, lambda *_: said)
    else:
        run.output.note(said)


@contextmanager
def _new_file(name: str | None) -> Iterator[TextIO | None]:
    """A new file that only its owner may read; gone again where something fails.

    AlreadyExistsError where it exists: nothing is ever written over.
    """
    if name is None:
        yield None
        return
    try:
        number = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    except FileExistsError:
        raise AlreadyExistsError(
            f"{name} exists already", hint="give --to a name that is free"
        ) from None
    except OSError as error:
        if error.errno not in UNFIT_NAME:
            raise
        raise UsageError(
            f"{name} cannot be written: {(error.strerror or str(error)).lower()}",
            hint="--to FILE, in a folder where you may write",
        ) from None
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _said(exported: Exported, did: Did, *, again: bool, to: str | None) -> str:
    into = f" into {to}" if to else ""
    if again:
        return f"{did('Repeated', 'repeat')} the last file{into}; nothing was changed."
    if exported.content is None:
        return "No payment is to be exported."
    said = (
        f"{did('Exported', 'export')} {counted(len(exported.payments), 'payment')}, "
        f"{did.money(exported.cents)}{into}."
    )
    if exported.collect_on:
        said += f" To be collected on {exported.collect_on}."
    return said
