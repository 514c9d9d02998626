"""What a lost store did after the backup that it is restored from, as far as it can be read.

People must know it: letters that were sent, money that came, debits that were asked for, work that
was done on the mail server (rules 18).
"""

from __future__ import annotations

from mailctl.domain.invoices import NumberRange, Series
from mailctl.domain.payments import end_to_end_id
from mailctl.store import proven_rows
from mailctl.store.engine.sqlite.lost_file import Ask, Rows, Salvage, as_int, as_text
from mailctl.store.lost_stores import Backup, Lost
from mailctl.store.proven_rows import Filed, Pending, Sent
from mailctl.values import Value


class Told(Value):
    """A letter that was sent since the backup; `is_kept`: the backup has it, not yet sent."""

    id: int
    customer: str
    kind: str
    sent_at: str
    is_kept: bool


class HandedOver(Value):
    """A payment that was asked for since, and has no answer: which try, and its name for a bank."""

    payment: int
    attempt: int
    customer: str
    amount_cents: int
    exported_on: str

    @property
    def end_to_end_id(self) -> str:
        """What the bank's answer names."""
        return end_to_end_id(self.payment, self.attempt)


class Answered(Value):
    """A payment that is pending in the backup, and had its answer since, or was cancelled.

    `reason` is why it failed, or came back.
    """

    payment: int
    customer: str
    amount_cents: int
    status: str
    reference: str | None
    reason: str | None


class Received(Value):
    """Money that was recorded since the backup, and did not come by a payment of it.

    What was taken back since is left out.
    """

    customer: str
    amount_cents: int
    moved_on: str
    reference: str | None


class TakenBack(Value):
    """Money that was paid back since, or an entry of the backup that was reversed since.

    `seq` is the entry's in the customer's statement, and `payment` the one that it was of.
    """

    customer: str
    amount_cents: int
    moved_on: str
    reason: str | None
    seq: int | None
    payment: int | None
    is_returned: bool


class Done(Value):
    """A task that was done on the mail server since; `is_kept`: the backup has it, to be done.

    `folder` is where the copy of an export is.
    """

    id: int
    account: int
    kind: str
    address: str | None
    folder: str | None
    is_kept: bool


class Billed(Value):
    """Documents of a series and year that were issued since: how many, and their gross cents."""

    numbers: NumberRange
    documents: int
    cents: int


