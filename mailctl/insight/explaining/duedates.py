"""When an invoice was due at first: its customer's payment days as they were when it was issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.store.engine.reader import Reader
from mailctl.store.queries import explanations as facts
from mailctl.store.queries import money_explanations as books
from mailctl.store.queries.money_explanations import Payer

SETTING = "payment-days"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDays:
    """Days to pay, and whether they were the customer's own."""

    days: int
    is_own: bool


def payment_days(reader: Reader, payer: Payer, batch: int) -> PaymentDays:
    """A customer's payment days in a batch: today's, less what the journal says changed since."""
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

    A due date only ever moves later: it is what it is now, if that is before the day; else what it
    was at first.
    """
    issued_on, now = books.due_on_of(reader, invoice_id)
    if now < day:
        return now
    batch, _ = books.origin_of(reader, invoice_id)
    found = payment_days(reader, books.payer(reader, customer_id), batch)
    return issued_on + timedelta(days=found.days)
