"""Payments to be handed over, and the files that asked for them, as they are kept (SPEC 10)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mailctl.contract import THINGS
from mailctl.errors import ExportNotFoundError
from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.listing import Listing
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_announced
from mailctl.store.payments import COLUMNS, FROM, READ, Payment, from_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """Whom a payment is asked of: the language and address of the customer's profile."""

    language: str
    street: str | None
    postcode: str | None
    city: str | None
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExport:
    """A payment to be asked for now, with the method's details; `is_first` of its method.

    `shared_with` is the customer who had its mandate's reference before. `is_announced` tells
    whether the notice of this try was sent, and `told_on` the earliest day that it said.
    """

    payment: Payment
    details: dict[str, str | None]
    is_first: bool
    shared_with: str | None
    is_announced: bool
    told_on: date | None
    debtor: Debtor


SHARED_WITH = """
    (
        SELECT x.slug
        FROM method o
        JOIN customer x ON x.id = o.customer_id
        WHERE o.mandate_key = m.mandate_key
            AND o.customer_id <> m.customer_id
            AND o.removed_on IS NULL
            AND o.id < m.id
        ORDER BY o.id
        LIMIT 1
    )
"""
"""SQL for the customer whose mandate method `m` has a second time, if there is one."""

_TO_EXPORT = f"""
    SELECT {COLUMNS}, m.details, NOT EXISTS (
            SELECT 1 FROM payment e
            WHERE e.method_id = m.id AND e.status IN ('succeeded', 'returned')
        ),
        {SHARED_WITH},
        CASE WHEN {is_announced("n")} THEN 1 ELSE 0 END,
        p.told_on, c.language, c.street, c.postcode, c.city, c.country
    {FROM}
    JOIN method m ON m.id = p.method_id
    LEFT JOIN notice n ON n.id = p.notice_id
    WHERE p.status = 'pending'
        AND p.exported_on IS NULL
        AND m.kind = :kind
        AND (p.next_try_on IS NULL OR p.next_try_on <= :today)
        AND (m.expires_on IS NULL OR m.expires_on >= substr(:today, 1, 7))
    ORDER BY p.id
"""


def to_export(reader: Reader, kind: str) -> list[ToExport]:
    """The pending payments of a kind whose try has come and has not been handed over yet."""
    rows = reader.execute(_TO_EXPORT, {"kind": kind, "today": reader.today.isoformat()})
    return [_to_export(row) for row in rows]


def _to_export(row: tuple[Any, ...]) -> ToExport:
    details, is_first, shared_with, is_announced, told_on, *profile = row[READ:]
    language, street, postcode, city, country = profile
    return ToExport(
        payment=from_row(row[:READ]),
        details=json.loads(str(details)),
        is_first=bool(is_first),
        shared_with=shared_with,
        is_announced=bool(is_announced),
        told_on=date.fromisoformat(told_on) if told_on else None,
        debtor=Debtor(
            language=language, street=street, postcode=postcode, city=city, country=country
        ),
    )


def invoices_by_payment(reader: Reader, customer_ids: Iterable[int]) -> dict[int, list[str]]:
    """By pending payment of these customers, the numbers of the invoices that it pays.

    The oldest payment pays the oldest open invoices, as its money will.
    """
    found: dict[int, list[str]] = {}
    for customer_id in sorted(set(customer_ids)):
        whose = {"id": customer_id}
        payments = reader.execute(
            """
            SELECT id, amount_cents
            FROM payment
            WHERE customer_id = :id AND status = 'pending'
            ORDER BY id
            """,
            whose,
        ).fetchall()
        invoices = reader.execute(
            f"""
            SELECT {DOCUMENT_NUMBER.format("i")}, o.open_cents
            FROM invoice_open o
            JOIN invoice i ON i.id = o.invoice_id
            WHERE o.customer_id = :id AND o.open_cents > 0
            ORDER BY i.id
            """,
            whose,
        ).fetchall()
        found |= _allotted(payments, invoices)
    return found


def _allotted(
    payments: Sequence[tuple[int, int]], invoices: Sequence[tuple[str, int]]
) -> dict[int, list[str]]:
    unpaid = dict(invoices)
    found = defaultdict[int, list[str]](list)
    for payment_id, cents in payments:
        rest = cents
        for number, open_cents in unpaid.items():
            paid = min(rest, open_cents)
            if paid:
                found[payment_id].append(number)
                unpaid[number] -= paid
                rest -= paid
    return found


def mark_exported(transaction: Transaction, payment_ids: Sequence[int]) -> None:
    """These tries were handed over today."""
    transaction.connection.executemany(
        "UPDATE payment SET exported_on = ?, next_try_on = NULL WHERE id = ?",
        [(transaction.today.isoformat(), payment_id) for payment_id in payment_ids],
    )


