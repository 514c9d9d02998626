"""Whether what a person decides of an entry can be done: what it is, and what became of it."""

from __future__ import annotations

from mailctl.billing.bank_facts import Waiting
from mailctl.domain.answers import CODES
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.entry_identity import account_of
from mailctl.domain.money import money
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.states import CustomerState
from mailctl.errors import EntryRefusedError, PaymentNotFoundError
from mailctl.hints import command
from mailctl.store import bank_entries, payments
from mailctl.store.bank_entries import Entry
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.payments import Payment


def check_waits(entry: Entry) -> None:
    """EntryRefusedError unless the entry waits for a person: unmatched, or proposed."""
    if entry.state is EntryState.BOOKED:
        whose = f" for {entry.customer}" if entry.customer else ""
        raise EntryRefusedError(
            f"entry {entry.id} is booked{whose} already",
            hint=f"to take it back first: {command('bank', 'undo', entry.id)}",
        )
    if entry.state is not EntryState.IGNORED:
        return
    if entry.matched_by is MatchedBy.SAME_MONEY:
        raise EntryRefusedError(
            f"the money of entry {entry.id} is that of entry {entry.same_as_id}",
            hint=f"{command('bank', 'show', entry.same_as_id)}; if it is other money: "
            f"{command('bank', 'undo', entry.id)}, then this again",
        )
    check_ours(entry)
    why = f": {entry.reason}" if entry.reason else ""
    raise EntryRefusedError(
        f"entry {entry.id} is ignored{why}",
        hint=f"to take that back first: {command('bank', 'undo', entry.id)}",
    )


def check_proposed(entry: Entry) -> None:
    """EntryRefusedError where nothing is proposed for the entry."""
    check_waits(entry)
    if entry.state is not EntryState.PROPOSED:
        raise EntryRefusedError(
            f"nothing is proposed for entry {entry.id}",
            hint=f"say whose it is: mailctl bank match {entry.id} --customer CUSTOMER; what the "
            f"bank wrote: mailctl bank show {entry.id}",
        )


def check_ours(entry: Entry) -> None:
    """EntryRefusedError where it is of another account or currency: such are never booked."""
    if entry.matched_by is MatchedBy.OTHER_ACCOUNT:
        raise EntryRefusedError(
            f"entry {entry.id} is of account {entry.account}, which is not the seller's, and is "
            "never booked",
            hint="if it is: mailctl settings set seller-iban IBAN; then "
            f"{command('bank', 'undo', entry.id)}",
        )
    if entry.matched_by is MatchedBy.OTHER_CURRENCY:
        raise EntryRefusedError(
            f"entry {entry.id} is in {entry.currency}, and is never booked: the books are in "
            "another currency",
            hint=f"exchanged, it is recorded by hand: {command('prepaid', 'credit', '--help')}",
        )


def check_is_ours_now(reader: Reader, entry: Entry) -> None:
    """EntryRefusedError as above, unless the account is the seller's since the setting changed."""
    seller = reader.setting("seller-iban")
    is_of_seller = bool(seller) and account_of(entry.account, seller) == seller
    if not is_of_seller or entry.currency != reader.info.currency:
        check_ours(entry)


def check_amount(entry: Entry) -> None:
    """EntryRefusedError for an entry of 0, which is no money."""
    if not entry.amount_cents:
        raise EntryRefusedError(
            f"entry {entry.id} is of {money(0, entry.currency)}: there is nothing to book",
            hint=command("bank", "ignore", entry.id, "--reason", "nothing"),
        )


def check_came_in(entry: Entry) -> None:
    """EntryRefusedError for a debit: money that left is never booked as money of a customer."""
    check_amount(entry)
    if entry.amount_cents > 0:
        return
    returned = f"mailctl bank match {entry.id} --payment ID"
    keep_out = f"mailctl bank ignore {entry.id} --reason REASON"
    raise EntryRefusedError(
        f"entry {entry.id}, {money(entry.amount_cents, entry.currency)}, left the account: "
        "it cannot be money that a customer paid",
        hint=f"if the bank took a debit back: {returned}; else: {keep_out}",
    )


