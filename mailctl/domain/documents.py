"""The typed document: what an invoice or a credit note says, whatever it is made into (rules 17).

BT and BG numbers are the business terms and groups of EN 16931. Amounts are positive cents, a
credit note's too; its code tells which it is.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mailctl.domain.payments import MethodKind
from mailctl.domain.profile import Language
from mailctl.domain.states import CustomerState
from mailctl.domain.tax import TaxCategory
from mailctl.domain.terms import Period
from mailctl.errors import UsageError
from mailctl.values import Value


class DocumentCode(StrEnum):
    """What a document is (UNTDID 1001)."""

    INVOICE = "380"
    CREDIT_NOTE = "381"


class DocumentFormat(StrEnum):
    """The form in which a customer gets a document."""

    PDF = "pdf"
    FACTURX = "facturx"
    UBL = "ubl"
    XRECHNUNG = "xrechnung"
    PEPPOL = "peppol"

    @property
    def is_page(self) -> bool:
        """Whether people read it: a PDF; the others are XML alone."""
        return self in (DocumentFormat.PDF, DocumentFormat.FACTURX)

    @property
    def suffix(self) -> str:
        """What its file's name ends with."""
        return "pdf" if self.is_page else "xml"


NO_DOCUMENT = "none"
"""The format of a letter that carries no document."""
FORMATS = (*(form.value for form in DocumentFormat), NO_DOCUMENT)
"""What a letter of an invoice may carry (rules 17)."""


def normal_format(text: str, what: str) -> str:
    """The form in which a customer gets documents, or none; empty where none was given.

    UsageError for another word.
    """
    word = text.strip().lower()
    if word and word not in FORMATS:
        raise UsageError(
            f"{what} is {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {text!r}",
            hint="pdf is read by people, facturx by people and programs",
        )
    return word


class Identifier(Value):
    """An id with its scheme: a code of ISO 6523 or of the list of electronic addresses (EAS)."""

    scheme: str
    id: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.id}"


class Party(Value):
    """A seller or a buyer (BG-4, BG-7)."""

    name: str
    legal_form: str | None
    street: str | None
    postcode: str | None
    city: str | None
    country: str
    vat_number: str | None
    legal_id: Identifier | None
    endpoint: Identifier | None
    contact: str | None
    email: str | None
    phone: str | None

    @property
    def called(self) -> str:
        """The name with the legal form, if that is one word and not a part of the name already."""
        form = self.legal_form
        if not form or " " in form or form.casefold() in self.name.casefold().split():
            return self.name
        return f"{self.name} {form}"

    @property
    def by_law(self) -> str:
        """The name with all that stands in the register: `SAS au capital de 10 000 €`."""
        is_long = self.legal_form and " " in self.legal_form
        return f"{self.name}, {self.legal_form}" if is_long else self.called


class BankAccount(Value):
    """Where a transfer goes (BG-17)."""

    iban: str
    bic: str | None
    bank: str | None


class DocumentLine(Value):
    """One account's term (BG-25); its quantity is 1."""

    number: int
    account_id: int
    """The account's key, for whoever groups lines; no document shows it."""
    label: str
    address: str | None
    period: Period
    starts_on: date
    """BT-134."""
    last_on: date
    """The last day billed (BT-135)."""
    unit_cents: int


class TaxSum(Value):
    """The amounts of one tax category and rate (BG-23); the rate in hundredths of a percent."""

    category: TaxCategory
    rate: int
    net_cents: int
    tax_cents: int
    reason: str | None


class Transfer(Value):
    """The customer is asked for a transfer: to which account, with which reference (ISO 11649)."""

    account: BankAccount
    reference: str


class Collection(Value):
    """A payment is being collected: by which method, under which mandate, not before which day."""

    kind: MethodKind
    method: str | None
    """As people know it: masked; None where its customer was erased."""
    mandate: str | None
    iban: str | None
    """The account that is debited (BT-91)."""
    creditor_id: str | None
    not_before_on: date | None


class Document(Value):
    """An invoice or a credit note."""

    code: DocumentCode
    number: str
    issued_on: date
    due_on: date | None
    currency: str
    language: Language
    seller: Party
    seller_account: BankAccount | None
    logo: bytes | None
    mentions: tuple[str, ...]
    buyer: Party
    buyer_reference: str | None
    """BT-10."""
    order: str | None
    """BT-13."""
    corrects: tuple[str, date] | None
    """BT-25 and BT-26."""
    reason: str | None
    lines: tuple[DocumentLine, ...]
    taxes: tuple[TaxSum, ...]
    net_cents: int
    """BT-109."""
    tax_cents: int
    """BT-110."""
    total_cents: int
    """BT-112."""
    prepaid_cents: int
    """BT-113."""
    due_cents: int
    """BT-115."""
    payment: Transfer | Collection | None
    customer_state: CustomerState = CustomerState.OPEN
    settled: frozenset[str] = frozenset()
    """What of the customer's profile reaches it no more, whatever is entered."""
