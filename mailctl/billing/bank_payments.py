"""Money of payments: which it is by its EndToEndId, or by the file that asked for it (rules 20)."""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.billing.bank_decisions import Decision, Doing, Item, unmatched
from mailctl.billing.bank_facts import Batch, Facts, Waiting
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.entry_identity import are_near
from mailctl.domain.money import money
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.text import counted
from mailctl.store.queries.bank_candidates import Movement, Payment


def is_of(payment: Payment, attempt: int) -> bool:
    """Whether there was such a try of a payment: a returned or failed one had its last."""
    has_one_more = payment.status in (PaymentStatus.PENDING, PaymentStatus.SUCCEEDED)
    return 1 <= attempt <= payment.tries + has_one_more or attempt == 1


def settlement_of(rows: Sequence[Movement]) -> Movement | None:
    """The newest row by which a payment's money came."""
    return next((one for one in reversed(rows) if one.kind == "payment"), None)


def decide_payment(entry: Waiting, facts: Facts) -> Decision:
    """What becomes of money whose EndToEndId is one of ours: booked only with its amount."""
    assert entry.payment_try is not None
    payment_id, attempt = entry.payment_try
    payment = facts.payments.get(payment_id)
    name = f"EndToEndId {entry.end_to_end_id}"
    amount = money(entry.cents, facts.currency)
    if payment is None or not is_of(payment, attempt):
        return unmatched(f"{name} is of no payment of this store")
    if payment.state == "erased" or payment.amount_cents != entry.cents:
        asked = money(payment.amount_cents, facts.currency)
        return unmatched(
            f"{name} is of a payment of {payment.customer}, who is erased"
            if payment.state == "erased"
            else f"{name} is of payment {payment.id}, which is for {asked}, but {amount} came"
        )
    evidence = f"{name}, {amount}: payment {payment.id}"
    rows = facts.movements.get(payment.id, [])
    if payment.status == PaymentStatus.PENDING:
        return _booked(entry, payment, evidence, Doing.SETTLE)
    if payment.status == PaymentStatus.SUCCEEDED:
        return _settled_before(entry, payment, settlement_of(rows), evidence)
    if payment.status == PaymentStatus.RETURNED:
        found = _of_first_money(entry, payment, rows, evidence)
        if found is not None:
            return found
    return _no_longer_awaited(entry, payment, rows, evidence)


def _booked(entry: Waiting, payment: Payment, evidence: str, doing: Doing) -> Decision:
    item = Item(doing, payment.customer_id, payment.customer, entry.cents, payment_id=payment.id)
    return _of(payment, EntryState.BOOKED, evidence)._replace(items=(item,))


def _of(payment: Payment, state: EntryState, evidence: str) -> Decision:
    return Decision(
        state=state,
        matched_by=MatchedBy.END_TO_END_ID,
        evidence=evidence,
        customer_id=payment.customer_id,
        customer=payment.customer,
        payment_id=payment.id,
    )


def _linked(payment: Payment, row: Movement, evidence: str) -> Decision:
    return _of(
        payment, EntryState.BOOKED, f"{evidence}, recorded before in row {row.seq}"
    )._replace(matched_by=MatchedBy.RECORDED, links=(row.id,))


def _settled_before(
    entry: Waiting, payment: Payment, row: Movement | None, evidence: str
) -> Decision:
    if row is None:
        return unmatched(f"{evidence}, whose money is in no row")
    if row.entry_id is None:
        return _linked(payment, row, evidence)
    return _of_a_sum(entry, row, evidence) or _twice(payment, row, evidence)


def _of_a_sum(entry: Waiting, row: Movement, evidence: str) -> Decision | None:
    """What may be a part of another entry, about that day, which brought a payment's money."""
    if row.entry_id is None or row.named_by_entry == entry.end_to_end_id:
        return None
    if not are_near(entry.booked_on.isoformat(), row.entry_on or ""):
        return None
    return _same_money(
        row.entry_id,
        f"{evidence} has its money by entry {row.entry_id}, which does not name it alone: "
        "this may be a part of that",
    )


def _same_money(entry_id: int, evidence: str) -> Decision:
    """What other entries may have brought, told as one sum there or here: nobody books it twice."""
    return Decision(EntryState.PROPOSED, MatchedBy.SAME_MONEY, evidence, same_as_id=entry_id)


def _twice(payment: Payment, row: Movement, evidence: str) -> Decision:
    return _of(
        payment,
        EntryState.PROPOSED,
        f"{evidence} has its money by entry {row.entry_id} already: it may have come twice",
    )


def _of_first_money(
    entry: Waiting, payment: Payment, rows: Sequence[Movement], evidence: str
) -> Decision | None:
    """The credit of a payment whose return was booked before it came, or beside it by hand.

    None where that money has its entry, of which this is no part: then it came again.
    """
    row = settlement_of(rows)
    if row is None:
        return None
    if row.entry_id is not None:
        return _of_a_sum(entry, row, evidence)
    back = next((one for one in reversed(rows) if one.kind == "reversal"), None)
    is_booked_with_return = (
        back is not None and back.entry_id is not None and back.moved_on == row.moved_on
    )
    if is_booked_with_return or (back and entry.booked_on.isoformat() <= back.moved_on):
        return _linked(payment, row, evidence)
    return _of(
        payment,
        EntryState.PROPOSED,
        f"{evidence} was settled and returned by hand: it may be the first money, of row {row.seq}",
    )._replace(ledger_id=row.id)


