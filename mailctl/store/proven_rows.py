"""What a lost store proves of rows that a backup has: letters sent, pending payments."""

from __future__ import annotations

from mailctl.store.engine.sqlite.lost_file import Ask, as_int, as_text
from mailctl.store.lost_stores import Backup
from mailctl.values import Value


class Sent(Value, unshown=("body",)):
    """A letter that the backup has to be sent, as the lost store sent it."""

    id: int
    sent_at: str
    message_id: str | None
    tries: int
    is_at_backup: int
    language: str
    recipient: str
    subject: str
    body: str
    document_format: str | None


class Filed(Value, unshown=("content",)):
    """A document of an invoice that the backup has, as the lost store kept it when it was sent."""

    invoice_id: int
    format: str
    made_on: str
    digest: str
    content: str


class Pending(Value):
    """A payment that is pending in the backup, as the lost store had it.

    `tries` are those that failed before the last that somebody was asked for. `is_unasked`: nobody
    was asked since the backup, and no answer came: it goes with the next file, or was cancelled.
    """

    id: int
    tries: int
    first_failed_on: str | None
    next_try_on: str | None
    told_on: str | None
    is_unasked: bool


def sent(ask: Ask, backup: Backup) -> tuple[Sent, ...]:
    """The letters that the backup has to be sent, and the lost store has sent."""
    if not backup.unsent:
        return ()
    found = ask(
        """
        SELECT
            n.id, n.sent_at, n.message_id, n.tries, n.is_at_backup,
            x.language, x.recipient, x.subject, x.body, x.document_format
        FROM notice n
        JOIN notice_text x ON x.notice_id = n.id
        WHERE n.id <= :notice AND n.sent_at IS NOT NULL
        ORDER BY n.id
        """
    )
    return tuple(
        Sent(
            id=as_int(id),
            sent_at=str(sent_at),
            message_id=as_text(message_id),
            tries=as_int(tries),
            is_at_backup=as_int(is_at_backup),
            language=str(language),
            recipient=str(recipient),
            subject=str(subject),
            body=str(body),
            document_format=as_text(document_format),
        )
        for (
            id,
            sent_at,
            message_id,
            tries,
            is_at_backup,
            language,
            recipient,
            subject,
            body,
            document_format,
        ) in found
        if id in backup.unsent
    )


def filed(ask: Ask) -> tuple[Filed, ...]:
    """The documents that the lost store kept of invoices up to the backup's last."""
    found = ask(
        """
        SELECT invoice_id, format, made_on, digest, content
        FROM document_file
        WHERE invoice_id <= :invoice
        ORDER BY invoice_id, format
        """
    )
    return tuple(
        Filed(
            invoice_id=as_int(invoice_id),
            format=str(form),
            made_on=str(made_on),
            digest=str(digest),
            content=str(content),
        )
        for invoice_id, form, made_on, digest, content in found
    )


def pending(ask: Ask, backup: Backup) -> tuple[Pending, ...]:
    """The payments that are pending in the backup."""
    if not backup.pending:
        return ()

    def is_failed(id: int, status: object, tries: object, exported_on: object) -> bool:
        """Whether the last that is known is that a try failed."""
        return status in ("failed", "returned") or (
            status == "pending" and exported_on is None and as_int(tries) > backup.pending[id]
        )

    found = ask(
        """
        SELECT id, tries, first_failed_on, next_try_on, told_on, exported_on, status
        FROM payment
        WHERE id <= :payment
        ORDER BY id
        """
    )
    return tuple(
        Pending(
            id=as_int(id),
            # The answer is to be recorded again, and counts the last try then.
            tries=as_int(tries) - is_failed(as_int(id), status, tries, exported_on),
            first_failed_on=as_text(first_failed_on),
            next_try_on=as_text(next_try_on),
            told_on=as_text(told_on),
            is_unasked=exported_on is None
            and not is_failed(as_int(id), status, tries, exported_on)
            and status in ("pending", "cancelled"),
        )
        for id, tries, first_failed_on, next_try_on, told_on, exported_on, status in found
        if id in backup.pending
    )
