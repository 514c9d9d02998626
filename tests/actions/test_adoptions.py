"""Mailboxes that were there before the driver: whose each is, as a file says (rules 16).

Of the busy host's accounts anna (1), hugo (3), pia (4) and ben (6) are active, otto (5) is
suspended for its expiry, lea (10) for debt, 2 is blank and dora (8) deleted. No driver is set: the
tasks of all of them are still to be done.
"""

from __future__ import annotations

from pathlib import Path
from shlex import split
from typing import Any

import pytest

from tests.drivers.toy import toy_driver
from tests.helpers import Cli, Outcome
from tests.store.plain import opened


@pytest.fixture
def done(busy: Cli) -> Cli:
    """The busy host, whose tasks a person has done."""
    busy.ok("task", "done", "--until", "2026-02-05", "-y")
    return busy


def adopt(cli: Cli, *lines: str) -> Any:
    """Adopt what some lines say, below the header."""
    return cli.ok("driver", "adopt", "--from", "-", "-y", stdin=text(*lines))


def refused(cli: Cli, *lines: str) -> Outcome:
    """The same, which must be refused; nothing is kept of it."""
    before = names(cli)
    outcome = cli("driver", "adopt", "--from", "-", "-y", "--json", stdin=text(*lines))
    assert outcome.status != 0
    assert names(cli) == before
    return outcome


def text(*lines: str) -> str:
    """A file of these lines."""
    return "\n".join(("account,mailbox", *lines, ""))


def names(cli: Cli) -> dict[int, str]:
    """What the driver calls the mailboxes of accounts."""
    with opened(cli.store) as db:
        return dict(db.execute("SELECT account_id, name FROM mailbox").fetchall())


def asked(cli: Cli, account: int) -> list[tuple[str, str]]:
    """The kind and status of every task of an account."""
    items = cli.ok("task", "list")["items"]
    return [(item["kind"], item["status"]) for item in items if item["account"] == account]


def assert_whole(cli: Cli) -> None:
    """The checks find nothing."""
    assert [row for row in cli.ok("store", "check")["items"] if not row["ok"]] == []


def test_a_file_says_whose_the_mailboxes_are(done: Cli) -> None:
    """By id or address; nothing is asked of the mail server."""
    before = done.ok("task", "list")["items"]
    got = adopt(done, "anna@acme.example,anna@old.example", "3,vol 1/hugo")
    assert [item["mailbox"] for item in got["items"]] == ["anna@old.example", "vol 1/hugo"]
    assert got["changed"] is True
    assert names(done) == {1: "anna@old.example", 3: "vol 1/hugo"}
    assert done.ok("task", "list")["items"] == before
    assert_whole(done)


def test_an_empty_mailbox_is_to_be_made(done: Cli) -> None:
    """It is called by the account's id; that of a suspended account is suspended at once."""
    got = adopt(done, "1,", "5,")
    assert [(item["mailbox"], item["to_make"]) for item in got["items"]] == [
        ("1", True),
        ("5", True),
    ]
    assert asked(done, 1)[-1:] == [("create", "todo")]
    assert asked(done, 5)[-2:] == [("create", "todo"), ("suspend", "todo")]
    assert_whole(done)


def test_a_locked_account_without_a_mailbox_gets_one_that_is_suspended(done: Cli) -> None:
    """It has one wanted state."""
    done.ok("account", "lock", "1", "--reason", "spam")
    done.ok("task", "done", "--until", "2026-02-05", "-y")
    adopt(done, "1,")
    assert asked(done, 1)[-2:] == [("create", "todo"), ("suspend", "todo")]
    assert_whole(done)


def test_a_name_that_is_taken_is_not_given_again(done: Cli) -> None:
    """Even where a mailbox is called like another account's id."""
    adopt(done, "3,1", "1,")
    assert names(done) == {3: "1", 1: "account-1"}


def test_no_order_meets_a_name_that_was_adopted(done: Cli, tmp_path: Path) -> None:
    """What an account would be called whose id is taken can be adopted by nobody else."""
    driver = toy_driver(tmp_path)
    refusal = refused(done, "1,11", "3,account-11").error()
    assert "is a name that mailctl itself gives" in refusal["message"] + str(refusal)
    adopt(done, "1,11", "3,account-books", "4,account-4")
    done.ok("settings", "set", "driver", driver)
    done.ok("account", "order", "acme-pro", "next@acme.example", "-y")
    assert names(done) == {1: "11", 3: "account-books", 4: "account-4", 11: "account-11"}


def test_a_mailbox_that_is_there_was_made(busy: Cli) -> None:
    """Its making, which nobody has noted, is done; what is asked after it stays to be done."""
    assert asked(busy, 10) == [("create", "todo"), ("suspend", "todo")]
    adopt(busy, "10,lea")
    assert asked(busy, 10) == [("create", "done"), ("suspend", "todo")]
    assert_whole(busy)


def test_a_mailbox_that_is_made_anew_after_a_reset_is_still_to_be_made(busy: Cli) -> None:
    """What was there before is wiped first."""
    busy.ok("account", "reset", "1", "-y")
    busy.ok("account", "configure", "1", "neu@acme.example")
    adopt(busy, "1,anna")
    assert asked(busy, 1) == [("create", "done"), ("wipe", "todo"), ("create", "todo")]
    assert_whole(busy)


