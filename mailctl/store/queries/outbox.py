"""The list of notices: what customers are notified of, and whether it has been sent (rules 12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.notices import NoticeKind
from mailctl.errors import NoticeNotFoundError
from mailctl.store import document_files
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import is_unsent, recipient
from mailctl.store.queries import letters
from mailctl.store.queries.attachments import attached
from mailctl.store.queries.letters import Notice

SubjectOf = Callable[[Notice], str]
"""Writes the subject of a notice that was not sent; sent ones have theirs kept."""

_STATE = "coalesce(n.ended_for, CASE WHEN n.sent_at IS NULL THEN 'queued' ELSE 'sent' END)"

# Of an erased customer only the kind is left.
_NOTICES = f"""
    SELECT
        n.id, c.slug AS customer, n.kind, coalesce(x.language, c.language) AS language,
        coalesce(x.recipient, {recipient("n", "c")}) AS "to",
        CASE WHEN c.state = 'erased' THEN n.kind ELSE x.subject END AS subject,
        CASE WHEN c.state = 'erased' THEN '' ELSE x.body END AS body,
        n.queued_on, n.sent_at, n.tries, n.last_error, n.next_try_at, {_STATE} AS state
    FROM notice n
    JOIN customer c ON c.id = n.customer_id
    LEFT JOIN notice_text x ON x.notice_id = n.id
"""


def listing(
    reader: Reader,
    subject_of: SubjectOf,
    *,
    unsent: bool = False,
    customer: str | None = None,
    notice_id: int | None = None,
    kind: str | None = None,
    state: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """Notices by id; `since` and `until` are days on which they were queued."""
    condition, values = where(
        unsent=(is_unsent("n"), unsent or None),
        customer=("c.slug = :customer", customer),
        notice_id=("n.id = :notice_id", notice_id),
        kind=("n.kind = :kind", kind),
        state=(f"{_STATE} = :state", state),
        since=("n.queued_on >= :since", since),
        until=("n.queued_on <= :until", until),
    )

    def finished(row: Row) -> Row:
        if not row["subject"]:
            notice_id, kind = int(str(row["id"])), NoticeKind(str(row["kind"]))
            row["subject"] = subject_of(letters.notice(reader, notice_id, kind))
        return row

    return Listing(
        reader,
        THINGS["notice"],
        f"{_NOTICES} {condition}",
        values,
        order_by="id",
        limit=limit,
        finish=finished,
        finishes=frozenset(("subject",)),
    )


def show(reader: Reader, subject_of: SubjectOf, notice_id: int) -> Row:
    """One notice, with the text that was kept of it, if any; NoticeNotFoundError.

    Of the documents that go with it the size is known of those that were made for it.
    """
    found = list(listing(reader, subject_of, notice_id=notice_id).dicts())
    if not found:
        from mailctl.store.restorations import loss_of_id

        raise NoticeNotFoundError(str(notice_id), lost=loss_of_id(reader, "notice", notice_id))
    row = {key.name: found[0].get(key.name) for key in THINGS["notice"].keys}
    row["attachments"] = [_attachment(reader, file) for file in attached(reader, notice_id)]
    return row


def _attachment(reader: Reader, file: DocumentFile) -> dict[str, object]:
    content = document_files.kept(reader, file.invoice_id, file.format)
    return {
        "invoice": file.number,
        "name": file.name,
        "format": file.format.value,
        "bytes": None if content is None else len(content),
    }
