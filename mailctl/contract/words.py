"""The words that keys of the contract may hold, from the enums of the rules.

Only schemas and tables ask for them: they are loaded then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailctl.clock import ClockKind
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.invoices import DocumentKind, InvoiceStatus
from mailctl.domain.notices import NoticeState
from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.domain.payments import FileFormat, MethodKind, MethodStatus, PaymentStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.profile import Language
from mailctl.domain.statements import FileKind
from mailctl.domain.states import (
    AccountState,
    BillingState,
    CustomerState,
    PlatformRenewal,
    PlatformState,
    SuspendedFor,
)
from mailctl.domain.tasks import ExportFormat, TaskKind, TaskStatus
from mailctl.domain.terms import Period, Renewal

RESERVED_STATUS = "delivering"
"""A status of orders that programs know and nothing writes: it is not used for anything else."""

WORDS: Mapping[str, Mapping[str, Iterable[str]]] = {
    "customer": {"state": CustomerState},
    "platform": {"state": PlatformState, "renewal": PlatformRenewal},
    "account": {
        "state": AccountState,
        "period": Period,
        "renewal": Renewal,
        "billing": BillingState,
        "suspended_for": SuspendedFor,
        "platform_renewal": PlatformRenewal,
    },
    "mailbox-export": {"format": ExportFormat},
    "order": {"kind": OrderKind, "status": (*OrderStatus, RESERVED_STATUS)},
    "invoice": {"kind": DocumentKind, "status": InvoiceStatus},
    "statement": {"kind": MovementKind},
    "method": {"kind": MethodKind, "status": MethodStatus},
    "payment": {"status": PaymentStatus},
    "payment-file": {"kind": MethodKind, "format": FileFormat, "state": ("kept", "erased")},
    "notice": {"language": Language, "state": NoticeState},
    "task": {"kind": TaskKind, "status": TaskStatus},
    "revenue": {"period": Period},
    "debt": {"age": ("not-due", "1-7", "8-30", "31-90", "over-90")},
    "bank-entry": {"state": EntryState, "matched_by": MatchedBy, "file_kind": FileKind},
    "status": {"clock": ClockKind},
    "finding": {"severity": ("info", "warning", "urgent")},
    "renewal": {"old": Renewal, "new": Renewal},
    "store": {"clock": ClockKind},
}
"""By thing and key."""
