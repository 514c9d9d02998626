"""Entries of bank statements: movements of the seller's account, and what became of them.

What the bank wrote is never changed; the state, and what led to it, are (rules 20).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.statements import FileKind
from mailctl.errors import EntryNotFoundError
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import TempTable
from mailctl.values import Value


class Entry(Value):
    """One movement of an account, in signed cents; texts are None where the bank wrote none.

    `part` of `parts` where it is of a batch. `kind` is that of the file by which it was known
    first. `details` are the other fields of `domain/statements.ReadEntry` that are not empty.
    """

    id: int
    statement_id: int
    kind: FileKind
    part: int
    parts: int
    account: str
    booked_on: date
    value_on: date | None
    amount_cents: int
    currency: str
    name: str | None
    iban: str | None
    reference: str | None
    end_to_end_id: str | None
    creditor_reference: str | None
    text: str | None
    details: dict[str, Any]
    state: EntryState
    matched_by: MatchedBy | None
    evidence: str | None
    reason: str | None
    customer_id: int | None
    customer: str | None
    invoice_id: int | None
    order_number: int | None
    payment_id: int | None
    ledger_id: int | None
    same_as_id: int | None
    decided_on: date | None

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"entry/{self.id}"


COLUMNS = """
    e.id, e.statement_id, s.kind, e.part, e.parts, e.account, e.booked_on, e.value_on,
    e.amount_cents, e.currency, e.name, e.iban, e.reference, e.end_to_end_id,
    e.creditor_reference, e.text, e.details, e.state, e.matched_by, e.evidence, e.reason,
    e.customer_id, c.slug AS customer, e.invoice_id, e.order_number, e.payment_id, e.ledger_id,
    e.same_as_id, e.decided_on
"""
"""The columns of an Entry of JOINED."""
JOINED = """
    bank_entry e
    JOIN bank_statement s ON s.id = e.statement_id
    LEFT JOIN customer c ON c.id = e.customer_id
"""


def find(reader: Reader, entry_id: int) -> Entry:
    """The entry of that id; EntryNotFoundError."""
    found = reader.fact(Entry, f"SELECT {COLUMNS} FROM {JOINED} WHERE e.id = :id", {"id": entry_id})
    if found is None:
        from mailctl.store.restorations import loss_of_id

        raise EntryNotFoundError(
            str(entry_id),
            lost=loss_of_id(reader, "bank_entry", entry_id),
            hint="mailctl bank list",
        )
    return found


Row = tuple[object, ...]


def add(transaction: Transaction, rows: Iterable[Row]) -> None:
    """Add entries, each as the values of these columns, with keys that `next_key` gave."""
    transaction.add_rows(
        "bank_entry",
        (
            "id",
            "statement_id",
            "entry_key",
            "occurrence",
            "part",
            "parts",
            "account",
            "booked_on",
            "value_on",
            "amount_cents",
            "currency",
            "name",
            "iban",
            "reference",
            "end_to_end_id",
            "creditor_reference",
            "text",
            "details",
            "state",
            "matched_by",
            "evidence",
            "same_as_id",
            "decided_on",
        ),
        rows,
    )


def decide(
    transaction: Transaction,
    entry_id: int,
    state: EntryState,
    *,
    matched_by: MatchedBy | None = None,
    evidence: str | None = None,
    reason: str | None = None,
    customer_id: int | None = None,
    invoice_id: int | None = None,
    order_number: int | None = None,
    payment_id: int | None = None,
    ledger_id: int | None = None,
    same_as_id: int | None = None,
) -> None:
    """Set what became of an entry today; what is not given is empty from then on."""
    transaction.execute(
        """
        UPDATE bank_entry
        SET state = :state, matched_by = :matched_by, evidence = :evidence, reason = :reason,
            customer_id = :customer_id, invoice_id = :invoice_id, order_number = :order_number,
            payment_id = :payment_id, ledger_id = :ledger_id, same_as_id = :same_as_id,
            decided_on = :today
        WHERE id = :id
        """,
        {
            "id": entry_id,
            "state": state,
            "matched_by": matched_by,
            "evidence": evidence,
            "reason": reason,
            "customer_id": customer_id,
            "invoice_id": invoice_id,
            "order_number": order_number,
            "payment_id": payment_id,
            "ledger_id": ledger_id,
            "same_as_id": same_as_id,
        },
    )


_DECIDED = {
    "id": "INTEGER PRIMARY KEY",
    "state": "TEXT NOT NULL",
    "matched_by": "TEXT",
    "evidence": "TEXT",
    "customer_id": "INTEGER",
    "invoice_id": "INTEGER",
    "order_number": "INTEGER",
    "payment_id": "INTEGER",
    "ledger_id": "INTEGER",
    "same_as_id": "INTEGER",
}


def decide_each(transaction: Transaction, rows: Iterable[tuple[object, ...]]) -> None:
    """Set what became of many entries; each row is an id and the columns that follow it above."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _DECIDED.items())
    with TempTable(transaction, "decided_entry", columns) as decided:
        transaction.add_rows(decided.name, tuple(_DECIDED), rows)
        transaction.execute(
            f"""
            UPDATE bank_entry
            SET state = d.state, matched_by = d.matched_by, evidence = d.evidence,
                customer_id = d.customer_id, invoice_id = d.invoice_id,
                order_number = d.order_number, payment_id = d.payment_id, ledger_id = d.ledger_id,
                same_as_id = d.same_as_id,
                decided_on = CASE WHEN d.state <> 'unmatched' THEN :today END
            FROM {decided} d
            WHERE bank_entry.id = d.id
            """
        )


class EntrySum(Value):
    """So many entries of a state, and their signed cents; `is_return` of money that went back.

    `in_cents` of the cents came in. `foreign` of them are in other currencies than the store's, and
    not in `cents`.
    """

    state: EntryState
    is_return: bool
    count: int
    cents: int
    in_cents: int
    foreign: int


def sums(reader: Reader, *, after: int) -> list[EntrySum]:
    """What became of the entries after an id."""
    return reader.facts(
        EntrySum,
        """
        SELECT
            m.state, m.is_return, count(*) AS count, CAST(sum(m.cents) AS BIGINT) AS cents,
            CAST(sum(CASE WHEN m.cents > 0 THEN m.cents ELSE 0 END) AS BIGINT) AS in_cents,
            CAST(sum(m.is_foreign) AS BIGINT) AS "foreign"
        FROM (
            SELECT
                e.state,
                CASE WHEN e.currency = :currency THEN e.amount_cents ELSE 0 END AS cents,
                CASE WHEN e.currency = :currency THEN 0 ELSE 1 END AS is_foreign,
                CASE WHEN e.state = 'booked' AND e.matched_by = 'return' THEN 1 ELSE 0 END
                    AS is_return
            FROM bank_entry e
            WHERE e.id > :after
        ) m
        GROUP BY m.state, m.is_return
        ORDER BY m.state, m.is_return
        """,
        {"after": after, "currency": reader.info.currency},
    )
