"""What a person decides of entries of bank statements: whose money they are (rules 20)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from mailctl.actions import bank_checks, undo, undo_money
from mailctl.actions.bank_targets import Target, proposed, recorded_since, target_of
from mailctl.actions.orders import refusal_warnings
from mailctl.actions.prepaid import still_missing
from mailctl.actions.result import MoneyResult
from mailctl.actions.undo import Undo
from mailctl.billing import bank_booking, bank_matching, bank_returns
from mailctl.billing.order_payment import pay_named
from mailctl.domain.answers import CODES
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.names import check_filled
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.several import all_or_none
from mailctl.errors import AlreadyRecordedError, EntryRefusedError
from mailctl.hints import command
from mailctl.store import bank_bookings, bank_entries, customers
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment
from mailctl.store.queries import bank_list, bank_recorded
from mailctl.values import Value

AGAIN = "--again-received"


class EntriesDecided(MoneyResult):
    """Entries of which a person decided, and what was booked by it.

    `cents` is the signed sum of what was booked, reversed or ignored; `linked` entries were money
    that is in the books already. `customer` and `balance_cents` are of the last one.
    """

    thing: str = "bank-entry"
    cents: int = 0
    linked: int = 0
    customer: str | None = None
    balance_cents: int = 0


class Made(Value):
    """What a decision did with one entry; `cents` are what it booked, 0 where it only linked.

    `is_same`: it was kept out of the books as the money of another entry.
    """

    entry: Entry
    customer: str | None = None
    cents: int = 0
    reopened: int = 0
    paid_orders: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    is_link: bool = False
    is_same: bool = False
    changed: bool = True


class AcceptPlan(Value):
    """The entries whose proposals are to be carried out, as they are shown first."""

    ids: tuple[int, ...]
    items: tuple[Row, ...]


_PLANNED = ("id", "on", "amount_cents", "customer", "invoice", "order", "payment", "evidence")


def match(
    transaction: Transaction,
    entry_id: int,
    *,
    customer: str | None = None,
    invoice: str | None = None,
    order: int | None = None,
    payment: int | None = None,
    again: bool = False,
) -> EntriesDecided:
    """Say whose money an entry is, by one of the four: it is booked so.

    Money that was recorded by hand before is linked instead of booked a second time, unless with
    `again`, which says that it came again. EntryNotFoundError, EntryRefusedError,
    AlreadyRecordedError.
    """
    entry = bank_entries.find(transaction, entry_id)
    target = target_of(
        transaction, customer=customer, invoice=invoice, order=order, payment=payment
    )
    if entry.state is EntryState.BOOKED and target.is_of(entry):
        return _decided(transaction, [Made(entry=entry, customer=entry.customer, changed=False)])
    bank_checks.check_waits(entry)
    bank_checks.check_amount(entry)
    bank_checks.check_not_erased(entry, target.customer)
    if not again:
        bank_checks.check_no_twin(transaction, entry)
        if payment is None:
            bank_checks.check_not_awaited(transaction, entry)
    said = f"said by hand: {target.told}"
    return _decided(
        transaction, [_book(transaction, entry, target, MatchedBy.HAND, said, again=again)]
    )


def plan_accept(reader: Reader, *, ids: Sequence[int]) -> AcceptPlan:
    """What is proposed for entries; EntryNotFoundError, EntryRefusedError where nothing is."""
    works = ((one, partial(_planned, reader, one)) for one in dict.fromkeys(ids))
    return AcceptPlan(ids=tuple(dict.fromkeys(ids)), items=tuple(all_or_none("entry", works)))


def _planned(reader: Reader, entry_id: int) -> Row:
    """What is shown of an entry before anybody is asked; nothing of one that has no proposal."""
    entry = bank_entries.find(reader, entry_id)
    if entry.state is not EntryState.BOOKED:
        bank_checks.check_proposed(entry)
    one = bank_list.shown(reader, entry_id)
    return {key: one[key] for key in _PLANNED}


def accept(transaction: Transaction, plan: AcceptPlan, *, many: bool = False) -> EntriesDecided:
    """Do what is proposed for entries: for all of them, or none.

    EntryRefusedError where nothing is proposed; one that is booked stays as it is.
    """
    works = ((one, partial(_accept, transaction, one)) for one in plan.ids)
    return _decided(transaction, all_or_none("entry", works), many=many)


def _accept(transaction: Transaction, entry_id: int) -> Made:
    # Found only now: an earlier one may have changed it.
    entry = bank_entries.find(transaction, entry_id)
    if entry.state is EntryState.BOOKED:
        return Made(entry=entry, customer=entry.customer, changed=False)
    bank_checks.check_proposed(entry)
    bank_checks.check_amount(entry)
    evidence, matched_by = entry.evidence or "", entry.matched_by or MatchedBy.HAND
    if entry.ledger_id is not None:
        done = bank_booking.link_proposed(transaction, entry, entry.ledger_id, evidence=evidence)
        return Made(entry=entry, customer=entry.customer, reopened=done, is_link=True)
    if entry.same_as_id is not None:
        return _as_same(transaction, entry)
    if matched_by is MatchedBy.BATCH:
        return _accept_batch(transaction, entry)
    target = proposed(transaction, entry)
    bank_checks.check_not_erased(entry, target.customer)
    since = recorded_since(transaction, entry, target)
    if since is not None:
        done = bank_booking.link_proposed(transaction, entry, since, evidence=evidence)
        return Made(entry=entry, customer=entry.customer, reopened=done, is_link=True)
    # That a payment's money came again is what is proposed.
    again = target.payment is not None
    return _book(transaction, entry, target, matched_by, evidence, again=again)


def _accept_batch(transaction: Transaction, entry: Entry) -> Made:
    """One sum for a file of ours: its payments without an answer are settled."""
    done = bank_matching.book_batch(transaction, entry.id)
    if done is None:
        raise EntryRefusedError(
            f"the payments without an answer do not add up to entry {entry.id} any more",
            hint=f"mailctl payment list --status pending; if it is other money: mailctl bank undo "
            f"{entry.id}",
        )
    return Made(
        entry=entry,
        customer=bank_entries.find(transaction, entry.id).customer,
        cents=entry.amount_cents,
        reopened=done.reopened,
        paid_orders=done.paid_orders,
        warnings=tuple(refusal_warnings(done.tried)),
    )


def _as_same(transaction: Transaction, entry: Entry) -> Made:
    """Another entry is the same money: this one stays out of the books."""
    bank_checks.check_no_reversal(transaction, entry)
    bank_entries.decide(
        transaction,
        entry.id,
        EntryState.IGNORED,
        matched_by=MatchedBy.SAME_MONEY,
        evidence=entry.evidence,
        customer_id=entry.customer_id,
        same_as_id=entry.same_as_id,
    )
    transaction.record(
        "entry-ignored", entry.subject, {"cents": entry.amount_cents, "same_as": entry.same_as_id}
    )
    return Made(entry=entry, customer=entry.customer, is_link=True, is_same=True)


def _book(
    transaction: Transaction,
    entry: Entry,
    target: Target,
    matched_by: MatchedBy,
    evidence: str,
    *,
    again: bool,
) -> Made:
    if target.payment is not None and entry.amount_cents < 0:
        return _book_return(transaction, entry, target.payment, matched_by, evidence)
    bank_checks.check_came_in(entry)
    if target.payment is not None:
        return _book_payment(transaction, entry, target.payment, matched_by, evidence, again=again)
    if not again and (row := bank_recorded.like(transaction, entry, target.customer.id)):
        told = f"{evidence}; recorded by hand on {row.moved_on}, row {row.seq}"
        bank_booking.link(transaction, entry, [row.ledger_id], evidence=told)
        return Made(entry=entry, customer=target.customer.slug, is_link=True)
    came = bank_booking.book_credit(
        transaction,
        entry,
        target.customer,
        invoice=target.invoice_id,
        order=target.order,
        matched_by=matched_by,
        evidence=evidence,
    )
    return Made(
        entry=entry,
        customer=target.customer.slug,
        cents=entry.amount_cents,
        reopened=came.reopened,
        paid_orders=came.paid_orders,
        warnings=(*refusal_warnings(came.tried), *still_missing(transaction, target.order)),
    )


def _book_payment(
    transaction: Transaction,
    entry: Entry,
    payment: Payment,
    matched_by: MatchedBy,
    evidence: str,
    *,
    again: bool,
) -> Made:
    bank_checks.check_same_amount(entry, payment)
    if payment.status is not PaymentStatus.PENDING and not again:
        rows = _came(transaction, payment)
        free = [one.id for one in rows if one.entry_id is None]
        if free:
            bank_booking.link(transaction, entry, free[:1], evidence=evidence)
            return Made(entry=entry, customer=payment.customer, is_link=True)
        if payment.status is PaymentStatus.SUCCEEDED:
            by = next((f" by entry {one.entry_id}" for one in rows if one.entry_id), "")
            raise AlreadyRecordedError(
                f"payment {payment.id} has its money already{by}",
                hint=f"if it came a second time: mailctl bank match {entry.id} --payment "
                f"{payment.id} {AGAIN}",
            )
    reopened = bank_booking.book_payment(
        transaction, entry, payment, matched_by=matched_by, evidence=evidence
    )
    # Money that covers a shortfall may allow an order whose own money had arrived before.
    tried = pay_named(transaction, payment.customer_id)
    return Made(
        entry=entry,
        customer=payment.customer,
        cents=entry.amount_cents,
        reopened=reopened,
        paid_orders=tuple(one.order.number for one in tried if one.refused is None),
        warnings=tuple(refusal_warnings(tried)),
    )


def _came(reader: Reader, payment: Payment) -> list[bank_bookings.Movement]:
    """The movements by which a payment's money came and stands, or what the bank took back."""
    is_returned = payment.status is PaymentStatus.RETURNED
    return [
        one
        for one in bank_bookings.of_payment(reader, payment.id)
        if one.kind in (MovementKind.CREDIT, MovementKind.PAYMENT)
        and (not one.is_reversed or (is_returned and one.kind is MovementKind.PAYMENT))
    ]


