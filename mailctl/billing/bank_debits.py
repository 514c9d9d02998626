"""Money that went: returns of payments, which alone are booked by themselves (rules 20)."""

from __future__ import annotations

from mailctl.billing.bank_decisions import NOTHING, Decision, Doing, Item, unmatched
from mailctl.billing.bank_facts import Facts, Waiting
from mailctl.billing.bank_payments import settlement_of
from mailctl.domain.answers import CODES
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.money import money
from mailctl.domain.payments import PaymentStatus
from mailctl.store.queries.bank_candidates import Movement, Payment


def decide(entry: Waiting, facts: Facts) -> Decision:
    """What becomes of an entry of money that went."""
    if entry.payment_try is None:
        return NOTHING
    payment_id, attempt = entry.payment_try
    payment = facts.payments.get(payment_id)
    name = f"EndToEndId {entry.end_to_end_id}"
    if payment is None:
        return unmatched(f"{name} is of no payment of this store")
    code = str(entry.details.get("return_code") or "").upper()
    refused = _refused(entry, facts, payment, name, code)
    if refused is not None:
        return unmatched(refused)
    evidence = (
        f"{name}, {money(-entry.cents, facts.currency)} back, {code} ({CODES[code]}): "
        f"payment {payment.id}"
    )
    charges = _charges(entry)
    if charges:
        evidence = f"{evidence}, with {money(charges, facts.currency)} of charges"
    rows = facts.movements.get(payment.id, [])
    if payment.status == PaymentStatus.RETURNED and attempt == payment.tries:
        found = _returned_before(payment, rows, evidence)
        # The charges are in no row: the entry is more than the movement that is linked.
        is_more = charges and found.links
        return found._replace(matched_by=MatchedBy.RETURN) if is_more else found
    is_open = payment.status in (PaymentStatus.SUCCEEDED, PaymentStatus.PENDING)
    if not is_open or attempt != payment.tries + 1:
        why = f"is {payment.status}: it has no money that could go back"
    elif payment.exported_on is None:
        why = "was not handed over: no bank can return it"
    else:
        return _return(payment, evidence, code)
    return unmatched(f"{evidence}, which {why}")


def _charges(entry: Waiting) -> int:
    """What the bank took for the return, as it says, in cents above 0."""
    return abs(int(entry.details.get("charges_cents") or 0))


def _refused(entry: Waiting, facts: Facts, payment: Payment, name: str, code: str) -> str | None:
    """Why nothing of it is booked, as a sentence."""
    if not code:
        return f"{name} is of payment {payment.id}, but the bank does not call it a return"
    if code not in CODES:
        return f"{name} is of payment {payment.id}, returned for {code}, which is no known code"
    if payment.state == "erased":
        return f"{name} is of a payment of {payment.customer}, who is erased"
    if -entry.cents - _charges(entry) != payment.amount_cents and (
        -entry.cents != payment.amount_cents
    ):
        went = money(-entry.cents, facts.currency)
        asked = money(payment.amount_cents, facts.currency)
        return f"{name} is of payment {payment.id}, which is for {asked}, but {went} went back"
    return None


def _return(payment: Payment, evidence: str, code: str) -> Decision:
    item = Item(
        Doing.RETURN,
        payment.customer_id,
        payment.customer,
        payment.amount_cents,
        payment_id=payment.id,
        code=code,
    )
    return _of(payment, evidence)._replace(items=(item,))


def _of(payment: Payment, evidence: str) -> Decision:
    return Decision(
        state=EntryState.BOOKED,
        matched_by=MatchedBy.RETURN,
        evidence=evidence,
        customer_id=payment.customer_id,
        customer=payment.customer,
        payment_id=payment.id,
    )


def _returned_before(payment: Payment, rows: list[Movement], evidence: str) -> Decision:
    """A return that was recorded by hand is linked; one that has its entry came once more."""
    settlement = settlement_of(rows)
    back = next((one for one in reversed(rows) if one.kind == "reversal"), None)
    if settlement is None or back is None:
        return unmatched(f"{evidence}, which has no money that could go back")
    again = [one for one in rows if one.kind == "credit" and not one.is_reversed]
    if again:
        return unmatched(
            f"{evidence}, whose money came again in row {again[-1].seq} of {payment.customer}"
        )
    if back.entry_id is not None:
        return unmatched(f"{evidence}, which came back by entry {back.entry_id} already")
    return _of(payment, f"{evidence}, recorded before in row {back.seq}")._replace(
        matched_by=MatchedBy.RECORDED, links=(back.id,)
    )
