"""Customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.legal_ids import SIREN, SIRET
from mailctl.domain.states import CustomerState, PlatformState
from mailctl.domain.tasks import TaskKind
from mailctl.errors import CustomerNotFoundError
from mailctl.store import words
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to, contained, containing
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import debt_due_on, document_number, pay_by
from mailctl.store.temp_tables import AskedNames
from mailctl.values import Value

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
    "legal_id",
    "buyer_reference",
    "endpoint",
    "invoice_format",
)
"""The columns that a person may edit."""


class Customer(Value):
    """What the rules need to know of a customer; money in cents."""

    id: int
    slug: str
    state: CustomerState
    country: str
    balance_cents: int
    payment_days: int | None
    has_vat_number: bool


_COLUMNS = """
    id, slug, state, country, balance_cents, payment_days, vat_number IS NOT NULL AS has_vat_number
"""


def find(reader: Reader, slug: str) -> Customer:
    """The customer of that id; otherwise CustomerNotFoundError with similar ids."""
    found = reader.held_fact(
        Customer,
        f"SELECT {_COLUMNS} FROM customer WHERE slug = :slug",
        {"slug": slug},
        lambda customer: customer.id,
    )
    if found is None:
        raise CustomerNotFoundError(slug, close=close_to(reader, slug, "slug", "customer"))
    return found


def named(transaction: Transaction, slugs: Iterable[str]) -> dict[str, Customer]:
    """The customers of those ids that there are, by their ids."""
    with AskedNames(transaction, slugs) as asked:
        sql = f"SELECT {_COLUMNS} FROM {asked} q CROSS JOIN customer WHERE slug = q.name"
        return {found.slug: found for found in transaction.each(Customer, sql)}


def existing(transaction: Transaction, slugs: Iterable[str]) -> set[str]:
    """Those ids that are taken."""
    with AskedNames(transaction, slugs) as asked:
        return set(
            transaction.texts(
                f"SELECT q.name FROM {asked} q CROSS JOIN customer c WHERE c.slug = q.name"
            )
        )


def exists(reader: Reader, slug: str) -> bool:
    """Whether the id is taken."""
    return reader.exists("SELECT 1 FROM customer WHERE slug = :slug", {"slug": slug})


# A SIREN, or a SIRET, which begins with one.
_IS_FRENCH = f"substr(c.legal_id, 1, 5) IN ('{SIREN}:', '{SIRET}:')"
_LIST = f"""
    SELECT
        c.slug AS id, c.name, c.email, c.backup_email, c.phone, c.street, c.postcode, c.city,
        c.country, c.language, c.vat_number,
        coalesce(c.payment_days, :payment_days) AS payment_days, c.state, c.balance_cents,
        CASE WHEN c.balance_cents < 0 THEN {debt_due_on("c.id")} END AS debt_due_on,
        :currency AS currency, c.created_on, c.closed_on, c.grace_until_on,
        CASE WHEN c.balance_cents < 0 THEN {pay_by("c")} END AS pay_by_on,
        CASE WHEN {_IS_FRENCH} THEN substr(c.legal_id, 6, 9) END AS siren,
        CASE WHEN substr(c.legal_id, 1, 5) = '{SIRET}:' THEN substr(c.legal_id, 6) END AS siret,
        c.legal_id, c.buyer_reference, c.endpoint, c.invoice_format, c.id AS row_id
    FROM customer c
"""
_MATCHES = f"""
    (
        {contained("c.slug")}
        OR {containing("c.name")}
        OR {containing("c.email")}
    )
"""


def listing(
    reader: Reader,
    *,
    search: str | None = None,
    debtors: bool = False,
    state: str | None = None,
    country: str | None = None,
    since: date | None = None,
    until: date | None = None,
    slug: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Customers in order of their creation."""
    condition, values = where(
        search=(_MATCHES, search),
        debtors=("c.balance_cents < 0", debtors or None),
        state=("c.state = :state", state),
        country=("c.country = :country", country),
        since=("c.created_on >= :since", since),
        until=("c.created_on <= :until", until),
        slug=("c.slug = :slug", slug),
    )
    return Listing(
        reader,
        THINGS["customer"],
        f"{_LIST} {condition}",
        {
            "payment_days": reader.setting_number("payment-days"),
            "currency": reader.info.currency,
            **values,
        },
        order_by="row_id",
        limit=limit,
    )


def show(reader: Reader, slug: str) -> Row:
    """One customer, with every key of the contract."""
    from mailctl.store import own_prices

    find(reader, slug)
    (row,) = listing(reader, slug=slug).dicts()
    del row["row_id"]
    row["own_prices"] = [
        {name: value for name, value in own.items() if name != "customer"}
        for own in own_prices.listing(reader, customer=slug)
    ]
    return row


def add(transaction: Transaction, slug: str, profile: Mapping[str, object]) -> int:
    """Add a customer; its key."""
    columns = ", ".join(PROFILE)
    values = ", ".join(f":{name}" for name in PROFILE)
    customer_id = transaction.next_key("customer")
    transaction.execute(
        f"""
        INSERT INTO customer (id, slug, {columns}, created_on)
        VALUES (:id, :slug, {values}, :today)
        """,
        {"id": customer_id, "slug": slug, **profile},
    )
    words.learn(transaction, "customer", customer_id)
    return customer_id


