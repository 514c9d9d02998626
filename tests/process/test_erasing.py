"""`customer erase` beside others who have the store open: nothing of it stays, or it is said."""

from __future__ import annotations

import shlex

import pytest

from tests.helpers import Cli
from tests.process.running import ended, started
from tests.store.plain import opened

CANARY = b"canary"
# The invoice keeps the buyer's name and the mailbox, as the law wants; the rest is to go.
LEAVING = """
customer add leaver --name "Canary of before" --email canary@leaver.example
customer edit leaver --name "A buyer" --backup-email canary@home.example
prepaid credit leaver 50
platform add leaver-pro --customer leaver --offer private-exchange
account order leaver-pro box@leaver.example -y
account delete box@leaver.example -y
platform cancel leaver-pro --comment "canary of the end" -y
prepaid refund leaver 46.41 --reason leaving -y
"""
ERASE = ("customer", "erase", "leaver", "--confirm", "leaver")


@pytest.fixture
def leaving(store: Cli) -> Cli:
    """A store on which the customer leaver is closed, and a task of theirs waits."""
    for line in LEAVING.strip().splitlines():
        store.ok(*shlex.split(line))
    store.ok("customer", "close", "leaver", "-y")
    return store


@pytest.fixture
def done(leaving: Cli) -> Cli:
    """The same, when the mail server has done what it had to."""
    for task in leaving.ok("task", "list", "--todo")["items"]:
        leaving.ok("task", "done", str(task["id"]), "-y")
    return leaving


def traces(cli: Cli) -> list[str]:
    """The files beside the store, and itself, that hold a byte of who was erased."""
    return sorted(
        path.name for path in cli.store.parent.iterdir() if CANARY in path.read_bytes().lower()
    )


def erasure_found(cli: Cli) -> list[str]:
    """The command with which `advise` lets an erasure be finished, if it knows of one."""
    found = cli.ok("advise")["items"]
    return [one["command"] for one in found if one["code"] == "erasure-unfinished"]


@pytest.mark.files_only("the bytes are those of files")
def test_what_is_erased_is_in_no_byte_beside_the_store(done: Cli) -> None:
    """Neither in the store nor in its log, as soon as it is said to be done."""
    assert traces(done) != []
    got = done(*ERASE)
    assert (got.status, got.err, traces(done)) == (0, "", [])
    assert erasure_found(done) == []


@pytest.mark.files_only("the bytes are those of files")
@pytest.mark.parametrize(
    "finishing",
    [ERASE, ("settings", "set", "retention-days", "10"), ("tick",)],
    ids=["again", "any change", "tick"],
)
def test_an_open_reader_leaves_it_unfinished_and_that_is_seen_until_it_is_done(
    finishing: tuple[str, ...], done: Cli
) -> None:
    """Said with the erasure (1), found by `advise`, and finished by whatever changes next."""
    with opened(done.store) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM customer").fetchone()
        got = done(*ERASE, "--wait", "0")
        assert got.status == 1
        assert "another program reads the store" in got.err
        assert done.ok("customer", "show", "leaver")["state"] == "erased"
        assert traces(done) != []
        again = done("settings", "set", "retention-days", "12")
        assert (again.status, again.err) == (0, "")
        assert erasure_found(done) == ["mailctl customer erase leaver --confirm leaver"]
    assert erasure_found(done) != []
    assert done(*finishing).status == 0
    assert traces(done) == []
    assert erasure_found(done) == []
    assert done.ok("journal", "verify")["ok"] is True
    assert done("store", "check").status == 0


@pytest.mark.files_only("the bytes are those of files")
def test_an_erasure_waits_for_a_reader_who_goes(done: Cli) -> None:
    """As long as --wait: then it is done, and says nothing more."""
    with opened(done.store) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM customer").fetchone()
        command = started(done, *ERASE, "--wait", "30")
        while reader.execute("PRAGMA data_version").fetchone() and command.poll() is None:
            with opened(done.store) as other:
                if other.execute("SELECT state FROM customer").fetchone() == ("erased",):
                    break
        reader.execute("ROLLBACK")
    got = ended(command)
    assert (got.status, got.err) == (0, "")
    assert traces(done) == []


def test_a_customer_for_whom_the_mail_server_has_work_is_not_erased(leaving: Cli) -> None:
    """Without the address nobody could delete the mailbox: each task is named, with its command."""
    (task,) = [one for one in leaving.ok("task", "list", "--todo")["items"] if one["address"]][-1:]
    refused = leaving(*ERASE, "-o", "json")
    assert (refused.status, refused.error()["code"]) == (1, "not-closable")
    line = f"delete box@leaver.example: mailctl task done {task['id']}"
    assert any(line in one for one in refused.error()["lines"])
    assert leaving.ok("customer", "show", "leaver")["name"] == "A buyer"


@pytest.mark.files_only("the bytes are those of files")
def test_a_copy_before_an_upgrade_is_named_where_it_keeps_who_was_erased(done: Cli) -> None:
    """It holds everybody's data still: the command says which file to delete."""
    copy = done.store.with_name("mailctl.db.before-schema-4")
    copy.write_bytes(b"the store as it was")
    copy.chmod(0o600)
    assert f"delete {copy}" in " ".join(done(*ERASE).err.split())
