"""What a restored store must not do again: ask for a payment, send a letter (rules 18)."""

from __future__ import annotations

from mailctl.store.engine.transaction import Transaction
from mailctl.store.since_backup import Since
from mailctl.values import Value


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
        SET tries = :tries, first_failed_on = :first_failed_on, told_on = :told_on,
            next_try_on = :next_try_on
        WHERE id = :id
        """,
        [
            {
                "id": one.id,
                "tries": one.tries,
                "first_failed_on": one.first_failed_on,
                "told_on": one.told_on,
                "next_try_on": one.next_try_on if one.is_unasked else None,
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


def count_as_told(transaction: Transaction, proof: Since) -> list[int]:
    """Let the letters that the lost store proves to have sent count as sent, as they were sent."""
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
        INSERT INTO notice_text (notice_id, language, recipient, subject, body)
        VALUES (:id, :language, :recipient, :subject, :body)
        """,
        [
            {
                "id": one.id,
                "language": one.language,
                "recipient": one.recipient,
                "subject": one.subject,
                "body": one.body,
            }
            for one in sent
        ],
    )
    return [one.id for one in sent]
