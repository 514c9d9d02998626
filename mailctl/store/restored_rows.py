"""What a restored store must not do again: ask for a payment, write a letter, wipe (rules 18)."""

from __future__ import annotations

from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.store import tasks
from mailctl.store.engine.transaction import Transaction
from mailctl.store.since_backup import Since
from mailctl.values import Value, fields


class _Pending(Value):
    id: int
    exported_on: str | None


def count_as_exported(transaction: Transaction, proof: Since) -> list[int]:
    """Let every pending payment wait for its answer, but those proven never to be asked for.

    Where the lost store proves how many tries failed, the next one has the number that follows.
    """
    proven = {one.id: one for one in proof.pending}
    found = transaction.facts(
        _Pending, "SELECT id, exported_on FROM payment WHERE status = 'pending' ORDER BY id"
    )
    asked = [
        one.id
        for one in found
        if one.exported_on is None and not (one.id in proven and proven[one.id].is_unasked)
    ]
    transaction.execute_many(
        "UPDATE payment SET exported_on = :today, next_try_on = NULL WHERE id = :id",
        [{"id": id} for id in asked],
    )
    transaction.execute_many(
        """
        UPDATE payment
        SET tries = :tries, first_failed_on = :first_failed_on, next_try_on = :next_try_on,
            told_on = CASE WHEN tries = :tries THEN CAST(:told_on AS TEXT) END,
            exported_on = CASE WHEN :is_unasked = 1 THEN NULL ELSE exported_on END,
            notice_id = CASE WHEN tries = :tries THEN notice_id END
        WHERE id = :id
        """,
        [
            {
                "id": one.id,
                "tries": one.tries,
                "first_failed_on": one.first_failed_on if one.tries else None,
                "told_on": one.told_on,
                "next_try_on": one.next_try_on if one.is_unasked else None,
                "is_unasked": int(one.is_unasked),
            }
            for one in (proven[one.id] for one in found if one.id in proven)
        ],
    )
    return asked


def count_as_begun(transaction: Transaction) -> None:
    """Let every mailbox that is to be made count as one that may have been begun.

    The lost store may have had it made: its deletion is asked for then, and what is there under its
    account's id is its own, which is nobody else's.
    """
    transaction.execute(
        "UPDATE task SET tries = 1 WHERE status = 'todo' AND kind = 'create' AND tries = 0"
    )


class _Task(Value):
    id: int
    account: int
    kind: str


_MAY_BE_WIPED = (
    "it may have been done before the restore, and the mailbox be in use again: look at it on the "
    "mail server; if it is, or is gone: mailctl task done {id}"
)


def count_as_done(
    transaction: Transaction, proof: Since, *, is_proven: bool, has_driver: bool
) -> tuple[list[int], list[int]]:
    """Let no mailbox be wiped, copied or get an older password a second time.

    Gives the tasks that count as done, and the wipes that wait.

    Its account may have been given to somebody else since, or the password have been changed. What
    the lost store proves to be done of these, or of a deleted account, counts as done. Where it
    proves nothing (`is_proven`) a driver is asked for a wipe only once a person has looked.
    """
    done = {one.id: one for one in proof.done}
    found = transaction.facts(
        _Task,
        """
        SELECT t.id, t.account_id AS account, t.kind
        FROM task t
        JOIN account a ON a.id = t.account_id
        WHERE t.status = 'todo'
            AND (t.kind IN ('wipe', 'password', 'export') OR a.state = 'deleted')
        ORDER BY t.id
        """,
    )
    finished, waiting = [], []
    for one in found:
        reason = None
        if one.id in done:
            status = TaskStatus.DONE
            finished.append(one.id)
            folder = done[one.id].folder
            if folder is not None:
                tasks.set_folder(transaction, one.id, folder)
        elif one.kind == TaskKind.WIPE and has_driver and not is_proven:
            status, reason = TaskStatus.FAILED, _MAY_BE_WIPED.format(id=one.id)
            waiting.append(one.id)
        else:
            continue
        tasks.answer(transaction, one.id, status, reason)
        transaction.record(f"task-{status}", f"account/{one.account}", {"task": one.id})
    return finished, waiting


def count_as_told(transaction: Transaction, proof: Since) -> list[int]:
    """Let the letters that the lost store proves to have sent count as sent, as they were sent.

    Their documents are kept, too.
    """
    unsent = set(
        transaction.numbers("SELECT id FROM notice WHERE sent_at IS NULL AND ended_at IS NULL")
    )
    sent = [one for one in proof.sent if one.id in unsent]
    transaction.execute_many(
        """
        UPDATE notice
        SET sent_at = :sent_at, message_id = :message_id, tries = :tries,
            is_at_backup = :is_at_backup, claimed_until = NULL, next_try_at = NULL,
            waits_for = NULL, secret = NULL
        WHERE id = :id
        """,
        [
            {
                "id": one.id,
                "sent_at": one.sent_at,
                "message_id": one.message_id,
                "tries": one.tries,
                "is_at_backup": one.is_at_backup,
            }
            for one in sent
        ],
    )
    transaction.execute_many(
        """
        INSERT INTO notice_text (notice_id, language, recipient, subject, body, document_format)
        VALUES (:id, :language, :recipient, :subject, :body, :document_format)
        """,
        [
            {
                "id": one.id,
                "language": one.language,
                "recipient": one.recipient,
                "subject": one.subject,
                "body": one.body,
                "document_format": one.document_format,
            }
            for one in sent
        ],
    )
    _keep_documents(transaction, proof)
    return [one.id for one in sent]


def _keep_documents(transaction: Transaction, proof: Since) -> None:
    """Keep the documents that the lost store kept, of the invoices that are here.

    Those of customers of whom a file says that they were erased go again with them.
    """
    transaction.execute_many(
        """
        INSERT INTO document_file (invoice_id, format, made_on, digest, content)
        SELECT i.id, :format, :made_on, :digest, :content
        FROM invoice i
        WHERE i.id = :invoice_id
            AND NOT EXISTS (
                SELECT 1 FROM document_file f WHERE f.invoice_id = i.id AND f.format = :format
            )
        """,
        [fields(one) for one in proof.filed],
    )
