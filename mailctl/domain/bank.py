"""Entries of bank statements: how far each is, and by what it was matched (rules 20)."""

from __future__ import annotations

from enum import StrEnum

DAYS_BY_HAND = 10
"""Money recorded by hand so many days before or after an entry may be its money."""


class EntryState(StrEnum):
    """How far an entry is: only a booked one has moved money in the books."""

    UNMATCHED = "unmatched"
    PROPOSED = "proposed"
    BOOKED = "booked"
    IGNORED = "ignored"


class MatchedBy(StrEnum):
    """What led to an entry's customer, or why it is not booked."""

    END_TO_END_ID = "end-to-end-id"
    """The EndToEndId of a payment of ours, with its amount."""
    REFERENCE = "reference"
    """An RF reference of an invoice or order."""
    NUMBER = "number"
    """A number of an invoice or order in the text."""
    IBAN = "iban"
    """The IBAN of a mandate or of an earlier transfer, with exactly what is missing."""
    BATCH = "batch"
    """A batch credit of one of our payment files."""
    RETURN = "return"
    """Money of a payment of ours that the bank took back."""
    RECORDED = "recorded"
    """Money that was in the books before, recorded by hand."""
    SAME_MONEY = "same-money"
    """Another entry, of another kind of file, is the same money."""
    HAND = "hand"
    """A person said it."""
    OTHER_ACCOUNT = "other-account"
    """It is of another account than the seller's."""
    OTHER_CURRENCY = "other-currency"