def test_a_mailbox_that_is_asked_for_already_is_asked_for_once(busy: Cli) -> None:
    """What waits for it goes on waiting."""
    adopt(busy, "10,")
    assert asked(busy, 10) == [("create", "todo"), ("suspend", "todo")]


def test_what_was_asked_of_a_mailbox_that_is_not_there_is_skipped(done: Cli) -> None:
    """It is made with its last address."""
    done.ok("account", "rename", "1", "anne@acme.example")
    adopt(done, "1,")
    assert asked(done, 1)[1:] == [("rename", "skipped"), ("create", "todo")]
    (made,) = done.ok("task", "list", "--todo")["items"]
    assert made["address"] == "anne@acme.example"
    assert_whole(done)


REFUSED = {
    "1,anna\n1,anne": ("usage", "account", "is given twice"),
    "1,box\n3,box": ("usage", "mailbox", "given to account 1 and to account 3"),
    "2,blank": ("not-configured", "account", "has no address yet"),
    "8,dora": ("not-active", "account", "account 8"),
    "nobody@acme.example,x": ("account-not-found", "account", "there is no account"),
    ",x": ("usage", "account", "the account is missing"),
    "1,a\tb": ("usage", "mailbox", "control characters"),
    "1," + "x" * 256: ("usage", "mailbox", "255 is the most"),
    "1,taken": ("usage", "mailbox", "is that of account 4 already"),
    "4,other": ("already-exists", "account", "has the mailbox taken already"),
    "4,": ("already-exists", "account", "has the mailbox taken already"),
}


@pytest.mark.parametrize("lines", REFUSED)
def test_wrong_lines_are_named_and_nothing_is_done(done: Cli, lines: str) -> None:
    """Of a file with right ones too."""
    adopt(done, "4,taken")
    outcome = refused(done, "6,ben", *lines.split("\n"))
    code, column, words = REFUSED[lines]
    (wrong,) = outcome.error()["errors"]
    assert (wrong["code"], wrong["column"]) == (code, column)
    assert words in wrong["message"]


def test_a_list_of_all_accounts_may_have_the_blank_ones(done: Cli) -> None:
    """They have no mailbox yet, and none is made for them; it is made once they have an address."""
    said = done("driver", "adopt", "--from", "-", "-y", stdin=text("1,anna", "2,")).out
    assert said.startswith(
        "Adopted the mailboxes of 1 account: the driver looks after them. 1 blank account has none."
    )
    assert names(done) == {1: "anna"}
    again = done("driver", "adopt", "--from", "-", "-y", stdin=text("2,"))
    assert (again.status, again.out) == (0, "Nothing was changed. 1 blank account has none.\n")
    assert asked(done, 2) == []
    assert_whole(done)


def test_a_file_without_the_column_mailbox_is_not_read_as_one_of_empty_ones(done: Cli) -> None:
    """Nobody wants every mailbox made anew."""
    outcome = done("driver", "adopt", "--from", "-", "-y", stdin="account\n1\n")
    assert outcome.status == 2
    assert "lacks 'mailbox'" in outcome.err


def test_what_was_said_before_changes_nothing(done: Cli) -> None:
    """The same file again, with a line more."""
    adopt(done, "1,anna")
    again = adopt(done, "1,anna")
    assert again["changed"] is False
    more = done("driver", "adopt", "--from", "-", "-y", stdin=text("1,anna", "3,hugo"))
    assert more.out.startswith(
        "Adopted the mailboxes of 1 account: the driver looks after them. 1 account had that "
        "mailbox already.\n"
    )


def test_what_waits_of_accounts_without_a_mailbox_needs_its_name_too(busy: Cli) -> None:
    """A deleted account's mailbox is still to be deleted on the server."""
    assert asked(busy, 8)[-1] == ("delete", "todo")
    adopt(busy, "8,dora")
    assert names(busy) == {8: "dora"}


def test_it_asks_before_it_notes_anything_and_a_dry_run_notes_nothing(
    done: Cli, tmp_path: Path
) -> None:
    """The plan names account, address and mailbox."""
    file = tmp_path / "boxes.csv"
    file.write_text(text("1,anna", "3,"))
    outcome = done("driver", "adopt", "--from", str(file))
    assert (outcome.status, names(done)) == (2, {})
    tried = done("driver", "adopt", "--from", str(file), "--dry-run")
    assert tried.status == 0
    assert tried.out == (
        "Would adopt the mailboxes of 2 accounts: the driver looks after them. 1 of them is yet to "
        "be made.\n"
    )
    assert "anna@acme.example" in tried.err
    assert names(done) == {}


def test_the_undo_has_the_driver_forget_them(done: Cli) -> None:
    """As it is printed."""
    undo = adopt(done, "1,anna", "3,hugo")["undo"]
    assert undo == "mailctl driver release 1 3 --yes"
    done.ok(*split(undo)[1:])
    assert names(done) == {}
    assert done.ok("driver", "release", "1")["changed"] is False
    adopt(done, "1,hugo", "3,anna")
    assert names(done) == {1: "hugo", 3: "anna"}


def test_the_accounts_history_tells_of_it_and_an_erasure_forgets_the_name(done: Cli) -> None:
    """The name of a mailbox is often an address."""
    adopt(done, "1,anna@old.example")
    (row,) = (
        one for one in done.ok("account", "history", "1")["items"] if one["kind"] == "adopted"
    )
    assert row["details"] == {"mailbox": "anna@old.example"}
