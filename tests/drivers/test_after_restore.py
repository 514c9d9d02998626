"""A store that was restored, and a mail server that went on: nobody meets somebody else's mail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drivers.conftest import addresses, does, ran, task
from tests.drivers.server import MailServer
from tests.helpers import Cli
from tests.restoring import backed_up, lose, restored, said
from tests.store.plain import rows

pytestmark = pytest.mark.files_only("a store on a server is restored into a file first")


def test_no_mailbox_is_made_before_the_mail_server_was_compared(
    host: Cli, mail: MailServer
) -> None:
    """`task run`, `task list` and `account explain` say what it waits for; other tasks are done."""
    does(host, "account order acme-pro a@acme.example")
    ran(host)
    does(host, "account order acme-pro b@acme.example")
    backup = backed_up(host)
    does(host, "account lock 1 --reason spam")
    restored(host, backup)
    does(host, "account lock 1 --reason spam")
    outcome = host("task", "run", "-o", "json")
    assert (outcome.json()["done"], outcome.json()["left"]) == (1, 1)
    assert "1 mailbox to be made" in outcome.err
    assert "mailctl task reconcile" in outcome.err
    assert addresses(mail) == {"1": ("a@acme.example", "suspended")}
    waiting = next(one["id"] for one in host.ok("task", "list", "--todo")["items"])
    assert "mailctl task reconcile" in task(host, waiting)["reason"]
    assert "task reconcile" in host("account", "explain", "2").out
    assert host("task", "run", "--dry-run", "-o", "json").json()["done"] == 0
    host("task", "reconcile", "--dry-run")
    assert ran(host)["left"] == 1
    assert host("task", "reconcile").status == 0
    assert ran(host) == {"done": 1}
    assert addresses(mail)["2"] == ("b@acme.example", "active")
    assert host("store", "check").status == 0


def test_a_mailbox_that_the_lost_store_had_made_is_its_own(host: Cli, mail: MailServer) -> None:
    """The create of the backup was done since: the mailbox is taken as it is, with its mail."""
    does(host, "account order acme-pro a@acme.example")
    backup = backed_up(host)
    ran(host)
    mail.deliver("1", "for acme")
    restored(host, backup)
    host("task", "reconcile")
    assert ran(host) == {"done": 1}
    assert mail.mailboxes["1"]["mail"] == ["for acme"]


def test_a_create_put_off_after_a_restore_takes_nobodys_older_mailbox(
    host: Cli, mail: MailServer
) -> None:
    """The lost store had given an id and address; after the restore the id is another one."""
    backup = backed_up(host)
    does(host, "account order acme-pro a@acme.example")
    ran(host)
    mail.deliver("1", "of before")
    restored(host, backup)
    does(host, "account order bolt-pro z@bolt.example", "account order acme-pro a@acme.example")
    host("task", "reconcile")
    mail.will(create=["later", "later"])
    ran(host)
    ran(host, "--retry")
    assert mail.mailboxes["1"]["mail"] == ["of before"]
    assert all(box["mail"] == [] for name, box in mail.mailboxes.items() if name != "1")
    assert "2" in mail.mailboxes
    # Its address is still the older one's, of which the books know nothing: a person decides.
    outcome = host("task", "reconcile", "-o", "json")
    assert (outcome.status, [one["kind"] for one in outcome.json()["items"]]) == (1, ["unknown"])


def used_again_since(host: Cli, mail: MailServer) -> Path:
    """A backup with a mailbox to be wiped; since then it was, and its account has another."""
    does(host, "account order acme-pro a@acme.example")
    ran(host)
    does(host, "account reset 1")
    backup = backed_up(host)
    ran(host)
    does(host, "account configure 1 b@acme.example")
    ran(host)
    mail.deliver("1", "for b")
    return backup


def test_a_mailbox_that_was_wiped_and_is_used_again_is_not_wiped_again(
    host: Cli, mail: MailServer
) -> None:
    """The lost store proves that the wipe of the backup was done: it counts as done."""
    restored(host, used_again_since(host, mail))
    assert host("task", "reconcile", "-o", "json").json()["items"][0]["kind"] == "left"
    ran(host)
    ran(host, "--retry")
    assert mail.mailboxes["1"]["mail"] == ["for b"]
    assert host("store", "check").status == 0


def test_a_wipe_that_may_have_been_done_waits_for_a_person(host: Cli, mail: MailServer) -> None:
    """The store is gone: who is in the mailbox by now, only the mail server knows."""
    backup = used_again_since(host, mail)
    lose(host)
    steps = restored(host, backup, *said(1))["steps"]
    (step,) = [one for one in steps if one["kind"] == "mailbox"]
    assert step["command"] == "mailctl task done 2"
    host("task", "reconcile")
    ran(host)
    assert mail.mailboxes["1"]["mail"] == ["for b"]
    assert "mailctl task done 2" in task(host, 2)["reason"]
    host.ok("task", "done", "2")
    (left,) = host("task", "reconcile", "-o", "json").json()["items"]
    assert (left["kind"], left["mailbox"], left["address"]) == ("left", "1", "b@acme.example")
    assert host("store", "check").status == 0


def test_a_wipe_that_was_proven_not_to_be_done_is_done(host: Cli, mail: MailServer) -> None:
    """The lost store is whole, and still had it to do."""
    does(host, "account order acme-pro a@acme.example")
    ran(host)
    does(host, "account reset 1")
    restored(host, backed_up(host))
    assert ran(host) == {"done": 1}
    assert mail.mailboxes == {}


def test_no_older_password_is_set_again(host: Cli, mail: MailServer) -> None:
    """It was changed since, perhaps because somebody had stolen it."""
    does(host, "account order acme-pro a@acme.example")
    ran(host)
    first, second = "correct horse battery 1\n", "correct horse battery 2\n"
    assert host("account", "password", "1", stdin=first).status == 0
    backup = backed_up(host)
    ran(host)
    assert host("account", "password", "1", stdin=second).status == 0
    ran(host)
    known = mail.mailboxes["1"]["hash"]
    restored(host, backup)
    host("task", "reconcile")
    ran(host)
    assert mail.mailboxes["1"]["hash"] == known
    assert host("store", "check").status == 0


def test_a_deletion_that_was_done_since_holds_nothing(
    host: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """Mailbox and copy are as the lost store left them: nothing is asked for again, or fails."""
    copies = tmp_path / "copies"
    copies.mkdir(mode=0o700)
    host.ok("settings", "set", "export-dir", str(copies))
    does(host, "account order acme-priv a@acme.example", "account order acme-priv b@acme.example")
    ran(host)
    does(host, "account delete 1")
    host.ok("account", "export", "2", str(tmp_path))
    backup = backed_up(host)
    ran(host)
    there, asked = sorted(tmp_path.glob("**/*@*")), len(mail.asked)
    restored(host, backup)
    host("task", "reconcile")
    assert (ran(host), len(mail.asked)) == ({}, asked)
    assert sorted(tmp_path.glob("**/*@*")) == there
    folders = rows(host.store, "SELECT folder FROM task WHERE folder IS NOT NULL")
    assert sorted(str(folder) for (folder,) in folders) == sorted(map(str, there))
    assert host("store", "check").status == 0
