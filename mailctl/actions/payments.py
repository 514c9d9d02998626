"""Payments: handed to the bank or gateway, and its answers recorded (SPEC 10)."""

from __future__ import annotations

from mailctl.actions.result import Changed
from mailctl.billing import answers
from mailctl.domain.names import check_filled, check_text
from mailctl.errors import PaymentNotPendingError
from mailctl.store import orders, payments
from mailctl.store.connection import Transaction
from mailctl.store.payments import Payment

SETTLE = "payment settle"
FAIL = "payment fail"


def settle(
    transaction: Transaction, *, id: int, reference: str | None = None, key: str | None = None
) -> Changed:
    """The money came. A second time changes nothing; PaymentNotPendingError after others."""
    payment = payments.find(transaction, id)
    said = check_text(reference, "reference") or None if reference else None
    arguments: dict[str, object] = {"payment": id, "reference": said}
    if _repeats(transaction, SETTLE, payment, key, arguments) or payment.status == "succeeded":
        return _result(transaction, id, changed=False)
    _check_pending(payment)
    reopened = answers.settle(transaction, payment, said)
    _keep_key(transaction, SETTLE, payment, key, arguments)
    return _result(transaction, id, changed=True, reopened=reopened)


def fail(transaction: Transaction, *, id: int, reason: str, key: str | None = None) -> Changed:
    """A try failed; it is tried again 1, 3 and 5 days after the first failure (SPEC 10)."""
    payment = payments.find(transaction, id)
    said = check_filled(reason, "reason")
    arguments: dict[str, object] = {"payment": id, "reason": said}
    if _repeats(transaction, FAIL, payment, key, arguments):
        return _result(transaction, id, changed=False)
    _check_pending(payment)
    if payment.next_try_on is not None and payment.next_try_on > transaction.today:
        raise PaymentNotPendingError(
            f"this try of payment {id} has its answer; the next is on {payment.next_try_on}",
            hint="mailctl payment list --status pending",
        )
    answers.fail(transaction, [(payment, said)])
    _keep_key(transaction, FAIL, payment, key, arguments)
    return _result(transaction, id, changed=True)


def _check_pending(payment: Payment) -> None:
    if payment.status == "succeeded":
        raise PaymentNotPendingError(
            f"the money of payment {payment.id} came; a returned debit is a reversal",
            hint=f"mailctl prepaid statement {payment.customer}, then mailctl prepaid reverse "
            f"{payment.customer} SEQ --reason T",
        )
    if payment.status != "pending":
        raise PaymentNotPendingError(
            f"payment {payment.id} is {payment.status}",
            hint=f"if money came: mailctl prepaid credit {payment.customer} AMOUNT",
        )


def _repeats(
    transaction: Transaction,
    command: str,
    payment: Payment,
    key: str | None,
    arguments: dict[str, object],
) -> bool:
    if key is None:
        return False
    kept = orders.kept_under(transaction, command, payment.customer_id, key, arguments)
    return kept is not None


def _keep_key(
    transaction: Transaction,
    command: str,
    payment: Payment,
    key: str | None,
    arguments: dict[str, object],
) -> None:
    if key is not None:
        orders.keep_key(transaction, command, payment.customer_id, key, arguments, payment.id)


def _result(
    transaction: Transaction, payment_id: int, *, changed: bool, reopened: int = 0
) -> Changed:
    return Changed(
        thing="payment",
        items=(payments.show(transaction, payment_id),),
        changed=changed,
        facts={"reopened": reopened},
    )
