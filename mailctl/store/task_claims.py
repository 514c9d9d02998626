"""Which process may do which task, and what became of it (rules 16).

A task is claimed in a transaction, done outside of any, and its outcome recorded in another. A
claim without an outcome lapses; then the task is done again, which a driver must bear.
"""

from __future__ import annotations

from datetime import timedelta

from mailctl import clock
from mailctl.domain.tasks import TaskKind, TaskStatus, delay_after
from mailctl.store import mailboxes
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.task_queue import Waiting
from mailctl.values import Value


class Claim(Value, unshown=("hash",)):
    """A task that this process alone may do; `attempt` counts the tries that began."""

    task: Waiting
    driver: str
    attempt: int
    claimed_until: str
    hash: str | None


def claim(transaction: Transaction, task: Waiting, driver: str, lease: timedelta) -> Claim:
    """Claim a task that `next_task` gave in this transaction."""
    until = clock.stamp(after=lease)
    transaction.execute(
        """
        UPDATE task
        SET tries = tries + 1, claimed_until = :until
        WHERE id = :id
        """,
        {"id": task.id, "until": until},
    )
    return Claim(
        task=task,
        driver=driver,
        attempt=task.tries + 1,
        claimed_until=until,
        hash=password_hash(transaction, task),
    )


def password_hash(reader: Reader, task: Waiting) -> str | None:
    """The hash that a task about a password hands over; None for every other task."""
    if task.kind is not TaskKind.PASSWORD:
        return None
    return reader.text(
        "SELECT hash FROM mailbox_password WHERE account_id = :account", {"account": task.account}
    )


def record_done(transaction: Transaction, claim: Claim, *, folder: str | None = None) -> bool:
    """Record that it was done, and where a copy was written; whether it was still ours."""
    changes = "status = 'done', next_try_at = NULL, folder = coalesce(:folder, folder)"
    return _end(transaction, claim, "task-done", changes, None, folder=folder)


def record_failed(transaction: Transaction, claim: Claim, reason: str) -> bool:
    """Record that it is refused, and why; whether it was still ours."""
    changes = "status = 'failed', next_try_at = NULL"
    return _end(transaction, claim, "task-failed", changes, reason)


def record_delayed(
    transaction: Transaction, claim: Claim, reason: str, *, is_waiting: bool = True
) -> bool:
    """Record that it is tried again, and why, after some time or at once; as above."""
    at = clock.stamp(after=delay_after(claim.attempt)) if is_waiting else None
    changes = "next_try_at = :next_try_at"
    return _end(transaction, claim, "task-delayed", changes, reason, next_try_at=at)


def release(transaction: Transaction, claim: Claim) -> None:
    """Give a claim back: the driver was never asked."""
    transaction.execute(
        f"UPDATE task SET tries = tries - 1, claimed_until = NULL {_MINE}",
        {"id": claim.task.id, "claimed_until": claim.claimed_until},
    )


_MINE = "WHERE id = :id AND status = 'todo' AND claimed_until = :claimed_until"


def _end(
    transaction: Transaction,
    claim: Claim,
    kind: str,
    changes: str,
    reason: str | None,
    **values: str | None,
) -> bool:
    """End a claim, unless another process has taken it over."""
    done = transaction.execute(
        f"""
        UPDATE task
        SET claimed_until = NULL, driver = :driver, reason = :reason, {changes}
        {_MINE}
        """,
        {
            "id": claim.task.id,
            "driver": claim.driver,
            "claimed_until": claim.claimed_until,
            "reason": reason,
            **values,
        },
    )
    if done.rowcount:
        _record(transaction, kind, claim.task, claim.driver, reason)
    return bool(done.rowcount)


def record_impossible(transaction: Transaction, task: Waiting, driver: str, reason: str) -> None:
    """Record that a task failed before the driver was asked, because it cannot do that."""
    transaction.execute(
        """
        UPDATE task
        SET status = 'failed', claimed_until = NULL, next_try_at = NULL, driver = :driver,
            reason = :reason
        WHERE id = :id
        """,
        {"id": task.id, "driver": driver, "reason": reason},
    )
    _record(transaction, "task-failed", task, driver, reason)


def why(task: Waiting) -> str:
    """Why a pointless task is skipped."""
    later = task.pointless_for
    if later == task.id:
        return "its mailbox was never made"
    return f"task {later} has made it pointless" if later else "no password is kept any more"


def skip(transaction: Transaction, task: Waiting) -> None:
    """Record that a task is not done, because a later one has made it pointless.

    With the deletion of a mailbox that was never made its name is free.
    """
    transaction.execute(
        """
        UPDATE task
        SET status = 'skipped', claimed_until = NULL, next_try_at = NULL, reason = :reason
        WHERE id = :id
        """,
        {"id": task.id, "reason": why(task)},
    )
    details: dict[str, object] = {"task": task.id, "kind": task.kind}
    if task.pointless_for == task.id:
        mailboxes.forget(transaction, task.account)
    elif task.pointless_for:
        details["later"] = task.pointless_for
    transaction.record("task-skipped", f"account/{task.account}", details)


def _record(
    transaction: Transaction, kind: str, task: Waiting, driver: str, reason: str | None
) -> None:
    transaction.record(
        kind,
        f"account/{task.account}",
        {"task": task.id, "kind": task.kind, "driver": driver},
        {"reason": reason} if reason else None,
    )


def is_being_done(reader: Reader, task_id: int) -> bool:
    """Whether a process has claimed a task, and its claim has not lapsed."""
    return reader.exists(
        """
        SELECT 1
        FROM task
        WHERE id = :id AND status = 'todo' AND claimed_until > :now
        """,
        {"id": task_id, "now": clock.stamp()},
    )


def retry(transaction: Transaction) -> None:
    """Let all that failed, and all that waits for its next try, be tried again now.

    A first try that was refused made no mailbox: it counts as none, so that the next one does not
    take what it finds for its own.
    """
    # Of every customer.
    transaction.hold_all()
    transaction.execute(
        """
        UPDATE task
        SET next_try_at = NULL
        WHERE status = 'todo' AND next_try_at IS NOT NULL
        """
    )
    # Both words of the status: the index has the rows of both.
    transaction.execute(
        f"""
        UPDATE task
        SET status = '{TaskStatus.TO_DO}',
            tries = CASE WHEN kind = 'create' AND tries = 1 THEN 0 ELSE tries END
        WHERE status IN ('todo', 'failed')
            AND status = 'failed'
            AND account_id IN (SELECT m.account_id FROM mailbox m)
        """
    )