def _no_longer_awaited(
    entry: Waiting, payment: Payment, rows: Sequence[Movement], evidence: str
) -> Decision:
    """Money of a payment that failed, was cancelled or came back: once (rules 10)."""
    live = [one for one in rows if one.kind == "credit" and not one.is_reversed]
    for row in live:
        if row.entry_id is None and row.amount_cents == entry.cents:
            return _linked(payment, row, evidence)
    if live:
        return _twice(payment, live[-1], evidence)
    return _booked(entry, payment, f"{evidence}, which is {payment.status}", Doing.RECEIVE)


def decide_batch(entry: Waiting, facts: Facts) -> Decision:
    """What becomes of one sum for a file of ours, or a batch of it: its unanswered payments.

    All of them, if count and sum agree; those that were recorded by hand are linked.
    """
    assert entry.file is not None
    batch = facts.batches.get(entry.file)
    if batch is None:
        return unmatched("it answers a file of direct debits that this store has not written")
    amount = money(entry.cents, facts.currency)
    count = entry.details.get("batch_count")
    awaited = _awaited(batch, facts)
    recorded = _recorded(batch, facts)
    said_so = f"{batch.name}, {amount}"
    if _agrees(entry, [one.amount_cents for one in awaited], count):
        return _batch(awaited, EntryState.BOOKED, f"{said_so}: {counted(len(awaited), 'payment')}")
    if _agrees(entry, [one.amount_cents for one in recorded], count):
        rows = tuple(one.id for one in recorded)
        evidence = f"{said_so}: {counted(len(recorded), 'payment')}, recorded before"
        decision = Decision(EntryState.BOOKED, MatchedBy.RECORDED, evidence, links=rows)
        return _of_one_customer(decision, {one.customer_id: one.customer for one in recorded})
    rest = sum(one.amount_cents for one in awaited)
    if rest == entry.cents and awaited:
        return _batch(
            awaited,
            EntryState.PROPOSED,
            f"{said_so}: the sum of {counted(len(awaited), 'payment')} without an answer, but the "
            f"bank {'does not say how many' if count is None else f'says {count}'}",
        )
    came = _came(batch, facts, entry)
    if came and sum(one.amount_cents for one in came) == entry.cents:
        first = came[0].entry_id
        assert first is not None
        return _same_money(
            first,
            f"{said_so}: {counted(len(came), 'payment')} of it have as much by entries from "
            f"{first} on: this may be their sum",
        )
    return unmatched(
        f"{said_so}: {counted(len(awaited), 'payment')} without an answer, "
        f"{money(rest, facts.currency)} in all"
    )


def accepted_batch(entry: Waiting, facts: Facts) -> Decision | None:
    """The batch that a person accepts, whatever the bank says of its count: by its sum.

    None where its payments without an answer do not add up to the entry any more.
    """
    batch = facts.batches.get(entry.file) if entry.file is not None else None
    awaited = _awaited(batch, facts) if batch is not None else []
    if batch is None or sum(one.amount_cents for one in awaited) != entry.cents or not awaited:
        return None
    said_so = f"{batch.name}, {money(entry.cents, facts.currency)}"
    return _batch(
        awaited, EntryState.BOOKED, f"{said_so}: {counted(len(awaited), 'payment')}, accepted"
    )


def _agrees(entry: Waiting, cents: Sequence[int], count: object) -> bool:
    return bool(cents) and sum(cents) == entry.cents and len(cents) == count


def _awaited(batch: Batch, facts: Facts) -> list[Payment]:
    found = ((facts.payments.get(payment), attempt) for payment, attempt in batch.tries)
    return [
        payment
        for payment, attempt in found
        if payment is not None
        and payment.status == PaymentStatus.PENDING
        and payment.tries + 1 == attempt
        and payment.state != "erased"
    ]


def _recorded(batch: Batch, facts: Facts) -> list[Movement]:
    """The rows by which the batch's payments were settled by hand, and that are no entry's."""
    found: list[Movement] = []
    for payment_id, _ in batch.tries:
        payment = facts.payments.get(payment_id)
        row = settlement_of(facts.movements.get(payment_id, []))
        is_settled = payment is not None and payment.status == PaymentStatus.SUCCEEDED
        if is_settled and row is not None and row.entry_id is None:
            found.append(row)
    return found


def _came(batch: Batch, facts: Facts, entry: Waiting) -> list[Movement]:
    """The rows of the batch's payments whose money entries brought that name them, about then."""
    rows = [settlement_of(facts.movements.get(payment, [])) for payment, _ in batch.tries]
    on = entry.booked_on.isoformat()
    return [row for row in rows if row and row.named_by_entry and are_near(on, row.entry_on or on)]


def _batch(payments: Sequence[Payment], state: EntryState, evidence: str) -> Decision:
    items = tuple(
        Item(Doing.SETTLE, one.customer_id, one.customer, one.amount_cents, payment_id=one.id)
        for one in payments
    )
    decision = Decision(
        state, MatchedBy.BATCH, evidence, items=items if state is EntryState.BOOKED else ()
    )
    return _of_one_customer(decision, {one.customer_id: one.customer for one in payments})


def _of_one_customer(decision: Decision, customers: dict[int, str]) -> Decision:
    if len(customers) != 1:
        return decision
    ((customer_id, customer),) = customers.items()
    return decision._replace(customer_id=customer_id, customer=customer)
