"""Money that arrived, as a command's options describe it (rules 9)."""

from __future__ import annotations

from datetime import date

from mailctl.billing.bank_words import Received
from mailctl.domain.names import check_filled
from mailctl.errors import UsageError

LONGEST_REFERENCE = 200
"""As of a payment's reference: one limit for the same thing."""


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
