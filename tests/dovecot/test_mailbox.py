"""What happens to a mailbox on a real Dovecot, over IMAP, LMTP and in its files."""

from __future__ import annotations

import base64
import imaplib
import mailbox
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mailctl.drivers.program import Driver
from tests.dovecot.server import IS_ROOT, PASSWORD, Box, Server

UNKNOWN = 550


def test_a_new_mailbox_accepts_mail_and_lets_nobody_in(driver: Driver, box: Box) -> None:
    """Without a password nobody logs in; with one, the mail that came before is there."""
    address = str(box.address)
    assert box.ask(driver, "create", existing=False) == "done"
    box.server.deliver(address, "first")
    for guess in ("", "pw", "None"):
        assert "AUTHENTICATIONFAILED" in box.server.refusal(address, guess)
    assert box.ask(driver, "password", hash=PASSWORD) == "done"
    assert box.server.subjects(address) == ["first"]
    assert "AUTHENTICATIONFAILED" in box.server.refusal(address, "pw2")


def test_a_suspended_mailbox_lets_nobody_in_and_keeps_its_mail(driver: Driver, box: Box) -> None:
    """Log-in refused within the second with the reason, the session ended, mail still accepted."""
    address = str(box.address)
    box.make(driver)
    session = box.server.session(address)
    begun = time.monotonic()
    assert box.ask(driver, "suspend") == "done"
    assert "suspended" in box.server.refusal(address)
    assert time.monotonic() - begun < 1
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        session.noop()
    box.server.deliver(address, "while suspended")
    assert box.ask(driver, "suspend") == "already"
    assert box.answer(driver, "state").more == {"state": "suspended", "address": address}
    assert box.ask(driver, "reopen") == "done"
    assert box.ask(driver, "reopen") == "already"
    assert box.server.subjects(address) == ["while suspended"]


def test_who_came_in_at_the_last_moment_is_sent_out(server: Server, box: Box) -> None:
    """A log-in let in before the change, whose session was not there yet to be ended."""
    unseen = "driver.Sessions.end = lambda self, user: None"
    with server.driver(unseen) as driver:
        box.make(driver)
        session = server.session(str(box.address))
        assert box.ask(driver, "suspend") == "done"
        assert session.noop()[0] == "OK"
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        session.noop()


def test_a_suspended_mailbox_does_not_say_so_to_strangers(driver: Driver, box: Box) -> None:
    """Who does not know the password hears what he hears everywhere."""
    box.make(driver)
    box.ask(driver, "suspend")
    assert "AUTHENTICATIONFAILED" in box.server.refusal(str(box.address), "wrong")


def test_who_sends_mail_is_refused_too(driver: Driver, box: Box, other: Box) -> None:
    """Postfix asks Dovecot who may send: a suspended mailbox may not, another may."""
    box.make(driver)
    other.make(driver)
    assert _may_send(box)
    box.ask(driver, "suspend")
    assert not _may_send(box)
    assert _may_send(other)


def test_somebody_else_notices_nothing(driver: Driver, box: Box, other: Box) -> None:
    """Another mailbox keeps its session, its mail and its files through all that happens to one."""
    other.make(driver)
    box.make(driver)
    other.server.deliver(str(other.address), "mine")
    session = other.server.session(str(other.address))
    session.close()
    before = other.server.files(other.name)
    for kind in ("suspend", "reopen", "wipe"):
        assert box.ask(driver, kind) == "done"
    assert box.ask(driver, "create", existing=False) == "done"
    assert box.ask(driver, "rename", address="new@x.example") == "done"
    assert box.ask(driver, "rename", address=None, old_address="new@x.example") == "done"
    assert box.ask(driver, "delete") == "done"
    assert session.noop()[0] == "OK"
    session.shutdown()
    assert other.server.files(other.name) == before
    assert other.server.subjects(str(other.address)) == ["mine"]


def test_a_wiped_mailbox_is_gone_and_one_made_anew_is_empty(driver: Driver, box: Box) -> None:
    """Nobody meets old mail, old folders or the old password."""
    address = str(box.address)
    box.make(driver)
    box.server.deliver(address, "old")
    session = box.server.session(address)
    session.create("Old")
    assert box.ask(driver, "wipe") == "done"
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        session.noop()
    assert not (box.server.places.homes / box.name).exists()
    assert box.server.accepts(address)[0] == UNKNOWN
    assert box.ask(driver, "wipe") == "absent"
    assert box.ask(driver, "state") == "absent"
    assert box.ask(driver, "create", existing=False) == "done"
    assert "AUTHENTICATIONFAILED" in box.server.refusal(address)
    box.ask(driver, "password", hash=PASSWORD)
    assert box.server.subjects(address) == []
    assert "Old" not in str(box.server.session(address).list())


