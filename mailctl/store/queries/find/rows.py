"""The rows that `find` shows, one by one: what each is, whose, and in what state."""

from __future__ import annotations

from datetime import date

from mailctl.domain.bank import EntryState
from mailctl.domain.orders import OrderStatus
from mailctl.domain.payments import MethodKind, PaymentStatus
from mailctl.domain.states import AccountState, CustomerState, PlatformState, SuspendedFor
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value


class FoundCustomer(Value):
    """A customer with what a caller may say of them."""

    slug: str
    name: str
    email: str
    backup_email: str | None
    phone: str | None
    street: str | None
    postcode: str | None
    city: str | None
    vat_number: str | None
    legal_id: str | None
    state: CustomerState
    closed_on: date | None


def customer(reader: Reader, key: int) -> FoundCustomer | None:
    """The customer with that key."""
    return reader.fact(
        FoundCustomer,
        """
        SELECT slug, name, email, backup_email, phone, street, postcode, city, vat_number, legal_id,
            state, closed_on
        FROM customer
        WHERE id = :id
        """,
        {"id": key},
    )


class FoundDomain(Value):
    """A domain and whose it is."""

    name: str
    customer: str
    customer_name: str


def domain(reader: Reader, key: int) -> FoundDomain | None:
    """The domain with that key."""
    return reader.fact(
        FoundDomain,
        """
        SELECT d.name, c.slug AS customer, c.name AS customer_name
        FROM domain d
        JOIN customer c ON c.id = d.customer_id
        WHERE d.id = :id
        """,
        {"id": key},
    )


class FoundPlatform(Value):
    """A platform, its offer and its state."""

    name: str
    offer: str
    state: PlatformState
    closed_on: date | None
    customer: str
    customer_name: str


def platform(reader: Reader, key: int) -> FoundPlatform | None:
    """The platform with that key."""
    return reader.fact(
        FoundPlatform,
        """
        SELECT p.name, o.name AS offer, p.state, p.closed_on, c.slug AS customer,
            c.name AS customer_name
        FROM platform p
        JOIN offer o ON o.id = p.offer_id
        JOIN customer c ON c.id = p.customer_id
        WHERE p.id = :id
        """,
        {"id": key},
    )


class Addressed(Value):
    """An account and its address: what is compared of the many that may match."""

    id: int
    address: str
    is_live: bool


def addressed(reader: Reader, key: int) -> Addressed | None:
    """The account of that id, unless it is blank."""
    return reader.fact(
        Addressed,
        """
        SELECT id, address, state <> 'deleted' AS is_live
        FROM account
        WHERE id = :id AND address IS NOT NULL
        """,
        {"id": key},
    )


class FoundAccount(Value):
    """An account with its state, and since when it is so."""

    id: int
    address: str | None
    state: AccountState
    suspended_for: SuspendedFor | None
    suspended_on: date | None
    deleted_on: date | None
    platform: str
    customer: str
    customer_name: str


def account(reader: Reader, key: int) -> FoundAccount | None:
    """The account of that id."""
    return reader.fact(
        FoundAccount,
        """
        SELECT a.id, a.address, a.state, a.suspended_for, a.suspended_on, a.deleted_on,
            p.name AS platform, c.slug AS customer, c.name AS customer_name
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        JOIN customer c ON c.id = p.customer_id
        WHERE a.id = :id
        """,
        {"id": key},
    )


class FoundMethod(Value):
    """A payment method; its `details`, as JSON, are compared and never shown."""

    id: int
    kind: MethodKind
    label: str
    mandate: str | None
    details: str
    removed_on: date | None
    customer: str

    @property
    def iban(self) -> str | None:
        """The whole IBAN of a bank account."""
        import json

        iban: str | None = json.loads(self.details).get("iban")
        return iban


def method(reader: Reader, key: int) -> FoundMethod | None:
    """The payment method of that id."""
    return reader.fact(
        FoundMethod,
        """
        SELECT m.id, m.kind, m.label, m.mandate_key AS mandate, m.details, m.removed_on,
            c.slug AS customer
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.id = :id
        """,
        {"id": key},
    )


