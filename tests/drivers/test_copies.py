"""Copies of mailboxes: counted before they count as done, and kept for some days (rules 16)."""

from __future__ import annotations

import mailbox
import os
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailctl.domain.tasks import TaskKind
from mailctl.drivers import copies
from mailctl.store.task_queue import Waiting
from tests.drivers.conftest import addresses, does, ran, task, tasks
from tests.drivers.server import MailServer
from tests.helpers import Cli
from tests.store.plain import opened

_END = """
    INSERT INTO task (account_id, kind, address, old_address, format, asked_on)
    VALUES (1, :kind, :address, :old, :format, '2026-01-01')
"""


@pytest.fixture
def ending(host: Cli, mail: MailServer, tmp_path: Path) -> Cli:
    """A mailbox with two messages that the books delete, of which a copy is wanted."""
    does(host, "account order acme-pro anna@acme.example")
    ran(host)
    for text in ("one", "two"):
        mail.deliver("1", text)
    with opened(host.store) as base:
        base.execute(
            "INSERT INTO setting (name, value) VALUES ('export-dir', :folder)",
            {"folder": str(tmp_path / "copies")},
        )
        for kind in ("suspend", "rename", "export", "delete"):
            address = "anna@acme.example"
            base.execute(
                _END,
                {
                    "kind": kind,
                    "address": None if kind == "rename" else address,
                    "old": address if kind == "rename" else None,
                    "format": "maildir" if kind == "export" else None,
                },
            )
    (tmp_path / "copies").mkdir(0o700)
    return host


def kept(folder: Path) -> list[str]:
    """The names of the copies."""
    return sorted(one.name for one in (folder / "copies").iterdir())