def test_an_address_ordered_again_is_another_mailbox(driver: Driver, box: Box, other: Box) -> None:
    """The one who has the address now meets nothing of the one who had it."""
    box.make(driver)
    box.server.deliver(str(box.address), "of the first")
    other.address = box.address
    assert other.ask(driver, "create", existing=False).startswith("refused: ")
    assert box.ask(driver, "rename", address=None, old_address=box.address) == "done"
    other.make(driver)
    other.server.deliver(str(other.address), "of the second")
    assert other.server.subjects(str(other.address)) == ["of the second"]
    assert box.ask(driver, "rename", address=other.address).startswith("refused: ")
    assert box.ask(driver, "delete") == "done"
    assert other.server.subjects(str(other.address)) == ["of the second"]


def test_a_rename_keeps_the_mail(driver: Driver, box: Box) -> None:
    """The new address works with the old mail; the old one is unknown; no file moves."""
    old = str(box.address)
    box.make(driver)
    box.server.deliver(old, "before")
    box.address = f"renamed-{old}"
    before = box.server.files(box.name)
    assert box.ask(driver, "rename", old_address=old) == "done"
    assert box.ask(driver, "rename", old_address=old) == "already"
    assert box.server.files(box.name) == before
    assert box.server.accepts(old)[0] == UNKNOWN
    assert "AUTHENTICATIONFAILED" in box.server.refusal(old)
    box.server.deliver(box.address, "after")
    assert box.server.subjects(box.address) == ["before", "after"]


def test_a_mailbox_without_address_keeps_its_mail_for_the_export(driver: Driver, box: Box) -> None:
    """Nobody logs in and no mail is accepted, but what is there can be exported."""
    old = str(box.address)
    box.make(driver)
    box.server.deliver(old, "kept")
    session = box.server.session(old)
    assert box.ask(driver, "rename", address=None, old_address=old) == "done"
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        session.noop()
    assert box.server.accepts(old)[0] == UNKNOWN
    assert "AUTHENTICATIONFAILED" in box.server.refusal(old)
    assert box.answer(driver, "state").more == {"state": "active", "address": None}
    with _place(box) as place:
        answer = box.answer(driver, "export", folder=str(place / "copy"), format="maildir")
        assert answer.more == {"messages": 1}


@pytest.mark.parametrize("format", ["maildir", "mbox"])
def test_an_export_has_everything(driver: Driver, box: Box, format: str) -> None:
    """Folders, flags and times, counted, for mailctl's user alone; a folder that is there is not
    touched."""
    address = str(box.address)
    box.make(driver)
    box.server.deliver(address, "one", "From me to you\r\n>From them")
    box.server.deliver(address, "two \udcff".encode("utf-8", "surrogateescape").decode("latin-1"))
    session = box.server.session(address)
    for folder in ('"Sent"', '"D&AOk-p&APQ-t/&2D3eAA-"', '"Empty"'):
        session.create(folder)
    stamp = '"01-Feb-2020 03:04:05 +0000"'
    letter = b"Subject: three\r\n\r\nFrom a far\r\n\tand\x01a\r\n"
    session.append('"D&AOk-p&APQ-t/&2D3eAA-"', r"(\Seen \Flagged $Mine)", stamp, letter)
    session.logout()
    with _place(box) as place:
        copy = place / "copy"
        answer = box.answer(driver, "export", folder=str(copy), format=format)
        assert (answer.verdict, answer.more) == ("done", {"messages": 3})
        assert {path.stat().st_mode & 0o077 for path in (copy, *copy.rglob("*"))} == {0}
        assert box.ask(driver, "export", folder=str(copy), format=format).startswith("refused: ")
        if format == "maildir":
            _check_maildir(copy)
        else:
            _check_mbox(copy)
    assert len(box.server.subjects(address)) == 2


def test_an_export_that_fails_leaves_nothing(driver: Driver, box: Box) -> None:
    """Without room, or without the mail, there is no folder that could be taken for a copy."""
    box.make(driver)
    box.server.deliver(str(box.address), "one")
    mail = box.server.places.homes / box.name / "Maildir"
    with _place(box) as place:
        # A letter that cannot be read.
        (found,) = (*(mail / "new").iterdir(), *(mail / "cur").iterdir())
        found.chmod(0)
        if IS_ROOT:
            said = box.ask(driver, "export", folder=str(place / "copy"), format="maildir")
            assert said.startswith("later: "), said
            assert not (place / "copy").exists()
        found.chmod(0o600)
        assert box.ask(driver, "export", folder="/nowhere/copy", format="mbox").startswith("later")
        assert box.ask(driver, "export", folder=str(place / "copy"), format="mbox") == "done"


