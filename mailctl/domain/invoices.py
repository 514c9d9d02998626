"""Documents: invoices and the credit notes that correct them (rules 8)."""

from __future__ import annotations

from enum import StrEnum


class Series(StrEnum):
    """What stands before a document's number: each series is numbered without a gap."""

    INVOICE = ""
    CREDIT_NOTE = "AV"


class DocumentKind(StrEnum):
    """What a document is, as people and programs read it."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"

    @property
    def series(self) -> Series:
        """The series that numbers such documents."""
        return Series.INVOICE if self is DocumentKind.INVOICE else Series.CREDIT_NOTE


class InvoiceStatus(StrEnum):
    """Whether something of an invoice is still to be paid."""

    OPEN = "open"
    PAID = "paid"