class FoundPayment(Value):
    """A payment in cents, by which method, and how it stands."""

    id: int
    amount_cents: int
    status: PaymentStatus
    created_on: date
    reference: str | None
    method: str
    customer: str


def payment(reader: Reader, key: int) -> FoundPayment | None:
    """The payment of that id."""
    return reader.fact(
        FoundPayment,
        """
        SELECT p.id, p.amount_cents, p.status, p.created_on, p.reference, m.label AS method,
            c.slug AS customer
        FROM payment p
        JOIN method m ON m.id = p.method_id
        JOIN customer c ON c.id = p.customer_id
        WHERE p.id = :id
        """,
        {"id": key},
    )


class FoundMovement(Value):
    """A movement of a prepaid account, in signed cents."""

    seq: int
    kind: str
    amount_cents: int
    moved_on: date
    reference: str
    customer: str


def movement(reader: Reader, key: int) -> FoundMovement | None:
    """The movement with that key, where the bank gave it a reference."""
    return reader.fact(
        FoundMovement,
        """
        SELECT l.seq, l.kind, l.amount_cents, l.moved_on, l.reference, c.slug AS customer
        FROM ledger l
        JOIN customer c ON c.id = l.customer_id
        WHERE l.id = :id AND l.reference IS NOT NULL
        """,
        {"id": key},
    )


class FoundEntry(Value):
    """An entry of a bank statement, in signed cents of its own currency."""

    id: int
    booked_on: date
    amount_cents: int
    currency: str
    name: str | None
    reference: str | None
    state: EntryState
    customer: str | None


def entry(reader: Reader, key: int) -> FoundEntry | None:
    """The bank entry of that id."""
    return reader.fact(
        FoundEntry,
        """
        SELECT e.id, e.booked_on, e.amount_cents, e.currency, e.name, e.reference, e.state,
            c.slug AS customer
        FROM bank_entry e
        LEFT JOIN customer c ON c.id = e.customer_id
        WHERE e.id = :id
        """,
        {"id": key},
    )


class FoundDocument(Value):
    """An invoice or a credit note; `open_cents` and `due_on` are an invoice's alone."""

    number: str
    series: str
    issued_on: date
    total_cents: int
    open_cents: int | None
    due_on: date | None
    customer: str
    customer_name: str


def document(reader: Reader, series: str, year: int, seq: int) -> FoundDocument | None:
    """The document of that number."""
    return reader.fact(
        FoundDocument,
        f"""
        SELECT {document_number("i")} AS number, i.series, i.issued_on, i.total_cents,
            v.open_cents, v.due_on, c.slug AS customer, c.name AS customer_name
        FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        LEFT JOIN invoice_open v ON v.invoice_id = i.id
        WHERE i.series = :series AND i.year = :year AND i.seq = :seq
        """,
        {"series": series, "year": year, "seq": seq},
    )


def years(reader: Reader, series: str) -> range:
    """The years in which documents of a series were issued, the newest first."""
    values = {"series": series}
    first = reader.number("SELECT min(year) FROM invoice WHERE series = :series", values)
    last = reader.number("SELECT max(year) FROM invoice WHERE series = :series", values)
    return range(last, first - 1, -1) if last else range(0)


class FoundOrder(Value):
    """A purchase order in cents."""

    number: int
    kind: str
    status: OrderStatus
    ordered_on: date
    total_cents: int
    customer: str
    customer_name: str


def order(reader: Reader, number: int) -> FoundOrder | None:
    """The order of that number."""
    return reader.fact(
        FoundOrder,
        """
        SELECT o.number, o.kind, o.status, o.ordered_on, o.total_cents, c.slug AS customer,
            c.name AS customer_name
        FROM purchase_order o
        JOIN customer c ON c.id = o.customer_id
        WHERE o.number = :number
        """,
        {"number": number},
    )
