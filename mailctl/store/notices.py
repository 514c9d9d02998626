"""Queueing of notices: what the customer will be notified of, with the facts for the text."""

from __future__ import annotations

from datetime import date

from mailctl.domain.notices import NoticeKind
from mailctl.store.engine.journal import details_sql
from mailctl.store.engine.transaction import Transaction

_NOTICE = """
    INSERT INTO notice (
        id, customer_id, kind, queued_on, invoice_id, order_number, platform_id, method_id,
        payment_id, amount_cents, due_on, secret
    )
    VALUES (
        :id, :customer_id, :kind, :today, :invoice_id, :order_number, :platform_id, :method_id,
        :payment_id, :amount_cents, :due_on, :secret
    )
"""
_ACCOUNT = """
    INSERT INTO notice_account (notice_id, account_id, address, happens_on, why)
    SELECT
        :notice, a.id, a.address, coalesce(a.next_on, a.deleted_on),
        CASE WHEN a.state = 'suspended' THEN a.suspended_for END
    FROM account a
    WHERE a.id = :account
"""


def queue(
    transaction: Transaction,
    customer_id: int,
    kind: NoticeKind,
    *,
    invoice_id: int | None = None,
    order_number: int | None = None,
    platform_id: int | None = None,
    method_id: int | None = None,
    payment_id: int | None = None,
    amount_cents: int | None = None,
    due_on: date | None = None,
    secret: str | None = None,
    account_ids: tuple[int, ...] = (),
) -> int:
    """Queue one notice to a customer, with the accounts as they are now; its id.

    The reason of a suspended account's suspension is kept with it.
    """
    notice_id = transaction.next_key("notice")
    transaction.execute(
        _NOTICE,
        {
            "id": notice_id,
            "customer_id": customer_id,
            "kind": kind,
            "invoice_id": invoice_id,
            "order_number": order_number,
            "platform_id": platform_id,
            "method_id": method_id,
            "payment_id": payment_id,
            "amount_cents": amount_cents,
            "due_on": due_on,
            "secret": secret,
        },
    )
    transaction.execute_many(
        _ACCOUNT, [{"notice": notice_id, "account": account_id} for account_id in account_ids]
    )
    return notice_id


def record_queued(transaction: Transaction, after_id: int) -> None:
    """A journal row for each notice queued since the one with that id (rules 13)."""
    transaction.record_each(
        "notice-queued",
        subject="'customer/' || c.slug",
        details=details_sql(texts={"kind": "n.kind"}, numbers={"notice": "n.id"}),
        source="FROM notice n JOIN customer c ON c.id = n.customer_id WHERE n.id > :after",
        order_by="n.id",
        parameters={"after": after_id},
    )
