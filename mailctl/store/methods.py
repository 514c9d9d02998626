"""Payment methods; what people see of them is masked."""

from __future__ import annotations

from mailctl.contract import THINGS
from mailctl.domain.payments import MethodDetails
from mailctl.errors import MethodNotFoundError
from mailctl.store import words
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import can_be_charged
from mailctl.values import Value


class Method(Value):
    """What the rules need to know of a method."""

    id: int
    customer_id: int
    customer: str
    label: str
    is_default: bool
    expires_on: str | None


def find(reader: Reader, method_id: int) -> Method:
    """The method of that id that was not removed; MethodNotFoundError."""
    found = reader.held_fact(
        Method,
        """
        SELECT m.id, m.customer_id, c.slug AS customer, m.label, m.is_default, m.expires_on
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.id = :id AND m.removed_on IS NULL
        """,
        {"id": method_id},
        lambda method: method.customer_id,
    )
    if found is None:
        from mailctl.store.restorations import loss_of_id

        raise MethodNotFoundError(str(method_id), lost=loss_of_id(reader, "method", method_id))
    return found


def ids_of(reader: Reader, customer_id: int) -> frozenset[int]:
    """The methods that a customer has."""
    return frozenset(
        reader.numbers(
            "SELECT id FROM method WHERE customer_id = :id AND removed_on IS NULL ORDER BY id",
            {"id": customer_id},
        )
    )


def default_of(reader: Reader, customer_id: int) -> int | None:
    """The id of a customer's default method; None for a customer without methods."""
    found = reader.number(
        "SELECT id FROM method WHERE customer_id = :id AND is_default = 1", {"id": customer_id}
    )
    return found or None


def add(transaction: Transaction, customer_id: int, method: MethodDetails) -> int:
    """Add a method; its id. The first one is the default."""
    import json

    from mailctl.domain.debits import mandate_key

    mandate = method.details.get("mandate")
    method_id = transaction.next_key("method")
    transaction.execute(
        """
        INSERT INTO method (
            id, customer_id, kind, label, details, is_default, expires_on, added_on, mandate_key
        )
        VALUES (
            :id, :customer, :kind, :label, :details,
            CASE
                WHEN EXISTS (
                    SELECT 1 FROM method m WHERE m.customer_id = :customer AND m.is_default = 1
                ) THEN 0
                ELSE 1
            END,
            :expires_on, :today, :mandate_key
        )
        """,
        {
            "id": method_id,
            "customer": customer_id,
            "kind": method.kind.value,
            "label": method.label,
            "details": json.dumps(method.details, ensure_ascii=False),
            "expires_on": method.expires_on,
            "mandate_key": mandate_key(mandate) if mandate else None,
        },
    )
    words.learn(transaction, "method", method_id)
    return method_id


def mandate_taken_by(reader: Reader, mandate: str, customer_id: int) -> str | None:
    """The other customer who has or had a mandate of that reference; None where there is none."""
    from mailctl.domain.debits import mandate_key

    return reader.text(
        """
        SELECT c.slug
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.mandate_key = :key AND m.customer_id <> :customer
        ORDER BY m.id LIMIT 1
        """,
        {"key": mandate_key(mandate), "customer": customer_id},
    )


def choose(transaction: Transaction, method: Method) -> None:
    """Make a method the customer's default."""
    transaction.execute(
        "UPDATE method SET is_default = 0 WHERE customer_id = :customer AND is_default = 1",
        {"customer": method.customer_id},
    )
    transaction.execute("UPDATE method SET is_default = 1 WHERE id = :id", {"id": method.id})


def remove(transaction: Transaction, method: Method) -> None:
    """Delete a method's details; payments made through it still show its label."""
    transaction.execute(
        "UPDATE method SET removed_on = :today, is_default = 0, details = '{}' WHERE id = :id",
        {"id": method.id},
    )


def collect_again(transaction: Transaction, customer_id: int) -> None:
    """Collect again what could not be collected."""
    transaction.execute(
        "UPDATE customer SET uncollected_cents = 0 WHERE id = :id", {"id": customer_id}
    )


_LIST = f"""
    SELECT
        m.id, c.slug AS customer, m.kind, m.label, m.is_default AS "default",
        CASE WHEN {can_be_charged("m", ":today")} THEN 'valid' ELSE 'expired' END AS status,
        m.expires_on
    FROM method m
    JOIN customer c ON c.id = m.customer_id
"""


def listing(
    reader: Reader,
    *,
    customer: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    method_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """The methods that were not removed, by id."""
    condition, values = where(
        kept=("m.removed_on IS NULL", True),
        customer=("c.slug = :customer", customer),
        kind=("m.kind = :kind", kind),
        valid=(can_be_charged("m", ":today"), status == "valid" or None),
        expired=(f"NOT {can_be_charged('m', ':today')}", status == "expired" or None),
        method_id=("m.id = :method_id", method_id),
    )
    return Listing(
        reader, THINGS["method"], f"{_LIST} {condition}", values, order_by="id", limit=limit
    )


def show(reader: Reader, method_id: int) -> Row:
    """One method, with every key of the contract."""
    find(reader, method_id)
    (row,) = listing(reader, method_id=method_id).dicts()
    return row
