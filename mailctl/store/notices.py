"""Queueing of notices: what the customer will be told, with the facts that the text needs.

One notice per customer, kind and step: the temporary table `told` holds those of this step.
"""

from __future__ import annotations

from datetime import date

from mailctl.domain.lifecycle import SuspendedFor
from mailctl.store.engine.transaction import Transaction


def queue(
    transaction: Transaction,
    customer_id: int,
    kind: str,
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

    Of an account that is suspended, why it is goes with it.
    """
    cursor = transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on, invoice_id, order_number, platform_id, "
        "method_id, payment_id, amount_cents, due_on, secret) "
        "VALUES (:customer_id, :kind, :today, :invoice_id, :order_number, :platform_id, "
        ":method_id, :payment_id, :amount_cents, :due_on, :secret) RETURNING id",
        {
            "customer_id": customer_id,
            "kind": kind,
            "today": transaction.today.isoformat(),
            "invoice_id": invoice_id,
            "order_number": order_number,
            "platform_id": platform_id,
            "method_id": method_id,
            "payment_id": payment_id,
            "amount_cents": amount_cents,
            "due_on": due_on.isoformat() if due_on else None,
            "secret": secret,
        },
    )
    notice_id = int(cursor.fetchall()[0][0])
    transaction.connection.executemany(
        "INSERT INTO notice_account (notice_id, account_id, address, happens_on, why) "
        "SELECT ?, a.id, a.address, coalesce(a.next_on, a.deleted_on), "
        "CASE WHEN a.state = 'suspended' THEN a.suspended_for END FROM account a WHERE a.id = ?",
        [(notice_id, account_id) for account_id in account_ids],
    )
    return notice_id


def set_due(transaction: Transaction, notice_id: int, due_on: date | None) -> None:
    """Say by when to pay in a notice that was queued before that was known."""
    transaction.execute(
        "UPDATE notice SET due_on = :due_on WHERE id = :id",
        {"due_on": due_on.isoformat() if due_on else None, "id": notice_id},
    )


def warn_of_low_balance(transaction: Transaction, customer_id: int, before_cents: int) -> None:
    """Tell a customer whose balance has just fallen below their alert threshold (SPEC 9)."""
    transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on, amount_cents) "
        "SELECT c.id, 'balance-low', :today, c.balance_cents FROM customer c WHERE c.id = :id "
        "AND c.alert_cents > 0 AND :before >= c.alert_cents AND c.balance_cents < c.alert_cents",
        {"today": transaction.today.isoformat(), "id": customer_id, "before": before_cents},
    )


def record_queued(transaction: Transaction, after_id: int) -> None:
    """A journal row for each notice queued since the one with that id (SPEC 13)."""
    transaction.execute(
        "INSERT INTO journal (seq, batch, happened_on, kind, subject, details) "
        "SELECT :last + row_number() OVER (ORDER BY n.id), :batch, :today, 'notice-queued', "
        "'customer/' || c.slug, '{\"kind\":\"' || n.kind || '\",\"notice\":' || n.id || '}' "
        "FROM notice n JOIN customer c ON c.id = n.customer_id WHERE n.id > :after ORDER BY n.id",
        {
            "last": transaction.batch.next_seq - 1,
            "batch": transaction.batch.id,
            "today": transaction.today.isoformat(),
            "after": after_id,
        },
    )


def queue_for_chosen(
    transaction: Transaction,
    kind: str,
    *,
    happens_on: date | None = None,
    why: SuspendedFor | None = None,
) -> None:
    """Queue a notice to each customer of the chosen accounts, naming the accounts.

    `happens_on` is the day of the event told of, where it is not each account's next event as it
    stands now.
    """
    facts = {"kind": kind, "today": transaction.today.isoformat()}
    transaction.execute(
        "INSERT INTO notice (customer_id, kind, queued_on) "
        "SELECT DISTINCT c.customer_id, :kind, :today FROM chosen c WHERE NOT EXISTS "
        "(SELECT 1 FROM told t WHERE t.customer_id = c.customer_id AND t.kind = :kind) "
        "ORDER BY c.customer_id",
        facts,
    )
    transaction.execute(
        "INSERT INTO told (customer_id, kind, notice_id) "
        "SELECT n.customer_id, n.kind, max(n.id) FROM notice n "
        "WHERE n.sent_at IS NULL AND n.kind = :kind AND n.queued_on = :today "
        "AND n.customer_id IN (SELECT customer_id FROM chosen) "
        "GROUP BY n.customer_id, n.kind ON CONFLICT (customer_id, kind) DO NOTHING",
        facts,
    )
    transaction.execute(
        "INSERT INTO notice_account (notice_id, account_id, address, happens_on, why) "
        "SELECT t.notice_id, a.id, a.address, coalesce(:happens_on, a.next_on, a.deleted_on), :why "
        "FROM chosen c JOIN told t ON t.customer_id = c.customer_id AND t.kind = :kind "
        "JOIN account a ON a.id = c.account_id ORDER BY t.notice_id, a.id",
        {
            "kind": kind,
            "happens_on": happens_on.isoformat() if happens_on else None,
            "why": why.value if why else None,
        },
    )
