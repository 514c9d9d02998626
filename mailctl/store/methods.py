"""Payment methods, as they are kept; what people are shown is masked."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mailctl.contract import THINGS
from mailctl.domain.debits import mandate_key
from mailctl.domain.methods import MethodDetails
from mailctl.errors import MethodNotFoundError
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What the rules need to know of a method."""

    id: int
    customer_id: int
    customer: str
    is_default: bool
    expires_on: str | None


def find(reader: Reader, method_id: int) -> Method:
    """The method of that id that was not removed; MethodNotFoundError."""
    row = reader.row(
        "SELECT m.id, m.customer_id, c.slug, m.is_default, m.expires_on FROM method m "
        "JOIN customer c ON c.id = m.customer_id WHERE m.id = :id AND m.removed_on IS NULL",
        {"id": method_id},
    )
    if row is None:
        raise MethodNotFoundError(str(method_id))
    return Method(
        id=int(str(row[0])),
        customer_id=int(str(row[1])),
        customer=str(row[2]),
        is_default=bool(row[3]),
        expires_on=None if row[4] is None else str(row[4]),
    )


def count(reader: Reader, customer_id: int) -> int:
    """How many methods a customer has."""
    return reader.number(
        "SELECT count(*) FROM method WHERE customer_id = :id AND removed_on IS NULL",
        {"id": customer_id},
    )


def add(transaction: Transaction, customer_id: int, method: MethodDetails) -> int:
    """Keep a method; its id. The first one is the default."""
    mandate = method.details.get("mandate")
    return transaction.number(
        """
        INSERT INTO method (customer_id, kind, label, details, is_default, expires_on, added_on,
            mandate_key)
        VALUES (:customer, :kind, :label, :details, CASE WHEN EXISTS (
            SELECT 1 FROM method m WHERE m.customer_id = :customer AND m.is_default = 1
        ) THEN 0 ELSE 1 END, :expires_on, :today, :mandate_key)
        RETURNING id
        """,
        {
            "customer": customer_id,
            "kind": method.kind.value,
            "label": method.label,
            "details": json.dumps(method.details, ensure_ascii=False),
            "expires_on": method.expires_on,
            "today": transaction.today.isoformat(),
            "mandate_key": mandate_key(mandate) if mandate else None,
        },
    )


def mandate_taken_by(reader: Reader, mandate: str, customer_id: int) -> str | None:
    """The other customer who has or had a mandate of that reference; None where there is none."""
    row = reader.row(
        """
        SELECT c.slug
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.mandate_key = :key AND m.customer_id <> :customer
        ORDER BY m.id
        LIMIT 1
        """,
        {"key": mandate_key(mandate), "customer": customer_id},
    )
    return None if row is None else str(row[0])


def choose(transaction: Transaction, method: Method) -> None:
    """Make a method the customer's default."""
    transaction.execute(
        "UPDATE method SET is_default = 0 WHERE customer_id = :customer AND is_default = 1",
        {"customer": method.customer_id},
    )
    transaction.execute("UPDATE method SET is_default = 1 WHERE id = :id", {"id": method.id})


def remove(transaction: Transaction, method: Method) -> None:
    """Forget a method's details; payments made through it keep its label."""
    transaction.execute(
        "UPDATE method SET removed_on = :today, is_default = 0, details = '{}' WHERE id = :id",
        {"today": transaction.today.isoformat(), "id": method.id},
    )


def collect_again(transaction: Transaction, customer_id: int) -> None:
    """Let what failed to be collected be tried again."""
    transaction.execute(
        "UPDATE customer SET uncollected_cents = 0 WHERE id = :id", {"id": customer_id}
    )


def listing(
    reader: Reader,
    *,
    customer: str | None = None,
    method_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """The methods that were not removed, by id."""
    where, values = ["m.removed_on IS NULL"], dict[str, object](today=reader.today.isoformat())
    for name, text, value in (
        ("customer", "c.slug = :customer", customer),
        ("method_id", "m.id = :method_id", method_id),
    ):
        if value is not None:
            where.append(text)
            values[name] = value
    return Listing(
        reader,
        THINGS["method"],
        'SELECT m.id, c.slug AS customer, m.kind, m.label, m.is_default AS "default", '
        "CASE WHEN m.expires_on < substr(:today, 1, 7) THEN 'expired' ELSE 'valid' END AS status, "
        "m.expires_on FROM method m JOIN customer c ON c.id = m.customer_id "
        f"WHERE {' AND '.join(where)}",
        values,
        order_by="id",
        limit=limit,
    )


def show(reader: Reader, method_id: int) -> Row:
    """One method, with every key of the contract."""
    find(reader, method_id)
    (row,) = listing(reader, method_id=method_id).dicts()
    return row