def test_a_delete_removes_the_home(driver: Driver, box: Box) -> None:
    """Nothing of it stays; a second delete finds nothing."""
    box.make(driver)
    box.server.deliver(str(box.address), "one")
    assert box.ask(driver, "suspend") == "done"
    assert box.ask(driver, "delete") == "done"
    assert not (box.server.places.homes / box.name).exists()
    assert not list(box.server.places.homes.glob(".gone*"))
    assert box.ask(driver, "delete") == "absent"


def test_a_dry_run_changes_nothing(driver: Driver, box: Box) -> None:
    """It answers what it would answer."""
    assert box.ask(driver, "create", existing=False, dry_run=True) == "done"
    assert box.ask(driver, "state") == "absent"
    box.make(driver)
    box.server.deliver(str(box.address), "one")
    session = box.server.session(str(box.address))
    before = box.server.files(box.name)
    for kind in ("suspend", "wipe", "delete"):
        assert box.ask(driver, kind, dry_run=True) == "done"
    assert box.ask(driver, "rename", address=None, dry_run=True) == "done"
    assert box.ask(driver, "password", hash="$argon2id$x", dry_run=True) == "done"
    assert box.ask(driver, "export", folder="/x/y", format="mbox", dry_run=True) == "done"
    assert box.ask(driver, "reopen", dry_run=True) == "already"
    assert session.noop()[0] == "OK"
    session.shutdown()
    assert box.server.files(box.name) == before
    assert box.server.subjects(str(box.address)) == ["one"]


def test_a_new_password_sends_out_who_knows_the_old_one(driver: Driver, box: Box) -> None:
    """A session that was opened with a stolen password ends with it."""
    box.make(driver)
    session = box.server.session(str(box.address))
    new = "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$" + "A" * 43
    assert box.ask(driver, "password", hash=new) == "done"
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        session.noop()
    assert "AUTHENTICATIONFAILED" in box.server.refusal(str(box.address))


@pytest.mark.parametrize(
    "address",
    [
        "o'brien@x.example",
        "a%b_c@x.example",
        "%u.%s@x.example",
        "x'or'1'='1@x.example",
        f"{'l' * 64}@x.example",
        "a+b=c@x.example",
        "{it}|`s`~#1!$&*?^/@x.example",
    ],
)
def test_an_odd_address_is_one_like_any_other(driver: Driver, box: Box, address: str) -> None:
    """Mail arrives and its owner logs in, whatever characters an address may have."""
    box.address = address
    box.make(driver)
    box.server.deliver(address, "odd")
    assert box.server.subjects(address) == ["odd"]
    assert box.ask(driver, "delete") == "done"


def test_a_letter_with_a_tag_goes_to_whom_it_is_for(driver: Driver, box: Box, other: Box) -> None:
    """alice+shop is alice's, until somebody has just that address."""
    tagged = f"box{box.name}+shop@x.example"
    box.make(driver)
    box.server.deliver(tagged, "hers")
    assert box.server.subjects(str(box.address)) == ["hers"]
    assert "AUTHENTICATIONFAILED" in box.server.refusal(tagged)
    other.address = tagged
    other.make(driver)
    box.server.deliver(tagged, "its own")
    assert box.server.subjects(str(box.address)) == ["hers"]
    assert box.server.subjects(tagged) == ["its own"]
    assert other.ask(driver, "delete") == "done"
    assert box.ask(driver, "delete") == "done"
    assert box.server.accepts(tagged)[0] == UNKNOWN


def test_a_domain_beyond_ascii_is_found_as_servers_send_it(driver: Driver, box: Box) -> None:
    """Letters come for its xn-- form; its owner may write either."""
    box.address = f"box{box.name}@bücher.example"
    box.make(driver)
    wire = f"box{box.name}@xn--bcher-kva.example"
    box.server.deliver(wire, "for you")
    assert box.server.subjects(wire) == ["for you"]
    box.address = f"new{box.name}@bücher.example"
    assert box.ask(driver, "rename") == "done"
    assert box.server.accepts(wire)[0] == UNKNOWN