def add_all(transaction: Transaction, new: Sequence[tuple[str, Mapping[str, object]]]) -> None:
    """Add many customers in their order, each as an id and a profile."""
    today = transaction.today.isoformat()
    keys = transaction.next_keys("customer", len(new))
    transaction.add_rows(
        "customer",
        ("id", "slug", *PROFILE, "created_on"),
        [
            (key, slug, *map(profile.__getitem__, PROFILE), today)
            for key, (slug, profile) in zip(keys, new, strict=True)
        ],
    )
    words.learn_all(transaction, "customer", keys)


def edit(transaction: Transaction, customer_id: int, changes: Mapping[str, object]) -> None:
    """Change columns of a customer's profile."""
    assert set(changes) <= set(PROFILE)
    assignments = ", ".join(f"{name} = :{name}" for name in changes)
    with words.relearned(transaction, "customer", customer_id):
        transaction.execute(
            f"UPDATE customer SET {assignments} WHERE id = :row_id",
            {**changes, "row_id": customer_id},
        )


def set_grace(transaction: Transaction, customer_id: int, until: date) -> None:
    """Set the last day on which no invoice of a customer is overdue."""
    transaction.execute(
        "UPDATE customer SET grace_until_on = :until WHERE id = :id",
        {"until": until, "id": customer_id},
    )


def set_alert(transaction: Transaction, customer_id: int, cents: int) -> bool:
    """Set the balance below which a customer is notified; whether it changed."""
    cursor = transaction.execute(
        "UPDATE customer SET alert_cents = :cents WHERE id = :id AND alert_cents <> :cents",
        {"cents": cents, "id": customer_id},
    )
    return cursor.rowcount > 0


def close(transaction: Transaction, customer_id: int) -> None:
    """Close a customer today."""
    transaction.execute(
        "UPDATE customer SET state = 'closed', closed_on = :today WHERE id = :id",
        {"id": customer_id},
    )


def reopen(transaction: Transaction, customer_id: int) -> None:
    """Open a closed customer again."""
    transaction.execute(
        "UPDATE customer SET state = 'open', closed_on = NULL WHERE id = :id", {"id": customer_id}
    )


class LivePlatform(Value):
    """A platform that is not closed."""

    name: str
    state: PlatformState


def live_platforms(reader: Reader, customer_id: int) -> list[LivePlatform]:
    """A customer's platforms that are not closed."""
    return reader.facts(
        LivePlatform,
        """
        SELECT name, state
        FROM platform
        WHERE customer_id = :id AND state <> 'closed'
        ORDER BY id
        """,
        {"id": customer_id},
    )


class WaitingTask(Value):
    """What the mail server has still to do."""

    id: int
    kind: TaskKind
    address: str
    is_failed: bool


def waiting_tasks(reader: Reader, customer_id: int) -> list[WaitingTask]:
    """What the mail server has still to do for a customer.

    With a driver this is also what failed, as it is tried again: the mailbox may still be there.
    """
    return reader.facts(
        WaitingTask,
        """
        SELECT
            t.id, t.kind, coalesce(t.address, t.old_address) AS address,
            CASE WHEN t.status = 'failed' THEN 1 ELSE 0 END AS is_failed
        FROM task t
        JOIN account a ON a.id = t.account_id
        JOIN platform p ON p.id = a.platform_id
        WHERE p.customer_id = :id
            AND (
                t.status = 'todo'
                OR (
                    t.status = 'failed'
                    AND t.kind NOT IN ('password', 'export')
                    AND EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id)
                )
            )
        ORDER BY t.id
        """,
        {"id": customer_id},
    )


def last_erased(reader: Reader) -> str | None:
    """The id of the newest customer whose personal data were removed; None where there is none."""
    return reader.text("SELECT slug FROM customer WHERE state = 'erased' ORDER BY id DESC LIMIT 1")


def open_invoices(reader: Reader, customer_id: int) -> list[str]:
    """Numbers of a customer's open invoices."""
    return reader.texts(
        f"""
        SELECT {document_number("i")}
        FROM invoice_open o
        JOIN invoice i ON i.id = o.invoice_id
        WHERE o.customer_id = :id AND o.open_cents > 0
        ORDER BY i.id
        """,
        {"id": customer_id},
    )


def orders_in_progress(reader: Reader, customer_id: int) -> list[int]:
    """Numbers of a customer's orders that wait for something; a debt is not one of them."""
    return reader.numbers(
        """
        SELECT number
        FROM purchase_order
        WHERE customer_id = :id AND kind <> 'debt' AND status = 'not-paid'
        ORDER BY number
        """,
        {"id": customer_id},
    )


def pending_payments(reader: Reader, customer_id: int) -> list[int]:
    """Ids of a customer's payments that wait for their answer."""
    return reader.numbers(
        "SELECT id FROM payment WHERE customer_id = :id AND status = 'pending' ORDER BY id",
        {"id": customer_id},
    )
