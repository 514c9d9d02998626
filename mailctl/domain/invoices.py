"""Documents: invoices and the credit notes that correct them (rules 8)."""

from __future__ import annotations

import re
from enum import StrEnum

from mailctl.values import Value


class Series(StrEnum):
    """What stands before a document's number: each series is numbered without a gap."""

    INVOICE = ""
    CREDIT_NOTE = "AV"


class DocumentNumber(Value):
    """The number of a document: `2026-000123`, or `AV2026-000004` of a credit note."""

    series: Series
    year: int
    seq: int

    def __str__(self) -> str:
        return f"{self.series.value}{self.year}-{self.seq:06d}"


def document_number(text: str) -> DocumentNumber | None:
    """The number that a text is, written in full; None where it is none."""
    match = re.fullmatch(r"(AV)?(\d{4})-(\d{6,12})", text, re.ASCII)
    if match is None:
        return None
    series, year, seq = match.groups()
    return DocumentNumber(series=Series(series or ""), year=int(year), seq=int(seq))


class NumberRange(Value):
    """Numbers of one series and year that follow each other, the last one included."""

    series: Series
    year: int
    first_seq: int
    last_seq: int

    @property
    def first(self) -> DocumentNumber:
        """The first of them."""
        return DocumentNumber(series=self.series, year=self.year, seq=self.first_seq)

    @property
    def last(self) -> DocumentNumber:
        """The last of them."""
        return DocumentNumber(series=self.series, year=self.year, seq=self.last_seq)

    def __len__(self) -> int:
        return self.last_seq - self.first_seq + 1

    def __str__(self) -> str:
        last = "" if self.first_seq == self.last_seq else f" to {self.last}"
        return f"{self.first}{last}"


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
