"""Notices, read: what customers are told, and whether it has been sent (SPEC 12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mailctl.contract import THINGS
from mailctl.errors import NoticeNotFoundError
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.letters import FROM_HEAD, HEAD, Head, head_of

SubjectOf = Callable[[Head], str]
"""Writes the subject of a notice that was not sent; sent ones have theirs kept."""

_STATE = "coalesce(n.ended_for, CASE WHEN n.sent_at IS NULL THEN 'queued' ELSE 'sent' END)"

# Of an erased customer nothing is told any more than the kind.
_ITEMS = (
    f"SELECT {HEAD}, coalesce(x.recipient, CASE WHEN n.is_at_backup = 1 THEN c.backup_email END, "
    'c.email) AS "to", '
    "CASE WHEN c.state = 'erased' THEN n.kind ELSE x.subject END AS subject, "
    "CASE WHEN c.state = 'erased' THEN '' ELSE x.body END AS body, "
    "n.sent_at, n.tries, n.last_error, n.next_try_at, "
    f"{_STATE} AS state "
    f"{FROM_HEAD} WHERE "
)


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
    where: list[str] = ["1 = 1"]
    values: dict[str, object] = {"today": reader.today.isoformat()}
    if unsent:
        where.append("n.sent_at IS NULL AND n.ended_at IS NULL")
    for name, text, value in (
        ("customer", "c.slug = :customer", customer),
        ("notice_id", "n.id = :notice_id", notice_id),
        ("kind", "n.kind = :kind", kind),
        ("state", f"{_STATE} = :state", state),
        ("since", "n.queued_on >= :since", since.isoformat() if since else None),
        ("until", "n.queued_on <= :until", until.isoformat() if until else None),
    ):
        if value is not None:
            where.append(text)
            values[name] = value

    def finished(row: Row) -> Row:
        return {**row, "subject": row["subject"] or subject_of(head_of(row))}

    return Listing(
        reader,
        THINGS["notice"],
        _ITEMS + " AND ".join(where),
        values,
        order_by="id",
        limit=limit,
        finish=finished,
        finishes=frozenset(("subject",)),
    )


def show(reader: Reader, subject_of: SubjectOf, notice_id: int) -> Row:
    """One notice, with the text that was kept of it, if any; NoticeNotFoundError."""
    found = list(listing(reader, subject_of, notice_id=notice_id).dicts())
    if not found:
        raise NoticeNotFoundError(str(notice_id))
    (row,) = found
    return {key.name: row.get(key.name) for key in THINGS["notice"].keys}
