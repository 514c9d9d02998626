"""Notices over a store that stays open, on a disk that fails: what is recorded was sent, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.faulty import KILLED, calls, spread
from tests.faults.forked import injected
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.notices.post_office import PostOffice, configure, open_office
from tests.store.plain import rows, twin

POINTS = how_many(6)
SEND = ("notice", "send", "-o", "json")


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server that takes everything."""
    with open_office() as found:
        yield found


@pytest.fixture
def waiting(busy: Cli, office: PostOffice) -> Cli:
    """The busy host, with letters to be sent."""
    configure(busy, office.port)
    return busy


def assert_recorded_truly(cli: Cli, office: PostOffice) -> int:
    """What is recorded was sent; of what was sent, one letter at most is not recorded."""
    sent = rows(cli.store, "SELECT message_id FROM notice WHERE sent_at IS NOT NULL ORDER BY id")
    taken = [mail.message_id.strip("<>") for mail in office.taken]
    assert len(taken) == len(set(taken))
    recorded = [str(message_id).strip("<>") for (message_id,) in sent]
    assert taken[: len(recorded)] == recorded
    assert len(taken) - len(recorded) <= 1
    assert cli("journal", "verify").status == 0
    assert cli("store", "check").status == 0
    return len(recorded)


@pytest.mark.files_only("its writes are counted")
def test_a_sender_killed_at_any_write_has_recorded_what_it_sent(
    waiting: Cli, office: PostOffice
) -> None:
    """All but the letter at which it was killed; the log is read by whoever comes next."""
    whole = twin(waiting, "whole")
    count = calls(whole, "pwrite64", *SEND)
    letters = assert_recorded_truly(whole, office)
    found = set()
    for number in spread(count, POINTS):
        victim = twin(waiting, f"killed-{number}")
        office.taken.clear()
        assert injected(victim, f"pwrite64:signal=KILL:when={number}", SEND).status == KILLED
        found.add(assert_recorded_truly(victim, office))
    assert letters > 3
    assert len(found) > 2


@pytest.mark.files_only("its disk is full")
def test_a_sender_stops_where_the_disk_is_full_and_goes_on_afterwards(
    waiting: Cli, office: PostOffice
) -> None:
    """A letter whose sending cannot be recorded is the last one, and the sentence names it."""
    whole = twin(waiting, "whole")
    count = calls(whole, "pwrite64", *SEND)
    letters = assert_recorded_truly(whole, office)
    for number in spread(count, POINTS):
        victim = twin(waiting, f"full-{number}")
        office.taken.clear()
        outcome = injected(victim, f"pwrite64:error=ENOSPC:when={number}+", SEND)
        recorded = assert_recorded_truly(victim, office)
        if outcome.status:
            assert (outcome.status, outcome.error()["code"]) == (74, "disk-failed")
        lost = len(office.taken) - recorded
        assert ("but that is not recorded" in outcome.err) == bool(lost)
        office.taken.clear()
        # The rest goes out, but for what waits behind a letter that is still claimed.
        left = victim.ok(*SEND[:2])
        assert left["sent"] > 0 or recorded + lost == letters
        assert bool(left["left"]) == bool(lost)
