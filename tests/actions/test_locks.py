"""Accounts that an administrator locks: one state of the mailbox, whatever the books do (rules 16).

Of the busy host's accounts anna (1) and hugo (3) are active, otto (5) is suspended for its expiry,
lea (10) for debt, 2 is blank and dora (8) deleted.
"""

from __future__ import annotations

import random
from shlex import split

import pytest

from tests.helpers import Cli


@pytest.fixture
def since(busy: Cli) -> int:
    """The last task before a test."""
    return int(busy.ok("task", "list")["items"][-1]["id"])


def asked(cli: Cli, since: int) -> list[tuple[int, str]]:
    """What the mail server is asked for since then: the account and the kind."""
    items = cli.ok("task", "list")["items"]
    return [(item["account"], item["kind"]) for item in items if item["id"] > since]


def assert_whole(cli: Cli) -> None:
    """The checks find nothing: what is asked last is the wanted state of every mailbox."""
    found = [row for row in cli.ok("store", "check")["items"] if not row["ok"]]
    assert found == []


def test_a_lock_asks_to_suspend_the_mailbox_and_unlocking_to_reopen_it(
    busy: Cli, since: int
) -> None:
    """The account stays active: it is billed, and nothing of it is due earlier or later."""
    before = busy.ok("account", "show", "1")
    locked = busy.ok("account", "lock", "anna@acme.example", "--reason", "stolen password")
    assert (locked["locked_on"], locked["lock_reason"]) == ("2026-02-05", "stolen password")
    assert asked(busy, since) == [(1, "suspend")]
    for key in ("state", "next_event", "next_on", "expires_on", "billing"):
        assert locked[key] == before[key]
    assert_whole(busy)
    unlocked = busy.ok("account", "unlock", "1")
    assert (unlocked["locked_on"], unlocked["lock_reason"]) == (None, None)
    assert asked(busy, since) == [(1, "suspend"), (1, "reopen")]
    assert_whole(busy)


def test_a_repeat_changes_nothing(busy: Cli, since: int) -> None:
    """The first lock's day and reason stay; what is not locked is not unlocked."""
    busy.ok("account", "lock", "1", "--reason", "first")
    again = busy.ok("account", "lock", "1", "--reason", "second")
    assert (again["changed"], again["lock_reason"]) == (False, "first")
    assert asked(busy, since) == [(1, "suspend")]
    assert not busy.ok("account", "unlock", "3")["changed"]
    assert asked(busy, since) == [(1, "suspend")]


@pytest.mark.parametrize(
    ("account", "code"),
    [("2", "not-configured"), ("8", "not-active"), ("99", "account-not-found")],
)
def test_only_a_mailbox_can_be_locked(busy: Cli, account: str, code: str) -> None:
    """A blank account has none, a deleted one has none any more."""
    for words in (("lock", account, "--reason", "x"), ("unlock", account)):
        refused = busy("account", *words, "-o", "json")
        assert refused.error()["code"] == code


def test_a_lock_has_a_reason(busy: Cli) -> None:
    """An empty one is none."""
    assert busy("account", "lock", "1", "--reason", " ", "-o", "json").error()["code"] == "usage"


def test_a_locked_account_that_is_suspended_is_not_asked_for_again(busy: Cli, since: int) -> None:
    """Nor does a payment reopen it: only what remains last keeps it closed."""
    busy.ok("account", "lock", "10", "--reason", "spam")
    assert asked(busy, since) == []
    busy.ok("prepaid", "credit", "late", "100")
    assert busy.ok("account", "show", "10")["state"] == "active"
    assert asked(busy, since) == []
    assert_whole(busy)
    busy.ok("account", "unlock", "10")
    assert asked(busy, since) == [(10, "reopen")]
    assert_whole(busy)


def test_unlocking_leaves_what_the_books_suspend(busy: Cli, since: int) -> None:
    """The person is told so."""
    busy.ok("account", "lock", "3", "--reason", "spam")
    busy.ok("account", "renew", "3", "--mode", "none", "-y")
    busy.ok("tick", "--to", "2026-03-02")
    busy("account", "unlock", "3")
    assert [kind for account, kind in asked(busy, since) if account == 3] == ["suspend"]
    assert_whole(busy)
    busy.ok("account", "reopen", "3", "-y")
    assert [kind for account, kind in asked(busy, since) if account == 3] == ["suspend", "reopen"]
    assert_whole(busy)