class Since(Value):
    """What a lost store did after the backup, as far as it can be read.

    `last_row` is the last row of the backup's journal.
    """

    transactions: int = 0
    last_row: int = 0
    first_on: str | None = None
    last_on: str | None = None
    billed: tuple[Billed, ...] = ()
    customers: int = 0
    accounts: int = 0
    orders: int = 0
    told: tuple[Told, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()
    answered: tuple[Answered, ...] = ()
    received: tuple[Received, ...] = ()
    taken_back: tuple[TakenBack, ...] = ()
    done: tuple[Done, ...] = ()
    erased: tuple[str, ...] = ()
    sent: tuple[Sent, ...] = ()
    filed: tuple[Filed, ...] = ()
    pending: tuple[Pending, ...] = ()
    is_this_restore: bool = False
    """Nothing but that this very backup was restored."""

    def __bool__(self) -> bool:
        return bool(self.transactions)


def since(salvage: Salvage | str, backup: Backup, lost: Lost) -> Since:
    """What a lost store that goes on from a backup did after it."""
    if isinstance(salvage, str) or not lost.follows:
        return Since()
    values = {"batch": backup.head.batch_id, "ledger": backup.last_ledger_id, **backup.ids}

    def rows(sql: str) -> Rows:
        return salvage.rows(sql, parameters=values) or []

    def count(sql: str) -> int:
        return sum(as_int(one) for (one,) in rows(sql))

    days = rows("SELECT min(happened_on), max(happened_on) FROM batch WHERE id > :batch")
    first_on, last_on = days[0] if days else (None, None)
    return Since(
        transactions=count("SELECT count(*) FROM batch WHERE id > :batch"),
        last_row=count("SELECT coalesce(max(seq), 0) FROM journal WHERE batch <= :batch"),
        first_on=as_text(first_on),
        last_on=as_text(last_on),
        billed=_billed(rows),
        customers=count("SELECT count(*) FROM customer WHERE id > :customer"),
        accounts=count("SELECT count(*) FROM account WHERE id > :account"),
        orders=count("SELECT count(*) FROM purchase_order WHERE number > :purchase_order"),
        told=_told(rows, backup),
        handed_over=_handed_over(rows),
        answered=_answered(rows, backup),
        received=_received(rows),
        taken_back=_taken_back(rows),
        done=_done(rows, backup),
        erased=_erased(rows),
        sent=proven_rows.sent(rows, backup),
        filed=proven_rows.filed(rows) if backup.unsent else (),
        pending=proven_rows.pending(rows, backup),
        is_this_restore=_is_this_restore(rows, backup),
    )


def _billed(ask: Ask) -> tuple[Billed, ...]:
    found = ask(
        """
        SELECT series, year, min(seq), max(seq), count(*), sum(total_cents)
        FROM invoice
        WHERE id > :invoice
        GROUP BY series, year
        ORDER BY series, year
        """
    )
    return tuple(
        Billed(
            numbers=NumberRange(
                series=Series(str(series)),
                year=as_int(year),
                first_seq=as_int(first),
                last_seq=as_int(last),
            ),
            documents=as_int(documents),
            cents=as_int(cents),
        )
        for series, year, first, last, documents, cents in found
    )


def _told(ask: Ask, backup: Backup) -> tuple[Told, ...]:
    last = backup.ids["notice"]
    first = min(backup.unsent, default=last + 1)
    return tuple(
        Told(
            id=as_int(id),
            customer=str(customer),
            kind=str(kind),
            sent_at=str(sent_at),
            is_kept=as_int(id) <= last,
        )
        for id, customer, kind, sent_at in ask(
            f"""
            SELECT n.id, c.slug, n.kind, n.sent_at
            FROM notice n
            JOIN customer c ON c.id = n.customer_id
            WHERE n.id >= {first} AND n.sent_at IS NOT NULL
            ORDER BY n.id
            """
        )
        if as_int(id) > last or id in backup.unsent
    )


def _handed_over(ask: Ask) -> tuple[HandedOver, ...]:
    return tuple(
        HandedOver(
            payment=as_int(payment),
            attempt=as_int(attempt),
            customer=str(customer),
            amount_cents=as_int(cents),
            exported_on=str(exported_on),
        )
        for payment, attempt, customer, cents, exported_on in ask(
            """
            SELECT e.payment_id, e.try, c.slug, y.amount_cents, x.exported_on
            FROM payment_export x
            JOIN payment_export_entry e ON e.export_id = x.id
            JOIN payment y ON y.id = e.payment_id
            JOIN customer c ON c.id = y.customer_id
            WHERE x.id > :payment_export
                AND y.status = 'pending'
                AND y.exported_on IS NOT NULL
                AND e.try = y.tries + 1
            ORDER BY e.payment_id, e.try
            """
        )
    )


def _answered(ask: Ask, backup: Backup) -> tuple[Answered, ...]:
    if not backup.pending:
        return ()
    return tuple(
        Answered(
            payment=as_int(payment),
            customer=str(customer),
            amount_cents=as_int(cents),
            status=str(status),
            reference=as_text(reference),
            reason=as_text(reason),
        )
        for payment, customer, cents, status, tries, reference, reason in ask(
            """
            SELECT
                y.id, c.slug, y.amount_cents,
                CASE
                    WHEN y.status = 'pending' AND y.exported_on IS NULL THEN 'failed'
                    ELSE y.status
                END,
                y.tries, y.reference, y.reason
            FROM payment y
            JOIN customer c ON c.id = y.customer_id
            WHERE y.id <= :payment
                AND (y.status <> 'pending' OR (y.exported_on IS NULL AND y.tries > 0))
            ORDER BY y.id
            """
        )
        if payment in backup.pending
        and (status != "failed" or as_int(tries) > backup.pending[as_int(payment)])
    )


def _received(ask: Ask) -> tuple[Received, ...]:
    """The money of a payment that the backup has is told of with that."""
    return tuple(
        Received(
            customer=str(customer),
            amount_cents=as_int(cents),
            moved_on=str(moved_on),
            reference=as_text(reference),
        )
        for customer, cents, moved_on, reference in ask(
            """
            SELECT c.slug, l.amount_cents, l.moved_on, coalesce(l.reference, y.reference)
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN payment y ON y.id = l.payment_id
            WHERE l.id > :ledger
                AND (l.kind = 'credit' OR (l.kind = 'payment' AND l.payment_id > :payment))
                AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
            ORDER BY l.id
            """
        )
    )


def _taken_back(ask: Ask) -> tuple[TakenBack, ...]:
    return tuple(
        TakenBack(
            customer=str(customer),
            amount_cents=-as_int(cents),
            moved_on=str(moved_on),
            reason=as_text(reason),
            seq=as_int(seq) if seq else None,
            payment=as_int(payment) if payment else None,
            is_returned=status == "returned",
        )
        for customer, cents, moved_on, reason, seq, payment, status in ask(
            """
            SELECT
                c.slug, l.amount_cents, l.moved_on, coalesce(l.reason, y.reason), e.seq,
                e.payment_id, y.status
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN ledger e ON e.id = l.reverses_id
            LEFT JOIN payment y ON y.id = e.payment_id
            WHERE l.id > :ledger
                AND (l.kind = 'refund' OR (l.kind = 'reversal' AND e.id <= :ledger))
            ORDER BY l.id
            """
        )
    )


def _done(ask: Ask, backup: Backup) -> tuple[Done, ...]:
    first = min(backup.tasks_to_do, default=backup.ids["task"] + 1)
    # An older schema has none.
    copies = ask(f"SELECT id, folder FROM task WHERE id >= {first} AND folder IS NOT NULL")
    folders = {as_int(id): folder for id, folder in copies}
    return tuple(
        Done(
            id=as_int(id),
            account=as_int(account),
            kind=str(kind),
            address=as_text(address),
            folder=as_text(folders.get(as_int(id))),
            is_kept=id in backup.tasks_to_do,
        )
        for id, account, kind, address in ask(
            f"""
            SELECT id, account_id, kind, address
            FROM task
            WHERE id >= {first} AND status = 'done'
            ORDER BY id
            """
        )
        if as_int(id) > backup.ids["task"] or id in backup.tasks_to_do
    )


def _erased(ask: Ask) -> tuple[str, ...]:
    return tuple(
        str(subject).removeprefix("customer/")
        for (subject,) in ask(
            """
            SELECT subject
            FROM journal
            WHERE batch > :batch AND kind = 'customer-erased'
            ORDER BY seq
            """
        )
    )


def _is_this_restore(ask: Ask, backup: Backup) -> bool:
    last = ask("SELECT batch_id, head FROM restoration ORDER BY id DESC LIMIT 1")
    later = ask(
        """
        SELECT 1
        FROM batch
        WHERE id > :batch AND command NOT IN ('upgrade', 'store restore')
        LIMIT 1
        """
    )
    return last == [(backup.head.batch_id, backup.head.head)] and not later