def test_a_mailbox_is_copied_before_it_is_deleted(
    ending: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """It loses log-in and address first; the task says where the copy is."""
    assert ran(ending) == {"done": 4}
    assert [kind for kind, _ in mail.told[1:]] == ["suspend", "rename", "export", "delete"]
    assert mail.mailboxes == {}
    (name,) = kept(tmp_path)
    assert name == "anna@acme.example-1-2026-01-01-4"
    with opened(ending.store) as base:
        assert base.execute("SELECT folder FROM task WHERE id = 4").fetchone() == (
            str(tmp_path / "copies" / name),
        )


def test_a_copy_may_take_longer_than_other_tasks(ending: Cli, mail: MailServer) -> None:
    """A large mailbox is not copied in driver-timeout."""
    ending.ok("settings", "set", "driver-timeout", "1")
    mail.will(export=["late"])

    assert ran(ending)["done"] == 4


def test_a_mailbox_is_not_deleted_before_its_copy_is_made(
    ending: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """Its address is free all the same: what is ordered anew meets nobody's mail."""
    mail.will(export=["later"])
    assert ran(ending) == {"done": 2, "delayed": 1, "left": 2}
    assert addresses(mail) == {"1": (None, "suspended")}
    (tmp_path / "copies").rmdir()
    assert ran(ending, "--retry") == {"delayed": 1, "left": 2}
    assert task(ending, 4)["reason"] == f"the folder {tmp_path}/copies for copies does not exist"
    (tmp_path / "copies").mkdir()
    assert ran(ending, "--retry") == {"done": 2}


@pytest.mark.parametrize("more", [1, -1])
def test_a_copy_with_another_number_of_messages_than_was_said_does_not_count(
    ending: Cli, mail: MailServer, tmp_path: Path, more: int
) -> None:
    """The mailbox stays, and the next try writes another folder."""
    mail.lies(more)
    said = ending("task", "run", "-o", "json")
    assert (said.status, said.error()["code"]) == (1, "driver-failed")
    assert "and 2 are in" in said.error()["message"]
    assert tasks(ending) == {1: "done", 2: "done", 3: "done", 4: "todo", 5: "todo"}
    mail.lies(0)
    assert ran(ending, "--retry") == {"done": 2}
    name = "anna@acme.example-1-2026-01-01-4"
    assert kept(tmp_path) == [name, f"{name}-2"]


def test_without_a_folder_for_copies_a_person_has_to_act(ending: Cli, mail: MailServer) -> None:
    """The mailbox is kept."""
    with opened(ending.store) as base:
        base.execute("DELETE FROM setting WHERE name = 'export-dir'")
    assert ran(ending) == {"done": 2, "failed": 1, "left": 1}
    assert list(mail.mailboxes) == ["1"]


def test_copies_are_removed_after_export_days(
    ending: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """Only those that were made before a deletion, below the folder for copies."""
    by_hand = tmp_path / "copies" / "otto@acme.example-2-2026-01-01-8"
    does(ending, "account order acme-pro ben@acme.example", "account rename 2 otto@acme.example")
    with opened(ending.store) as base:
        base.execute(
            "INSERT INTO task (account_id, kind, address, format, folder, asked_on) VALUES "
            "(2, 'export', 'otto@acme.example', 'maildir', :folder, '2026-01-01')",
            {"folder": str(by_hand)},
        )
    assert ran(ending) == {"done": 7}
    does(ending, "tick --to 2026-01-31")
    ran(ending)
    assert kept(tmp_path) == ["anna@acme.example-1-2026-01-01-4", by_hand.name]
    does(ending, "tick --to 2026-02-01")
    ran(ending, "--dry-run")
    assert len(kept(tmp_path)) == 2
    ran(ending)
    assert kept(tmp_path) == [by_hand.name]
    history = ending.ok("account", "history", "1")["items"][-1]
    assert (history["kind"], history["details"]) == ("export-removed", {"task": 4})
    ran(ending)
    assert ending.ok("account", "history", "1")["items"][-1] == history


def test_a_copy_is_kept_as_long_as_its_customer_was_told(ending: Cli, tmp_path: Path) -> None:
    """Fewer export-days count for those who are told of them."""
    ran(ending)
    ending.ok("settings", "set", "export-days", "5")
    ending.ok("settings", "set", "export-days", "3")
    does(ending, "tick --to 2026-01-31")
    ran(ending)
    assert kept(tmp_path) == ["anna@acme.example-1-2026-01-01-4"]
    does(ending, "tick --to 2026-02-01")
    ran(ending)
    assert kept(tmp_path) == []


def test_a_copy_that_cannot_be_removed_is_told(ending: Cli, tmp_path: Path) -> None:
    """A link in its place is not followed."""
    ran(ending)
    does(ending, "tick --to 2026-03-01")
    (name,) = kept(tmp_path)
    copy, precious = tmp_path / "copies" / name, tmp_path / "precious"
    copy.rename(precious)
    copy.symlink_to(precious)
    said = ending("task", "run")
    assert (said.status, said.out) == (0, "")
    assert f"the old copy {copy} could not be removed" in said.err
    assert sorted(one.name for one in precious.iterdir()) == ["cur", "new", "tmp"]


def message(text: str) -> EmailMessage:
    """A message with a text."""
    found = EmailMessage()
    found["Subject"] = "x"
    found.set_content(text)
    return found


def test_the_messages_of_every_folder_are_counted(tmp_path: Path) -> None:
    """In maildirs within maildirs."""
    box = mailbox.Maildir(tmp_path / "copy")
    for folder in (box, box.add_folder("Sent"), box.add_folder("Old")):
        folder.add(message("hello"))
    (tmp_path / "copy").chmod(0o700)
    assert copies.fault_of(tmp_path / "copy", "maildir", 3) is None
    assert "3 are in" in str(copies.fault_of(tmp_path / "copy", "maildir", 4))


def test_the_messages_of_every_mbox_are_counted(tmp_path: Path) -> None:
    """A line of text that begins with From is none, nor is a file of another kind."""
    (tmp_path / "copy").mkdir(0o700)
    for name in ("inbox", "Sent"):
        box = mailbox.mbox(tmp_path / "copy" / name)
        box.add(message("hello\n\nFrom here to there\n\nFrom 9:00 to 10:00 on Monday\n"))
        box.add(message("again"))
        box.close()
    with (tmp_path / "copy" / "inbox").open("ab") as file:
        file.write(b"From anna@acme.example  Sat Nov 28 09:00:00 2026\nSubject: y\n\nFrom me\n\n")
    (tmp_path / "copy" / "dovecot.index").write_bytes(b"\0From\n")
    assert copies.fault_of(tmp_path / "copy", "mbox", 5) is None


@pytest.mark.parametrize("messages", [None, "2", True, 2.0])
def test_a_copy_without_a_number_of_messages_is_none(tmp_path: Path, messages: object) -> None:
    """A number is a number."""
    (tmp_path / "copy").mkdir(0o700)
    assert "how many" in str(copies.fault_of(tmp_path / "copy", "maildir", messages))


def test_a_copy_that_others_may_read_or_that_is_no_folder_is_a_fault(tmp_path: Path) -> None:
    """It is somebody's mail."""
    (tmp_path / "copy").mkdir(0o755)
    assert "others may" in str(copies.fault_of(tmp_path / "copy", "maildir", 0))
    (tmp_path / "link").symlink_to(tmp_path / "copy")
    assert "no folder" in str(copies.fault_of(tmp_path / "link", "maildir", 0))
    assert "cannot be read" in str(copies.fault_of(tmp_path / "none", "maildir", 0))


def test_a_copys_name_can_be_no_path() -> None:
    """An address may contain a slash, and be long in letters of several bytes."""

    def named(address: str) -> str:
        one = Waiting(
            id=4, account=1, kind=TaskKind.EXPORT, address=address, old_address=None,
            format="maildir", folder=None, mends=False, tries=0, mailbox="1", customer=1,
            pointless_for=None,
        )  # fmt: skip
        found = copies.before_deletion("/var/copies", one, date(2026, 1, 1))
        assert found.parent == Path("/var/copies")
        return found.name

    assert named("../../etc/x@acme.example") == "_.._etc_x@acme.example-1-2026-01-01-4"
    assert len(named("x" * 64 + "@" + "\u90ae" * 100 + ".example").encode()) < 200


def test_a_copy_that_was_asked_for_by_hand_is_written_where_it_was_asked_for(
    host: Cli, mail: MailServer, tmp_path: Path
) -> None:
    """Each time into a folder of its own, and the mailbox stays as it is."""
    does(host, "account order acme-pro anna@acme.example")
    ran(host)
    mail.deliver("1", "hello")
    (tmp_path / "given").mkdir()
    for _ in range(2):
        does(host, f"account export 1 {tmp_path}/given")
    assert ran(host) == {"done": 2}
    written = sorted((tmp_path / "given").iterdir())
    assert [one.name for one in written] == ["anna@acme.example-1-2", "anna@acme.example-1-3"]
    assert all((one / "cur" / "0").read_text() == "hello" for one in written)
    assert list(mail.mailboxes) == ["1"]


@pytest.mark.parametrize(
    ("mode", "reason"),
    [(0o777, "can be written by everybody"), (0o770, "can be written by its group")],
)
def test_no_copy_is_made_where_others_could_put_another(
    ending: Cli, mail: MailServer, tmp_path: Path, mode: int, reason: str
) -> None:
    """The mailbox stays until the folder is its owner's alone; the setting is refused meanwhile."""
    folder = tmp_path / "copies"
    folder.chmod(mode)
    os.chown(folder, -1, 12345)
    assert ran(ending) == {"done": 2, "delayed": 1, "left": 2}
    told = f"others could change copies in {folder}: the folder {folder} {reason}"
    assert task(ending, 4)["reason"] == told
    for words in (("settings", "set", "export-dir"), ("account", "export", "1")):
        error = ending(*words, str(folder), "-o", "json").error()
        assert (error["code"], error["message"]) == ("export-unsafe", told)
    folder.chmod(0o700)
    assert ran(ending, "--retry") == {"done": 2}
    assert kept(tmp_path)
    assert mail.mailboxes == {}


def test_a_link_to_a_folder_of_others_is_no_place_for_copies(ending: Cli, tmp_path: Path) -> None:
    """Whoever could change where it leads could have the mail."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    (tmp_path / "link").symlink_to(tmp_path / "open" / "copies")
    (tmp_path / "open" / "copies").mkdir(0o700)
    outcome = ending("settings", "set", "export-dir", str(tmp_path / "link"), "-o", "json")
    assert outcome.error()["code"] == "export-unsafe"


def test_a_sticky_folder_is_a_place_for_copies(ending: Cli, tmp_path: Path) -> None:
    """As /tmp is: nobody can change or rename there what belongs to another."""
    (tmp_path / "copies").chmod(0o1777)
    assert ran(ending) == {"done": 4}


def test_a_folder_for_copies_that_is_missing_is_warned_of(ending: Cli, tmp_path: Path) -> None:
    """It may be made later."""
    outcome = ending("settings", "set", "export-dir", f"{tmp_path}/no where")
    assert outcome.status == 0
    assert f"no mailbox is deleted: mkdir -m 700 '{tmp_path}/no where'" in outcome.err
