"""What the driver does where its file or Dovecot is not as it should be: nothing is lost."""

from __future__ import annotations

import imaplib
import shutil
import smtplib
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from mailctl.drivers.dovecot import projection
from mailctl.drivers.program import Driver, of_setting
from mailctl.errors import DriverFailedError
from tests.dovecot.server import IS_ROOT, PASSWORD, Box, Server

# Dies at the n-th moment at which something outside has changed, or is about to be.
DIES = """
import os, signal
steps = iter(range({at}, -1, -1))
def dying(owner, name):
    method = getattr(owner, name)
    def step(*given, **named):
        if next(steps, 1) == 0: os.kill(os.getpid(), signal.SIGKILL)
        found = method(*given, **named)
        if next(steps, 1) == 0: os.kill(os.getpid(), signal.SIGKILL)
        return found
    setattr(owner, name, step)
dying(driver.Projection, 'put')
dying(driver.Sessions, 'end')
dying(driver.Homes, 'remove')
dying(driver, 'export')
"""


@pytest.mark.parametrize("kind", ["create", "suspend", "rename", "password", "wipe", "delete"])
def test_a_driver_killed_anywhere_ends_the_same(
    server: Server, box: Box, other: Box, kind: str
) -> None:
    """Repeated after a kill between any two steps, a request leaves what it always leaves."""
    steps = 0
    with server.driver() as driver:
        other.make(driver)
        server.deliver(str(other.address), "mine")
        for at in range(20):
            subject = server.mailbox(f"{box.name}-{kind}-{at}")
            if kind != "create":
                subject.make(driver)
                server.deliver(str(subject.address), "old")
            if not _killed(server, subject, kind, at):
                break
            steps += 1
            assert _asked(driver, subject, kind, attempt=2) in ("done", "already", "absent")
            _check(driver, subject, kind)
    assert steps >= 2, "the kills missed the request"
    assert server.subjects(str(other.address)) == ["mine"]


def test_a_session_that_a_killed_driver_left_is_ended_by_the_next(server: Server, box: Box) -> None:
    """The file says suspended, the session goes on: the repeat ends it."""
    with server.driver() as driver:
        box.make(driver)
    session = server.session(str(box.address))
    # After the change of the file, before the sessions end.
    assert _killed(server, box, "suspend", 1)
    assert session.noop()[0] == "OK"
    with server.driver() as driver:
        assert box.ask(driver, "suspend", attempt=2) == "already"
    with pytest.raises((session.abort, OSError)):
        session.noop()


@pytest.mark.parametrize("kind", ["wipe", "delete"])
def test_nobody_meets_a_mailbox_that_is_being_removed(server: Server, box: Box, kind: str) -> None:
    """No letter and no log-in comes in any more when the first file goes."""
    with server.driver() as driver:
        box.make(driver)
    server.deliver(str(box.address), "old")
    assert _killed(server, box, kind, 1)
    assert (server.places.homes / box.name).exists()
    assert server.accepts(str(box.address))[0] == 550
    assert "AUTHENTICATIONFAILED" in server.refusal(str(box.address))
    with server.driver() as driver:
        assert box.ask(driver, kind, attempt=2) == "done"


def test_a_lost_file_is_made_again_with_the_mail_kept(server: Server, box: Box) -> None:
    """Each mailbox put back with `existing` has its mail; passwords are set again."""
    with _away(server) as kept:
        with server.driver() as driver:
            box.make(driver)
        _reload(server)
        server.deliver(str(box.address), "kept")
        for path in (server.places.database, *_logs(server)):
            path.unlink()
        with server.driver() as driver:
            assert box.ask(driver, "state") == "absent"
            assert box.ask(driver, "create", existing=False).startswith("refused: a home ")
            assert box.ask(driver, "create", existing=True) == "done"
            assert box.ask(driver, "create", existing=True) == "already"
            assert box.ask(driver, "password", hash=PASSWORD) == "done"
        _reload(server)
        assert server.subjects(str(box.address)) == ["kept"]
        assert kept.exists()


