"""Money that came: what the bank says of it, kept with the movement (SPEC 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from mailctl.domain.names import check_filled
from mailctl.errors import AlreadyRecordedError, UsageError
from mailctl.store import ledger, payments
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader

LONGEST_REFERENCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The bank's own reference for a movement of money, and the day that it counts it from.

    Both are shown and neither is a rule's date: invoices are settled on the day of recording.
    """

    reference: str | None = None
    value_on: date | None = None

    def facts(self) -> dict[str, object]:
        """What was given of it, as the journal and a repeated command's digest have it."""
        return {
            name: str(value)
            for name, value in (("reference", self.reference), ("value_on", self.value_on))
            if value is not None
        }


def said(reference: str | None, value_on: date | None) -> Received:
    """Money that came, with the bank's words; UsageError for an empty or too long reference."""
    if reference is not None:
        reference = check_filled(reference, "reference", longest=LONGEST_REFERENCE)
    return Received(reference=reference, value_on=value_on)


def said_where_received(
    command: str, reference: str | None, value_on: date | None, *, is_received: bool
) -> Received | None:
    """The same for a command that says with --received that money came; None where it does not."""
    if is_received:
        return said(reference, value_on)
    if reference is not None or value_on is not None:
        raise UsageError(
            "a reference and a value date are those of money that did come: --received says so",
            hint=f"{command} --received --reference REFERENCE",
        )
    return None


def facts_of(received: Received | None) -> dict[str, object]:
    """What was given of the bank's words, of money that may not have been said to come."""
    return {} if received is None else received.facts()


class BankWords(TypedDict):
    """The columns of a movement that hold the bank's words."""

    reference: str | None
    value_on: date | None


def bank_words(received: Received | None) -> BankWords:
    """What a movement keeps of them."""
    came = received or Received()
    return BankWords(reference=came.reference, value_on=came.value_on)


def check_new(reader: Reader, who: Customer, received: Received | None) -> None:
    """AlreadyRecordedError where the same reference was recorded for the customer and stands.

    What was reversed since, entered wrongly perhaps, may be recorded again.
    """
    if received is None or received.reference is None:
        return
    seq = ledger.recorded_as(reader, who.id, received.reference)
    if seq is not None:
        raise AlreadyRecordedError(
            f"the money with the reference {received.reference!r} is recorded already, in row "
            f"{seq} of {who.slug}",
            hint=f"mailctl prepaid statement {who.slug}",
        )
    payment = payments.settled_as(reader, who.id, received.reference)
    if payment is not None:
        raise AlreadyRecordedError(
            f"the money with the reference {received.reference!r} is recorded already, as that of "
            f"payment {payment}",
            hint=f"mailctl payment list --customer {who.slug}",
        )
