"""Payments to be collected, and the files that ask banks and gateways for them (rules 10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.payments import FileFormat, MethodKind
from mailctl.errors import ExportNotFoundError
from mailctl.store.engine.listing import Listing
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import (
    can_be_charged,
    document_number,
    has_its_try_come,
    is_announced,
    is_unasked,
)
from mailctl.store.payments import JOINED, Payment, columns
from mailctl.values import Value


class Debtor(Value):
    """The customer who is to pay, with the language and address of their profile."""

    language: str
    street: str | None
    postcode: str | None
    city: str | None
    country: str


class ToExport(Value):
    """A payment to be asked for now, with its method's details; `is_first` of its method.

    `shared_with` is the customer who had its mandate's reference before. `is_announced` is whether
    the notice of this try was sent, and `told_on` the earliest day that it named.
    """

    payment: Payment
    details: dict[str, str | None]
    is_first: bool
    shared_with: str | None
    is_announced: bool
    told_on: date | None
    debtor: Debtor


def shared_with(method: str) -> str:
    """The customer whose mandate a method has a second time, if there is one."""
    return f"""
        (
            SELECT x.slug
            FROM method o
            JOIN customer x ON x.id = o.customer_id
            WHERE o.mandate_key = {method}.mandate_key
                AND o.customer_id <> {method}.customer_id
                AND o.removed_on IS NULL
                AND o.id < {method}.id
            ORDER BY o.id LIMIT 1
        )
    """


_TO_EXPORT = f"""
    SELECT
        {columns("payment_")}, m.details,
        NOT EXISTS (
            SELECT 1
            FROM payment e
            WHERE e.method_id = m.id AND e.status IN ('succeeded', 'returned')
        ) AS is_first,
        {shared_with("m")} AS shared_with, {is_announced("n")} AS is_announced, p.told_on,
        c.language AS debtor_language, c.street AS debtor_street, c.postcode AS debtor_postcode,
        c.city AS debtor_city, c.country AS debtor_country
    FROM {JOINED}
    LEFT JOIN notice n ON n.id = p.notice_id
    WHERE m.kind = :kind
        AND {is_unasked("p")}
        AND {has_its_try_come("p")}
        AND {can_be_charged("m", ":today")}
    ORDER BY p.id
"""


def to_export(reader: Reader, kind: MethodKind) -> list[ToExport]:
    """The pending payments of a kind whose try has come and has not been handed over yet."""
    return reader.facts(ToExport, _TO_EXPORT, {"kind": kind})


class _Pending(Value):
    id: int
    amount_cents: int


class _Open(Value):
    number: str
    open_cents: int


def invoices_by_payment(reader: Reader, customer_ids: Iterable[int]) -> dict[int, list[str]]:
    """By pending payment of these customers, the numbers of the invoices that it pays.

    The oldest payment pays the oldest open invoices, as its money will.
    """
    found: dict[int, list[str]] = {}
    for customer_id in sorted(set(customer_ids)):
        whose = {"id": customer_id}
        payments = reader.facts(
            _Pending,
            """
            SELECT id, amount_cents
            FROM payment
            WHERE customer_id = :id AND status = 'pending'
            ORDER BY id
            """,
            whose,
        )
        invoices = reader.facts(
            _Open,
            f"""
            SELECT {document_number("i")} AS number, o.open_cents
            FROM invoice_open o
            JOIN invoice i ON i.id = o.invoice_id
            WHERE o.customer_id = :id AND o.open_cents > 0
            ORDER BY i.id
            """,
            whose,
        )
        found |= _allotted(payments, invoices)
    return found


def _allotted(payments: Sequence[_Pending], invoices: Sequence[_Open]) -> dict[int, list[str]]:
    unpaid = {invoice.number: invoice.open_cents for invoice in invoices}
    found = defaultdict[int, list[str]](list)
    for payment in payments:
        rest = payment.amount_cents
        for number, open_cents in unpaid.items():
            paid = min(rest, open_cents)
            if paid:
                found[payment.id].append(number)
                unpaid[number] -= paid
                rest -= paid
    return found


def mark_exported(transaction: Transaction, payment_ids: Sequence[int]) -> None:
    """Record that these tries were handed over today."""
    transaction.execute_many(
        "UPDATE payment SET exported_on = :today, next_try_on = NULL WHERE id = :id",
        [{"id": each} for each in payment_ids],
    )


def keep_file(
    transaction: Transaction,
    kind: MethodKind,
    form: FileFormat,
    content: str,
    collect_on: date | None,
    payments: Iterable[Payment],
) -> int:
    """Store a file with the tries that it asks for, to be repeated unchanged; its number."""
    export_id = transaction.next_key("payment_export")
    transaction.execute(
        """
        INSERT INTO payment_export (id, kind, format, exported_on, collect_on, content)
        VALUES (:id, :kind, :form, :today, :collect_on, :content)
        """,
        {
            "id": export_id,
            "kind": kind,
            "form": form,
            "collect_on": collect_on,
            "content": content,
        },
    )
    transaction.execute_many(
        """
        INSERT INTO payment_export_entry (export_id, payment_id, try)
        VALUES (:export, :payment, :try)
        """,
        [
            {"export": export_id, "payment": payment.id, "try": payment.tries + 1}
            for payment in payments
        ],
    )
    return export_id


class KeptFile(Value):
    """A file as it was handed over; one that was reduced lacks an erased customer's entries."""

    id: int
    kind: MethodKind
    form: FileFormat
    exported_on: date
    collect_on: date | None
    content: str
    is_reduced: bool