def test_what_waited_when_the_file_was_lost_is_done(server: Server, box: Box) -> None:
    """A suspension of a mailbox whose home is there writes its line, and the mail goes on."""
    with server.driver() as driver:
        box.make(driver)
        server.deliver(str(box.address), "kept")
    with closing(sqlite3.connect(server.places.database)) as file, file:
        file.execute("DELETE FROM mailbox WHERE name = ?", (box.name,))
    with server.driver() as driver:
        assert box.ask(driver, "reopen") == "already"
        assert box.answer(driver, "state").more["state"] == "active"
        assert box.ask(driver, "suspend") == "done"
        server.deliver(str(box.address), "more")
        assert box.ask(driver, "reopen") == "done"
        assert box.ask(driver, "password", hash=PASSWORD) == "done"
    assert server.subjects(str(box.address)) == ["kept", "more"]


def test_an_adopted_mailbox_is_neither_made_nor_emptied(server: Server, box: Box) -> None:
    """It has the home that it has; its line is written, its mail is there."""
    box.name = f"old.example/Alice {box.name}"
    server.old_mailbox(server.places.homes / box.name, "of before")
    with server.driver() as driver:
        assert box.ask(driver, "create", existing=True) == "done"
        assert box.ask(driver, "password", hash=PASSWORD) == "done"
        assert server.subjects(str(box.address)) == ["of before"]
        assert box.ask(driver, "suspend") == "done"
        assert "suspended" in server.refusal(str(box.address))
        assert box.ask(driver, "delete") == "done"
    assert not (server.places.homes / box.name).exists()
    assert (server.places.homes / "old.example").is_dir()


def test_a_home_with_another_inside_is_not_removed(server: Server, driver: Driver) -> None:
    """Adopted homes may be inside each other by mistake: the inner mailbox keeps its mail."""
    outer, inner = server.mailbox("outer"), server.mailbox("outer/inner")
    for one in (outer, inner):
        one.address = f"{one.name.replace('/', '-')}@x.example"
        one.make(driver)
    assert outer.ask(driver, "delete").startswith("refused: ")
    assert inner.ask(driver, "delete") == "done"
    assert outer.ask(driver, "delete") == "done"


def test_a_home_that_is_a_link_is_not_called_removed(
    server: Server, driver: Driver, box: Box
) -> None:
    """Its mail is elsewhere and would stay: a person must see to it."""
    elsewhere = server.folder / f"disk-{box.name}"
    server.old_mailbox(server.places.homes / f"{box.name}-real", "elsewhere")
    (server.places.homes / f"{box.name}-real").rename(elsewhere)
    (server.places.homes / box.name).symlink_to(elsewhere)
    assert box.ask(driver, "create", existing=True) == "done"
    assert "a link" in box.ask(driver, "delete")
    assert (elsewhere / "Maildir").is_dir()
    (server.places.homes / box.name).unlink()
    assert box.ask(driver, "delete", attempt=2) == "done"


def test_what_a_power_cut_left_of_a_removal_is_removed(
    server: Server, driver: Driver, box: Box
) -> None:
    """The home was out of the way already, with all its mail: the repeat removes that."""
    box.make(driver)
    left = server.places.homes / ".gone.abcdef" / box.name
    server.old_mailbox(left, "old")
    assert box.ask(driver, "wipe", attempt=2) == "done"
    assert not left.parent.exists()


@pytest.mark.skipif(not IS_ROOT, reason="only root can make a file for somebody else")
def test_a_file_that_root_made_belongs_to_mailctl(server: Server) -> None:
    """An administrator who types it once as root locks nobody out."""
    folder = server.folder / "made-by-root"
    folder.mkdir(mode=0o750)
    shutil.chown(folder, server.places.user, server.places.group)
    settings = server.settings | {"dovecot-database": str(folder / "mailboxes.db")}
    with of_setting("dovecot", settings).started(timeout=30):
        pass
    assert {path.name for path in folder.iterdir()} == {
        "mailboxes.db", "mailboxes.db-shm", "mailboxes.db-wal",
    }  # fmt: skip
    for path in folder.iterdir():
        assert (path.owner(), path.group()) == (server.places.user, server.places.group)


def test_a_letter_that_came_too_late_is_removed(server: Server, box: Box) -> None:
    """What was accepted before a wipe and written after it is nobody's; what is put back stays."""
    late = server.places.homes / box.name
    for again in ("settings", "create"):
        with server.driver() as driver:
            box.make(driver)
            assert box.ask(driver, "wipe") == "done"
            _late_letter(server, late)
            if again == "create":
                assert box.ask(driver, "create", existing=False) == "done"
                assert not late.exists()
        with server.driver():
            assert not late.exists()
        with server.driver() as driver:
            box.ask(driver, "wipe")
    with closing(sqlite3.connect(server.places.database)) as file, file:
        file.execute("UPDATE mailbox SET gone_at = 1 WHERE name = ?", (box.name,))
    _late_letter(server, late)
    with server.driver() as driver:
        assert box.ask(driver, "create", existing=False).startswith("refused: ")
        assert box.ask(driver, "create", existing=True) == "done"
        assert late.exists()


