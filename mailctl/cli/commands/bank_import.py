"""`mailctl bank import`: what the bank sends, taken in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.input_files import STDIN, shown_name
from mailctl.cli.run import Run
from mailctl.domain.statements import FileKind
from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.actions.bank_imports import BankImported
    from mailctl.statements.reading import Reading
    from mailctl.store.engine.transaction import Transaction

MOST_FILES = 1000
"""So many files are taken at once: each is open in its own temporary file until all are taken."""

BankFiles = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Files of the bank, of any kind that it sends; - is standard input.",
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
    from mailctl.cli.commands import bank_summary

    _check(files)
    with ExitStack() as opened:
        readings = _in_order([opened.enter_context(one) for one in _read_all(run, files)])
        summary = bank_summary.Summary(run.output, is_dry_run=run.dry_run)

        def take(tx: Transaction) -> BankImported:
            last = tx.last_key("bank_entry")
            return summary.of(tx, bank_imports.import_files(tx, readings), after=last)

        run.change(take, summary.said)


def _check(files: Sequence[str]) -> None:
    """UsageError for more files than are taken at once, and for standard input given twice."""
    if len(files) > MOST_FILES:
        raise UsageError(
            f"{len(files):,} files are more than the {MOST_FILES:,} that are taken at once",
            hint="give them in several commands; what was taken already changes nothing",
        )
    if files.count(STDIN) > 1:
        raise UsageError("standard input is read once", hint="mailctl bank import - FILE")


def _read_all(run: Run, files: Sequence[str]) -> Iterator[Reading]:
    """Every file, each named once, read and checked before the store is held."""
    from mailctl.domain.csv_forms import form_of
    from mailctl.statements.reading import read

    with run.read() as db:
        form = form_of(db.setting("bank-csv"))
    for name in dict.fromkeys(files):
        with _stream(name) as stream:
            shown = shown_name(name) if name == STDIN else Path(name).name
            yield read(stream, name=shown, csv_form=form)


@contextmanager
def _stream(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file, `-` for standard input; UsageError where it cannot be read."""
    if name == STDIN:
        yield sys.stdin.buffer
        return
    with ExitStack() as opened:
        try:
            stream = opened.enter_context(Path(name).open("rb"))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(
                f"{name} cannot be read: {reason}",
                hint="give the path of a file, or - for standard input",
            ) from None
        yield stream


def _in_order(readings: list[Reading]) -> list[Reading]:
    """Answers to direct debits first, then the statements of each account by their days.

    So files say the same whatever order their names have.
    """
    return sorted(readings, key=_place)


def _place(reading: Reading) -> tuple[bool, str, str, int, str]:
    if reading.kind is FileKind.STATUS:
        return False, "", "", 0, reading.digest
    heads = (head for head, _ in reading.statements())
    first = next(heads, None)
    if first is None:
        return True, "", "", 0, reading.digest
    day = first.opening_on or first.from_on or first.closing_on or first.to_on or ""
    return True, first.account, day, first.number or 0, reading.digest
