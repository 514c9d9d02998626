"""When two entries are the same movement of an account, and when they only may be (rules 20).

A bank writes a movement several times: in files that overlap, in a notification and again in a
statement, as a whole and as the parts of a batch. Its own reference tells, where it gives each
movement another; else the content does. Money must neither be doubled nor lost: what is doubtful is
kept, and not booked by itself.
"""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from mailctl.domain.statements import ReadEntry, is_no_reference

MOST_DAYS = 5
"""So far apart are the days on which two kinds of file say that a movement was booked."""

_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)
_NO_DIGITS = re.compile(r"\D+")
_SHORTEST_NUMBER = 8
_DIGITS = 32


class Seen(NamedTuple):
    """What tells movements apart; of a batch, its whole sum and no texts.

    `has_reference` is whether the bank's own reference is known of it.
    """

    booked_on: str
    cents: int
    currency: str
    parts: int
    has_reference: bool
    value_on: str | None
    end_to_end_id: str
    creditor_reference: str
    iban: str
    name: str
    text: str


def reference_of(entry: ReadEntry) -> str:
    """The bank's own reference of a whole entry; empty where it has none, or says so in words."""
    reference = entry.entry_reference.strip()
    return "" if is_no_reference(reference) else reference


def key_of(entry: ReadEntry) -> str:
    """What an entry is known again by: the bank's reference, else the digest of its content."""
    reference = reference_of(entry)
    if reference:
        return f"ref:{reference}"
    content = "\0".join(
        (
            *(entry.booked_on, entry.value_on or "", str(entry.amount_cents), entry.currency),
            *(entry.iban, entry.name, entry.reference, entry.end_to_end_id),
            *(entry.creditor_reference, entry.text, entry.return_code),
        )
    )
    return f"sha:{sha256(content.encode()).hexdigest()[:_DIGITS]}"


def seen(entry: ReadEntry, currency: str) -> Seen:
    """What tells an entry apart from others of the account, whose currency it is in."""
    reference = reference_of(entry)
    is_batch = bool(reference) and entry.parts > 1
    return Seen(
        booked_on=entry.booked_on,
        cents=entry.entry_cents if is_batch else entry.amount_cents,
        currency=currency,
        parts=entry.parts if is_batch else 1,
        has_reference=bool(reference),
        value_on=entry.value_on,
        end_to_end_id="" if is_batch else entry.end_to_end_id,
        creditor_reference="" if is_batch else entry.creditor_reference,
        iban="" if is_batch else entry.iban,
        name="" if is_batch else entry.name,
        text="" if is_batch else entry.text,
    )


def said(one: Seen) -> tuple[object, ...]:
    """All that is said of a movement, by which movements with one reference are told apart."""
    return one._replace(has_reference=False)


def is_contradicted(one: Seen, other: Seen) -> bool:
    """Whether two movements cannot be one.

    Their sum, sign, currency, IBAN, EndToEndId or creditor reference differ.
    """
    return (
        one.cents != other.cents
        or one.currency != other.currency
        or _differ(one.end_to_end_id, other.end_to_end_id)
        or _differ(one.creditor_reference, other.creditor_reference)
        or _differ(one.iban, other.iban)
    )


def tell_apart(one: Seen, other: Seen) -> bool:
    """Whether the texts of two movements name other things: their digits are not the same.

    Kinds of files write one text in several ways, and may cut it: then one has those of the other.
    """
    if one.text == other.text or (one.end_to_end_id and one.end_to_end_id == other.end_to_end_id):
        return False
    digits, others = (_NO_DIGITS.sub("", each.text) for each in (one, other))
    return bool(digits and others) and digits not in others and others not in digits


def are_alike(one: Seen, name: str, text: str) -> bool:
    """Whether a movement with the same EndToEndId, which a payer may give to many, may be this one.

    Kinds of files write names and texts in several ways, or cut them: one of both is the same then.
    """
    if tell_apart(one._replace(end_to_end_id=""), one._replace(text=text, end_to_end_id="")):
        return False
    return _is_in(one.name, name) or _is_in(one.text, text)


def _is_in(one: str, other: str) -> bool:
    letters, others = ("".join(filter(str.isalnum, each)).upper() for each in (one, other))
    return letters in others or others in letters


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def are_near(one: str, other: str) -> bool:
    """Whether two kinds of file may say of one movement that it was booked on these days."""
    if one == other:
        return True
    days = date.fromisoformat(one) - date.fromisoformat(other)
    return abs(days.days) <= MOST_DAYS


def account_of(said: str, seller_iban: str) -> str:
    """The account that a file calls so: the seller's IBAN where it is that, or says none at all.

    Banks that write no IBAN write its number, with or without the bank's.
    """
    account = re.sub(r"[^A-Z0-9]", "", said.upper())
    if not account or account == seller_iban:
        return seller_iban
    number = seller_iban[4:]
    if _IBAN.fullmatch(account) or len(account) < _SHORTEST_NUMBER:
        return account
    # A French number ends with a key of two digits, which some banks leave out.
    is_ours = number.endswith(account) or number[:-2].endswith(account)
    return seller_iban if is_ours else account
