"""Customers and their domains, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailctl.contract import THINGS
from mailctl.errors import CustomerNotFoundError
from mailctl.store.connection import Reader, Transaction
from mailctl.store.listing import Listing, Row
from mailctl.store.search import close_to, containing
from mailctl.store.sql import DEBT_DUE_ON

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


def find(reader: Reader, slug: str) -> Customer:
    """The customer of that id; CustomerNotFoundError with close ids else."""
    row = reader.row(
        "SELECT id, slug, state, country, balance_cents, payment_days FROM customer "
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
        reader.connection,
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
