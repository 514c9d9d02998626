"""What was decided of an entry is taken back: `bank undo` (rules 20)."""

from __future__ import annotations

from mailctl.actions import bank_checks, undo
from mailctl.actions.bank_decisions import EntriesDecided
from mailctl.actions.undo import MISTAKE, Undo
from mailctl.billing import bank_booking
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.hints import named
from mailctl.store import bank_bookings, bank_entries, customers, ledger
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import bank_list
from mailctl.values import Value


class UndoPlan(Value):
    """An entry of which a decision is to be taken back, and what that moves.

    `takes_back`: its money was booked by it, and is reversed. Money that was only linked stays.
    """

    entry: int
    state: EntryState
    customer: str | None = None
    cents: int = 0
    before_cents: int = 0
    takes_back: bool = False

    @property
    def after_cents(self) -> int:
        """The customer's balance afterwards."""
        return self.before_cents - self.cents


def plan_undo(reader: Reader, entry_id: int) -> UndoPlan:
    """Check what would be taken back.

    EntryNotFoundError, EntryRefusedError; NotReversibleError where the money went back since.
    """
    entry = bank_entries.find(reader, entry_id)
    if entry.state is EntryState.IGNORED:
        bank_checks.check_ours(entry)
    rows = [one for one in bank_bookings.of_entry(reader, entry_id) if not one.is_link]
    for one in rows:
        bank_booking.check_not_returned(one)
    cents = sum(one.amount_cents for one in rows if not one.is_reversed)
    whose = {one.customer for one in rows}
    customer = entry.customer if not whose else whose.pop() if len(whose) == 1 else None
    before = customers.find(reader, customer).balance_cents if customer else 0
    return UndoPlan(
        entry=entry_id,
        state=entry.state,
        customer=customer,
        cents=cents,
        before_cents=before,
        takes_back=bool(rows),
    )


def undo_entry(transaction: Transaction, plan: UndoPlan) -> EntriesDecided:
    """Take back what was decided of an entry; nothing books it by itself from then on.

    It is unmatched then. One that was kept out as the money of another entry is only proposed so.
    """
    entry = bank_entries.find(transaction, plan.entry)
    before = bank_list.shown(transaction, entry.id)
    if entry.state is EntryState.BOOKED:
        bank_booking.take_back(transaction, entry)
    elif entry.state is not EntryState.UNMATCHED:
        _reopen(transaction, entry)
    customer = plan.customer
    return EntriesDecided(
        items=(bank_list.shown(transaction, entry.id),),
        changed=entry.state is not EntryState.UNMATCHED,
        cents=plan.cents,
        customer=customer,
        balance_cents=customers.find(transaction, customer).balance_cents if customer else 0,
        undo=_undo(transaction, entry, plan, before),
    )


def _reopen(transaction: Transaction, entry: Entry) -> None:
    if entry.matched_by is MatchedBy.SAME_MONEY and entry.state is EntryState.IGNORED:
        bank_entries.decide(
            transaction,
            entry.id,
            EntryState.PROPOSED,
            matched_by=entry.matched_by,
            evidence=entry.evidence,
            customer_id=entry.customer_id,
            same_as_id=entry.same_as_id,
        )
    else:
        bank_entries.decide(transaction, entry.id, EntryState.UNMATCHED)
    transaction.record(
        "entry-undone", entry.subject, {"cents": entry.amount_cents, "customer": entry.customer}
    )


def _undo(reader: Reader, entry: Entry, plan: UndoPlan, before: Row) -> Undo:
    """How the entry is decided again as it was."""
    if entry.state is EntryState.IGNORED:
        if entry.matched_by is MatchedBy.SAME_MONEY:
            return undo.by("bank", "accept", entry.id)
        return undo.by("bank", "ignore", entry.id, "--reason", entry.reason or MISTAKE)
    words = _match(before)
    if plan.takes_back and plan.customer is None:
        return undo.never("each of its payments waits for its answer again")
    if entry.state is EntryState.PROPOSED:
        helps = [undo.help_to("book it as was proposed", *words)] if words else []
        return undo.never("what was proposed is not proposed again", *helps)
    if plan.cents < 0 and entry.customer:
        # What came back is a credit now; the return itself is not recorded twice.
        who = customers.find(reader, entry.customer)
        row = ledger.last_seq(reader, who.id)
        return undo.by(
            *("prepaid", "reverse", named("customer", who.slug), row),
            *("--reason", MISTAKE, "--yes"),
            note="the entry stays unmatched",
        )
    return undo.by(*words) if words else undo.never()


def _match(shown: Row) -> tuple[object, ...]:
    """The words that book an entry as it was; none where it was nobody's."""
    words = ("bank", "match", shown["id"])
    for key in ("payment", "order", "invoice", "customer"):
        if shown[key] is not None:
            return (*words, f"--{key}", named(key, str(shown[key])))
    return ()