def check_not_erased(entry: Entry, who: Customer) -> None:
    """EntryRefusedError for a customer of whom nothing personal is kept any more."""
    if who.state is CustomerState.ERASED:
        raise EntryRefusedError(
            f"{who.slug} was erased: nothing is booked for them any more",
            hint=f"mailctl bank ignore {entry.id} --reason REASON",
        )


def check_no_twin(reader: Reader, entry: Entry) -> None:
    """EntryRefusedError where another entry is probably the same money, and counts as such."""
    if entry.same_as_id is None:
        return
    other = bank_entries.find(reader, entry.same_as_id)
    raise EntryRefusedError(
        f"entry {other.id} is this money, as it seems ({other.state}): {entry.evidence}",
        hint=f"if so: {command('bank', 'accept', entry.id)}; if it is other money, give "
        "--again-received",
    )


def check_not_awaited(reader: Reader, entry: Entry) -> None:
    """EntryRefusedError for the money of a payment that waits for it: it would get it twice."""
    named = Waiting.payment_try_of(entry.end_to_end_id)
    if named is None:
        return
    try:
        payment = payments.find(reader, named[0])
    except PaymentNotFoundError:
        return
    is_awaited = payment.status is PaymentStatus.PENDING
    if not is_awaited or payment.amount_cents != entry.amount_cents:
        return
    raise EntryRefusedError(
        f"entry {entry.id} has the EndToEndId of payment {payment.id}, which waits for this money",
        hint=f"{command('bank', 'match', entry.id, '--payment', payment.id)}; if it is other "
        "money, give --again-received",
    )


def check_no_reversal(reader: Reader, entry: Entry) -> None:
    """EntryRefusedError where the bank took back the booking of another entry by this one."""
    if entry.same_as_id is None:
        return
    other = bank_entries.find(reader, entry.same_as_id)
    if (other.amount_cents > 0) == (entry.amount_cents > 0):
        return
    taken_back = command("bank", "undo", other.id)
    kept_out = command("bank", "ignore", entry.id, "--reason", "reversal")
    first = f"{taken_back}; then " if other.state is EntryState.BOOKED else ""
    raise EntryRefusedError(
        f"the bank took entry {other.id} back by entry {entry.id}: neither is money that came",
        hint=f"{first}{kept_out}",
    )


def return_code(entry: Entry) -> str:
    """Why the bank took money back, in capitals, as it wrote it; empty where it does not say."""
    return str(entry.details.get("return_code") or "").upper()


def check_same_amount(entry: Entry, payment: Payment) -> None:
    """EntryRefusedError for another amount; of a return the bank's charges may be in it."""
    charges = abs(int(entry.details.get("charges_cents") or 0)) if entry.amount_cents < 0 else 0
    if payment.amount_cents not in (abs(entry.amount_cents), abs(entry.amount_cents) - charges):
        raise EntryRefusedError(
            f"payment {payment.id} is for {money(payment.amount_cents, entry.currency)}, and entry "
            f"{entry.id} for {money(entry.amount_cents, entry.currency)}",
            hint=_instead(entry, payment),
        )


def _instead(entry: Entry, payment: Payment) -> str:
    """What helps with an entry of another amount than the payment's."""
    if entry.amount_cents > 0:
        return (
            f"as money of the customer: mailctl bank match {entry.id} --customer {payment.customer}"
        )
    code = return_code(entry)
    # Only a code of the list: a command that is printed holds no words of a file.
    reason = code if code in CODES else "CODE"
    return (
        f"if the bank took that payment back, with charges that it does not tell apart: mailctl "
        f"payment return {payment.id} --reason {reason}, then mailctl bank ignore {entry.id} "
        f"--reason 'payment {payment.id} with charges'"
    )
