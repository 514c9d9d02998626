"""Domains: whose each one is, and since when (rules 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from mailctl.contract import THINGS
from mailctl.errors import DomainNotFoundError
from mailctl.store import words
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import close_to, contained
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AskedNames
from mailctl.values import Value


class Domain(Value):
    """A domain and its customer."""

    id: int
    name: str
    customer_id: int
    customer: str


def get(reader: Reader, name: str) -> Domain | None:
    """The domain of that name, if a customer has it."""
    return reader.fact(
        Domain,
        """
        SELECT d.id, d.name, d.customer_id, c.slug AS customer
        FROM domain d
        JOIN customer c ON c.id = d.customer_id
        WHERE d.name = :name
        """,
        {"name": name},
    )


def find(reader: Reader, name: str) -> Domain:
    """The domain of that name; otherwise DomainNotFoundError with similar names."""
    found = get(reader, name)
    while found is not None and reader.hold(found.customer_id):
        found = get(reader, name)
    if found is None:
        raise DomainNotFoundError(name, close=close_to(reader, name, "name", "domain"))
    return found


def addresses(reader: Reader, domain_id: int) -> int:
    """How many accounts that are not deleted have an address in the domain."""
    return reader.number(
        "SELECT count(*) FROM account WHERE domain_id = :id AND deleted_on IS NULL",
        {"id": domain_id},
    )


def claim(transaction: Transaction, name: str, customer_id: int) -> int:
    """Give a domain to a customer; its key."""
    domain_id = transaction.next_key("domain")
    transaction.execute(
        """
        INSERT INTO domain (id, name, customer_id, claimed_on)
        VALUES (:id, :name, :customer, :today)
        """,
        {"id": domain_id, "name": name, "customer": customer_id},
    )
    words.learn(transaction, "domain", domain_id)
    return domain_id


def named(transaction: Transaction, names: Iterable[str]) -> list[Domain]:
    """The domains of those names that customers have."""
    with AskedNames(transaction, names) as asked:
        return transaction.facts(
            Domain,
            f"""
            SELECT d.id, d.name, d.customer_id, c.slug AS customer
            FROM {asked} q
            CROSS JOIN domain d
            JOIN customer c ON c.id = d.customer_id
            WHERE d.name = q.name
            """,
        )


def claim_all(transaction: Transaction, new: Sequence[tuple[str, int]]) -> range:
    """Give many domains to customers, each a name and the customer's key; the domains' keys."""
    today = transaction.today.isoformat()
    keys = transaction.next_keys("domain", len(new))
    transaction.add_rows(
        "domain",
        ("id", "name", "customer_id", "claimed_on"),
        [(key, name, customer, today) for key, (name, customer) in zip(keys, new, strict=True)],
    )
    words.learn_all(transaction, "domain", keys)
    return keys


def hand_over(transaction: Transaction, domain_id: int, customer_id: int) -> None:
    """Give a domain to another customer from today."""
    transaction.execute(
        "UPDATE domain SET customer_id = :customer, claimed_on = :today WHERE id = :id",
        {"customer": customer_id, "id": domain_id},
    )


_LIST = """
    SELECT
        d.name, c.slug AS customer, d.claimed_on,
        (
            SELECT count(*) FROM account a WHERE a.domain_id = d.id AND a.deleted_on IS NULL
        ) AS accounts
    FROM domain d
    JOIN customer c ON c.id = d.customer_id
"""


def listing(
    reader: Reader,
    *,
    customer: str | None = None,
    search: str | None = None,
    since: date | None = None,
    until: date | None = None,
    name: str | None = None,
    limit: int | None = None,
) -> Listing:
    """Domains by name, with how many addresses each has now."""
    condition, values = where(
        customer=("c.slug = :customer", customer),
        search=(contained("d.name"), search),
        since=("d.claimed_on >= :since", since),
        until=("d.claimed_on <= :until", until),
        name=("d.name = :name", name),
    )
    return Listing(
        reader, THINGS["domain"], f"{_LIST} {condition}", values, order_by="name", limit=limit
    )


def show(reader: Reader, name: str) -> Row:
    """One domain, with every key of the contract."""
    find(reader, name)
    (row,) = listing(reader, name=name).dicts()
    return row
