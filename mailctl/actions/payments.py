"""The answers of banks and gateways to payments (rules 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailctl.actions.orders import paid_orders, refusal_warnings
from mailctl.actions.received import Received, check_new
from mailctl.actions.result import MoneyResult, Result
from mailctl.billing import payment_answers, payment_returns
from mailctl.billing.order_payment import pay_named
from mailctl.domain.answers import check_code
from mailctl.domain.names import check_filled, check_text
from mailctl.domain.payments import PaymentStatus
from mailctl.errors import (
    AlreadyRecordedError,
    PaymentNotPendingError,
    PaymentNotSettledError,
    UsageError,
)
from mailctl.store import command_keys, customers, ledger, payment_files, payments
from mailctl.store.command_keys import CommandKey
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment

SETTLE = "payment settle"
FAIL = "payment fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsSettled(MoneyResult):
    """Payments whose money arrived; `is_credit` where one was no longer awaited."""

    thing: str = "payment"
    cents: int = 0
    is_credit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TriesFailed(Result):
    """Payments of which a try failed."""

    thing: str = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReturned(Result):
    """A payment whose money was taken back; `again` is the payment that tries it again, if any."""

    thing: str = "payment"
    cents: int
    again: int | None = None
    owed_cents: int = 0


def settle(
    transaction: Transaction,
    *,
    ids: Sequence[int],
    reference: str | None = None,
    again: bool = False,
    key: str | None = None,
) -> PaymentsSettled:
    """Record that the money of payments arrived: of all of them, or of none.

    A second time changes nothing. The money of a payment that is no longer awaited (failed,
    cancelled, returned) becomes a credit that names it, once; of a returned one, once for each new
    reference. `again` records money that arrived twice, under a new reference;
    PaymentNotSettledError where it has not arrived once. AlreadyRecordedError for a reference that
    other money of the customer has.
    """
    reference = _checked(reference)
    if again and (reference is None or len(set(ids)) > 1):
        raise UsageError(
            "--again-received is for one payment, and names the second money by its reference",
            hint="mailctl payment settle ID --again-received --reference R",
        )
    found = _found(transaction, ids)
    _check_key(found, key)
    arguments: dict[str, object] = {"payment": found[0].id, "reference": reference}
    if again:
        # Only then: the digests of keys from before `again` existed must not change.
        arguments["again"] = True
    given = _given(key, SETTLE, found[0], arguments)
    if command_keys.result_under(transaction, given):
        return PaymentsSettled(items=_items(transaction, found), many=len(found) > 1, changed=False)
    result = _settle_all(transaction, found, reference, again=again, many=len(found) > 1)
    command_keys.keep(transaction, given, found[0].id)
    return result


def settle_file(
    transaction: Transaction,
    *,
    export: int,
    excepted: Sequence[int] = (),
    reference: str | None = None,
) -> PaymentsSettled:
    """Record that the money of all payments of a file arrived, except those in `excepted`.

    Payments whose try has its answer already are left as they are; the items are those settled.
    ExportNotFoundError; UsageError where an excepted payment is not in the file.
    """
    reference = _checked(reference)
    payment_files.file(transaction, export)
    tries = payment_files.tries_of(transaction, export)
    strange = sorted(set(excepted) - set(tries))
    if strange:
        raise UsageError(
            f"file {export} does not ask for payment {strange[0]}",
            hint="mailctl payment export --list",
        )
    awaited = [number for number, is_awaited in tries.items() if is_awaited]
    found = _found(transaction, [number for number in awaited if number not in set(excepted)])
    return _settle_all(transaction, found, reference, many=True)


def _settle_all(
    transaction: Transaction,
    found: Sequence[Payment],
    reference: str | None,
    *,
    many: bool,
    again: bool = False,
) -> PaymentsSettled:
    arrived = {
        payment: reopened
        for payment in found
        if (reopened := _settle(transaction, payment, reference, again=again)) is not None
    }
    # Money that covers a shortfall may allow an order whose own money had arrived before.
    tried = [
        one
        for customer in dict.fromkeys(payment.customer_id for payment in arrived)
        for one in pay_named(transaction, customer)
    ]
    return PaymentsSettled(
        items=_items(transaction, found),
        many=many,
        changed=bool(arrived),
        reopened=sum(arrived.values()),
        paid_orders=paid_orders(tried),
        cents=sum(payment.amount_cents for payment in arrived),
        is_credit=any(payment.status != PaymentStatus.PENDING for payment in arrived),
        warnings=refusal_warnings(tried),
    )


def _settle(
    transaction: Transaction, asked: Payment, reference: str | None, *, again: bool
) -> int | None:
    """How many accounts one payment's money reopens; None where it was recorded before."""
    # The money of an earlier payment may have cancelled this one.
    payment = payments.find(transaction, asked.id)
    if payment.status == PaymentStatus.PENDING:
        if again:
            raise PaymentNotSettledError(
                f"payment {payment.id} is pending: its money has not arrived once yet",
                hint=f"mailctl payment settle {payment.id}",
            )
        _check_reference(transaction, payment, reference)
        return payment_answers.settle(transaction, payment, reference)
    credited = ledger.credits_of_payment(transaction, payment.id)
    if not again:
        # Money that was recorded without a reference may be the same money.
        is_distinct = reference is not None and None not in credited
        if payment.status == PaymentStatus.RETURNED and is_distinct:
            was_recorded = reference in credited
        else:
            was_recorded = payment.status == PaymentStatus.SUCCEEDED or bool(credited)
        if was_recorded:
            return None
    _check_reference(transaction, payment, reference)
    return payment_returns.receive(transaction, payment, reference)