def _book_return(
    transaction: Transaction,
    entry: Entry,
    payment: Payment,
    matched_by: MatchedBy,
    evidence: str,
) -> Made:
    """Money of a payment that the bank took back, for the reason that the bank gave."""
    bank_checks.check_same_amount(entry, payment)
    if payment.status is PaymentStatus.RETURNED:
        again = bank_returns.came_again(transaction, entry, payment)
        if again is not None:
            bank_returns.book_return_again(
                transaction, entry, payment, again, matched_by=matched_by, evidence=evidence
            )
            return Made(entry=entry, customer=payment.customer, cents=entry.amount_cents)
        free = [
            one.id
            for one in bank_bookings.of_payment(transaction, payment.id)
            if one.kind is MovementKind.REVERSAL and one.entry_id is None
        ]
        if free:
            bank_booking.link(transaction, entry, free[-1:], evidence=evidence)
            return Made(entry=entry, customer=payment.customer, is_link=True)
    code = bank_checks.return_code(entry)
    if code not in CODES:
        unknown = f": {code!r} is no code of ISO's list" if code else ""
        raise EntryRefusedError(
            f"the bank does not say why it took entry {entry.id} back{unknown}",
            hint=f"record the return, then give this again: mailctl payment return {payment.id} "
            "--reason CODE",
        )
    bank_booking.book_return(
        transaction, entry, payment, code, matched_by=matched_by, evidence=evidence
    )
    return Made(entry=entry, customer=payment.customer, cents=entry.amount_cents)


