"""`mailctl payment export`: files for the bank and the gateways, written, listed, written again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import completers, parse
from mailctl.cli.input.method_kinds import MethodKindOption
from mailctl.cli.render.machine_formats import InMemoryRows
from mailctl.cli.render.new_files import prepared
from mailctl.cli.render.printed_commands import complete
from mailctl.cli.run import Run, Tense
from mailctl.contract import THINGS
from mailctl.domain.payments import FileFormat, MethodKind
from mailctl.domain.text import counted, listed
from mailctl.errors import AlreadyExistsError, DiskFailedError, MailctlError, UsageError

if TYPE_CHECKING:
    from mailctl.actions.payment_files import FileRepeated, LeftOut, PaymentsExported

PROGRAM = "mailctl payment export"
FormOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="sepa (direct debit, for banks) or csv.",
        parser=parse.choice(*FileFormat),
        autocompletion=completers.among(*FileFormat),
    ),
]
Again = Annotated[
    bool, typer.Option("--again", help="Write a file again, unchanged: the newest, or --file N.")
]
FileNumber = Annotated[
    int | None,
    typer.Option(
        "--file",
        metavar="N",
        help="With --again: which file.",
        parser=parse.number("payment-file"),
        autocompletion=completers.stored("payment-file"),
    ),
]
ListFiles = Annotated[bool, typer.Option("--list", help="List the files that were written.")]
IntoFile = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help="Write a new file that only its owner may read.",
        parser=parse.file_name,
    ),
]
AfterRestore = Annotated[
    bool,
    typer.Option(
        "--after-restore",
        help="The first file after a restore: what the bank says since the backup is entered.",
    ),
]


@changing("payment", many=True, also="payment-file")
def export(
    run: Run,
    *,
    kind: MethodKindOption = None,
    format: FormOption = None,
    again: Again = False,
    file: FileNumber = None,
    list: ListFiles = False,
    to: IntoFile = None,
    after_restore: AfterRestore = False,
) -> None:
    """Write the pending payments for the bank or gateway; each try is handed over once.

    The file goes to stdout unless --to names one, which must not exist yet. SEPA direct debits are
    pain.008.001.08, validated against its schema, and need the settings seller-name, seller-iban
    and seller-creditor-id. Every file is kept: --list shows them, --again --file N writes one
    again.

    Examples:
      mailctl payment export --kind bank --format sepa --to debits.xml
      mailctl payment export --again --file 3 --to debits.xml

    """
    kinds = MethodKind(kind) if kind else None, FileFormat(format) if format else None
    if after_restore and (list or again):
        raise UsageError(
            "--after-restore is for a new file; --list and --again write none",
            hint=f"{PROGRAM} --help",
        )
    if list:
        _list(run, *kinds, is_alone=not (again or file or to))
    elif again:
        _repeat(run, *kinds, file, to)
    else:
        _export(run, *_needed(*kinds, file), to, after_restore=after_restore)


def _needed(
    kind: MethodKind | None, form: FileFormat | None, file: int | None
) -> tuple[MethodKind, FileFormat]:
    """The kind and format of a new file; UsageError where one is missing."""
    if file is not None:
        raise UsageError(
            "--file says which file is written again", hint=f"{PROGRAM} --again --file {file}"
        )
    if kind is None or form is None:
        by_card = kind not in (None, MethodKind.BANK) or form is FileFormat.CSV
        made = f"{kind or MethodKind.CARD} --format csv" if by_card else "bank --format sepa"
        raise UsageError(
            f"{'--kind' if kind is None else '--format'} is missing",
            hint=f"{PROGRAM} --kind {made} --to {'payments.csv' if by_card else 'debits.xml'}",
        )
    return kind, form


def _check_stdout(run: Run, to: str | None) -> None:
    """UsageError where both the file and its data would go to stdout."""
    if to is None and run.is_data_asked_for:
        raise UsageError("stdout has the file itself; -o needs --to", hint="--to FILE")


def _list(run: Run, kind: MethodKind | None, form: FileFormat | None, *, is_alone: bool) -> None:
    from mailctl.store import payment_files

    if not is_alone:
        raise UsageError("only --kind and --format go with --list", hint=f"{PROGRAM} --list")
    run.output.check_fields(THINGS["payment-file"], many=True)
    run.list(lambda db: payment_files.files(db, kind=kind, form=form))


def _export(
    run: Run, kind: MethodKind, form: FileFormat, to: str | None, *, after_restore: bool
) -> None:
    from mailctl.actions import payment_files

    _check_stdout(run, to)
    run.output.check_fields(THINGS["payment"], many=True)
    with _place(None if run.dry_run else to) as write:
        with run.write() as tx:
            result = payment_files.export(tx, kind=kind, form=form, after_restore=after_restore)
        # The store has the file now, and its payments count as handed over: whatever happens to
        # this writing, the file can be written again.
        if result.content is not None and not run.dry_run:
            with _saying_how_to_repeat(run, result, to):
                write(result.content)
    _warn_of_left_out(run, result.left_out)
    if result.unnotified:
        run.output.warn(_unnotified(result.unnotified))
    if run.is_data_asked_for:
        _show(run, result)
    else:
        run.output.note(_exported(result, _tense(run), to=to))


def _repeat(
    run: Run, kind: MethodKind | None, form: FileFormat | None, number: int | None, to: str | None
) -> None:
    from mailctl.actions import payment_files

    _check_stdout(run, to)
    run.output.check_fields(THINGS["payment-file"], many=True)
    with _place(None if run.dry_run else to) as write:
        with run.read() as db:
            result = payment_files.repeat(db, kind=kind, form=form, number=number)
        if not run.dry_run:
            write(result.file.content)
    for warning in _doubts(result):
        run.output.warn(warning)
    if run.is_data_asked_for:
        beside = {"changed": result.changed, "dry_run": run.dry_run}
        run.output.write_list(InMemoryRows(THINGS[result.thing], result.items), beside=beside)
    else:
        file, into = result.file, f" into {to}" if to else ""
        run.output.note(
            f"{_tense(run)('Repeated', 'repeat')} file {file.id} of {file.exported_on}{into}; "
            "nothing was changed."
        )


def _tense(run: Run) -> Tense:
    return Tense(would=run.dry_run, currency=run.output.currency)


@contextmanager
def _place(name: str | None) -> Iterator[Callable[[str], None]]:
    """The function that writes the file: to stdout, or to a new file of that name."""
    with prepared(name) if name else nullcontext(_to_stdout) as write:
        yield write


def _to_stdout(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


@contextmanager
def _saying_how_to_repeat(run: Run, result: PaymentsExported, to: str | None) -> Iterator[None]:
    """If the writing fails, say that the payments are exported and how to get the file."""
    from mailctl.hints import command

    words = ("payment", "export", "--again", "--file", result.file)
    again = command(*words, *(("--to", to) if to else ()))
    text = (
        f"{counted(len(result.items), 'payment is', 'payments are')} exported as file "
        f"{result.file}, but {to or 'the file'} could not be written"
    )
    try:
        yield
    except AlreadyExistsError as error:
        raise AlreadyExistsError(f"{text}: {error.message}", hint=again) from None
    except BrokenPipeError:
        run.output.warn(f"{text}: its reader stopped before the end. The same file: {again}")
        raise
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise DiskFailedError(f"{text}: {why}", hint=again) from None
    except MailctlError:
        raise
    except BaseException:
        run.output.warn(f"{text}. The same file: {again}")
        raise


def _show(run: Run, result: PaymentsExported) -> None:
    """The payments as data; beside them what was left out, and why."""
    beside = {
        "changed": result.changed,
        "dry_run": run.dry_run,
        "file": result.file,
        "collect_on": [day.isoformat() for day in result.collect_on],
        "left_out": [
            {
                "payment": one.payment,
                "customer": one.customer,
                "amount_cents": one.amount_cents,
                "reason": one.obstacle.reason,
                "command": complete(_remedy(one)),
            }
            for one in result.left_out
        ],
        "untold": result.unnotified,
    }
    run.output.write_list(InMemoryRows(THINGS[result.thing], result.items), beside=beside)


def _warn_of_left_out(run: Run, left_out: Sequence[LeftOut]) -> None:
    """The payments that the file cannot carry; of each reason the first ones."""
    by_reason: dict[str, list[str]] = {}
    for one in left_out:
        by_reason.setdefault(one.obstacle.reason, []).append(_left_out(run, one))
    for reason, texts in by_reason.items():
        run.output.warn_of_some(texts, f"payments are left out: {reason}")


def _left_out(run: Run, one: LeftOut) -> str:
    return (
        f"payment {one.payment} of {one.customer}, {_tense(run).money(one.amount_cents)}, is left "
        f"out: {one.obstacle.reason}. It goes with the next file after: {_remedy(one)}"
    )


def _remedy(one: LeftOut) -> str:
    from mailctl.insight.advice.people import fix_debits

    return fix_debits(one.customer, one.obstacle.remedy)


def _unnotified(count: int) -> str:
    waits = "waits: its customer was" if count == 1 else "wait: their customers were"
    return f"{counted(count, 'payment')} {waits} not notified yet. First: mailctl notice send"


def _doubts(result: FileRepeated) -> Iterator[str]:
    file = result.file
    if result.is_past:
        yield f"the collection day of file {file.id}, {file.collect_on}, is past"
    if count := len(result.answered):
        yield (
            f"{counted(count, 'payment')} of file {file.id} {'was' if count == 1 else 'were'} "
            f"answered since: {listed([str(one) for one in result.answered], most=5)}"
        )


def _exported(result: PaymentsExported, did: Tense, *, to: str | None) -> str:
    if result.content is None:
        text = "There is no payment to export."
        if last := result.last:
            text += (
                f" The last file is number {last.id}, of {last.exported_on}: "
                f"{PROGRAM} --again --file {last.id}"
            )
        return text
    text = (
        f"{did('Exported', 'export')} {counted(len(result.items), 'payment')}, "
        f"{did.money(result.cents)}{f' into {to}' if to else ''}."
    )
    if result.collect_on:
        text += f" To be collected on {listed([str(day) for day in result.collect_on], most=5)}."
    if did.would:
        return text
    return (
        f"{text}\nThis cannot be undone: each try is handed over once.\n"
        f"To write the file again: {PROGRAM} --again --file {result.file}"
    )
