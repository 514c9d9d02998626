"""Several senders at once, and senders that are killed or told to stop: nobody is told twice."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailctl.store import notice_claims
from tests.helpers import Cli
from tests.notices.conftest import Hands
from tests.notices.post_office import HANG, TAKE_AND_HANG, PostOffice, configure
from tests.notices.test_sending import ACME, counts, kinds, notice, sent
from tests.process.running import LONGEST, ended, started
from tests.store.plain import opened


@pytest.fixture
def fifty(store: Cli, tmp_path: Path, office: PostOffice) -> Cli:
    """A store with a notice to each of fifty customers."""
    lines = "".join(f"c{each},Customer {each},it@c{each}.example\n" for each in range(50))
    (tmp_path / "customers.csv").write_text(f"id,name,email\n{lines}")
    store.ok("import", "customers", str(tmp_path / "customers.csv"))
    with opened(store.store) as base:
        base.execute(
            "INSERT INTO notice (customer_id, kind, queued_on) "
            "SELECT id, 'debt-settled', '2026-01-01' FROM customer"
        )
    configure(store, office.port)
    return store


@pytest.mark.parametrize("senders", [2, 4])
def test_senders_at_once_share_the_work(fifty: Cli, office: PostOffice, senders: int) -> None:
    """Each of fifty notices is sent by one of them, once."""
    office.seconds = 0.03
    processes = [started(fifty, "notice", "send") for _ in range(senders)]
    outcomes = [ended(process) for process in processes]
    assert [(outcome.status, outcome.err) for outcome in outcomes] == [(0, "")] * senders
    assert (len(office.taken), set(office.ids().values())) == (50, {1})
    assert len(office.peers) == senders
    assert fifty("journal", "verify").status == 0
    assert sent(fifty) == counts()


def test_a_sender_killed_before_it_could_record_repeats_that_one(
    queue: Cli, office: PostOffice, hands: Hands
) -> None:
    """The server had taken it: after the claim has lapsed it comes again, as the same message."""
    configure(queue, office.port)
    office.data[ACME] = ["250 OK", TAKE_AND_HANG]
    process = started(queue, "notice", "send")
    assert office.hanging.wait(LONGEST)
    process.kill()
    assert ended(process).status == -signal.SIGKILL
    claimed = datetime.now(UTC)
    assert notice(queue, 1)["state"] == "sent"
    assert (notice(queue, 2)["state"], notice(queue, 2)["tries"]) == ("queued", 1)

    hands.now = claimed + timedelta(minutes=14)
    assert sent(queue) == counts(sent=1, left=2)
    hands.now = claimed + timedelta(minutes=15)
    assert sent(queue) == counts(sent=2)
    assert sorted(office.ids().values()) == [1, 1, 1, 2]
    assert [mail.message_id.partition(".")[0] for mail in office.taken] == [
        "<notice-1", "<notice-2", "<notice-3", "<notice-2", "<notice-4",
    ]  # fmt: skip


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_sender_that_is_stopped_in_mid_message_leaves_it_for_later(
    queue: Cli, office: PostOffice, number: signal.Signals, status: int
) -> None:
    """Whether the server has it is not known; what was sent before is recorded and told."""
    configure(queue, office.port)
    office.data[ACME] = ["250 OK", TAKE_AND_HANG]
    process = started(queue, "notice", "send")
    assert office.hanging.wait(LONGEST)
    process.send_signal(number)
    outcome = ended(process)
    assert (outcome.status, outcome.out[:14]) == (status, "Sent 1 notice;")
    shown = notice(queue, 2)
    assert (shown["tries"], shown["last_error"]) == (1, "interrupted while the mail server had it")
    assert shown["next_try_at"] is not None
    assert kinds(queue) == ["tried", "sent", "tried", "delayed"]


def test_a_sender_that_is_stopped_before_a_message_gives_it_back(
    queue: Cli, office: PostOffice
) -> None:
    """No try is counted, and the next sending does not wait."""
    configure(queue, office.port)
    office.rcpt[ACME] = [HANG]
    process = started(queue, "notice", "send")
    assert office.hanging.wait(LONGEST)
    process.terminate()
    outcome = ended(process)
    assert (outcome.status, outcome.out) == (143, "")
    shown = notice(queue, 1)
    assert (shown["tries"], shown["last_error"], shown["next_try_at"]) == (0, None, None)
    assert sent(queue) == counts(sent=4)
    assert set(office.ids().values()) == {1}


def test_a_sender_told_to_stop_while_it_records_records_first(
    post: Cli, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail that went out is never forgotten for a signal."""
    original = notice_claims.record_sent

    def told_to_stop(*given: Any, **more: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        original(*given, **more)

    monkeypatch.setattr(notice_claims, "record_sent", told_to_stop)
    outcome = post("notice", "send")
    monkeypatch.undo()
    assert (outcome.status, outcome.out) == (143, "Sent 1 notice; 3 are left.\n")
    assert [notice(post, each)["state"] for each in (1, 2, 3, 4)] == ["sent"] + ["queued"] * 3
    assert len(office.taken) == 1
