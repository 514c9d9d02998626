"""New entries are matched: whose money each is, by the rules in their order (rules 20).

A part of the entries at a time. Within it no customer has two entries in one step, since the first
may change what the next one means.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from mailctl.billing import bank_booking, bank_debits, bank_payments, bank_rules, bank_sets
from mailctl.billing.bank_decisions import NOTHING, Decision
from mailctl.billing.bank_facts import Facts, Waiting, by_hand, facts_of
from mailctl.billing.order_payment import Tried
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.store import bank_bookings, bank_entries
from mailctl.store.engine.journal import Entry as JournalRow
from mailctl.store.engine.journal import compact
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import bank_candidates
from mailctl.values import Value

PART = 2_000
"""Entries that are looked at together."""
PART_BY_IBAN = 20_000
"""The same by their IBANs: all mandates are read for each part."""


class Matched(Value):
    """What followed of the money of all entries that were booked by themselves.

    `reopened` counts accounts that work again; `tried` are the orders whose money is there now.
    """

    reopened: int = 0
    tried: tuple[Tried, ...] = ()

    @property
    def paid_orders(self) -> tuple[int, ...]:
        """The numbers of the orders that were paid."""
        return tuple(one.order.number for one in self.tried if one.refused is None)


def match(transaction: Transaction, *, after: int) -> Matched:
    """Match all entries that came after one and wait; book, link or propose each, or leave it."""
    reopened, tried = 0, list[Tried]()
    for entries in _parts(transaction, after, PART):
        for decided in _decided(transaction, entries):
            followed = bank_sets.carry_out(transaction, decided)
            reopened += followed.reopened
            tried += followed.tried
            _keep(transaction, decided)
        # What was changed is kept in memory until it is sealed.
        transaction.add_up()
    for entries in _parts(transaction, after, PART_BY_IBAN, by_iban=True):
        _keep(transaction, _decided_by_iban(transaction, entries))
    return Matched(reopened=reopened, tried=tuple(tried))


def book_batch(transaction: Transaction, entry_id: int) -> Matched | None:
    """Settle the payments of a file of ours for which a sum is proposed, since a person accepts it.

    None where those without an answer do not add up to it any more.
    """
    (row,) = transaction.execute(
        f"SELECT {_COLUMNS} FROM bank_entry WHERE id = :id", {"id": entry_id}
    ).fetchall()
    entry = Waiting(row[:-1], json.loads(row[-1]))
    found = bank_payments.accepted_batch(entry, facts_of(transaction, [entry]))
    if found is None:
        return None
    followed = bank_sets.carry_out(transaction, [(entry, found)])
    _keep(transaction, [(entry, found)])
    return Matched(reopened=followed.reopened, tried=tuple(followed.tried))


_COLUMNS = """
    id, booked_on, value_on, amount_cents, parts, iban, reference, end_to_end_id,
    creditor_reference, text, details
"""
_BY_IBAN = "AND evidence IS NULL AND iban IS NOT NULL AND amount_cents > 0"


def _parts(
    transaction: Transaction, after: int, size: int, *, by_iban: bool = False
) -> Iterator[list[Waiting]]:
    while True:
        rows = transaction.execute(
            f"""
            SELECT {_COLUMNS}
            FROM bank_entry
            WHERE id > :after AND state = 'unmatched' {_BY_IBAN if by_iban else ""}
            ORDER BY id LIMIT :size
            """,
            {"after": after, "size": size},
        ).fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [Waiting(row[:-1], json.loads(row[-1])) for row in rows]


def _decided(
    transaction: Transaction, entries: Sequence[Waiting]
) -> Iterator[list[tuple[Waiting, Decision]]]:
    """What is decided of entries, step by step; what one step books is known to the next."""
    facts: Facts | None = facts_of(transaction, entries)
    assert facts is not None
    for now in _steps(entries, facts):
        known = facts or facts_of(transaction, now)
        facts = None
        yield [(entry, _decide(entry, known)) for entry in now]


def _steps(entries: Sequence[Waiting], facts: Facts) -> list[list[Waiting]]:
    """The entries in their order, in steps that have one of a customer: one may change the next."""
    steps: list[list[Waiting]] = []
    last: dict[int, int] = {}
    for entry in entries:
        whose = facts.customers(entry)
        step = max((last.get(customer, -1) for customer in whose), default=-1) + 1
        last.update(dict.fromkeys(whose, step))
        if step == len(steps):
            steps.append([])
        steps[step].append(entry)
    return steps


def _decide(entry: Waiting, facts: Facts) -> Decision:
    if entry.details.get("is_reversal"):
        return bank_rules.reversal(entry, facts)
    if entry.cents > 0:
        return bank_rules.decide(entry, facts)
    if entry.cents < 0:
        return bank_debits.decide(entry, facts)
    return Decision(evidence="an entry of 0.00 moves no money")


def _decided_by_iban(
    transaction: Transaction, entries: Sequence[Waiting]
) -> list[tuple[Waiting, Decision]]:
    whose = bank_candidates.of_ibans(transaction, {one.iban for one in entries})
    customers = {customer for known in whose.values() for customer in known}
    owing = bank_candidates.owing(transaction, customers)
    recorded = by_hand(transaction, entries, customers)
    currency = transaction.info.currency
    decided: list[tuple[Waiting, Decision]] = []
    for entry in entries:
        found = bank_rules.decide_by_iban(entry, whose.get(entry.iban, {}), owing, currency)
        if found.customer_id is not None:
            rows = bank_rules.about_as_much(entry, recorded.get(found.customer_id, ()))
            found = bank_rules.beside(found, rows)
        decided.append((entry, found))
    return decided


def _keep(transaction: Transaction, decided: Sequence[tuple[Waiting, Decision]]) -> None:
    """Set what became of the entries, with their links, and say it in the journal."""
    known = [(entry, found) for entry, found in decided if found != NOTHING]
    if not known:
        return
    bank_bookings.add_all(
        transaction, [(row, entry.id, True) for entry, found in known for row in found.links]
    )
    bank_entries.decide_each(
        transaction,
        [
            (
                entry.id,
                found.state.value,
                found.matched_by and found.matched_by.value,
                found.evidence,
                found.customer_id,
                found.invoice_id,
                found.order_number,
                found.payment_id,
                found.ledger_id,
                found.same_as_id,
            )
            for entry, found in known
        ],
    )
    transaction.record_all(
        [
            _journalled(entry, found)
            for entry, found in known
            if found.state is not EntryState.UNMATCHED
        ]
    )


def _kind(found: Decision) -> str:
    if found.state is EntryState.PROPOSED:
        return "entry-proposed"
    return "entry-linked" if found.matched_by is MatchedBy.RECORDED else "entry-booked"


def _journalled(entry: Waiting, found: Decision) -> JournalRow:
    words = bank_booking.for_journal(
        customer=found.customer,
        cents=entry.cents,
        matched_by=found.matched_by,
        evidence=found.evidence,
    )
    personal = compact(words.personal) if words.personal else None
    return JournalRow(_kind(found), f"entry/{entry.id}", compact(words.details), personal)
