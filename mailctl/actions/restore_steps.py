"""What a person has to do after a restore, in order: money first, the tick last (rules 18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from mailctl.actions.erasing_again import Repeated
from mailctl.domain.money import money, typed_amount
from mailctl.domain.text import counted, listed
from mailctl.effects import after_restore
from mailctl.hints import command, named
from mailctl.store.lost_stores import Backup, Lost
from mailctl.store.since_backup import Answered, HandedOver, Received, Since, TakenBack
from mailctl.values import Value


class StepKind(StrEnum):
    """What a step is about; the steps come in this order."""

    MONEY = "money"
    DOCUMENT = "document"
    PAYMENT = "payment"
    DEBIT = "debit"
    ORDER = "order"
    LETTER = "letter"
    ERASURE = "erasure"
    MAILBOX = "mailbox"
    RECONCILE = "reconcile"
    BACKUP = "backup"
    TICK = "tick"
    EXPORT = "export"


class Step(Value):
    """Something to do or to know; `command` is what helps, if a command does."""

    kind: StepKind
    subject: str
    message: str
    command: str | None = None


class Made(Value):
    """What a restore made of a backup: payments that count as exported, letters as sent.

    `done` are tasks that count as done, `held` wipes that wait for a person, since they may be.
    """

    restored_on: date
    head: str
    exported: tuple[int, ...]
    told: tuple[int, ...]
    repeated: Repeated
    done: tuple[int, ...]
    held: tuple[int, ...]
    has_driver: bool


def steps(
    backup: Backup, lost: Lost, since: Since, made: Made, currency: str, place: str
) -> tuple[Step, ...]:
    """All that is left to do, in order; what the lost store can still tell is named one by one.

    `place` is where that is to be read.
    """
    return (
        *_money(backup, lost, since, currency),
        *_documents(since, currency),
        *_payments(made, since, currency),
        *_debits(lost, since, currency),
        *_orders(backup, lost, since, place),
        *_letters(backup, lost, since, made),
        *_erasures(made.repeated),
        *_mailboxes(lost, since, made),
        *_last(),
    )


def _money(backup: Backup, lost: Lost, since: Since, currency: str) -> Iterator[Step]:
    yield Step(
        kind=StepKind.MONEY,
        subject="bank",
        message=f"Take in every file of the bank since {backup.reached_on} again (mailctl bank "
        "import FILE); go through what else the bank and the gateways say since then, and enter "
        "what came and is not in this store. Until that is done everybody who paid seems to "
        "owe, and may be asked for it twice."
        + ("" if lost.is_proof else " What the lost store recorded since cannot be read for sure."),
        command=command(
            "prepaid", "credit", "CUSTOMER", "AMOUNT", "--received", "--reference", "R"
        ),
    )
    yield from (_received(one, currency) for one in since.received)
    yield from (_taken_back(one, currency) for one in since.taken_back)


def _received(one: Received, currency: str) -> Step:
    reference = ["--reference", one.reference] if one.reference else []
    return Step(
        kind=StepKind.MONEY,
        subject=f"customer/{one.customer}",
        message=f"{money(one.amount_cents, currency)} of {one.customer} was recorded on "
        f"{one.moved_on}, and is not in this store.",
        command=command(
            *("prepaid", "credit", named("customer", one.customer)),
            *(typed_amount(one.amount_cents), "--received", *reference),
        ),
    )


def _taken_back(one: TakenBack, currency: str) -> Step:
    cents, reason = money(one.amount_cents, currency), ("--reason", one.reason or "REASON")
    customer = named("customer", one.customer)
    what = f"{cents} of {one.customer} was taken back"
    if one.seq is None:
        what = f"{cents} was paid back to {one.customer}"
        helps = command("prepaid", "refund", customer, typed_amount(one.amount_cents), *reason)
    elif one.is_returned:
        helps = command("payment", "return", one.payment, *reason)
    else:
        how = reason if one.payment is None else ("--mistake",)
        helps = command("prepaid", "reverse", customer, one.seq, *how)
    return Step(
        kind=StepKind.MONEY,
        subject=f"customer/{one.customer}",
        message=f"{what} on {one.moved_on}, and in this store it is not.",
        command=helps,
    )


def _documents(since: Since, currency: str) -> Iterator[Step]:
    for one in since.billed:
        yield Step(
            kind=StepKind.DOCUMENT,
            subject=f"invoice/{one.numbers.first}",
            message=f"With customers, and not in these books: {one.numbers}, "
            f"{money(one.cents, currency)}. What was billed so is billed again with new numbers: "
            "tell the customers that those hold, and the accountant why these are missing.",
        )


def _payments(made: Made, since: Since, currency: str) -> Iterator[Step]:
    answered = {one.payment for one in since.answered}
    yield from (_answered(one, currency) for one in since.answered)
    yield from (
        Step(
            kind=StepKind.PAYMENT,
            subject=f"payment/{id}",
            message=f"Payment {id} may have been handed over: it counts as exported on "
            f"{made.restored_on}, and is not asked for again unless its try is recorded as failed.",
            command=command("payment", "settle", id),
        )
        for id in made.exported
        if id not in answered
    )


def _answered(one: Answered, currency: str) -> Step:
    who, cents = f"Payment {one.payment} of {one.customer}", money(one.amount_cents, currency)
    message = f"{who}, {cents}, was recorded as {one.status}, and is pending in this store."
    reference = ["--reference", one.reference] if one.reference else []
    if one.status == "succeeded":
        helps = command("payment", "settle", one.payment, *reference)
    elif one.status == "cancelled":
        message = (
            f"{who}, {cents}, was cancelled before anybody was asked for it: it is again once the "
            "money above is entered, or its method removed; else it goes with the next file."
        )
        helps = command("payment", "list", "--customer", named("customer", one.customer))
    else:
        helps = command("payment", "fail", one.payment, "--reason", one.reason or one.status)
    return Step(
        kind=StepKind.PAYMENT, subject=f"payment/{one.payment}", message=message, command=helps
    )


def _debits(lost: Lost, since: Since, currency: str) -> Iterator[Step]:
    yield from (_handed_over(one, currency) for one in since.handed_over)
    if not lost.is_proof:
        yield Step(
            kind=StepKind.DEBIT,
            subject="payments",
            message="Look for files that were given to the bank or a gateway after the backup. "
            "Payments in them that this store does not have are still collected: wait for the "
            "bank's answer, and enter their money before the next file is written.",
        )


def _handed_over(one: HandedOver, currency: str) -> Step:
    return Step(
        kind=StepKind.DEBIT,
        subject=f"payment/{one.payment}",
        message=f"{money(one.amount_cents, currency)} of {one.customer} was handed over on "
        f"{one.exported_on} as {one.end_to_end_id}: wait for its answer, and enter the money "
        "before the next file is written.",
        command=command("customer", "show", named("customer", one.customer)),
    )


def _orders(backup: Backup, lost: Lost, since: Since, place: str) -> Iterator[Step]:
    new = [
        counted(count, what)
        for count, what in (
            (since.customers, "customer"),
            (since.orders, "order"),
            (since.accounts, "account"),
        )
        if count
    ]
    if since:
        what = "Made after the backup, and not in this store: " + ", ".join(new) + "."
        if not new:
            what = "What was changed after the backup is not in this store."
        journal = command("--store", place, "journal", "list", "--after", since.last_row)
        yield Step(
            kind=StepKind.ORDER,
            subject="orders",
            message=f"{what} Enter again what customers and administrators ordered and changed. "
            f"All that was done is told by: {journal}",
        )
    elif not lost.is_proof:
        yield Step(
            kind=StepKind.ORDER,
            subject="orders",
            message=f"What was ordered and changed after {backup.at} is not in this store: enter "
            "it again. What fell due by itself is done by the tick.",
        )


def _letters(backup: Backup, lost: Lost, since: Since, made: Made) -> Iterator[Step]:
    told = set(made.told)
    for one in since.told:
        if one.id in told:
            continue
        again = "is sent again" if one.is_kept else "may be written again, with other numbers"
        yield Step(
            kind=StepKind.LETTER,
            subject=f"notice/{one.id}",
            message=f"{one.customer} was sent {one.kind} at {one.sent_at}; it {again} after the "
            "tick.",
            command=command("notice", "list", "--customer", named("customer", one.customer)),
        )
    if not lost.is_proof and backup.unsent:
        yield Step(
            kind=StepKind.LETTER,
            subject="notices",
            message=f"{counted(len(backup.unsent), 'letter')} from before the backup may have been "
            "sent since, and will be sent after the tick. Nothing is sent until then.",
            command=command("notice", "list", "--unsent"),
        )


def _erasures(repeated: Repeated) -> Iterator[Step]:
    for slug in repeated.erased:
        yield Step(
            kind=StepKind.ERASURE,
            subject=f"customer/{slug}",
            message=f"{slug} was erased after the backup, and is erased again.",
        )
    for one in repeated.blocked:
        yield Step(
            kind=StepKind.ERASURE,
            subject=f"customer/{one.slug}",
            message=f"{one.slug} was erased after the backup, and must be erased again: {one.why}.",
            command=one.helps,
        )
    if repeated.silent:
        yield Step(
            kind=StepKind.ERASURE,
            subject="erased",
            message=f"There is no file `erased` in {listed(repeated.silent, most=5)}: whoever was "
            "erased after the backup, if anybody, must be erased again.",
            command=command("customer", "list", "--state", "closed"),
        )
    for why in repeated.unread:
        yield Step(kind=StepKind.ERASURE, subject="erased", message=f"{why[0].upper()}{why[1:]}.")


def _mailboxes(lost: Lost, since: Since, made: Made) -> Iterator[Step]:
    done = set(made.done)
    for one in since.done:
        again = "is asked for again" if one.is_kept else "this store knows nothing of it"
        if one.id in done:
            again = "counts as done"
        yield Step(
            kind=StepKind.MAILBOX,
            subject=f"task/{one.id}",
            message=f"The mail server has done {one.kind} of account {one.account}"
            f"{f', {one.address}' if one.address else ''}; {again}.",
        )
    yield from (
        Step(
            kind=StepKind.MAILBOX,
            subject=f"task/{id}",
            message=f"Task {id} wipes a mailbox, and may have been done: it waits until you have "
            "looked at the mailbox on the mail server. If it is wiped, or in use again:",
            command=command("task", "done", id),
        )
        for id in made.held
    )
    if made.has_driver:
        yield Step(
            kind=StepKind.RECONCILE,
            subject="driver",
            message="Compare the mail server with this store: until then no mailbox is made.",
            command=command("task", "reconcile"),
        )
    elif since.done or not lost.is_proof:
        yield Step(
            kind=StepKind.RECONCILE,
            subject="mail server",
            message="Compare the mailboxes on the mail server with this store by hand.",
            command=command("account", "list"),
        )


def _last() -> Iterator[Step]:
    yield Step(
        kind=StepKind.BACKUP,
        subject="store",
        message="Make a backup of the store as it is now: it knows what is gone on from.",
        command=command("store", "backup", "FOLDER"),
    )
    yield Step(
        kind=StepKind.TICK,
        subject="tick",
        message="Then let the store go on. It bills again what fell due since the backup, with new "
        "numbers; look at it first with --dry-run. Letters are sent after it.",
        command=after_restore.TICK,
    )
    yield Step(
        kind=StepKind.EXPORT,
        subject="payments",
        message="The first file for the bank or a gateway is written once the payments above are "
        "answered.",
        command=after_restore.EXPORT,
    )
