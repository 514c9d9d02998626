"""Customers and their domains, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mailctl.contract import THINGS
from mailctl.errors import CustomerNotFoundError
from mailctl.store import own_prices
from mailctl.store.engine.dialect import DEBT_DUE_ON, DOCUMENT_NUMBER
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to, containing
from mailctl.store.engine.transaction import Transaction

PROFILE = (
    "name",
    "email",
    "backup_email",
    "phone",
    "street",
    "postcode",
    "city",
    "country",
    "language",
    "vat_number",
    "payment_days",
)
"""The columns that a person may edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """What the rules need to know of a customer; money in cents."""

    id: int
    slug: str
    state: str
    country: str
    balance_cents: int
    payment_days: int | None
    has_vat_number: bool


def find(reader: Reader, slug: str) -> Customer:
    """The customer of that id; CustomerNotFoundError with close ids else."""
    row = reader.row(
        "SELECT id, slug, state, country, balance_cents, payment_days, vat_number FROM customer "
        "WHERE slug = :slug",
        {"slug": slug},
    )
    if row is None:
        raise CustomerNotFoundError(slug, close=close_to(reader, slug, "SELECT slug FROM customer"))
    return Customer(
        id=int(str(row[0])),
        slug=str(row[1]),
        state=str(row[2]),
        country=str(row[3]),
        balance_cents=int(str(row[4])),
        payment_days=None if row[5] is None else int(str(row[5])),
        has_vat_number=row[6] is not None,
    )


def exists(reader: Reader, slug: str) -> bool:
    """Whether the id is taken."""
    return reader.row("SELECT 1 FROM customer WHERE slug = :slug", {"slug": slug}) is not None


_ITEMS = (
    "SELECT c.slug AS id, c.name, c.email, c.backup_email, c.phone, c.street, c.postcode, c.city, "
    "c.country, c.language, c.vat_number, coalesce(c.payment_days, :payment_days) AS payment_days, "
    "c.state, c.balance_cents, CASE WHEN c.balance_cents < 0 "
    f"THEN {DEBT_DUE_ON.format('c.id')} END AS debt_due_on, "
    ":currency AS currency, c.created_on, c.closed_on, c.id AS row_id FROM customer c "
)


def listing(
    reader: Reader,
    *,
    search: str | None = None,
    debtors: bool = False,
    slug: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Customers in order of their creation."""
    where = ["1 = 1"]
    if search is not None:
        where.append(
            "(" + " OR ".join(containing(f"c.{name}") for name in ("slug", "name", "email")) + ")"
        )
    if debtors:
        where.append("c.balance_cents < 0")
    if slug is not None:
        where.append("c.slug = :slug")
    return Listing(
        reader,
        THINGS["customer"],
        f"{_ITEMS} WHERE {' AND '.join(where)}",
        {
            "payment_days": reader.setting_number("payment-days"),
            "currency": reader.info.currency,
            **({} if search is None else {"search": search}),
            **({} if slug is None else {"slug": slug}),
        },
        order_by="row_id",
        limit=limit,
    )


def show(reader: Reader, slug: str) -> Row:
    """One customer, with every key of the contract."""
    find(reader, slug)
    (row,) = listing(reader, slug=slug).dicts()
    del row["row_id"]
    row["own_prices"] = [
        {name: value for name, value in own.items() if name != "customer"}
        for own in own_prices.listing(reader, customer=slug)
    ]
    return row


def add(transaction: Transaction, slug: str, profile: Mapping[str, object]) -> int:
    """Keep a new customer; its key."""
    columns = ", ".join(PROFILE)
    values = ", ".join(f":{name}" for name in PROFILE)
    return transaction.number(
        f"INSERT INTO customer (slug, {columns}, created_on) "
        f"VALUES (:slug, {values}, :today) RETURNING id",
        {"slug": slug, "today": transaction.today.isoformat(), **profile},
    )


def edit(transaction: Transaction, customer_id: int, changes: Mapping[str, object]) -> None:
    """Change columns of a customer's profile."""
    assert set(changes) <= set(PROFILE)
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    transaction.execute(
        f"UPDATE customer SET {assignments} WHERE id = :row_id", {**changes, "row_id": customer_id}
    )


def set_grace(transaction: Transaction, customer_id: int, until: date) -> None:
    """Keep until when no invoice of a customer is overdue."""
    transaction.execute(
        "UPDATE customer SET grace_until_on = :until WHERE id = :id",
        {"until": until.isoformat(), "id": customer_id},
    )


def set_alert(transaction: Transaction, customer_id: int, cents: int) -> bool:
    """Keep the balance below which a customer is told; whether that is new."""
    cursor = transaction.execute(
        "UPDATE customer SET alert_cents = :cents WHERE id = :id AND alert_cents <> :cents",
        {"cents": cents, "id": customer_id},
    )
    return cursor.rowcount > 0


def close(transaction: Transaction, customer_id: int) -> None:
    """Close a customer today."""
    transaction.execute(
        "UPDATE customer SET state = 'closed', closed_on = :today WHERE id = :id",
        {"today": transaction.today.isoformat(), "id": customer_id},
    )


def live_platforms(reader: Reader, customer_id: int) -> list[tuple[str, str]]:
    """Names and states of a customer's platforms that are not closed."""
    return [
        (str(name), str(state))
        for name, state in reader.execute(
            "SELECT name, state FROM platform WHERE customer_id = :id AND state <> 'closed' "
            "ORDER BY id",
            {"id": customer_id},
        )
    ]


def waiting_tasks(reader: Reader, customer_id: int) -> list[tuple[int, str, str]]:
    """Numbers, kinds and addresses of what the mail server has still to do for a customer."""
    rows = reader.execute(
        """
        SELECT t.id, t.kind, t.address
        FROM task t
        JOIN account a ON a.id = t.account_id
        JOIN platform p ON p.id = a.platform_id
        WHERE p.customer_id = :id AND t.status = 'todo'
        ORDER BY t.id
        """,
        {"id": customer_id},
    )
    return [(int(number), str(kind), str(address)) for number, kind, address in rows]


def last_erased(reader: Reader) -> str | None:
    """The id of a customer whose personal data were removed; None where nobody's were."""
    row = reader.row("SELECT slug FROM customer WHERE state = 'erased' ORDER BY id DESC LIMIT 1")
    return None if row is None else str(row[0])


def open_invoices(reader: Reader, customer_id: int) -> list[str]:
    """Numbers of a customer's open invoices."""
    rows = reader.execute(
        f"SELECT {DOCUMENT_NUMBER.format('i')} FROM invoice_open o "
        "JOIN invoice i ON i.id = o.invoice_id WHERE o.customer_id = :id AND o.open_cents > 0 "
        "ORDER BY i.id",
        {"id": customer_id},
    )
    return [str(row[0]) for row in rows]


def orders_in_progress(reader: Reader, customer_id: int) -> list[int]:
    """Numbers of a customer's orders that wait for something; a debt is not one of them."""
    rows = reader.execute(
        "SELECT number FROM purchase_order WHERE customer_id = :id AND kind <> 'debt' "
        "AND status IN ('not-paid', 'delivering') ORDER BY number",
        {"id": customer_id},
    )
    return [int(row[0]) for row in rows]


def pending_payments(reader: Reader, customer_id: int) -> list[int]:
    """Ids of a customer's payments that wait for their answer."""
    rows = reader.execute(
        "SELECT id FROM payment WHERE customer_id = :id AND status = 'pending' ORDER BY id",
        {"id": customer_id},
    )
    return [int(row[0]) for row in rows]
