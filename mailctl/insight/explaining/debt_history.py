"""What was open of each invoice at a past moment, when it was due, and what debt did to an account.

This is a second way to settle, next to `billing.settlement`, on purpose: that keeps what is open
now, and explanations need what was open after each movement of the past, which no table keeps.
What is missing lies on the newest invoices, because money settles the oldest first (rules 9): so
what was open of each can be computed from the movements up to any of them. For the present moment
`tests/insight/test_explain_lives.py` compares both over random lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from mailctl.domain.lifecycle import Account
from mailctl.domain.money import money
from mailctl.domain.prepaid import MovementKind
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.explanations import Event
from mailctl.store.queries.money_explanations import CustomerMoney, Movement
from mailctl.values import Value

SETTING = "payment-days"


def open_after(movements: Sequence[Movement]) -> dict[int, int]:
    """What is open of each invoice after these movements, in cents, by the invoice's key."""
    counted: dict[int, int] = {}
    for movement in movements:
        if movement.kind is MovementKind.CHARGE and movement.document_id is not None:
            counted[movement.document_id] = -movement.amount_cents
        elif movement.kind is MovementKind.CREDIT_NOTE and movement.corrects_id is not None:
            counted[movement.corrects_id] -= movement.amount_cents
    missing = max(0, -movements[-1].after_cents) if movements else 0
    left: dict[int, int] = {}
    for invoice_id in sorted(counted, reverse=True):
        left[invoice_id] = min(counted[invoice_id], missing)
        missing -= left[invoice_id]
    return left


class Step(Value):
    """A movement that concerned one invoice, and what was open of it before and after."""

    movement: Movement
    before_cents: int
    after_cents: int


def steps(movements: Iterable[Movement], invoice_id: int) -> Iterator[Step]:
    """The debit of an invoice, its credit notes, and whatever else changed what is open of it.

    It is open for the part of a negative balance that newer invoices leave, and never for more than
    its total less its credit notes.
    """
    counted_cents, newer, left = 0, 0, 0
    for movement in movements:
        is_note = movement.kind is MovementKind.CREDIT_NOTE
        about = movement.corrects_id if is_note else movement.document_id
        is_document = is_note or movement.kind is MovementKind.CHARGE
        if is_document and about is not None:
            counted_cents -= movement.amount_cents if about == invoice_id else 0
            newer -= movement.amount_cents if about > invoice_id else 0
        now = max(0, min(counted_cents, max(0, -movement.after_cents) - newer))
        if (is_document and about == invoice_id) or now != left:
            yield Step(movement=movement, before_cents=left, after_cents=now)
        left = now


class PaymentDays(Value):
    """Days to pay, and whether they were the customer's own."""

    days: int
    is_own: bool


def payment_days(reader: Reader, payer: CustomerMoney, batch: int) -> PaymentDays:
    """A customer's payment days as of a batch: today's, unless the journal says they changed."""
    own: object = payer.payment_days if payer.has_own_days else None
    for event in facts.events(reader, f"customer/{payer.slug}", kinds=("customer-edited",)):
        old = event.details.get("old")
        if event.batch > batch and isinstance(old, dict) and "payment_days" in old:
            own = old["payment_days"]
            break
    if own is not None:
        return PaymentDays(days=int(str(own)), is_own=True)
    days = reader.setting(SETTING)
    for event in facts.events(reader, f"setting/{SETTING}", kinds=("setting-changed",)):
        if event.batch > batch:
            days = str(event.text("old"))
            break
    return PaymentDays(days=int(days), is_own=False)


def due_on_before(reader: Reader, customer_id: int, invoice_id: int, day: date) -> date:
    """When an invoice that was overdue on a day had been due.

    A due date only moves later: if today's is before the day it was the same then, otherwise it was
    the first one.
    """
    now = books.due_date_of(reader, invoice_id)
    if now.due_on < day:
        return now.due_on
    origin = books.origin_of(reader, invoice_id)
    found = payment_days(reader, books.customer_money(reader, customer_id), origin.batch)
    return now.issued_on + timedelta(days=found.days)


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
            unpaid = f"invoice {term.invoice}, due on {due_on}, was not paid"
            return f"{unpaid}; {missing} of it was missing"
    return "an invoice that has a line of it was overdue"


def why_reopened(reader: Reader, account: Account, event: Event) -> str:
    """What the same transaction did: money, a credit note, time to pay, a covering payment."""
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
