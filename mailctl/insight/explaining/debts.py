"""Why debt suspended an account and what let it work again, as the books stood at that moment.

What is missing lies on the newest invoices, because money settles the oldest first (SPEC 9): so
what was open of each can be computed again from the movements up to any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mailctl.domain.lifecycle import Account
from mailctl.domain.money import money
from mailctl.insight.explaining.duedates import due_on_before
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.explanations import Event
from mailctl.store.queries.money_explanations import Movement


def open_after(movements: Sequence[Movement]) -> dict[int, int]:
    """What is open of each invoice after these movements, in cents, by the invoice's key."""
    counted: dict[int, int] = {}
    for movement in movements:
        if movement.kind == "charge" and movement.document_id is not None:
            counted[movement.document_id] = -movement.amount_cents
        elif movement.kind == "credit-note" and movement.corrects_id is not None:
            counted[movement.corrects_id] -= movement.amount_cents
    missing = max(0, -movements[-1].after_cents) if movements else 0
    left: dict[int, int] = {}
    for invoice_id in sorted(counted, reverse=True):
        left[invoice_id] = min(counted[invoice_id], missing)
        missing -= left[invoice_id]
    return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A movement that concerned one invoice, and what was open of it before and after."""

    movement: Movement
    before_cents: int
    after_cents: int


def steps(movements: Iterable[Movement], invoice_id: int) -> Iterator[Step]:
    """The debit of an invoice, its credit notes, and what else changed what is open of it.

    Of what the balance lacks to 0, it bears what the still newer ones leave, and never more than it
    counts for: its total less its credit notes.
    """
    counted_cents, newer, left = 0, 0, 0
    for movement in movements:
        about = movement.corrects_id if movement.kind == "credit-note" else movement.document_id
        if movement.kind in ("charge", "credit-note") and about is not None:
            counted_cents -= movement.amount_cents if about == invoice_id else 0
            newer -= movement.amount_cents if about > invoice_id else 0
        now = max(0, min(counted_cents, max(0, -movement.after_cents) - newer))
        is_about_it = about == invoice_id and movement.kind in ("charge", "credit-note")
        if is_about_it or now != left:
            yield Step(movement=movement, before_cents=left, after_cents=now)
        left = now


def why_suspended(reader: Reader, account: Account, event: Event) -> str:
    """The oldest overdue invoice that had a line of the account, its due date, what was missing."""
    customer_id = account.platform.customer_id
    until = books.last_ledger_id(reader, event.batch - 1)
    left = open_after(books.movements(reader, customer_id, until_id=until))
    for term in facts.terms_of_account(reader, account.id):
        was_credited = term.credited_on is not None and term.credited_on < event.on
        if left.get(term.invoice_id, 0) and not was_credited:
            due_on = due_on_before(reader, customer_id, term.invoice_id, event.on)
            missing = money(left[term.invoice_id], reader.info.currency)
            told = f"invoice {term.invoice}, due on {due_on}, was not paid"
            return f"{told}; {missing} of it was missing"
    return "an invoice that has a line of it was overdue"


def why_reopened(reader: Reader, account: Account, event: Event) -> str:
    """What came in the same step: money, a credit note, time to pay, a payment that covers it."""
    slug, currency = account.platform.customer, reader.info.currency
    found = {row.kind: row for row in facts.events(reader, f"customer/{slug}", batch=event.batch)}
    if row := found.get("credited"):
        return f"{event.actor} recorded {money(row.number('cents'), currency)} from {slug}"
    if row := found.get("payment-settled"):
        amount = money(row.number("cents"), currency)
        return f"payment {row.number('payment')} of {amount} came in"
    if row := found.get("grace-given"):
        return f"{event.actor} gave {slug} until {row.text('until')} to pay"
    if row := found.get("invoice-credited"):
        amount = money(row.number("total_cents"), currency)
        return f"credit note {row.text('credit_note')} gave back {amount} of {row.text('invoice')}"
    if row := found.get("payment-created"):
        amount = money(row.number("cents"), currency)
        return f"payment {row.number('payment')} of {amount}, to be collected, covers the debt"
    return "nothing overdue held it any more"
