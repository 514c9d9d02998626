"""What becomes of tasks that a driver answers, refuses, puts off or does not answer (rules 16)."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal
from tests.drivers.conftest import addresses, does, ran, task, tasks
from tests.drivers.server import MailServer
from tests.helpers import Cli, contents
from tests.notices.conftest import Hands
from tests.store.plain import opened


@pytest.fixture
def two(host: Cli) -> Cli:
    """Two mailboxes to be made."""
    does(host, "account order acme-pro anna@acme.example otto@acme.example")
    return host


def test_a_task_that_is_put_off_is_tried_again_after_growing_delays(
    two: Cli, mail: MailServer, hands: Hands
) -> None:
    """The command says when, and counts each try."""
    mail.will(task_1=["later"] * 7)
    said = two("task", "run")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Did 1 task; 1 is tried again, the first at ")
    waits = []
    for minutes in (1, 5, 30, 120, 360, 360):
        at = datetime.fromisoformat(task(two, 1)["next_try_at"])
        waits.append(round((at - hands.now).total_seconds() / 60))
        assert waits[-1] == minutes
        hands.go_on(minutes=minutes, seconds=-1)
        assert ran(two) == {"left": 1}
        hands.go_on(seconds=1)
        assert ran(two) == {"delayed": 1, "left": 1}
    assert (task(two, 1)["tries"], task(two, 1)["reason"]) == (7, "because it was told to")
    assert [one["attempt"] for one in mail.asked if one["id"] == 1] == [1, 2, 3, 4, 5, 6, 7]
    hands.go_on(days=1)
    assert ran(two) == {"done": 1}
    assert (task(two, 1)["reason"], task(two, 1)["next_try_at"]) == (None, None)


def test_what_fails_is_told_with_its_reason_and_the_run_ends_with_status_1(
    two: Cli, mail: MailServer
) -> None:
    """The others are done."""
    mail.has({"1": {"address": "x@x.example", "state": "active"}})
    said = two("task", "run")
    assert (said.status, said.err) == (1, "")
    reasons = "mailctl task list --status failed --fields id,address,kind,reason"
    assert said.out == f"Did 1 task; 1 failed ({reasons}).\n"
    assert task(two, 1)["reason"] == "a mailbox 1 is there already"
    history = two.ok("account", "history", "1")["items"][-1]
    assert (history["kind"], history["details"]["kind"]) == ("task-failed", "create")
    assert two("task", "run").status == 0
    later = on_terminal(two.store, "task", "run", columns=200)
    assert later.out == f"No task is to be done. 1 failed before ({reasons}).\n"


def test_a_mailbox_that_was_there_is_not_taken_over_when_its_creation_is_tried_again(
    two: Cli, mail: MailServer
) -> None:
    """The try that was refused made nothing: the next is a first one again."""
    theirs = {"address": "anna@acme.example", "state": "active", "mail": ["not yours"]}
    mail.has({"1": theirs})
    assert ran(two) == {"done": 1, "failed": 1}
    assert ran(two, "--retry") == {"failed": 1}
    assert mail.mailboxes["1"] == theirs


@pytest.mark.parametrize("kind", ["wipe", "delete"])
def test_what_is_gone_already_is_as_good_as_removed(host: Cli, mail: MailServer, kind: str) -> None:
    """Its absence is what was wanted."""
    where, verb = ("acme-pro", "reset") if kind == "wipe" else ("acme-priv", "delete")
    does(host, f"account order {where} anna@acme.example")
    ran(host)
    mail.has({})
    does(host, f"account {verb} 1")
    assert ran(host) == {"done": 1}


def test_a_mailbox_that_is_missing_for_anything_else_is_a_failure(
    host: Cli, mail: MailServer
) -> None:
    """The reason names the mailbox."""
    does(host, "account order acme-pro anna@acme.example")
    ran(host)
    mail.has({})
    does(host, "account rename 1 anne@acme.example")
    assert ran(host) == {"failed": 1}
    assert task(host, 2)["reason"] == "the mail server has no mailbox 1"


def test_a_kind_that_the_driver_does_not_offer_fails_without_being_asked(
    host: Cli, mail: MailServer
) -> None:
    """It holds the account until a person acts."""
    does(host, "account order acme-pro anna@acme.example", "account rename 1 anne@acme.example")
    mail.can("create")
    assert ran(host) == {"done": 1, "failed": 1}
    assert (task(host, 2)["reason"], task(host, 2)["tries"]) == (
        "the driver does not offer rename",
        0,
    )
    assert mail.told == [("create", "1")]


@pytest.mark.parametrize("order", ["rubbish", "die-before", "die-after"])
def test_a_driver_that_does_not_answer_ends_the_run(
    two: Cli, mail: MailServer, order: str, hands: Hands
) -> None:
    """Nothing counts as done without an answer; it is tried again, and what was done is told."""
    mail.will(task_2=[order])
    said = two("task", "run", "-o", "json")
    assert said.status == 1
    assert said.error()["code"] == "driver-failed"
    assert "driver check" in said.error()["hint"]
    if order == "rubbish":
        assert "What?" in said.error()["message"]
    assert (said.json()["done"], said.json()["delayed"]) == (1, 1)
    assert tasks(two) == {1: "done", 2: "todo"}
    hands.go_on(minutes=2)
    assert ran(two) == {"done": 1}
    assert len(mail.mailboxes) == 2


def test_a_task_that_takes_too_long_is_tried_again_and_the_others_are_done(
    two: Cli, mail: MailServer
) -> None:
    """A new process of the driver goes on; the exit status says that something was wrong."""
    two.ok("settings", "set", "driver-timeout", "1")
    mail.will(task_1=["hang"])
    said = two("task", "run")
    assert said.status == 1
    assert "did not answer in time for 1 task" in said.err
    assert tasks(two) == {1: "todo", 2: "done"}
    assert "1 second" in task(two, 1)["reason"]


def test_a_driver_that_never_answers_in_time_ends_the_run(host: Cli, mail: MailServer) -> None:
    """After three tasks in a row."""
    does(host, "account order acme-pro a@a.example b@a.example c@a.example d@a.example")
    host.ok("settings", "set", "driver-timeout", "1")
    mail.will(create=["hang"] * 4)
    said = host("task", "run", "-o", "json")
    assert (said.status, said.error()["code"]) == (1, "driver-timeout")
    assert said.json()["delayed"] == 3
    assert [one["tries"] for one in host.ok("task", "list")["items"]] == [1, 1, 1, 0]


def test_a_driver_that_cannot_be_started_costs_no_task_a_try(two: Cli, mail: MailServer) -> None:
    """Nothing was claimed."""
    (mail.folder / "driver").write_text("#!/bin/sh\necho hello\n")
    said = two("task", "run", "-o", "json")
    assert (said.status, said.error()["code"]) == (1, "driver-failed")
    assert [one["tries"] for one in two.ok("task", "list")["items"]] == [0, 0]


def test_without_a_driver_the_command_that_helps_is_named(store: Cli) -> None:
    """A person does the tasks."""
    said = store("task", "run", "-o", "json")
    assert (said.status, said.error()["code"]) == (1, "no-driver")
    assert "settings set driver" in said.error()["hint"]


def test_another_driver_is_named_for_one_run(two: Cli, mail: MailServer, tmp_path: Path) -> None:
    """The setting stays."""
    other = MailServer.made(tmp_path / "other")
    assert ran(two, "--driver", other.driver) == {"done": 2}
    assert (len(other.mailboxes), mail.mailboxes) == (2, {})
    assert task(two, 1)["driver"] == other.driver
    assert two("task", "run", "--driver", "here/driver").status == 2


def test_a_limit_counts_what_is_given_to_the_driver(two: Cli) -> None:
    """The rest is left."""
    assert ran(two, "--limit", "1") == {"done": 1, "left": 1}
    assert ran(two, "--limit", "1") == {"done": 1}


def test_a_dry_run_changes_nothing_and_says_what_the_driver_would_answer(
    two: Cli, mail: MailServer
) -> None:
    """Neither here nor on the server."""
    does(two, "account rename 1 anne@acme.example")
    mail.has({"2": {"address": "x@x.example", "state": "active"}})
    before, there = contents(two.store), mail.mailboxes
    said = two("task", "run", "--dry-run", "-o", "json")
    assert (said.status, contents(two.store), mail.mailboxes) == (1, before, there)
    assert (said.json()["done"], said.json()["failed"], said.json()["dry_run"]) == (2, 1, True)
    assert "a mailbox 2 is there already" in said.err
    assert mail.asked == []


def test_tasks_are_listed_with_their_tries_driver_and_next_try(two: Cli, mail: MailServer) -> None:
    """Those skipped too."""
    mail.will(task_1=["later"])
    ran(two)
    shown = json.loads(two("task", "list", "--todo", "-o", "json").out)["items"][0]
    assert (shown["tries"], shown["driver"]) == (1, mail.driver)
    assert shown["next_try_at"].endswith("Z")
    assert f"todo, try 2 at {shown['next_try_at'][:10]}" in two("task", "list", "-o", "table").out
    assert two.ok("task", "list", "--status", "skipped")["items"] == []
    assert two.ok("task", "list", "--kind", "password")["items"] == []


def test_a_task_is_not_recorded_by_hand_while_somebody_does_it(two: Cli, hands: Hands) -> None:
    """Once the claim has lapsed it may be; then it has no driver and no next try."""
    until = hands.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    hands.go_on(minutes=-1)
    with opened(two.store) as base:
        base.execute("UPDATE task SET claimed_until = :until WHERE id = 1", {"until": until})
    for words in (("done", "1"), ("fail", "1", "--reason", "x"), ("done", "--until", "2026-01-01")):
        said = two("task", *words, "-y", "-o", "json")
        assert (said.status, said.error()["code"]) == (1, "task-not-todo")
    assert ran(two) == {"done": 1, "left": 1}
    hands.go_on(minutes=1)
    does(two, "task done 1")
    assert (task(two, 1)["status"], task(two, 1)["driver"]) == ("done", None)
    assert two("task", "done", "1").status == 0


def test_a_host_that_is_checked_after_all_this_is_whole(two: Cli, mail: MailServer) -> None:
    """The books agree with themselves, and the journal is chained."""
    mail.will(task_1=["later"])
    ran(two)
    does(two, "account reset 2")
    ran(two, "--retry")
    assert (two("store", "check").status, two("journal", "verify").status) == (0, 0)
    assert addresses(mail) == {"1": ("anna@acme.example", "active")}
