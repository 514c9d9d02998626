"""The bank's words about money, which are kept with it (rules 9)."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from mailctl.values import Value


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


def of_entry(entry: int | None) -> dict[str, object]:
    """The entry of a statement on which money was found, as the journal keeps it."""
    return {} if entry is None else {"entry": entry}
