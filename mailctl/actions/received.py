"""Money that arrived, with the bank's words about it, which are kept with it (rules 9)."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from mailctl.domain.names import check_filled
from mailctl.errors import AlreadyRecordedError, UsageError
from mailctl.store import ledger, payments
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.values import Value

LONGEST_REFERENCE = 200
"""As of a payment's reference: one limit for the same thing."""


class Received(Value):
    """The bank's own reference for a movement of money, and the bank's value date.

    Both are only shown: invoices are settled on the day of recording.
    """

    reference: str | None = None
    value_on: date | None = None

    def facts(self) -> dict[str, object]:
        """What was given, as it is kept in the journal and in the digest of a command's key."""
        return {
            name: str(value)
            for name, value in (("reference", self.reference), ("value_on", self.value_on))
            if value is not None
        }


def received(reference: str | None, value_on: date | None) -> Received:
    """Money that arrived, with the bank's words; UsageError for an empty or too long reference."""
    if reference is not None:
        reference = check_filled(reference, "reference", longest=LONGEST_REFERENCE)
    return Received(reference=reference, value_on=value_on)


def where_received(
    command: str, reference: str | None, value_on: date | None, *, is_received: bool
) -> Received | None:
    """The same for a command with an option --received; None where it was not given."""
    if is_received:
        return received(reference, value_on)
    if reference is not None or value_on is not None:
        raise UsageError(
            "--reference and --value-date describe money that has arrived: add --received",
            hint=f"{command} --received --reference REFERENCE",
        )
    return None


def facts_of(came: Received | None) -> dict[str, object]:
    """The same for money that may not have arrived."""
    return {} if came is None else came.facts()


class BankWords(TypedDict):
    """The columns of a movement that hold the bank's words."""

    reference: str | None
    value_on: date | None


def bank_words(came: Received | None) -> BankWords:
    """The columns for a movement of money."""
    words = came or Received()
    return BankWords(reference=words.reference, value_on=words.value_on)


def check_new(reader: Reader, who: Customer, came: Received | None) -> None:
    """AlreadyRecordedError where the customer has money with the same reference already.

    Money that was reversed since may be recorded again.
    """
    if came is None or came.reference is None:
        return
    seq = ledger.recorded_as(reader, who.id, came.reference)
    if seq is not None:
        raise AlreadyRecordedError(
            f"the money with the reference {came.reference!r} is recorded already, in row "
            f"{seq} of {who.slug}",
            hint=f"mailctl prepaid statement {who.slug}",
        )
    payment = payments.settled_as(reader, who.id, came.reference)
    if payment is not None:
        raise AlreadyRecordedError(
            f"the money with the reference {came.reference!r} is recorded already, as that of "
            f"payment {payment}",
            hint=f"mailctl payment list --customer {who.slug}",
        )