def ignore(
    transaction: Transaction, *, ids: Sequence[int], reason: str, many: bool = False
) -> EntriesDecided:
    """Keep entries out of the books, and say why: all of them, or none.

    EntryRefusedError for one that is booked. What is ignored already stays as it is, but for a
    person's reason, which may be given anew.
    """
    reason = check_filled(reason, "reason")
    works = ((one, partial(_ignore, transaction, one, reason)) for one in dict.fromkeys(ids))
    return _decided(transaction, all_or_none("entry", works), many=many)


def _ignore(transaction: Transaction, entry_id: int, reason: str) -> Made:
    entry = bank_entries.find(transaction, entry_id)
    if entry.state is EntryState.IGNORED and (
        entry.matched_by is not MatchedBy.HAND or entry.reason == reason
    ):
        return Made(entry=entry, changed=False)
    if entry.state is EntryState.BOOKED:
        bank_checks.check_waits(entry)
    bank_entries.decide(
        transaction, entry.id, EntryState.IGNORED, matched_by=MatchedBy.HAND, reason=reason
    )
    transaction.record(
        "entry-ignored", entry.subject, {"cents": entry.amount_cents}, {"reason": reason}
    )
    return Made(entry=entry, cents=entry.amount_cents)


def _decided(
    transaction: Transaction, made: Sequence[Made], *, many: bool = False
) -> EntriesDecided:
    """The result of decisions, with the entries as they are now."""
    customer = made[-1].customer if made else None
    changed = [one for one in made if one.changed]
    return EntriesDecided(
        items=tuple(bank_list.shown(transaction, one.entry.id) for one in made),
        many=many or len(made) != 1,
        changed=bool(changed),
        cents=sum(one.cents for one in made),
        linked=sum(one.is_link for one in made),
        customer=customer,
        balance_cents=customers.find(transaction, customer).balance_cents if customer else 0,
        reopened=sum(one.reopened for one in made),
        paid_orders=tuple(number for one in made for number in one.paid_orders),
        warnings=tuple(text for one in made for text in one.warnings),
        undo=_undo(changed),
    )


def _undo(made: Sequence[Made]) -> Undo:
    if len(made) > undo_money.MOST_REVERSED:
        return undo.never("the entries are too many to name; bank undo takes back each")
    reopened = sum(one.reopened for one in made)
    orders = [number for one in made for number in one.paid_orders]
    left = [undo_money.what_stays(reopened, orders)]
    if any(one.cents < 0 and one.customer for one in made):
        left.append("what came back counts as a credit then")
    if any(one.entry.state is EntryState.PROPOSED and not one.is_same for one in made):
        left.append("what was proposed is not proposed again")
    return undo.by_all(
        [command("bank", "undo", one.entry.id, "--yes") for one in made],
        note="; ".join(filter(None, left)),
    )
