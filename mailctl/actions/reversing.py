"""Money taken back from a prepaid account: credits and payments, each once (rules 9, rules 10)."""

from __future__ import annotations

from mailctl.actions import undo, undo_money
from mailctl.actions.prepaid import PrepaidChanged, TakingPlan, moved
from mailctl.actions.undo import Undo
from mailctl.billing import arrivals, payment_returns
from mailctl.domain.answers import check_code
from mailctl.domain.money import typed_amount
from mailctl.domain.names import check_filled
from mailctl.domain.orders import OrderStatus
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.errors import ConfirmationNeededError, NotReversibleError, UsageError
from mailctl.hints import named
from mailctl.store import customers, ledger, orders, payments
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.ledger import LedgerRow
from mailctl.values import replace

MISTAKE = "settled by mistake"


def plan_reverse(
    reader: Reader,
    *,
    customer: str,
    seq: int,
    reason: str | None = None,
    returned: str | None = None,
    by_mistake: bool = False,
) -> TakingPlan:
    """Check a reversal: of a credit or a payment, and once (NotReversibleError).

    For a settled payment the caller must say what happened: `returned` is the code of a debit that
    the bank took back, `by_mistake` a settlement that was recorded wrongly;
    ConfirmationNeededError where neither is given. Other money needs a `reason` (UsageError).
    """
    who = customers.find(reader, customer)
    if reason is not None:
        check_filled(reason, "reason")
    row = ledger.find(reader, who, seq)
    if row.kind not in (MovementKind.CREDIT, MovementKind.PAYMENT):
        raise NotReversibleError(
            f"row {seq} of {customer} is a {row.kind}; credits and payments are reversed",
            hint=f"mailctl prepaid statement {customer}",
        )
    if row.is_reversed:
        raise NotReversibleError(
            f"row {seq} of {customer} is reversed already",
            hint=f"mailctl prepaid statement {customer}",
        )
    _check_what_happened(reader, row, who, seq, reason, returned, by_mistake=by_mistake)
    return TakingPlan(customer=customer, cents=row.amount_cents, before_cents=who.balance_cents)


def _check_what_happened(
    reader: Reader,
    row: LedgerRow,
    who: Customer,
    seq: int,
    reason: str | None,
    returned: str | None,
    *,
    by_mistake: bool,
) -> None:
    command = f"mailctl prepaid reverse {who.slug} {seq}"
    if returned is not None and by_mistake:
        raise UsageError(
            "a payment was returned, or recorded by mistake: not both",
            hint=f"{command} --returned CODE, or {command} --mistake",
        )
    if row.kind != MovementKind.PAYMENT:
        if returned is not None or by_mistake:
            raise UsageError(
                f"row {seq} of {who.slug} is a credit; --returned and --mistake are for payments",
                hint=f"{command} --reason T",
            )
        if reason is None:
            raise UsageError("a reversal has a reason", hint=f"{command} --reason T")
    elif returned is not None:
        assert row.payment_id is not None
        check_code(payments.find(reader, row.payment_id).method_kind, returned)
    elif not by_mistake:
        raise ConfirmationNeededError(
            f"row {seq} of {who.slug} is the money of payment {row.payment_id}: say whether the "
            "bank took it back, or it never arrived",
            hint=f"{command} --returned CODE where the bank took it back; {command} --mistake "
            "where it was recorded by mistake",
        )


def reverse(
    transaction: Transaction,
    *,
    customer: str,
    seq: int,
    reason: str | None = None,
    returned: str | None = None,
    by_mistake: bool = False,
) -> PrepaidChanged:
    """Undo, once, a credit or payment that was entered wrongly or that the bank took back.

    An invoice that this opens again is due the customer's payment days after today, the first time
    (rules 9). With `returned` this is the same as `payment return`; with `by_mistake` the payment
    is pending again (rules 10).
    """
    plan = plan_reverse(
        transaction,
        customer=customer,
        seq=seq,
        reason=reason,
        returned=returned,
        by_mistake=by_mistake,
    )
    who = customers.find(transaction, customer)
    row = ledger.find(transaction, who, seq)
    if row.kind == MovementKind.PAYMENT and row.payment_id is not None:
        taken_back = _take_back(transaction, row.payment_id, seq, reason, returned)
        return replace(moved(transaction, customer, plan.cents, changed=True), undo=taken_back)
    assert reason is not None, "the plan has checked it"
    arrivals.reverse(transaction, who, row, seq, check_filled(reason, "reason"))
    return replace(
        moved(transaction, customer, plan.cents, changed=True),
        undo=_recorded_again(transaction, row, customer),
    )


def _take_back(
    transaction: Transaction, payment_id: int, seq: int, reason: str | None, returned: str | None
) -> Undo:
    """Take back a settled payment's money, as returned or as a mistake; how that is undone."""
    payment = payments.find(transaction, payment_id)
    if returned is not None:
        code = check_code(payment.method_kind, returned)
        payment_returns.take_back(transaction, payment, seq, code, reason)
        return undo_money.of_return([payment_id])
    reference = payments.show(transaction, payment_id)["reference"]
    payment_returns.unsettle(transaction, payment, seq, reason or MISTAKE)
    return undo_money.of_unsettling(payment_id, reference)


def _recorded_again(reader: Reader, row: LedgerRow, customer: str) -> Undo:
    """The credit again, as money that came, for what it was for and with the bank's words.

    A payment's money stays the payment's, so that the bank's answer, given once more, counts once.
    """
    said = [
        word
        for option, value in (("--reference", row.reference), ("--value-date", row.value_on))
        if value is not None
        for word in (option, value)
    ]
    if row.payment_id is not None:
        came_twice = payments.find(reader, row.payment_id).status == PaymentStatus.SUCCEEDED
        again = ("--again-received",) if came_twice else ()
        return undo.by("payment", "settle", row.payment_id, *again, *said)
    who, amount = named("customer", customer), typed_amount(row.amount_cents)
    words = ("prepaid", "credit", who, amount, "--received")
    return undo.by(*words, *_for_order(reader, row), *said)


def _for_order(reader: Reader, row: LedgerRow) -> tuple[object, ...]:
    """The order that the money was for, if it still waits for it."""
    number = row.order_number
    if number is None or orders.find(reader, number).status is not OrderStatus.NOT_PAID:
        return ()
    return ("--order", number)
