"""`mailctl store restore`: a backup becomes the store, and numbers go on after what was lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailctl.cli.command import changing
from mailctl.cli.input import parse
from mailctl.cli.input.options import ConfirmedName
from mailctl.cli.render.output import Output
from mailctl.cli.render.progress import Progress
from mailctl.cli.run import Run, Tense
from mailctl.domain.invoices import DocumentNumber, Series, document_number
from mailctl.domain.money import money
from mailctl.domain.text import counted, listed
from mailctl.errors import ConfirmationNeededError, DeclinedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailctl.actions.restore_plan import Key, RestorePlan, Work
    from mailctl.actions.restoring import Restored

MOST_OF_A_KIND = 10
"""So many steps of a kind are shown to people; programs get all."""
_NONE = "none"


def _number(series: Series) -> Callable[[str], DocumentNumber]:
    example = "AV2026-000007" if series is Series.CREDIT_NOTE else "2026-000131"

    def read(text: str) -> DocumentNumber:
        found = document_number(text)
        if found is None or found.series is not series:
            raise parse.BadValue(f"{text!r} is not such a number", hint=f"for example {example}")
        return found

    return read


File = Annotated[str, typer.Argument(metavar="FILE", help="The backup.", parser=parse.file_name)]
LastInvoice = Annotated[
    list[DocumentNumber] | None,
    typer.Option(
        "--last-invoice",
        metavar="NUMBER",
        help="The last invoice of a year that anybody was sent; 000000: none. Once for each year.",
        parser=_number(Series.INVOICE),
    ),
]
LastCreditNote = Annotated[
    list[DocumentNumber] | None,
    typer.Option(
        "--last-credit-note",
        metavar="NUMBER",
        help="The last credit note of a year, in the same way.",
        parser=_number(Series.CREDIT_NOTE),
    ),
]
AcceptGap = Annotated[
    bool,
    typer.Option(
        "--accept-gap",
        help="Continue although the backup is long ago: the system's clock is right.",
    ),
]


@changing("restore")
def restore(
    run: Run,
    file: File,
    *,
    last_invoice: LastInvoice = None,
    last_credit_note: LastCreditNote = None,
    accept_gap: AcceptGap = False,
    confirm: ConfirmedName = None,
) -> None:
    """Put a backup in the place of the store that was lost, and go on from it.

    FILE is checked first, whole. The store that is there, if any, is kept beside the new one. No
    number of a document, and no id, is given a second time: where the lost store does not prove
    which ones it gave out, you say the last numbers, from the newest letters or bank files. At the
    end it says what is left to do, in order; the first tick and the first payment export then want
    --after-restore.

    Asks you to type the store's place, or give it with --confirm.

    Examples:
      mailctl store restore /var/backups/mailctl/mailctl-2026-11-28T060000Z.db
      mailctl store restore backup.db --last-invoice 2026-000131 --dry-run

    """
    from mailctl.actions import restore_plan, restoring

    name = str(run.location)
    run.check_name(name, confirm)
    with Progress(quiet=run.output.quiet) as progress:
        preparing = restore_plan.prepared(run.location, Path(file), wait=run.wait, told=progress.at)
        with preparing as found:
            progress.end()
            given = [*(last_invoice or ()), *(last_credit_note or ())]
            run.output.currency = found.currency
            work = restore_plan.doubted(found, given)
            if work.is_done:
                run.report(restoring.already(work), _said)
                return
            plan = restore_plan.planned(work, _asked_for(run, work, given))
            _check_far(run, work, plan)
            _show(work, plan, run.output)
            if not run.dry_run:
                run.confirm_for_good("Replace the store by this backup?", name, confirm)
            result = restoring.restore(
                work, plan, wait=run.wait, dry_run=run.dry_run, accept_gap=accept_gap
            )
    run.report(result, _said)


def _asked_for(run: Run, work: Work, given: Sequence[DocumentNumber]) -> Sequence[DocumentNumber]:
    """What was given, and, on a terminal, what is asked for besides."""
    if not run.can_ask():
        return given
    known = {(one.series, one.year) for one in given}
    missing = [key for key in work.needed() if key not in known]
    if missing:
        run.output.note(
            "What the lost store numbered last must be known, so that no number is given twice: "
            "look at the newest letters, invoices and bank files. Type none where there is none."
        )
    return [*given, *(_ask(run, work, key) for key in missing)]


def _ask(run: Run, work: Work, key: Key) -> DocumentNumber:
    from mailctl.actions import restore_plan

    question = restore_plan.asked_for(work, key)
    while True:
        text = run.output.ask_for(f"{question[0].upper()}{question[1:]}:")
        try:
            found = _typed(work, key, text)
            restore_plan.check_last(work, found)
        except UsageError as refused:
            run.output.wrong(refused.message, refused.hint)
        else:
            return found


def _typed(work: Work, key: Key, text: str) -> DocumentNumber:
    series, year = key
    if text.lower() == _NONE:
        return DocumentNumber(series=series, year=year, seq=0)
    found = document_number(text)
    if found is None or (found.series, found.year) != key:
        example = DocumentNumber(series=series, year=year, seq=work.floor(key) + 1)
        raise UsageError(f"{text!r} is not such a number", hint=f"for example {example}, or none")
    return found


def _check_far(run: Run, work: Work, plan: RestorePlan) -> None:
    """Ask again about numbers that are probably mistyped."""
    from mailctl.actions import restore_plan

    far = [text for one in plan.last_numbers if (text := restore_plan.doubt(work, one))]
    if not far or run.yes:
        return
    text = listed(far, most=5)
    if not run.can_ask():
        raise ConfirmationNeededError(text, hint="look at it again; if it is right, give --yes too")
    if not run.output.ask(f"{text}. Is that right?"):
        raise DeclinedError("nothing was done")


def _show(work: Work, plan: RestorePlan, output: Output) -> None:
    for text in _plan_texts(work, plan):
        output.note(text)


def _plan_texts(work: Work, plan: RestorePlan) -> Iterator[str]:
    backup, lost = work.backup, work.lost
    of = f" of the store at {backup.place}" if backup.place else ""
    yield (
        f"{work.file} is whole, a backup{of} as it was at {backup.at}, on its day "
        f"{backup.reached_on}; its last transaction is {backup.head.batch_id}, {backup.head.head}."
    )
    if not lost.is_there:
        yield f"At {work.path} there is no store."
    elif lost.is_proof:
        yield (
            f"The store at {work.path} is whole and goes on from the backup: it proves what was "
            f"given out until its last transaction, of {lost.at}. It is kept beside the new one."
        )
    elif lost.fault is None:
        yield (
            f"The store at {work.path} is whole, but does not go on from this backup. It is kept "
            "beside the new one."
        )
    else:
        yield (
            f"What is at {work.path} does not prove what was given out ({lost.fault}). It is kept "
            "beside the new one."
        )
    yield f"Lost is what was done after the backup: {_lost(work)}."
    numbers = [f"{one} (lost: {len(one):,})" for one in plan.lost_numbers]
    yield (
        f"Numbers that are never given again: {listed(numbers, most=8)}."
        if numbers
        else "No number of a document is lost."
    )
    yield (
        f"Ids go on too: the next account is {plan.last_ids['account'] + 1}, the next order "
        f"{plan.last_ids['purchase_order'] + 1}, the next payment {plan.last_ids['payment'] + 1}."
    )


def _lost(work: Work) -> str:
    since = work.since
    if not since:
        return "nothing" if work.lost.is_proof else "how much is not known"
    days = (
        f"on {since.first_on}"
        if since.first_on == since.last_on
        else f"from {since.first_on} to {since.last_on}"
    )
    parts = [
        f"{counted(since.transactions, 'transaction')} {days}" if since.transactions else "",
        *(
            f"{counted(one.documents, 'document')} ({one.numbers}, "
            f"{money(one.cents, work.currency)})"
            for one in since.billed
        ),
        _count(len(since.received), "credit"),
        _count(since.customers, "customer"),
        _count(since.orders, "order"),
        _count(since.accounts, "account"),
        f"{counted(len(since.told), 'letter')} sent" if since.told else "",
        f"{counted(len(since.handed_over), 'payment')} handed over" if since.handed_over else "",
        f"{counted(len(since.answered), 'payment')} answered" if since.answered else "",
        f"{counted(len(since.done), 'task')} of the mail server done" if since.done else "",
        f"{counted(len(since.erased), 'customer')} erased" if since.erased else "",
    ]
    return ", ".join(filter(None, parts))


def _count(count: int, what: str) -> str:
    return counted(count, what) if count else ""


def _said(result: Restored, did: Tense) -> str:
    item = result.item
    if not result.changed:
        return f"The store {item['path']} is {item['file']}, restored, already."
    kept = f"; the store as it was is kept in {item['replaced']}" if item["replaced"] else ""
    text = f"{did('Restored', 'restore')} the store {item['path']} from {item['file']}{kept}."
    return "\n".join((text, "What is to do, in this order:", *_steps(result)))


def _steps(result: Restored) -> Iterator[str]:
    """The steps as numbered lines, a few of each kind, each with its command below it."""
    total = Counter(step.kind for step in result.steps)
    shown: Counter[str] = Counter()
    number = 0
    for step in result.steps:
        shown[step.kind] += 1
        if shown[step.kind] <= MOST_OF_A_KIND:
            number += 1
            yield f"{number}. {step.message}"
            if step.command:
                yield f"   {step.command}"
        if shown[step.kind] == total[step.kind] > MOST_OF_A_KIND:
            yield f"   … {total[step.kind] - MOST_OF_A_KIND:,} more of this kind, with -o json."
