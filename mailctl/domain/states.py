"""The states of customers, platforms and accounts, in words."""

from __future__ import annotations

from enum import StrEnum


class CustomerState(StrEnum):
    """A closed customer buys nothing more; of an erased one no personal details are left."""

    OPEN = "open"
    CLOSED = "closed"
    ERASED = "erased"


class PlatformState(StrEnum):
    """`cancelled`: the end is decided, and its accounts work until they expire."""

    ACTIVE = "active"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class PlatformRenewal(StrEnum):
    """Whether accounts of a platform renew by themselves at all."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class AccountState(StrEnum):
    """Whether a mailbox works, waits for its deletion, or is gone for good."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"


class SuspendedFor(StrEnum):
    """Why an account is suspended; money lifts a suspension for debt alone (rules 9)."""

    EXPIRED = "expired"
    DEBT = "debt"


class BillingState(StrEnum):
    """How an account is paid: its customer's invoice for it is due later, or overdue."""

    OK = "ok"
    PENDING_DEBT = "pending-debt"
    UNPAID = "unpaid"
