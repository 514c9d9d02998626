"""What the books say, what was asked of the mail server, and whether that was done."""

from __future__ import annotations

import pytest

from tests.helpers import Cli
from tests.insight.advised import play

STORY = """
init --clock 2026-01-10
customer add acme --name Acme --email it@acme.example
platform add acme-hx --customer acme --offer hosted-exchange
account order acme-hx ann@acme.example -y
task done 1
tick --to 2026-01-18
task done 2
tick --to 2026-01-20
prepaid credit acme 50
"""


@pytest.fixture
def paid(cli: Cli) -> Cli:
    """A mailbox that was suspended for debt and paid: the mail server is to reopen it, task 3."""
    play(cli, STORY)
    return cli


def task_sentences(cli: Cli) -> list[tuple[str, str]]:
    """What an explanation says of the mail server, and of the books from the payment on."""
    found = cli.ok("account", "explain", "1")["sentences"]
    return [
        (one["on"], one["text"])
        for one in found
        if one["kind"] == "task" or one["text"].startswith("Active again")
    ]


ASKED = "The mail server was asked to {} (task {}); that was recorded as done on {}."
MADE = ("2026-01-10", ASKED.format("make its mailbox", 1, "2026-01-10"))
SUSPENDED = ("2026-01-18", ASKED.format("suspend it", 2, "2026-01-18"))


def test_active_in_the_books_is_not_reopened_on_the_mail_server(paid: Cli) -> None:
    """The books, what was asked, what was recorded, and why it failed, with the way on."""
    made, suspended, active, reopened = task_sentences(paid)
    assert (made, suspended) == (MADE, SUSPENDED)
    assert active[1].startswith("Active again in the books: ")
    assert reopened == (
        "2026-01-20",
        "The mail server was asked to reopen it (task 3); that is not recorded as done yet.",
    )
    play(paid, "tick --to 2026-01-22\ntask fail 3 --reason 'no such mailbox'")
    assert task_sentences(paid)[-1] == (
        "2026-01-20",
        ASKED.format("reopen it", 3, "2026-01-22").replace("done", "failed").removesuffix(".")
        + ": no such mailbox. Once it is done: mailctl task done 3",
    )
    play(paid, "tick --to 2026-01-23\ntask done 3")
    assert task_sentences(paid)[-1] == ("2026-01-20", ASKED.format("reopen it", 3, "2026-01-23"))


def test_an_account_shows_what_the_mail_server_has_not_done(paid: Cli) -> None:
    """Each task that is open or failed, and the newest, with the reason; done ones make room."""
    play(paid, "task fail 3 --reason 'no such mailbox'\naccount rename 1 anna@acme.example")
    shown = paid.ok("account", "show", "1")
    assert shown["state"] == "active"
    keys = ("id", "kind", "on", "status", "tries", "reason")
    assert [tuple(task[key] for key in keys) for task in shown["tasks"]] == [
        (3, "reopen", "2026-01-20", "failed", 1, "no such mailbox"),
        (4, "rename", "2026-01-20", "todo", 0, None),
    ]
    play(paid, "task done 3\ntask done 4")
    assert [task["id"] for task in paid.ok("account", "show", "1")["tasks"]] == [4]


def test_a_task_that_failed_is_advised_of_and_counted(paid: Cli) -> None:
    """`advise` names it with its reason, `status` counts it."""
    play(paid, "task fail 3 --reason 'no such mailbox'")
    (found,) = [one for one in paid.ok("advise")["items"] if one["code"] == "task-failed"]
    assert found["message"] == (
        "The mail server could not reopen ann@acme.example (no such mailbox). Once it is done:"
    )
    assert found["command"] == "mailctl task done 3"
    assert paid.ok("status")["tasks_failed"] == 1