def keep_file(
    transaction: Transaction,
    kind: str,
    form: str,
    content: str,
    collect_on: date | None,
    payments: Iterable[Payment],
) -> int:
    """Keep a file with the tries that it asks for, to be repeated unchanged; its number."""
    export_id = transaction.number(
        """
        INSERT INTO payment_export (kind, format, exported_on, collect_on, content)
        VALUES (:kind, :form, :today, :collect_on, :content)
        RETURNING id
        """,
        {
            "kind": kind,
            "form": form,
            "today": transaction.today.isoformat(),
            "collect_on": collect_on.isoformat() if collect_on else None,
            "content": content,
        },
    )
    transaction.connection.executemany(
        "INSERT INTO payment_export_entry (export_id, payment_id, try) VALUES (?, ?, ?)",
        [(export_id, payment.id, payment.tries + 1) for payment in payments],
    )
    return export_id


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it was handed over; one that was reduced lacks an erased customer's entries."""

    id: int
    kind: str
    form: str
    exported_on: date
    collect_on: date | None
    content: str
    is_reduced: bool


_FILE = "SELECT id, kind, format, exported_on, collect_on, content, reduced_on FROM payment_export"


def _kept(row: tuple[object, ...]) -> KeptFile:
    return KeptFile(
        id=int(str(row[0])),
        kind=str(row[1]),
        form=str(row[2]),
        exported_on=date.fromisoformat(str(row[3])),
        collect_on=date.fromisoformat(str(row[4])) if row[4] else None,
        content=str(row[5]),
        is_reduced=row[6] is not None,
    )


def file(reader: Reader, export_id: int) -> KeptFile:
    """The file of that number; ExportNotFoundError."""
    row = reader.row(f"{_FILE} WHERE id = :id", {"id": export_id})
    if row is None:
        raise ExportNotFoundError(str(export_id), hint="mailctl payment export --list")
    return _kept(row)


def last_file(reader: Reader, kind: str | None, form: str | None) -> KeptFile | None:
    """The newest file, of a kind and form where they are given; None where there is none."""
    row = reader.row(
        f"{_FILE} WHERE kind = coalesce(:kind, kind) AND format = coalesce(:form, format) "
        "ORDER BY id DESC LIMIT 1",
        {"kind": kind, "form": form},
    )
    return None if row is None else _kept(row)


def answered(reader: Reader, export_id: int) -> list[int]:
    """The payments of a file whose try has had its answer since."""
    rows = reader.execute(
        """
        SELECT y.id
        FROM payment_export_entry e
        JOIN payment y ON y.id = e.payment_id
        WHERE e.export_id = :id AND (y.status <> 'pending' OR y.tries >= e.try)
        ORDER BY y.id
        """,
        {"id": export_id},
    )
    return [int(row[0]) for row in rows]


def tries_of(reader: Reader, export_id: int) -> dict[int, bool]:
    """The payments that a file asks for, and whether the answer to that try is still awaited."""
    rows = reader.execute(
        """
        SELECT y.id, CASE WHEN y.status = 'pending' AND y.tries < e.try THEN 1 ELSE 0 END
        FROM payment_export_entry e
        JOIN payment y ON y.id = e.payment_id
        WHERE e.export_id = :id
        ORDER BY y.id
        """,
        {"id": export_id},
    )
    return {int(payment_id): bool(is_awaited) for payment_id, is_awaited in rows}


def files_of_customer(reader: Reader, customer_id: int) -> dict[int, list[int]]:
    """By number, the files that name payments of a customer, with those payments."""
    found = defaultdict[int, list[int]](list)
    for export_id, payment_id in reader.execute(
        """
        SELECT e.export_id, e.payment_id
        FROM payment y
        JOIN payment_export_entry e ON e.payment_id = y.id
        WHERE y.customer_id = :id
        ORDER BY e.export_id, e.payment_id
        """,
        {"id": customer_id},
    ):
        found[int(export_id)].append(int(payment_id))
    return found


def reduce_file(transaction: Transaction, export_id: int, content: str) -> None:
    """Keep what is left of a file after somebody's entries were taken out."""
    transaction.execute(
        "UPDATE payment_export SET content = :content, reduced_on = :today WHERE id = :id",
        {"content": content, "today": transaction.today.isoformat(), "id": export_id},
    )


def files(
    reader: Reader, *, kind: str | None = None, form: str | None = None, number: int | None = None
) -> Listing:
    """The files that were written, by number; all, or those of a kind, a form or a number."""
    return Listing(
        reader,
        THINGS["payment-file"],
        """
        SELECT f.id AS file, f.kind, f.format, f.exported_on, f.collect_on,
            count(e.payment_id) AS payments,
            CAST(coalesce(sum(y.amount_cents), 0) AS BIGINT) AS amount_cents,
            :currency AS currency,
            CASE WHEN f.reduced_on IS NULL THEN 'kept' ELSE 'erased' END AS state
        FROM payment_export f
        LEFT JOIN payment_export_entry e ON e.export_id = f.id
        LEFT JOIN payment y ON y.id = e.payment_id
        WHERE f.kind = coalesce(:kind, f.kind) AND f.format = coalesce(:form, f.format)
            AND f.id = coalesce(:number, f.id)
        GROUP BY f.id, f.kind, f.format, f.exported_on, f.collect_on, f.reduced_on
        """,
        {"currency": reader.info.currency, "kind": kind, "form": form, "number": number},
        order_by="file",
    )
