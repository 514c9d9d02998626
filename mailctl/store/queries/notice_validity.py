"""What is still true of a notice that waits: what is no longer so is not sent (rules 12).

A notice keeps the facts of its day, and may be sent much later. What a later fact has made untrue,
or what another notice says better by then, ends as outdated; where only a part of it has become
untrue, the letter is about the rest.
"""

from __future__ import annotations

from mailctl.domain.notices import NoticeKind
from mailctl.errors import NoticeNotFoundError
from mailctl.store.engine.reader import Reader
from mailctl.store.notice_kinds import NOTICE_KINDS, KindRules


def accounts_still_named(reader: Reader, notice_id: int) -> tuple[int, ...]:
    """The notice's accounts that its letter is still about; of some kinds these are all of them."""
    found = reader.numbers(
        f"""
        SELECT a.id
        FROM notice n
        JOIN notice_account t ON t.notice_id = n.id
        JOIN account a ON a.id = t.account_id
        WHERE n.id = :notice AND ({_rules_of(reader, notice_id).accounts})
        ORDER BY a.id
        """,
        {"notice": notice_id},
    )
    return tuple(found)


def is_outdated(reader: Reader, notice_id: int) -> bool:
    """Whether an unsent notice says what is past, is not so any more, or will not happen.

    It is not sent then (rules 12).
    """
    outdated = _rules_of(reader, notice_id).outdated
    return outdated is not None and reader.exists(
        f"""
        SELECT 1
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        WHERE n.id = :notice AND ({outdated})
        """,
        {"notice": notice_id},
    )


def kind_of(reader: Reader, notice_id: int) -> NoticeKind:
    """The kind of a notice; NoticeNotFoundError."""
    kind = reader.text("SELECT kind FROM notice WHERE id = :notice", {"notice": notice_id})
    if kind is None:
        from mailctl.store.restorations import loss_of_id

        raise NoticeNotFoundError(str(notice_id), lost=loss_of_id(reader, "notice", notice_id))
    return NoticeKind(kind)


def _rules_of(reader: Reader, notice_id: int) -> KindRules:
    return NOTICE_KINDS[kind_of(reader, notice_id)]
