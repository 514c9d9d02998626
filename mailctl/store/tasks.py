"""The tasks of the mail server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.tasks import ExportFormat, TaskKind, TaskStatus
from mailctl.errors import TaskNotFoundError
from mailctl.store import mailboxes
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import contained
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import task_reason

_FROM = """
    FROM task t
    JOIN account a ON a.id = t.account_id
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
"""

_LIST = f"""
    SELECT
        t.id, t.account_id AS account, t.address, t.kind, t.asked_on AS "on", t.status, t.tries,
        {task_reason("t")} AS reason, t.driver, t.next_try_at
    {_FROM}
"""


def ask_to_create(transaction: Transaction, asked: Sequence[tuple[int | None, str]]) -> None:
    """Ask the mail server for the mailboxes of new accounts, each an id and an address."""
    today, kind = transaction.today.isoformat(), TaskKind.CREATE.value
    keys = transaction.next_keys("task", len(asked))
    transaction.add_rows(
        "task",
        ("id", "account_id", "kind", "address", "asked_on"),
        [
            (key, account_id, kind, address, today)
            for key, (account_id, address) in zip(keys, asked, strict=True)
        ],
    )
    mailboxes.name_new(transaction, [account_id for account_id, _ in asked if account_id])


def ask(
    transaction: Transaction,
    account_id: int,
    kind: TaskKind,
    address: str,
    *,
    form: ExportFormat | None = None,
    folder: str | None = None,
) -> int:
    """Ask the mail server for something about one account's mailbox; the task's id."""
    task_id = transaction.next_key("task")
    transaction.execute(
        """
        INSERT INTO task (id, account_id, kind, address, format, folder, asked_on)
        VALUES (:id, :account, :kind, :address, :form, :folder, :today)
        """,
        {
            "id": task_id,
            "account": account_id,
            "kind": kind,
            "address": address,
            "form": form,
            "folder": folder,
        },
    )
    return task_id


def set_folder(transaction: Transaction, task_id: int, folder: str) -> None:
    """Say where the copy of a mailbox is to be written."""
    transaction.execute(
        "UPDATE task SET folder = :folder WHERE id = :id", {"folder": folder, "id": task_id}
    )


def listing(
    reader: Reader,
    *,
    status: str | None = None,
    kind: str | None = None,
    search: str | None = None,
    since: date | None = None,
    customer: str | None = None,
    platform: str | None = None,
    task_id: int | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """Tasks in the order in which they are to be done; `until` is the last day of creation."""
    condition, values = where(
        # As a literal too, for the index of the open ones.
        todo=("t.status = 'todo'", status == TaskStatus.TO_DO or None),
        status=("t.status = :status", status),
        kind=("t.kind = :kind", kind),
        search=(contained("t.address"), search),
        since=("t.asked_on >= :since", since),
        customer=("c.slug = :customer", customer),
        platform=("p.name = :platform", platform),
        task_id=("t.id = :task_id", task_id),
        until=("t.asked_on <= :until", until),
    )
    return Listing(
        reader, THINGS["task"], f"{_LIST} {condition}", values, order_by="id", limit=limit
    )


def folders_of(reader: Reader, customer_id: int) -> list[str]:
    """Where copies of a customer's mailboxes were, or were to be, written."""
    return reader.texts(
        """
        SELECT t.folder
        FROM task t
        JOIN account a ON a.id = t.account_id
        JOIN platform p ON p.id = a.platform_id
        WHERE p.customer_id = :id AND t.folder IS NOT NULL
        ORDER BY t.id
        """,
        {"id": customer_id},
    )


def open_ids(reader: Reader, *, until: date, customer: str | None = None) -> list[int]:
    """The ids of the open tasks that were created up to and including a day."""
    condition, values = where(
        todo=("t.status = 'todo'", True),
        until=("t.asked_on <= :until", until),
        customer=("c.slug = :customer", customer),
    )
    return reader.numbers(f"SELECT t.id {_FROM} {condition} ORDER BY t.id", values)


def of_account(reader: Reader, account_id: int) -> list[Row]:
    """The tasks of an account that were not done, and its newest one."""
    rows = reader.execute(
        f"""
        SELECT t.id, t.kind, t.asked_on, t.status, t.tries, {task_reason("t")} AS reason,
            t.next_try_at
        FROM task t
        WHERE t.account_id = :account
            AND (
                t.status IN ('todo', 'failed')
                OR t.id = (SELECT max(m.id) FROM task m WHERE m.account_id = :account)
            )
        ORDER BY t.id
        """,
        {"account": account_id},
    )
    keys = ("id", "kind", "on", "status", "tries", "reason", "next_try_at")
    return [dict(zip(keys, row, strict=True)) for row in rows]


_STATES = {
    TaskKind.CREATE: "active",
    TaskKind.REOPEN: "active",
    TaskKind.SUSPEND: "suspended",
    TaskKind.WIPE: "absent",
    TaskKind.DELETE: "absent",
}


def server_state(reader: Reader, account_id: int) -> str | None:
    """What an account's mailbox does on the mail server, by what was done there last.

    None where nothing was, as of an imported account.
    """
    kind = reader.text(
        """
        SELECT kind
        FROM task
        WHERE account_id = :account
            AND status = 'done'
            AND kind IN ('create', 'reopen', 'suspend', 'wipe', 'delete')
        ORDER BY id DESC LIMIT 1
        """,
        {"account": account_id},
    )
    return None if kind is None else _STATES[TaskKind(kind)]


def show(reader: Reader, task_id: int) -> Row:
    """One task, with every key of the contract; TaskNotFoundError."""
    for row in listing(reader, task_id=task_id).dicts():
        return row
    from mailctl.store.restorations import loss_of_id

    raise TaskNotFoundError(str(task_id), lost=loss_of_id(reader, "task", task_id))


def answer(transaction: Transaction, task_id: int, status: TaskStatus, reason: str | None) -> None:
    """Record what became of a task by the hand of a person."""
    transaction.execute(
        """
        UPDATE task
        SET status = :status, tries = tries + 1, reason = :reason, claimed_until = NULL,
            next_try_at = NULL, driver = NULL
        WHERE id = :id
        """,
        {"status": status, "reason": reason, "id": task_id},
    )
