"""`mailctl payment export`: files for the bank and the gateways, written, listed, written again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.render.machine_formats import Given
from mailctl.cli.render.new_files import prepared
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS
from mailctl.domain.text import counted, listed
from mailctl.errors import AlreadyExistsError, DiskFailedError, MailctlError, UsageError

if TYPE_CHECKING:
    from mailctl.actions.exporting import Exported, LeftOut, Repeated

KINDS = ("bank", "card", "paypal")
FORMATS = ("sepa", "csv")
PROGRAM = "mailctl payment export"
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help="bank, card or paypal.",
        parser=parse.choice(*KINDS),
        autocompletion=completers.among(*KINDS),
    ),
]
FileFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="sepa (direct debit, for banks) or csv.",
        parser=parse.choice(*FORMATS),
        autocompletion=completers.among(*FORMATS),
    ),
]
Again = Annotated[
    bool, typer.Option("--again", help="A file once more, unchanged: the newest, or --file N.")
]
FileNumber = Annotated[
    int | None,
    typer.Option(
        "--file", metavar="N", help="With --again: which file.", parser=parse.number("payment-file")
    ),
]
ListFiles = Annotated[bool, typer.Option("--list", help="List the files that were written.")]
IntoFile = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help="Write a new file, for its owner alone.",
        parser=parse.file_name,
    ),
]


@changing("payment", many=True, also="payment-file")
def export(
    run: Run,
    *,
    kind: Kind = None,
    format: FileFormat = None,
    again: Again = False,
    file: FileNumber = None,
    list: ListFiles = False,
    to: IntoFile = None,
) -> None:
    """Write the pending payments for the bank or gateway; each try is handed over once.

    The file goes to stdout unless --to names one, which must not exist yet. SEPA direct debits are
    pain.008.001.08, checked by its schema, and need the settings seller-name, seller-iban and
    seller-creditor-id. Every file is kept: --list shows them, --again --file N writes one again.

    Examples:
      mailctl payment export --kind bank --format sepa --to debits.xml
      mailctl payment export --again --file 3 --to debits.xml

    """
    if list:
        _list(run, kind, format, is_alone=not (again or file or to))
        return
    if file is not None and not again:
        raise UsageError(
            "--file says which file is written again", hint=f"{PROGRAM} --again --file {file}"
        )
    if not again and (kind is None or format is None):
        raise UsageError(
            f"{'--kind' if kind is None else '--format'} is missing",
            hint=f"{PROGRAM} --kind bank --format sepa --to debits.xml",
        )
    if to is None and _shows(run):
        raise UsageError("stdout has the file itself; -o needs --to", hint="--to FILE")
    if again:
        _repeat(run, kind, format, file, to)
    elif kind is not None and format is not None:
        _export(run, kind, format, to)


def _shows(run: Run) -> bool:
    return run.output.form is not None or bool(run.output.fields)


def _list(run: Run, kind: str | None, form: str | None, *, is_alone: bool) -> None:
    from mailctl.store import payment_files

    if not is_alone:
        raise UsageError("--list goes with --kind and --format alone", hint=f"{PROGRAM} --list")
    run.output.check_fields(THINGS["payment-file"], many=True)
    run.list(lambda db: payment_files.files(db, kind=kind, form=form))


def _export(run: Run, kind: str, form: str, to: str | None) -> None:
    from mailctl.actions import exporting

    run.output.check_fields(THINGS["payment"], many=True)
    with _place(None if run.dry_run else to) as write:
        with run.write() as tx:
            exported = exporting.export(tx, kind=kind, form=form)
        # The store has the file, and says that it was handed over: it can be had again whatever
        # becomes of this writing.
        if exported.content is not None and not run.dry_run:
            with _told_how_to_have_it_again(run, exported, to):
                write(exported.content)
    for one in exported.left_out:
        run.output.warn(_left_out(run, one))
    if exported.untold:
        run.output.warn(_untold(exported.untold))
    said = _said(exported, Tense(would=run.dry_run, currency=run.output.currency), to=to)
    if _shows(run):
        _show(run, exported)
    else:
        run.output.note(said)


def _repeat(
    run: Run, kind: str | None, form: str | None, number: int | None, to: str | None
) -> None:
    from mailctl.actions import exporting

    run.output.check_fields(THINGS["payment-file"], many=True)
    with _place(None if run.dry_run else to) as write:
        with run.read() as db:
            repeated = exporting.again(db, kind=kind, form=form, number=number)
            item = exporting.listed(db, repeated.file.id)
        if not run.dry_run:
            write(repeated.file.content)
    for warning in _doubts(repeated):
        run.output.warn(warning)
    if _shows(run):
        beside = {"changed": False, "dry_run": run.dry_run}
        run.output.write_list(Given(THINGS["payment-file"], [item]), beside=beside)
        return
    did = Tense(would=run.dry_run, currency=run.output.currency)
    into = f" into {to}" if to else ""
    file = repeated.file
    run.output.note(
        f"{did('Repeated', 'repeat')} file {file.id} of {file.exported_on}{into}; "
        "nothing was changed."
    )


@contextmanager
def _place(name: str | None) -> Iterator[Callable[[str], None]]:
    """What writes the file: stdout, or a new file of that name."""
    with prepared(name) if name else nullcontext(_to_stdout) as write:
        yield write


def _to_stdout(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def _told_how_to_have_it_again(run: Run, exported: Exported, to: str | None) -> Iterator[None]:
    """The payments count as handed over: whatever ends the writing now, say where the file is."""
    from mailctl.insight.advice.finding import command

    words = ("payment", "export", "--again", "--file", exported.file)
    again = command(*words, *(("--to", to) if to else ()))
    said = (
        f"{counted(len(exported.payments), 'payment')} "
        f"{'is' if len(exported.payments) == 1 else 'are'} exported as file {exported.file}, but "
        f"{to or 'the file'} could not be written"
    )
    try:
        yield
    except AlreadyExistsError as error:
        raise AlreadyExistsError(f"{said}: {error.message}", hint=again) from None
    except BrokenPipeError:
        run.output.warn(f"{said}: nobody read it to its end. The same file: {again}")
        raise
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise DiskFailedError(f"{said}: {why}", hint=again) from None
    except MailctlError:
        raise
    except BaseException:
        run.output.warn(f"{said}. The same file: {again}")
        raise


def _show(run: Run, exported: Exported) -> None:
    """The payments as data; beside them what was left out, and why."""
    beside = {
        "changed": bool(exported.payments),
        "dry_run": run.dry_run,
        "file": exported.file,
        "collect_on": [day.isoformat() for day in exported.collect_on],
        "left_out": [
            {
                "payment": one.payment,
                "customer": one.customer,
                "amount_cents": one.amount_cents,
                "reason": one.obstacle.reason,
                "command": complete(_remedy(one)),
            }
            for one in exported.left_out
        ],
        "untold": exported.untold,
    }
    run.output.write_list(Given(THINGS["payment"], exported.payments), beside=beside)


def _left_out(run: Run, one: LeftOut) -> str:
    amount = Tense(would=False, currency=run.output.currency).money(one.amount_cents)
    return (
        f"payment {one.payment} of {one.customer}, {amount}, is left out: {one.obstacle.reason}. "
        f"It goes with the next file after: {_remedy(one)}"
    )


def _remedy(one: LeftOut) -> str:
    from mailctl.insight.advice.people import mend_debits

    return mend_debits(one.customer, one.obstacle.remedy)


def _untold(count: int) -> str:
    waits = "waits: its customer was" if count == 1 else "wait: their customers were"
    return f"{counted(count, 'payment')} {waits} not told yet. First: mailctl notice send"


def _doubts(repeated: Repeated) -> Iterator[str]:
    file = repeated.file
    if repeated.is_past:
        yield f"the collection day of file {file.id}, {file.collect_on}, is past"
    if repeated.answered:
        count = len(repeated.answered)
        yield (
            f"{counted(count, 'payment')} of file {file.id} {'was' if count == 1 else 'were'} "
            f"answered since: {listed([str(one) for one in repeated.answered], most=5)}"
        )


def _said(exported: Exported, did: Tense, *, to: str | None) -> str:
    if exported.content is None:
        said = "No payment is to be exported."
        if exported.last:
            last = exported.last
            said += (
                f" The last file is number {last.id}, of {last.exported_on}: "
                f"{PROGRAM} --again --file {last.id}"
            )
        return said
    said = (
        f"{did('Exported', 'export')} {counted(len(exported.payments), 'payment')}, "
        f"{did.money(exported.cents)}{f' into {to}' if to else ''}."
    )
    if exported.collect_on:
        said += f" To be collected on {listed([str(day) for day in exported.collect_on], most=5)}."
    return said