def _check_reference(reader: Reader, payment: Payment, reference: str | None) -> None:
    """AlreadyRecordedError where other money of the customer has that reference.

    A gateway pays out several payments under one reference, so awaited payments may share it.
    """
    who = customers.find(reader, payment.customer)
    if payment.status != PaymentStatus.PENDING:
        check_new(reader, who, Received(reference=reference))
    elif reference is not None and ledger.recorded_as(reader, who.id, reference) is not None:
        raise AlreadyRecordedError(
            f"the money with the reference {reference!r} is recorded already, and not as that of "
            f"payment {payment.id}",
            hint=f"mailctl prepaid statement {who.slug}; where it is the payment's money: "
            f"mailctl prepaid reverse {who.slug} SEQ --reason T, then this again",
        )


def fail(
    transaction: Transaction, *, ids: Sequence[int], reason: str, key: str | None = None
) -> TriesFailed:
    """Record that a try of each payment failed; the next follow 1, 3 and 5 days after the first.

    All of them are recorded, or none; each customer gets one letter (rules 10).
    """
    reason = check_filled(reason, "reason")
    found = _found(transaction, ids)
    _check_key(found, key)
    arguments: dict[str, object] = {"payment": found[0].id, "reason": reason}
    given = _given(key, FAIL, found[0], arguments)
    if command_keys.result_under(transaction, given):
        return TriesFailed(items=_items(transaction, found), many=len(found) > 1, changed=False)
    by_customer: dict[int, list[tuple[Payment, str]]] = {}
    for payment in found:
        _check_asked(transaction, payment)
        by_customer.setdefault(payment.customer_id, []).append((payment, reason))
    for failed in by_customer.values():
        payment_answers.fail(transaction, failed)
    command_keys.keep(transaction, given, found[0].id)
    return TriesFailed(items=_items(transaction, found), many=len(found) > 1)


def _check_asked(transaction: Transaction, payment: Payment) -> None:
    """PaymentNotPendingError where no answer is awaited."""
    if payment.status == PaymentStatus.SUCCEEDED:
        raise PaymentNotPendingError(
            f"the money of payment {payment.id} arrived; if the bank took it back, it is a return",
            hint=f"mailctl payment return {payment.id} --reason CODE",
        )
    if payment.status != PaymentStatus.PENDING:
        raise PaymentNotPendingError(
            f"payment {payment.id} is {payment.status}",
            hint=f"if its money arrived: mailctl payment settle {payment.id}",
        )
    if payment.next_try_on is not None and payment.next_try_on > transaction.today:
        raise PaymentNotPendingError(
            f"this try of payment {payment.id} has its answer; the next is on "
            f"{payment.next_try_on}",
            hint="mailctl payment list --status pending",
        )


def take_back(
    transaction: Transaction, *, id: int, code: str, reason: str | None = None
) -> PaymentReturned:
    """Record that the bank took back the money of a payment; a second time changes nothing.

    UsageError for a code that no bank gives, PaymentNotSettledError where there is no such money.
    It also works for closed customers: banks return debits for 13 months.
    """
    payment = payments.find(transaction, id)
    code = check_code(payment.method_kind, code)
    if payment.status == PaymentStatus.RETURNED:
        return PaymentReturned(
            items=_items(transaction, [payment]), changed=False, cents=payment.amount_cents
        )
    customer = customers.find(transaction, payment.customer)
    seq = ledger.settlement_of(transaction, customer, id)
    if payment.status != PaymentStatus.SUCCEEDED or seq is None:
        raise PaymentNotSettledError(
            f"payment {id} is {payment.status}: its money has not arrived, so it cannot go back",
            hint=f"mailctl payment fail {id} --reason {code}"
            if payment.status == PaymentStatus.PENDING
            else f"mailctl prepaid statement {payment.customer}",
        )
    again = payment_returns.take_back(transaction, payment, seq, code, reason)
    owed = max(0, -customers.find(transaction, payment.customer).balance_cents)
    return PaymentReturned(
        items=_items(transaction, [payment]),
        cents=payment.amount_cents,
        again=again,
        owed_cents=owed,
    )


def _checked(reference: str | None) -> str | None:
    """The bank's or gateway's reference of the money; None for an empty text."""
    return check_text(reference, "reference") or None if reference else None


def _found(reader: Reader, ids: Iterable[int]) -> list[Payment]:
    """The payments of these ids, each once; PaymentNotFoundError."""
    return [payments.find(reader, payment_id) for payment_id in dict.fromkeys(ids)]


def _check_key(found: Sequence[Payment], key: str | None) -> None:
    if key is not None and len(found) > 1:
        raise UsageError(
            "--key is for one payment at a time; an answer that is given twice counts once anyway",
            hint="leave the key out",
        )


def _given(
    key: str | None, command: str, payment: Payment, arguments: dict[str, object]
) -> CommandKey | None:
    return CommandKey.given(key, command=command, customer_id=payment.customer_id, **arguments)


def _items(reader: Reader, found: Iterable[Payment]) -> tuple[Row, ...]:
    return tuple(payments.show(reader, payment.id) for payment in found)
