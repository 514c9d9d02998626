"""What banks answer to a file of direct debits before it is settled (rules 20).

A refusal of a payment, of a batch or of a whole file is a try that failed, once. The refusal of a
duplicate is none: the first one is carried out, and to try again would debit it twice. Being
accepted means nothing yet: banks confirm a debit by its credit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mailctl.billing import payment_answers
from mailctl.billing.bank_facts import Waiting, batches_of
from mailctl.domain.answers import CODES, DUPLICATES
from mailctl.domain.payments import PaymentStatus
from mailctl.store import bank_statuses, payments
from mailctl.store.bank_statuses import Status
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment
from mailctl.store.queries import bank_candidates
from mailctl.values import Value

_MOST_NOTED = 20
_REFUSED = "RJCT"


class Answered(Value):
    """How many tries failed by a report, and what they add up to in cents.

    `noted` is what it refused and was not recorded, as sentences.
    """

    failed: int = 0
    failed_cents: int = 0
    noted: tuple[str, ...] = ()


def answer(transaction: Transaction, file_id: int) -> Answered:
    """Record the refusals of a report that was taken in."""
    rows = bank_statuses.of_file(transaction, file_id)
    refused = _refused(transaction, rows)
    known = bank_candidates.payments(transaction, {payment for payment, _ in refused})
    failed: dict[int, list[tuple[Payment, str]]] = {}
    come: list[str] = []
    noted = [_of_duplicate(row) for row in rows if _is_duplicate(row)]
    noted += _of_unknown_files(transaction, rows)
    for (payment_id, attempt), row in refused.items():
        if payment_id not in known:
            noted.append(f"the bank refused payment-{payment_id}-{attempt}, which is none of ours")
            continue
        payment = payments.find(transaction, payment_id)
        if _is_awaited(payment, attempt):
            failed.setdefault(payment.customer_id, []).append((payment, _reason(row)))
            bank_statuses.failed_by(transaction, row.id, payment_id)
        elif payment.status is PaymentStatus.SUCCEEDED and payment.tries + 1 == attempt:
            come.append(
                f"the bank refused payment {payment_id} ({_reason(row)}), whose money has come: "
                "nothing was booked"
            )
    for of_customer in failed.values():
        payment_answers.fail(transaction, of_customer)
    all_failed = [payment for of_customer in failed.values() for payment, _ in of_customer]
    return Answered(
        failed=len(all_failed),
        failed_cents=sum(payment.amount_cents for payment in all_failed),
        noted=_some([*come, *noted]),
    )


def _some(noted: Sequence[str]) -> tuple[str, ...]:
    """The first ones, and how many there are besides: a file has thousands of answers."""
    left = len(noted) - _MOST_NOTED
    if left <= 1:
        return tuple(noted)
    more = f"the report has {left:,} more refusals like these, of which nothing was booked"
    return (*noted[:_MOST_NOTED], more)


def _is_awaited(payment: Payment, attempt: int) -> bool:
    """Whether a try was handed over and has no answer yet."""
    return (
        payment.status is PaymentStatus.PENDING
        and payment.exported_on is not None
        and payment.tries + 1 == attempt
    )


def _refused(transaction: Transaction, rows: Sequence[Status]) -> Mapping[tuple[int, int], Status]:
    """The tries that are refused, each by the answer that says it most closely."""
    found: dict[tuple[int, int], Status] = {}
    single = {row.end_to_end_id: row for row in rows if row.end_to_end_id}
    for row in rows:
        if row.status != _REFUSED or row.end_to_end_id or _is_duplicate(row):
            continue
        for payment, attempt in _tries(transaction, row):
            # What the same report says of the one payment counts.
            if f"payment-{payment}-{attempt}" not in single:
                found.setdefault((payment, attempt), row)
    for row in single.values():
        named = Waiting.payment_try_of(row.end_to_end_id)
        if row.status == _REFUSED and named is not None and not _is_duplicate(row):
            found[named] = row
    return found


def _is_duplicate(row: Status) -> bool:
    """Whether the bank refuses it because it has it already."""
    return row.status == _REFUSED and row.code.upper() in DUPLICATES


def _of_duplicate(row: Status) -> str:
    """What an administrator should know of it: a silence of the bank would have another cause."""
    what = row.end_to_end_id or row.batch_id or row.message_id
    return (
        f"the bank refused {what} as handed over twice ({_reason(row)}): what it was given first "
        "counts, and nothing failed"
    )


def _of_unknown_files(transaction: Transaction, rows: Sequence[Status]) -> Iterator[str]:
    """Refusals of whole files or batches that this store has not written: of another's debits."""
    refused = [
        row
        for row in rows
        if row.status == _REFUSED and not row.end_to_end_id and not _is_duplicate(row)
    ]
    files = {file for row in refused if (file := Waiting.file_of(row.batch_id or row.message_id))}
    known = batches_of(transaction, files)
    for row in refused:
        name = row.batch_id or row.message_id
        if Waiting.file_of(name) not in known:
            yield f"the bank refused the file {name} ({_reason(row)}), which is none of ours"


def _tries(transaction: Transaction, row: Status) -> Iterator[tuple[int, int]]:
    """The tries of a file of ours, or of the batch of it, that is answered as a whole."""
    file = Waiting.file_of(row.batch_id or row.message_id)
    if file is not None:
        batch = batches_of(transaction, {file}).get(file)
        yield from batch.tries if batch is not None else ()


def _reason(row: Status) -> str:
    """Why, as the payment keeps it."""
    code = row.code.upper()
    if code in CODES:
        return f"{code}: {CODES[code]}"
    return ": ".join(filter(None, (code, row.text))) or "refused by the bank"
