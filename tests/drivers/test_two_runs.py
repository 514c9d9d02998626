"""Several runs at once, and runs that are killed or told to stop: nothing is lost or done twice."""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from mailctl.drivers import running
from mailctl.store import task_claims
from tests.drivers.conftest import addresses, does, ran, task, tasks
from tests.drivers.server import MailServer
from tests.helpers import Cli
from tests.notices.conftest import Hands
from tests.process.running import ended, started
from tests.store.plain import opened


@pytest.mark.parametrize("runs", [2, 3])
def test_runs_at_once_share_the_work(host: Cli, mail: MailServer, runs: int) -> None:
    """Each task is done by one of them, once, and in its account's order."""
    names = [f"u{n}@acme.example" for n in range(30)]
    does(host, f"account order acme-pro {' '.join(names)}")
    for n in range(1, 11):
        does(host, f"account rename {n} v{n}@acme.example")
    mail.will(create=["slow", "again"], rename=["slow", "again"])
    processes = [started(host, "task", "run", "-o", "json") for _ in range(runs)]
    outcomes = [ended(process) for process in processes]
    assert [(outcome.status, outcome.err) for outcome in outcomes] == [(0, "")] * runs
    asked = Counter((one["kind"], one["mailbox"]) for one in mail.asked)
    assert (len(asked), set(asked.values())) == (40, {1})
    assert sum(outcome.json()["done"] for outcome in outcomes) == 40
    assert set(tasks(host).values()) == {"done"}
    order = [one["kind"] for one in mail.asked if one["mailbox"] == "1"]
    assert order == ["create", "rename"]
    assert host("journal", "verify").status == 0


@pytest.mark.parametrize("order", ["kill-before", "kill-after", "answer-and-kill"])
@pytest.mark.parametrize("victim", [1, 2, 3])
def test_a_run_that_is_killed_repeats_at_most_the_one_task_that_it_had(
    host: Cli, mail: MailServer, hands: Hands, order: str, victim: int
) -> None:
    """Before the act, after it, or before it was recorded; then the server has what it should."""
    does(
        host,
        "account order acme-pro anna@acme.example otto@acme.example",
        "account rename 1 anne@acme.example",
    )
    mail.will(**{f"task_{victim}": [order]})
    process = started(host, "task", "run")
    assert ended(process).status == -signal.SIGKILL
    assert task(host, victim)["tries"] == 1
    done = list(tasks(host).values()).count("done")
    assert done in (victim - 1, victim)
    ran(host)
    assert ran(host) in ({"left": 1}, {"left": 2}, {})
    hands.go_on(minutes=7)
    ran(host)
    assert set(tasks(host).values()) == {"done"}
    assert addresses(mail) == {
        "1": ("anne@acme.example", "active"),
        "2": ("otto@acme.example", "active"),
    }
    times = Counter(one["id"] for one in mail.asked)
    # An answer may be recorded in the moment before the kill.
    again = 1 if done == victim else 2
    assert all(count == (again if id == victim else 1) for id, count in times.items())


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_told_to_stop_leaves_the_task_that_it_had_for_the_next(
    host: Cli, mail: MailServer, number: signal.Signals, status: int
) -> None:
    """Whether it was done is not known; what was done before is recorded and told."""
    does(host, "account order acme-pro anna@acme.example otto@acme.example")
    mail.will(task_2=[f"signal-{int(number)}"])
    outcome = ended(started(host, "task", "run"))
    assert (outcome.status, outcome.out[:11]) == (status, "Did 1 task;")
    shown = task(host, 2)
    assert (shown["status"], shown["tries"]) == ("todo", 1)
    assert shown["reason"] == "interrupted while the driver had it"
    assert ran(host) == {"done": 1}


def test_a_run_that_is_told_to_stop_while_it_records_records_first(
    host: Cli, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the task that it has claimed meanwhile is given back: no try is counted."""
    does(host, "account order acme-pro anna@acme.example otto@acme.example")
    original = task_claims.record_done

    def told_to_stop(*given: Any, **more: Any) -> bool:
        os.kill(os.getpid(), signal.SIGTERM)
        return original(*given, **more)

    monkeypatch.setattr(task_claims, "record_done", told_to_stop)
    outcome = host("task", "run")
    assert (outcome.status, outcome.out[:11]) == (143, "Did 1 task;")
    assert tasks(host) == {1: "done", 2: "todo"}
    assert (task(host, 2)["tries"], mail.told) == (0, [("create", "1")])
    monkeypatch.setattr(task_claims, "record_done", original)
    assert ran(host) == {"done": 1}


def test_what_another_run_has_set_free_meanwhile_is_done_too(
    host: Cli, mail: MailServer, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that has passed it comes back to it before it ends."""
    does(
        host,
        "account order acme-pro anna@acme.example",
        "account rename 1 anne@acme.example",
        "account order acme-pro otto@acme.example",
    )
    mail.has({"1": {"address": "anna@acme.example", "state": "active"}})
    until = (hands.now + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    original = running.asked

    def meanwhile(*given: Any) -> Any:
        with opened(host.store) as base:
            base.execute("UPDATE task SET status = 'done', claimed_until = NULL WHERE id = 1")
        return original(*given)

    with opened(host.store) as base:
        base.execute("UPDATE task SET claimed_until = :until WHERE id = 1", {"until": until})
    monkeypatch.setattr(running, "asked", meanwhile)
    assert ran(host) == {"done": 2}
    assert mail.told == [("create", "2"), ("rename", "1")]
