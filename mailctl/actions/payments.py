"""The answers of banks and gateways to payments (rules 10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from mailctl.actions import undo, undo_money
from mailctl.actions.orders import paid_orders, refusal_warnings
from mailctl.actions.result import MoneyResult, Result
from mailctl.billing import payment_answers, payment_returns
from mailctl.billing.arrivals import check_new
from mailctl.billing.bank_words import Received
from mailctl.billing.order_payment import pay_named
from mailctl.domain.answers import check_code
from mailctl.domain.names import check_filled, check_text
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.several import all_or_none, named
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


class PaymentsSettled(MoneyResult):
    """Payments whose money arrived; `is_credit` where one was no longer awaited."""

    thing: str = "payment"
    cents: int = 0
    is_credit: bool = False


class TriesFailed(Result):
    """Payments of which a try failed; `notified` customers are written to: a first try failed."""

    thing: str = "payment"
    notified: int = 0


class PaymentsReturned(Result):
    """Payments whose money was taken back, all the cents of it.

    `again` are the payments that try it again; `owed` what their customers owe, in cents.
    """

    thing: str = "payment"
    cents: int = 0
    again: tuple[int, ...] = ()
    owed_cents: int = 0


def settle(
    transaction: Transaction,
    *,
    ids: Sequence[int],
    reference: str | None = None,
    again: bool = False,
    key: str | None = None,
    many: bool = False,
) -> PaymentsSettled:
    """Record that the money of payments arrived: of all of them, or of none.

    With `many` the result is a list also of one.

    A second time changes nothing. The money of a payment that is no longer awaited (failed,
    cancelled, returned) becomes a credit that names it, once; of a returned one, once for each new
    reference. `again` records money that arrived twice, under a new reference;
    PaymentNotSettledError where it has not arrived once. AlreadyRecordedError for a reference that
    other money of the customer has.
    """
    reference = _checked(reference)
    many = many or len(set(ids)) != 1
    if again and (reference is None or many):
        raise UsageError(
            "--again-received is for one payment, and names the second money by its reference",
            hint="mailctl payment settle ID --again-received --reference R",
        )
    _check_key(key, many=many)
    arguments: dict[str, object] = {"reference": reference}
    if again:
        # Only then: the digests of keys from before `again` existed must not change.
        arguments["again"] = True
    given = _given(transaction, key, SETTLE, ids, arguments)
    if command_keys.result_under(transaction, given):
        return PaymentsSettled(items=_items(transaction, ids), many=many, changed=False)
    result = _settle_all(transaction, ids, reference, again=again, many=many)
    command_keys.keep(transaction, given, ids[0] if ids else 0)
    return result


def settle_file(
    transaction: Transaction,
    *,
    export: int | str,
    excepted: Sequence[int] = (),
    reference: str | None = None,
) -> PaymentsSettled:
    """Record that the money of all payments of a file arrived, except those in `excepted`.

    `export` is the file's number, or the text that was handed over.
    Payments whose try has its answer already are left as they are; the items are those settled.
    ExportNotFoundError; UsageError where an excepted payment is not in the file.
    """
    reference = _checked(reference)
    transaction.hold_all()
    file = payment_files.file(transaction, export)
    tries = payment_files.tries_of(transaction, file.id)
    strange = [str(number) for number in sorted(set(excepted) - set(tries))]
    if strange:
        raise UsageError(
            f"file {file.id} does not ask for {named('payment', strange)}",
            hint="mailctl payment export --list",
        )
    awaited = [number for number, is_awaited in tries.items() if is_awaited]
    left = set(excepted)
    ids = [number for number in awaited if number not in left]
    return _settle_all(transaction, ids, reference, many=True)


def _settle_all(
    transaction: Transaction,
    ids: Sequence[int],
    reference: str | None,
    *,
    many: bool,
    again: bool = False,
) -> PaymentsSettled:
    ids = tuple(dict.fromkeys(ids))
    settle_one = partial(_settle, transaction, reference=reference, again=again)
    made = all_or_none("payment", ((number, partial(settle_one, number)) for number in ids))
    arrived = {payment: reopened for payment, reopened in made if reopened is not None}
    # Money that covers a shortfall may allow an order whose own money had arrived before.
    tried = [
        one
        for customer in dict.fromkeys(payment.customer_id for payment in arrived)
        for one in pay_named(transaction, customer)
    ]
    return PaymentsSettled(
        items=_items(transaction, ids),
        many=many,
        changed=bool(arrived),
        reopened=sum(arrived.values()),
        paid_orders=paid_orders(tried),
        cents=sum(payment.amount_cents for payment in arrived),
        is_credit=any(payment.status != PaymentStatus.PENDING for payment in arrived),
        undo=undo_money.of_settling(
            transaction,
            tuple(arrived),
            note=undo_money.what_stays(sum(arrived.values()), paid_orders(tried)),
        ),
        warnings=refusal_warnings(tried),
    )


def _settle(
    transaction: Transaction, payment_id: int, *, reference: str | None, again: bool
) -> tuple[Payment, int | None]:
    """A payment, and how many accounts its money reopens; None where it was recorded before."""
    # Found only now: the money of an earlier one may have cancelled it.
    payment = payments.find(transaction, payment_id)
    if payment.status == PaymentStatus.PENDING:
        if again:
            raise PaymentNotSettledError(
                f"payment {payment.id} is pending: its money has not arrived once yet",
                hint=f"mailctl payment settle {payment.id}",
            )
        _check_reference(transaction, payment, reference)
        return payment, payment_answers.settle(transaction, payment, reference)
    credited = ledger.credits_of_payment(transaction, payment.id)
    if not again:
        # Money that was recorded without a reference may be the same money.
        is_distinct = reference is not None and None not in credited
        if payment.status == PaymentStatus.RETURNED and is_distinct:
            was_recorded = reference in credited
        else:
            was_recorded = payment.status == PaymentStatus.SUCCEEDED or bool(credited)
        if was_recorded:
            return payment, None
    _check_reference(transaction, payment, reference)
    return payment, payment_returns.receive(transaction, payment, reference)


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
    transaction: Transaction,
    *,
    ids: Sequence[int],
    reason: str,
    key: str | None = None,
    many: bool = False,
) -> TriesFailed:
    """Record that a try of each payment failed; the next follow 1, 3 and 5 days after the first.

    All of them are recorded, or none; each customer gets one letter (rules 10). With `many` the
    result is a list also of one.
    """
    reason = check_filled(reason, "reason")
    many = many or len(set(ids)) != 1
    _check_key(key, many=many)
    given = _given(transaction, key, FAIL, ids, {"reason": reason})
    if command_keys.result_under(transaction, given):
        return TriesFailed(items=_items(transaction, ids), many=many, changed=False)
    works = ((one, partial(_asked, transaction, one)) for one in dict.fromkeys(ids))
    by_customer: dict[int, list[tuple[Payment, str]]] = {}
    for payment in all_or_none("payment", works):
        by_customer.setdefault(payment.customer_id, []).append((payment, reason))
    for failed in by_customer.values():
        payment_answers.fail(transaction, failed)
    command_keys.keep(transaction, given, ids[0] if ids else 0)
    return TriesFailed(
        items=_items(transaction, ids),
        many=many,
        changed=bool(ids),
        notified=sum(
            any(payment.first_failed_on is None for payment, _ in failed)
            for failed in by_customer.values()
        ),
        undo=undo.never(
            "",
            *(
                [undo.help_to("record that the money came all the same", "payment", "settle", *ids)]
                if 0 < len(ids) <= undo.MOST_WORDS
                else []
            ),
        ),
    )


def _asked(transaction: Transaction, payment_id: int) -> Payment:
    """The payment; PaymentNotPendingError where no answer is awaited."""
    payment = payments.find(transaction, payment_id)
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
    return payment


def take_back(
    transaction: Transaction,
    *,
    ids: Sequence[int],
    code: str,
    reason: str | None = None,
    many: bool = False,
) -> PaymentsReturned:
    """Record that the bank took back the money of payments; a second time changes nothing.

    Of all of them, or of none. UsageError for a code that no bank gives, PaymentNotSettledError
    where there is no such money. It also works for closed customers: banks return debits for 13
    months.
    """
    works = ((one, partial(_settled, transaction, one, code)) for one in dict.fromkeys(ids))
    found = all_or_none("payment", works)
    settled = [(one, seq) for one, seq in found if seq is not None]
    again = [
        payment_returns.take_back(transaction, one, seq, check_code(one.method_kind, code), reason)
        for one, seq in settled
    ]
    owing = (customers.find(transaction, name) for name in {one.customer for one, _ in settled})
    return PaymentsReturned(
        items=_items(transaction, ids),
        many=many or len(found) != 1,
        changed=bool(settled),
        cents=sum(one.amount_cents for one, _ in found),
        again=tuple(number for number in again if number is not None),
        undo=undo_money.of_return([one.id for one, _ in settled]),
        owed_cents=sum(max(0, -customer.balance_cents) for customer in owing),
    )


def _settled(transaction: Transaction, payment_id: int, code: str) -> tuple[Payment, int | None]:
    """A payment and the row of its money in the ledger; None where it was taken back before."""
    payment = payments.find(transaction, payment_id)
    code = check_code(payment.method_kind, code)
    if payment.status == PaymentStatus.RETURNED:
        return payment, None
    customer = customers.find(transaction, payment.customer)
    seq = ledger.settlement_of(transaction, customer, payment.id)
    if payment.status != PaymentStatus.SUCCEEDED or seq is None:
        raise PaymentNotSettledError(
            f"payment {payment.id} is {payment.status}: its money has not arrived, so it cannot "
            "go back",
            hint=f"mailctl payment fail {payment.id} --reason {code}"
            if payment.status == PaymentStatus.PENDING
            else f"mailctl prepaid statement {payment.customer}",
        )
    return payment, seq


def _checked(reference: str | None) -> str | None:
    """The bank's or gateway's reference of the money; None for an empty text."""
    return check_text(reference, "reference") or None if reference else None


def _check_key(key: str | None, *, many: bool) -> None:
    if key is not None and many:
        raise UsageError(
            "--key is for one payment at a time; an answer that is given twice counts once anyway",
            hint="leave the key out",
        )


def _given(
    reader: Reader,
    key: str | None,
    command: str,
    ids: Sequence[int],
    arguments: dict[str, object],
) -> CommandKey | None:
    """The key of the one payment that was named; PaymentNotFoundError."""
    if key is None:
        return None
    payment = payments.find(reader, ids[0])
    given = {"payment": payment.id, **arguments}
    return CommandKey.given(key, command=command, customer_id=payment.customer_id, **given)


def _items(reader: Reader, ids: Iterable[int]) -> tuple[Row, ...]:
    return tuple(payments.show(reader, payment_id) for payment_id in dict.fromkeys(ids))
