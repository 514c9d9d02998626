"""Notices as an administrator reads them: what was sent, or what would be sent now (rules 12)."""

from __future__ import annotations

from mailctl.notices.letter import compose, subject
from mailctl.store.engine.listing import Row
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import notice_validity, outbox
from mailctl.store.queries.letters import Notice
from mailctl.texts.translations import translation


def show(reader: Reader, notice_id: int, *, with_html: bool = True) -> Row:
    """One notice with its letter; NoticeNotFoundError.

    Of what was sent the text is kept, without the token and without the HTML. What is not sent yet
    is written as it would be now, with the token.
    """
    found = outbox.show(reader, subject_of(reader), notice_id)
    if found["body"] is not None:
        return found
    letter = compose(reader, notice_id, with_html=with_html)
    return {**found, "body": letter.text, "html": letter.page}


def is_outdated(reader: Reader, notice: Row) -> bool:
    """Whether a waiting notice will not be sent: what it announces is past, or will not happen."""
    return notice["state"] == "queued" and notice_validity.is_outdated(
        reader, int(str(notice["id"]))
    )


def subject_of(reader: Reader) -> outbox.SubjectOf:
    """What gives a notice that has not been sent its subject."""

    def subject_text(notice: Notice) -> str:
        return subject(notice, translation(notice.language), reader.info.currency)

    return subject_text