def test_without_dovecot_nothing_is_done_that_needs_it(server: Server, box: Box) -> None:
    """Log-ins are refused at once, but a session might be open: suspended is not said yet."""
    with server.driver() as driver:
        box.make(driver)
    with server.driver(run="/nowhere") as driver:
        for kind in ("suspend", "wipe", "delete"):
            assert "Dovecot does not answer" in box.ask(driver, kind), kind
        assert box.answer(driver, "export", folder="/tmp/x", format="mbox").verdict == "later"
        new = server.mailbox(f"{box.name}-new")
        assert new.ask(driver, "create", existing=False) == "done"
    assert not Path("/tmp/x").exists()
    assert server.refusal(str(box.address))
    with server.driver() as driver:
        assert box.ask(driver, "delete") == "done"


def test_a_locked_file_is_for_later(server: Server, box: Box) -> None:
    """Another program holds it for longer than we wait: nothing is changed, and log-ins go on."""
    short = "import mailctl.drivers.dovecot.projection as p; p.WAITS_SECONDS = 0.2"
    with server.driver(short) as driver:
        box.make(driver)
        with closing(sqlite3.connect(server.places.database, isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            assert box.ask(driver, "suspend").startswith("later: the file of mailboxes cannot")
            assert server.refusal(str(box.address)) == ""
            file.execute("ROLLBACK")
        assert box.ask(driver, "suspend") == "done"


def test_a_full_disk_is_for_later(server: Server, box: Box) -> None:
    """Nothing is done by half."""
    full = """
import sqlite3
opened = driver.opened
def small(path):
    found = opened(path)
    pages = found._connection.execute('PRAGMA page_count').fetchone()[0]
    found._connection.execute(f'PRAGMA max_page_count = {pages}')
    return found
driver.opened = small
"""
    with server.driver() as driver:
        box.make(driver)
    with server.driver(full) as driver:
        said = ""
        for number in range(2000):
            one = server.mailbox(f"{box.name}-full-{number}")
            said = one.ask(driver, "create", existing=False)
            if said != "done":
                break
        assert said == "later: the file of mailboxes cannot be used now: database or disk is full"
        assert one.ask(driver, "state") == "absent"
        assert box.ask(driver, "suspend") in ("done", said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not SQLite " * 100, "is no SQLite file"),
        ("CREATE TABLE t (x)", "is a file of another program"),
        (f"PRAGMA application_id = {projection.APPLICATION_ID}; PRAGMA user_version = 2", "newer"),
    ],
)
def test_a_file_that_is_not_ours_is_left_alone(
    server: Server, tmp_path: Path, content: bytes | str, said: str
) -> None:
    """Another program's, a newer one's, no SQLite at all: refused before anything is asked."""
    tmp_path.chmod(0o755)
    folder = server.folder / f"foreign-{abs(hash(content))}"
    folder.mkdir()
    path = folder / "mailboxes.db"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with closing(sqlite3.connect(path)) as file, file:
            file.executescript(content)
    for one in (folder, path):
        shutil.chown(one, server.places.user)
    before = path.read_bytes()
    with pytest.raises(DriverFailedError, match=said), server.driver(database=str(path)):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"database": "/nowhere/mailboxes.db"}, "there is no folder /nowhere"),
        ({"database": "relative.db"}, "dovecot-database is not set"),
        ({"home": "relative"}, "dovecot-home is not set"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    server: Server, settings: dict[str, str], said: str
) -> None:
    """The sentence names what to set right."""
    with pytest.raises(DriverFailedError, match=said), server.driver(**settings):
        pass


@pytest.mark.skipif(not IS_ROOT, reason="only root can give a file to somebody else")
def test_a_file_of_somebody_else_is_refused(server: Server) -> None:
    """The driver cannot write it, and says so."""
    folder = server.folder / "of-root"
    folder.mkdir()
    (folder / "mailboxes.db").touch()
    with (
        pytest.raises(DriverFailedError, match="cannot be opened: Permission denied"),
        server.driver(database=str(folder / "mailboxes.db")),
    ):
        pass