def test_a_reopened_account_stays_closed_while_it_is_locked(busy: Cli, since: int) -> None:
    """For its expiry as for debt."""
    busy.ok("account", "lock", "7", "--reason", "spam")
    busy.ok("account", "reopen", "7", "-y")
    assert asked(busy, since) == []
    assert_whole(busy)


def test_a_reset_takes_the_lock_with_the_mailbox(busy: Cli, since: int) -> None:
    """What is made on the account afterwards is another mailbox."""
    busy.ok("account", "lock", "1", "--reason", "spam")
    busy.ok("account", "reset", "1", "-y")
    assert busy.ok("account", "show", "1")["locked_on"] is None
    busy.ok("account", "configure", "1", "ann@acme.example")
    assert asked(busy, since) == [(1, "suspend"), (1, "wipe"), (1, "create")]
    assert_whole(busy)


def test_a_deletion_takes_the_lock(busy: Cli, since: int) -> None:
    """At once or by the books."""
    for account in ("4", "5"):
        busy.ok("account", "lock", account, "--reason", "spam")
    busy.ok("account", "delete", "4", "-y")
    busy.ok("tick", "--to", "2026-03-01")
    for account in ("4", "5"):
        assert busy.ok("account", "show", account)["locked_on"] is None
    assert [kind for account, kind in asked(busy, since) if account == 4] == ["suspend", "delete"]
    assert [kind for account, kind in asked(busy, since) if account == 5] == ["delete"]
    assert_whole(busy)


def test_a_lock_is_explained_as_such(busy: Cli) -> None:
    """Not as a suspension, and with the command that ends it."""
    busy.ok("account", "lock", "1", "--reason", "stolen password")
    said = busy("account", "explain", "1").out
    assert "locked since 2026-02-05 (stolen password)" in said.replace("\n", " ")
    assert "mailctl account unlock 1" in said
    assert "suspended for" not in said
    shown = busy("account", "show", "1").out
    assert "locked since 2026-02-05: stolen password" in shown


def test_the_reason_of_a_lock_is_personal(busy: Cli) -> None:
    """It stands in the journal until the customer is erased, and nowhere after that."""
    busy.ok("account", "lock", "10", "--reason", "Lea sends spam")
    busy.ok("prepaid", "credit", "late", "100")
    history = busy("account", "history", "10", "-o", "json").out
    assert "Lea sends spam" in history
    busy.ok("platform", "cancel", "late-pro", "-y")
    busy.ok("tick", "--to", "2026-05-01")
    busy.ok("prepaid", "refund", "late", "98.09", "--reason", "left", "-y")
    busy.ok("task", "done", "--customer", "late", "--until", "2026-05-01", "-y")
    busy.ok("customer", "close", "late", "-y")
    busy.ok("customer", "erase", "late", "--confirm", "late")
    for words in (("account", "history", "10"), ("journal", "list"), ("account", "show", "10")):
        assert "Lea sends spam" not in busy(*words, "-o", "json").out
    assert_whole(busy)


MOVES = (
    *("account lock {n} --reason x", "account lock {n} --reason x", "account unlock {n}"),
    *("account reopen {n} -y", "account reset {n} -y", "account configure {n} n{n}@acme.example"),
    *("account rename {n} r{n}@acme.example", "account renew {n} --mode none -y"),
    *("platform cancel acme-hx -y", "platform resume acme-hx -y", "platform resume acme-old -y"),
    *("prepaid credit late 10", "prepaid grace late --until 2026-04-01 --reason x"),
    *("prepaid refund acme 400 --reason x -y", "prepaid credit acme 450"),
    *("account delete {n} -y", "tick --days 5", "tick --days 9"),
)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_a_mailbox_is_closed_exactly_while_something_closes_it(
    busy: Cli, seed: int
) -> None:
    """Locks among everything else that suspends, reopens and takes away; most moves are refused."""
    lots = random.Random(seed)
    done = set()
    for _ in range(60):
        move = lots.choice(MOVES)
        if busy(*split(move.format(n=lots.randrange(1, 11)))).status == 0:
            done.add(move)
    assert len(done) > len(MOVES) / 2
    assert_whole(busy)