_FILE = """
    SELECT
        id, kind, format AS form, exported_on, collect_on, content,
        reduced_on IS NOT NULL AS is_reduced
    FROM payment_export
"""


def file(reader: Reader, export: int | str) -> KeptFile:
    """The file of that number, or with that content, the newest; ExportNotFoundError."""
    if isinstance(export, int):
        found = reader.fact(KeptFile, f"{_FILE} WHERE id = :id", {"id": export})
        from mailctl.store.restorations import loss_of_id

        name, lost = str(export), loss_of_id(reader, "payment_export", export)
    else:
        found = reader.fact(
            KeptFile,
            f"{_FILE} WHERE content = :content ORDER BY id DESC LIMIT 1",
            {"content": export},
        )
        name, lost = "with this content, unchanged", None
    if found is None:
        raise ExportNotFoundError(name, lost=lost, hint="mailctl payment export --list")
    return found


def last_file(reader: Reader, kind: MethodKind | None, form: FileFormat | None) -> KeptFile | None:
    """The newest file, of a kind and form where they are given; None where there is none."""
    return reader.fact(
        KeptFile,
        f"""
        {_FILE}
        WHERE kind = coalesce(:kind, kind) AND format = coalesce(:form, format)
        ORDER BY id DESC
        LIMIT 1
        """,
        {"kind": kind, "form": form},
    )


class _Entry(Value):
    """A payment that a file asks for; its answer `is_awaited` or has come."""

    export_id: int
    payment_id: int
    is_awaited: bool


_ENTRIES = """
    SELECT e.export_id, e.payment_id, (y.status = 'pending' AND y.tries < e.try) AS is_awaited
    FROM payment y
    JOIN payment_export_entry e ON e.payment_id = y.id
"""


def tries_of(reader: Reader, export_id: int) -> dict[int, bool]:
    """The payments that a file asks for, and whether the answer to that try is still awaited."""
    entries = reader.facts(
        _Entry, f"{_ENTRIES} WHERE e.export_id = :id ORDER BY y.id", {"id": export_id}
    )
    return {entry.payment_id: entry.is_awaited for entry in entries}


def answered(reader: Reader, export_id: int) -> list[int]:
    """The payments of a file whose try has been answered since."""
    return [
        payment_id
        for payment_id, is_awaited in tries_of(reader, export_id).items()
        if not is_awaited
    ]


def files_of_customer(reader: Reader, customer_id: int) -> dict[int, list[int]]:
    """By number, the files that name payments of a customer, with those payments."""
    found = defaultdict[int, list[int]](list)
    for entry in reader.facts(
        _Entry,
        f"{_ENTRIES} WHERE y.customer_id = :id ORDER BY e.export_id, e.payment_id",
        {"id": customer_id},
    ):
        found[entry.export_id].append(entry.payment_id)
    return found


def reduce_file(transaction: Transaction, export_id: int, content: str) -> None:
    """Store what is left of a file after a customer's entries were taken out."""
    transaction.execute(
        "UPDATE payment_export SET content = :content, reduced_on = :today WHERE id = :id",
        {"content": content, "id": export_id},
    )


def files(
    reader: Reader, *, kind: str | None = None, form: str | None = None, number: int | None = None
) -> Listing:
    """The files that were written, by number; all, or those of a kind, a form or a number."""
    return Listing(
        reader,
        THINGS["payment-file"],
        """
        SELECT
            f.id AS file, f.kind, f.format, f.exported_on, f.collect_on,
            count(e.payment_id) AS payments,
            CAST(coalesce(sum(y.amount_cents), 0) AS BIGINT) AS amount_cents,
            :currency AS currency,
            CASE WHEN f.reduced_on IS NULL THEN 'kept' ELSE 'erased' END AS state
        FROM payment_export f
        LEFT JOIN payment_export_entry e ON e.export_id = f.id
        LEFT JOIN payment y ON y.id = e.payment_id
        WHERE f.kind = coalesce(:kind, f.kind)
            AND f.format = coalesce(:form, f.format)
            AND f.id = coalesce(:number, f.id)
        GROUP BY f.id, f.kind, f.format, f.exported_on, f.collect_on, f.reduced_on
        """,
        {"currency": reader.info.currency, "kind": kind, "form": form, "number": number},
        order_by="file",
    )