def test_the_file_is_for_its_group_alone(server: Server, driver: Driver, box: Box) -> None:
    """Owner writes, group reads, nobody else; its log too; others' rights are taken away."""
    box.make(driver)
    for path in (server.places.database, *_logs(server)):
        assert path.stat().st_mode & 0o777 == 0o640, path
        if IS_ROOT:
            assert (path.owner(), path.group()) == (server.places.user, server.places.group)
    server.places.database.chmod(0o666)
    with server.driver():
        assert server.places.database.stat().st_mode & 0o777 == 0o660
    server.places.database.chmod(0o640)


def test_a_long_list_comes_in_parts(server: Server, driver: Driver) -> None:
    """A thousand an answer, in the order of their names' bytes, each once."""
    with closing(sqlite3.connect(server.places.database)) as file, file:
        file.executemany(
            "INSERT INTO mailbox (name, user, state) VALUES (?, ?, 'active')",
            [(f"many-{number}", f"mailbox.many-{number}") for number in range(2500)],
        )
    found: list[str] = []
    more = True
    while more:
        keys = {"after": found[-1]} if found else {}
        answer = driver.ask("list", **keys)
        part = [str(one["mailbox"]) for one in answer.more["mailboxes"]]
        assert len(part) <= 1000
        found += part
        more = answer.more["more"] is True
    assert found == sorted(set(found), key=str.encode)
    assert sum(name.startswith("many-") for name in found) == 2500
    with closing(sqlite3.connect(server.places.database)) as file, file:
        file.execute("DELETE FROM mailbox WHERE name LIKE 'many-%'")


def _killed(server: Server, box: Box, kind: str, at: int) -> bool:
    """Whether the driver died at that step of a request."""
    with suppress(DriverFailedError), server.driver(DIES.format(at=at)) as driver:
        _asked(driver, box, kind)
        return False
    return True


def _asked(driver: Driver, box: Box, kind: str, **keys: object) -> str:
    own: dict[str, dict[str, object]] = {
        "create": {"existing": False},
        "password": {"hash": PASSWORD.replace("64", "65")},
        "rename": {"address": None, "old_address": box.address},
    }
    return box.ask(driver, kind, **own.get(kind, {}), **keys)


def _check(driver: Driver, box: Box, kind: str) -> None:
    home = box.server.places.homes / box.name
    state = box.answer(driver, "state")
    address = str(box.address)
    if kind in ("wipe", "delete"):
        assert state.verdict == "absent"
        assert not home.exists()
        assert box.server.accepts(address)[0] == 550
    elif kind == "rename":
        assert state.more == {"state": "active", "address": None}
        assert box.server.accepts(address)[0] == 550
        assert home.exists()
    else:
        wanted = "suspended" if kind == "suspend" else "active"
        assert state.more == {"state": wanted, "address": address}
        assert box.server.accepts(address)[0] == 250


@contextmanager
def _away(server: Server) -> Iterator[Path]:
    """The file is somebody else's for a while: this test loses it."""
    folder = server.places.database.parent
    kept = folder.with_name("kept")
    kept.mkdir()
    for path in (server.places.database, *_logs(server)):
        shutil.copy2(path, kept)
    yield kept
    for path in (server.places.database, *_logs(server)):
        path.unlink()
    for path in kept.iterdir():
        shutil.copy2(path, folder)
        if IS_ROOT:
            shutil.chown(folder / path.name, server.places.user, server.places.group)
    shutil.rmtree(kept)
    _reload(server)


def _logs(server: Server) -> list[Path]:
    database = server.places.database
    return [database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm")]


def _reload(server: Server) -> None:
    """Have Dovecot open the file anew, as after it was lost."""
    before = server.log().count("SIGHUP received")
    subprocess.run(
        ["/usr/bin/doveadm", "-c", server.places.dovecot / "dovecot.conf", "reload"], check=True
    )
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(OSError, smtplib.SMTPException, imaplib.IMAP4.abort):
            if server.log().count("SIGHUP received") > before:
                server.accepts("nobody@x.example")
                server.refusal("nobody@x.example")
                return
        time.sleep(0.05)


def _late_letter(server: Server, home: Path) -> None:
    (home / "Maildir").mkdir(parents=True)
    (home / "Maildir" / "letter").touch()
    server.give(home)
