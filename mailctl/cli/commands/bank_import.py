"""`mailctl bank import`: what the bank sends, taken in."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.input_files import STDIN, shown_name
from mailctl.cli.run import Run
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailctl.statements.reading import Reading

BankFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Files of the bank, of any kind it sends; - is standard input.",
        parser=parse.file_name,
    ),
]


@changing("bank-import")
def import_files(run: Run, files: BankFiles) -> None:
    """Take in files of the bank: statements, notifications, answers to direct debits.

    camt.052, camt.053, camt.054, pain.002 and MT940 are told apart by what is in them; CSV is read
    as the setting bank-csv says. Money that names a payment, an invoice or an order is booked; what
    is only likely is proposed; the rest waits for you. A file that was taken before changes
    nothing. All of the files are taken, or nothing.

    Examples:
      mailctl bank import statement.xml
      mailctl bank import /var/spool/bank/*.xml --dry-run

    """
    from mailctl.actions import bank_imports

    with ExitStack() as opened:
        readings = _read_all(run, files, opened)
        run.change(lambda tx: bank_imports.import_files(tx, readings), _imported)
