"""Mail goes out days or weeks late; whoever reads it reads what is so on that day.

Each letter of each life is read against the store as of its sending; see `reading.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailctl.domain.notices import NoticeKind
from tests.lives.many import how_many
from tests.notices.late_lives import LateLife
from tests.notices.post_office import Delivered, PostOffice, open_office
from tests.notices.reading import Reading
from tests.store.plain import opened

MOVES = 35


@pytest.fixture(scope="module")
def late_office() -> Iterator[PostOffice]:
    """A mail server for all lives."""
    with open_office() as office:
        yield office


def test_nothing_is_sent_that_is_not_so_any_more(late_office: PostOffice, tmp_path: Path) -> None:
    """In French, German and English, whatever happened between its cause and its sending."""
    read = Counter[str]()
    for seed in range(how_many(6)):
        life = LateLife(tmp_path / f"{seed}.db", seed, late_office.port)
        for _ in range(MOVES):
            life.move()
            read += check(life, late_office)
        life.do_send()
        read += check(life, late_office)
    assert len(read) > len(NoticeKind) / 2


def check(life: LateLife, office: PostOffice) -> Counter[str]:
    """Read what has just come; gives which kinds that was."""
    read = Counter[str]()
    with opened(life.cli.store) as base:
        for mail in office.taken:
            letter = Reading(base, number_of(mail), str(mail.message["Subject"]), text_of(mail))
            read[letter.kind] += 1
            faults = list(letter.wrong())
            assert faults == [], "\n".join(
                [*life.said, f"{letter.kind} on {letter.facts['today']}", letter.text, *faults]
            )
        if office.taken:
            untold = base.execute(UNTOLD).fetchall()
            assert untold == [], "\n".join([*life.said, f"suspended and untold: {untold}"])
    office.taken.clear()
    return read


UNTOLD = """
SELECT a.id FROM account a WHERE a.state = 'suspended' AND NOT EXISTS (
    SELECT 1 FROM notice_account t JOIN notice n ON n.id = t.notice_id
    WHERE t.account_id = a.id AND n.kind = 'accounts-suspended' AND n.sent_at IS NOT NULL
    AND n.queued_on = a.suspended_on
)
"""


def number_of(mail: Delivered) -> int:
    """The id of the notice, which its Message-ID has."""
    return int(mail.message_id.partition(".")[0].removeprefix("<notice-"))


def text_of(mail: Delivered) -> str:
    """The plain text of a mail."""
    body = mail.message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
