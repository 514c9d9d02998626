"""Notices: what customers are notified of, and what becomes of a notice (rules 12)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice announces or reports."""

    ORDER_CONFIRMED = "order-confirmed"
    ORDER_AWAITING_PAYMENT = "order-awaiting-payment"
    ORDER_EXPIRED = "order-expired"
    INVOICE_ISSUED = "invoice-issued"
    CREDIT_NOTE_ISSUED = "credit-note-issued"
    DEBT_OPENED = "debt-opened"
    DEBT_REMINDER = "debt-reminder"
    DEBT_SETTLED = "debt-settled"
    PAYMENT_FAILED = "payment-failed"
    DEBIT_COMING = "debit-coming"
    CARD_EXPIRING = "card-expiring"
    BALANCE_LOW = "balance-low"
    ACCOUNTS_SUSPENDED = "accounts-suspended"
    ACCOUNTS_REOPENED = "accounts-reopened"
    RENEWAL_COMING = "renewal-coming"
    PRICE_CHANGED = "price-changed"
    EXPIRY_COMING = "expiry-coming"
    DELETION_COMING = "deletion-coming"
    ACCOUNTS_DELETED = "accounts-deleted"
    CANCEL_RECORDED = "cancel-recorded"
    CANCEL_UNDONE = "cancel-undone"
    DELETE_TOKEN = "delete-token"  # noqa: S105 - a kind, not a secret
    DELETE_CONFIRMED = "delete-confirmed"


class EndedFor(StrEnum):
    """Why a notice will never be sent."""

    REFUSED = "refused"
    OUTDATED = "outdated"
    ERASED = "erased"


class WaitsFor(StrEnum):
    """Why a notice was not accepted at its last try, and waits for the next one.

    `US`: something about the sender, for the recipient's whole domain; `US_ALONE`: for this notice
    alone; `FULL`: the recipient's mailbox is full; `DOCUMENT`: the document that goes with it
    cannot be made, or is too large, which holds back no other notice.
    """

    US = "us"
    US_ALONE = "us-alone"
    FULL = "full"
    DOCUMENT = "document"


class NoticeState(StrEnum):
    """What became of a notice."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = EndedFor.REFUSED
    OUTDATED = EndedFor.OUTDATED
    ERASED = EndedFor.ERASED


LEASE = timedelta(minutes=15)
"""How long a process may send a notice alone: longer than the sending of one message can take."""

DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
    timedelta(hours=24),
)

FULL_FOR = timedelta(days=5)
"""How long a full mailbox is tried before it counts as one that refuses."""


def delay_after(tries: int) -> timedelta:
    """How long a notice waits after so many tries; the longest delay repeats."""
    return DELAYS[min(tries, len(DELAYS)) - 1]
