"""What banks send, as it was read: statements, entries, and answers to direct debits (rules 20).

These are tuples, since a file may have 100,000 of them: they travel through a file of their own,
never as a list. Days are ISO texts, amounts signed cents of the seller's account.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

_SAYS_NOTHING = frozenset(
    "NONREF NOREF NOREFERENCE NOTPROVIDED NOTAVAILABLE NONE NA UNKNOWN EREF KREF".split()
)


def is_no_reference(text: str) -> bool:
    """Whether a reference is none: empty, zeros, or what banks write where they have none.

    Taken for one, it would name several movements at once.
    """
    letters = "".join(filter(str.isalnum, text)).upper()
    return letters in _SAYS_NOTHING or not letters.strip("0")


class FileKind(StrEnum):
    """What a file from a bank is, seen in the file itself."""

    REPORT = "camt.052"
    STATEMENT = "camt.053"
    NOTIFICATION = "camt.054"
    STATUS = "pain.002"
    MT940 = "mt940"
    CSV = "csv"


class StatementHead(NamedTuple):
    """One statement, report or notification of one account, before its entries.

    Balances are signed cents, None where the file has none (a notification never has).
    """

    account: str
    """The seller's IBAN without spaces, or what else the bank calls the account."""
    currency: str
    """Of the account; empty where the file does not say it."""
    identification: str
    """What the bank calls this statement."""
    number: int | None
    """Its place in the bank's own count (ElctrncSeqNb, else LglSeqNb; field 28C)."""
    from_on: str | None
    to_on: str | None
    opening_on: str | None
    opening_cents: int | None
    closing_on: str | None
    closing_cents: int | None


class ReadEntry(NamedTuple):
    """One movement of the seller's account, as the bank wrote it.

    A batch entry whose details add up to it is given as its parts, `part` of `parts` from 1 on;
    any other entry is one, part 1 of 1. The signed cents are those of the account.
    """

    entry_reference: str
    """The bank's own reference of the whole entry (AcctSvcrRef; field 61); empty without."""
    part: int
    parts: int
    entry_cents: int
    """The signed cents of the whole entry, which its parts add up to."""
    booked_on: str
    value_on: str | None
    amount_cents: int
    currency: str
    name: str
    """The counterparty; empty where the bank does not say it, as every text here."""
    iban: str
    reference: str
    """The bank's own reference of this movement: of the part where it has one, else the entry's."""
    end_to_end_id: str
    """Empty also where the bank wrote that there is none."""
    creditor_reference: str
    """A structured reference, as `RF94I2026000123`."""
    text: str
    mandate: str
    message_id: str
    """Of the payment file that this answers (MsgId)."""
    batch_id: str
    """The batch of that file (PmtInfId)."""
    batch_count: int | None
    """How many transactions the bank says that the entry has."""
    is_reversal: bool
    """The bank took back a booking of its own (RvslInd)."""
    return_code: str
    """Why money came back, by ISO's list (RtrInf); empty where this is no return."""
    return_text: str
    bank_code: str
    """What kind of movement the bank says that it is: `PMNT/RDDT/ESDD`, `NTRF`."""
    charges_cents: int
    """What the bank took for itself: below 0, else 0. The amount without it is what was ordered."""
    rest: str
    """JSON: what of the entry was not understood, by its place in the file; empty without."""


class ReadStatus(NamedTuple):
    """One answer of a status report (pain.002), to a file, a batch or one payment of it."""

    message_id: str
    """Of the payment file (OrgnlMsgId)."""
    batch_id: str
    """Of its batch (OrgnlPmtInfId); empty where the whole file is answered."""
    end_to_end_id: str
    """Empty where a whole batch or file is answered."""
    status: str
    """As the bank wrote it: `RJCT`, `ACCP`, `ACSC`, `PDNG`, `PART` …"""
    code: str
    """Why, by ISO's list; empty without."""
    text: str
    amount_cents: int | None