def test_nobody_logs_in_by_what_dovecot_calls_a_mailbox(driver: Driver, box: Box) -> None:
    """Only an address is a login, so a renamed or closed mailbox has no other door."""
    box.make(driver)
    assert "AUTHENTICATIONFAILED" in box.server.refusal(f"mailbox.{box.name}")
    assert "AUTHENTICATIONFAILED" in box.server.refusal(box.name)


def test_a_mailbox_that_is_there_is_not_taken_over(
    server: Server, driver: Driver, box: Box
) -> None:
    """A name or an address that somebody has is refused; a second try of one's own is not."""
    box.make(driver)
    assert box.ask(driver, "create", existing=False) == (
        f"refused: a mailbox {box.name} is there already"
    )
    assert box.ask(driver, "create", existing=False, attempt=2) == "already"
    assert box.ask(driver, "create", existing=True) == "already"
    box.address = "else@x.example"
    assert box.ask(driver, "create", existing=False, attempt=2).startswith("refused: ")
    (server.places.homes / "foreign").mkdir()
    foreign = Box(server, "foreign", "foreign@x.example")
    assert foreign.ask(driver, "create", existing=False).startswith("refused: a home ")
    assert foreign.ask(driver, "create", existing=False, attempt=2).startswith("refused: ")
    for kind in ("wipe", "delete"):
        assert foreign.ask(driver, kind).startswith("refused: the home ")
    assert (server.places.homes / "foreign").is_dir()


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc", "a/../b", "a//b", "a/", "x\ny"])
def test_a_name_that_is_no_home_is_refused(driver: Driver, box: Box, name: str) -> None:
    """Nothing outside the folder of homes is ever touched."""
    box.name = name
    for kind in ("create", "wipe", "delete", "suspend", "state"):
        assert box.ask(driver, kind).startswith("refused: ")


def _check_maildir(copy: Path) -> None:
    box = mailbox.Maildir(copy, create=False)
    assert sorted(box.list_folders()) == [
        "D&AOk-p&APQ-t",
        "D&AOk-p&APQ-t.&2D3eAA-",
        "Empty",
        "Sent",
    ]
    first = next(message for message in box if message["subject"] == "one")
    assert b"\nFrom me to you\n>From them\n" in first.as_bytes()
    (third,) = box.get_folder("D&AOk-p&APQ-t.&2D3eAA-")
    assert third.get_flags() == "FSa"
    assert time.gmtime(third.get_date())[:6] == (2020, 2, 1, 3, 4, 5)
    assert third.get_payload() == "From a far\n\tand\x01a\n"
    keywords = copy / ".D&AOk-p&APQ-t.&2D3eAA-" / "dovecot-keywords"
    assert keywords.read_text() == "0 $Mine\n"


def _check_mbox(copy: Path) -> None:
    names = ["Dépôt.mbox", "Dépôt.😀.mbox", "Empty.mbox", "INBOX.mbox", "Sent.mbox"]
    assert sorted(path.name for path in copy.iterdir()) == sorted(names)
    with closing(mailbox.mbox(copy / "INBOX.mbox")) as inbox:
        assert len(inbox) == 2
    assert b"\n>From me to you\n>>From them\n" in (copy / "INBOX.mbox").read_bytes()
    with closing(mailbox.mbox(copy / "Dépôt.😀.mbox")) as folder:
        (third,) = folder
    assert (third.get_flags(), third["X-Keywords"]) == ("ROF", "$Mine")
    assert third.get_from() == "MAILER-DAEMON Sat Feb  1 03:04:05 2020"
    assert third.get_payload() == ">From a far\n\tand\x01a\n"


def _may_send(box: Box) -> bool:
    """Ask Dovecot as Postfix does when somebody logs in to send."""
    told = base64.b64encode(f"\0{box.address}\0pw".encode()).decode()
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(box.server.places.spool / "private" / "auth"))
        line.sendall(b"VERSION\t1\t1\nCPID\t1\n")
        line.sendall(f"AUTH\t1\tPLAIN\tservice=smtp\tsecured\tresp={told}\n".encode())
        with line.makefile("r") as answers:
            verdict = next(said for said in answers if said.startswith(("OK\t", "FAIL\t")))
    return verdict.startswith("OK")


@contextmanager
def _place(box: Box) -> Iterator[Path]:
    """A folder in which mailctl's user may make others."""
    path = box.server.folder / f"exports-{box.name}"
    path.mkdir(mode=0o700)
    shutil.chown(path, box.server.places.user)
    yield path
    shutil.rmtree(path)
