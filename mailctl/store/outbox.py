"""Notices, read: what customers are told, and whether it has been sent (SPEC 12)."""

from __future__ import annotations

from mailctl.contract import THINGS
from mailctl.domain.money import format_amount
from mailctl.errors import NoticeNotFoundError
from mailctl.store.connection import Reader
from mailctl.store.listing import Listing, Row
from mailctl.store.sql import DOCUMENT_NUMBER


def listing(
    reader: Reader,
    *,
    unsent: bool = False,
    customer: str | None = None,
    notice_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Notices by id."""
    where, values = ["1 = 1"], dict[str, object]()
    if unsent:
        where.append("n.sent_at IS NULL AND n.ended_at IS NULL")
    for name, text, value in (
        ("customer", "c.slug = :customer", customer),
        ("notice_id", "n.id = :notice_id", notice_id),
    ):
        if value is not None:
            where.append(text)
            values[name] = value
    return Listing(
        reader.connection,
        THINGS["notice"],
        'SELECT n.id, c.slug AS customer, n.kind, c.language, c.email AS "to", n.kind AS subject, '
        "n.queued_on, n.sent_at, n.tries, n.last_error, n.next_try_at, "
        "coalesce(n.ended_for, CASE WHEN n.sent_at IS NULL THEN 'queued' ELSE 'sent' END) AS state "
        "FROM notice n "
        f"JOIN customer c ON c.id = n.customer_id WHERE {' AND '.join(where)}",
        values,
        order_by="id",
        limit=limit,
    )


def show(reader: Reader, notice_id: int) -> Row:
    """One notice, with what it says; NoticeNotFoundError."""
    found = list(listing(reader, notice_id=notice_id).dicts())
    if not found:
        raise NoticeNotFoundError(str(notice_id))
    (row,) = found
    return {**row, "body": "\n".join(_facts(reader, notice_id))}


def _facts(reader: Reader, notice_id: int) -> list[str]:
    """What the notice is about, a line each; a token is there until it is sent."""
    row = reader.row(
        f"SELECT p.name, n.order_number, {DOCUMENT_NUMBER.format('i')}, n.amount_cents, n.due_on, "
        "n.secret FROM notice n LEFT JOIN platform p ON p.id = n.platform_id "
        "LEFT JOIN invoice i ON i.id = n.invoice_id WHERE n.id = :id",
        {"id": notice_id},
    )
    assert row is not None
    platform, order, invoice, cents, due_on, secret = row
    amount = None if cents is None else f"{format_amount(int(str(cents)))} {reader.info.currency}"
    facts = (
        ("Platform", platform),
        ("Order", order),
        ("Invoice", invoice),
        ("Amount", amount),
        ("Date", due_on),
        ("Token", secret),
    )
    return [f"{name}: {value}" for name, value in facts if value is not None] + [
        f"Account {account}: {address or 'blank'}, paid until {expires_on}"
        for account, address, expires_on in reader.execute(
            "SELECT a.id, a.address, a.expires_on FROM notice_account t "
            "JOIN account a ON a.id = t.account_id WHERE t.notice_id = :id ORDER BY a.id",
            {"id": notice_id},
        )
    ]
