"""A host lives with a real Dovecot: what the books say is what the mailbox does (rules 16)."""

from __future__ import annotations

import mailbox
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.dovecot.server import Server
from tests.helpers import Cli

WORDS = "correct horse battery staple 9"
UNKNOWN = 550
# Of `pw`, as another program had it.
OLD_HASH = (
    "{SHA512-CRYPT}$6$DDoCD2D/6DWMPMzM$wDhmdY/HWxpTasnPnTGYuHVKn6"
    "2.AeY19KtlgYtHr4t4xXy1v9iLw2NdgxNISEtLBtUAtxzA0P0ZyeJLxonOA/"
)


@dataclass(slots=True)
class Host:
    """A store whose driver is that Dovecot."""

    cli: Cli
    server: Server

    def do(self, *argv: str, stdin: str = "") -> str:
        """A command that must succeed."""
        done = self.cli(*argv, stdin=stdin)
        assert done.status == 0, (argv, done.out, done.err)
        return done.out

    def run_tasks(self) -> None:
        """Have the mail server obey; nothing fails, nothing waits."""
        self.do("task", "run")
        waiting = self.do("task", "list", "--todo").splitlines()[1:]
        failed = self.do("task", "list", "--status", "failed").splitlines()[1:]
        assert (waiting, failed) == ([], [])

    def tick_to(self, day: str) -> None:
        """Time goes on, and the mail server obeys."""
        self.do("tick", "--to", day, "--accept-mass")
        self.run_tasks()

    def address(self, local: str) -> str:
        """An address of this host."""
        return f"{local}@{'other' if local == 'untouched' else 'host'}.example"

    def order(self, local: str, platform: str = "mail") -> None:
        """Order a mailbox, and give it a password."""
        self.do("account", "order", platform, self.address(local), "--yes")
        self.do("account", "password", self.address(local), stdin=f"{WORDS}\n")

    def lets_in(self, local: str) -> bool:
        """Whether its owner can log in."""
        return self.server.refusal(self.address(local), WORDS) == ""

    def subjects(self, local: str) -> list[str]:
        """What its owner reads."""
        session = self.server.session(self.address(local), WORDS)
        found = self.server.headers(session)
        session.logout()
        return found


@pytest.fixture
def host(tmp_path: Path, server: Server) -> Iterator[Host]:
    """A host with a customer who has paid in advance, and a mailbox that nothing happens to."""
    _clear(server)
    found = Host(Cli(tmp_path / "mailctl.db"), server)
    found.do(
        "init", "--clock", "2026-01-15", "--timezone", "Europe/Paris", "--seller-country", "FR"
    )
    settings = [f"{name}={value}" for name, value in server.settings.items()]
    found.do("settings", "set", "driver=dovecot", *settings)
    found.do("offer", "price", "email-pro", "monthly", "2")
    for customer, cents in (("acme", "10"), ("other", "200")):
        found.do("customer", "add", customer, "--name", customer, "--country", "FR",
                 "--email", f"{customer}@c.example")  # fmt: skip
        found.do("prepaid", "credit", customer, cents)
    found.do("platform", "add", "mail", "--customer", "acme", "--offer", "email-pro")
    found.do("platform", "add", "others", "--customer", "other", "--offer", "email-pro")
    found.order("untouched", "others")
    found.run_tasks()
    server.deliver(found.address("untouched"), "mine")
    yield found
    assert found.subjects("untouched") == ["mine"]
    assert found.do("store", "check")


def test_from_order_to_debt_and_back(host: Host) -> None:
    """Mail arrives; unpaid, log-in is refused and mail kept; paid, all of it is there."""
    host.order("alice")
    host.order("bob")
    host.order("carol")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "welcome")
    assert host.subjects("alice") == ["welcome"]
    session = host.server.session(host.address("alice"), WORDS)
    host.tick_to("2026-03-01")
    assert not host.lets_in("alice")
    assert "suspended" in host.server.refusal(host.address("alice"), WORDS)
    with pytest.raises((session.abort, OSError)):
        session.noop()
    host.server.deliver(host.address("alice"), "while unpaid")
    host.do("prepaid", "credit", "acme", "50")
    host.run_tasks()
    assert host.subjects("alice") == ["welcome", "while unpaid"]


def test_reset_and_ordered_anew_by_the_same_customer(host: Host) -> None:
    """The address is free, and who has it next meets nobody's old mail."""
    host.order("alice")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "old")
    host.do("account", "reset", host.address("alice"), "--yes")
    host.order("alice")
    host.run_tasks()
    assert host.subjects("alice") == []
    host.server.deliver(host.address("alice"), "new")
    # The account that was reset is used again too.
    host.do("account", "configure", "2", host.address("dora"))
    host.do("account", "password", host.address("dora"), stdin=f"{WORDS}\n")
    host.run_tasks()
    assert host.subjects("dora") == []
    assert host.subjects("alice") == ["new"]


def test_a_rename_and_the_old_address_for_somebody_else(host: Host) -> None:
    """The renamed mailbox keeps its mail; the new owner of the old address starts empty."""
    host.order("alice")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "hers")
    host.do("account", "rename", host.address("alice"), host.address("alicia"), "--yes")
    host.order("alice")
    host.run_tasks()
    assert host.subjects("alicia") == ["hers"]
    assert host.subjects("alice") == []


def test_a_lock_by_hand(host: Host) -> None:
    """Nobody logs in or sends while it lasts; payment does not open it."""
    host.order("alice")
    host.run_tasks()
    host.do("account", "lock", host.address("alice"), "--reason", "stolen password")
    host.run_tasks()
    assert not host.lets_in("alice")
    host.do("prepaid", "credit", "acme", "10")
    host.run_tasks()
    assert not host.lets_in("alice")
    host.do("account", "unlock", host.address("alice"))
    host.run_tasks()
    assert host.lets_in("alice")


@pytest.mark.parametrize("kept", ["maildir", "nothing"])
def test_a_deletion(host: Host, tmp_path: Path, kept: str) -> None:
    """After the retention the mailbox is gone; with export-dir a whole copy of it is kept first."""
    copies = tmp_path / "copies"
    copies.mkdir(mode=0o700)
    if kept == "maildir":
        host.do("settings", "set", "export-dir", str(copies))
    host.order("alice")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "kept")
    host.do("account", "renew", host.address("alice"), "--mode", "none", "--yes")
    host.tick_to("2026-02-16")
    assert not host.lets_in("alice")
    host.server.deliver(host.address("alice"), "kept too")
    host.tick_to("2026-03-10")
    assert host.server.accepts(host.address("alice"))[0] == UNKNOWN
    assert not (host.server.places.homes / "2").exists()
    found = list(copies.iterdir())
    if kept == "nothing":
        assert found == []
    else:
        (copy,) = found
        assert sorted(m["subject"] for m in mailbox.Maildir(copy, create=False)) == [
            "kept", "kept too",
        ]  # fmt: skip


def test_an_export_by_hand(host: Host, tmp_path: Path) -> None:
    """The mailbox goes on; the copy is whole."""
    host.order("alice")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "one")
    host.do("account", "export", host.address("alice"), str(tmp_path), "--format", "mbox")
    host.run_tasks()
    (copy,) = (path for path in tmp_path.iterdir() if path.is_dir())
    with closing(mailbox.mbox(copy / "INBOX.mbox")) as inbox:
        assert [message["subject"] for message in inbox] == ["one"]
    assert host.subjects("alice") == ["one"]


def test_a_platform_that_ends_and_goes_on(host: Host) -> None:
    """A cancelled platform works until its expiry; resumed in time, nothing happens to its mail."""
    host.order("alice")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "one")
    host.do("platform", "cancel", "mail", "--yes")
    host.run_tasks()
    assert host.lets_in("alice")
    host.do("platform", "resume", "mail", "--yes")
    host.tick_to("2026-02-16")
    assert host.subjects("alice") == ["one"]


def test_dovecot_never_meets_the_store(host: Host) -> None:
    """Nothing that Dovecot or Postfix reads names it, and no process of theirs has it open."""
    store = str(host.cli.store)
    for path in (*host.server.places.dovecot.rglob("*"), *host.server.places.postfix.rglob("*")):
        assert store not in (path.read_text() if path.is_file() else "")
    host.order("alice")
    host.run_tasks()
    assert host.lets_in("alice")
    master = (host.server.places.run / "master.pid").read_text().strip()
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for process in (master, *children):
        # Some end by themselves, and some show nothing to anybody but root.
        with suppress(FileNotFoundError, PermissionError):
            opened = [str(one.readlink()) for one in Path(f"/proc/{process}/fd").iterdir()]
            assert not [one for one in opened if one.startswith(str(host.cli.store.parent))]


def test_the_file_is_lost_and_made_again(host: Host) -> None:
    """Reconciling finds every mailbox missing and mends them; their mail is there."""
    host.order("alice")
    host.run_tasks()
    host.server.deliver(host.address("alice"), "kept")
    host.do("account", "lock", host.address("alice"), "--reason", "abuse")
    host.run_tasks()
    assert host.cli("task", "reconcile").status == 0
    with closing(sqlite3.connect(host.server.places.database)) as file, file:
        file.execute("DELETE FROM mailbox")
    assert host.cli("task", "reconcile").status == 1
    host.cli("task", "reconcile", "--mend", "--yes")
    host.do("task", "run")
    assert host.cli("task", "reconcile").status == 0
    assert not host.lets_in("alice")
    host.do("account", "unlock", host.address("alice"))
    for local in ("alice", "untouched"):
        host.do("account", "password", host.address(local), stdin=f"{WORDS}\n")
    host.run_tasks()
    assert host.subjects("alice") == ["kept"]


def test_mailboxes_of_before_are_adopted(host: Host, tmp_path: Path) -> None:
    """They keep their homes, mail and passwords, and from then on obey; nothing is made twice."""
    host.do("settings", "set", "driver", "")
    host.do("account", "order", "mail", host.address("alice"), "--yes")
    host.do("task", "done", "--until", "2026-01-15", "--yes")
    home = host.server.places.homes / "host.example" / "alice"
    host.server.old_mailbox(home, "of before")
    host.do("settings", "set", "driver", "dovecot")
    (tmp_path / "adopted.csv").write_text("account,mailbox\n2,host.example/alice\n")
    host.do("driver", "adopt", "--from", str(tmp_path / "adopted.csv"), "--yes")
    assert host.cli("task", "reconcile").status == 1
    host.cli("task", "reconcile", "--mend", "--yes")
    host.run_tasks()
    assert host.cli("task", "reconcile").status == 0
    with closing(sqlite3.connect(host.server.places.database)) as file, file:
        old = "UPDATE mailbox SET hash = ? WHERE address = ? AND hash IS NULL"
        file.execute(old, (OLD_HASH, host.address("alice")))
    assert host.server.subjects(host.address("alice")) == ["of before"]
    host.do("account", "lock", host.address("alice"), "--reason", "abuse")
    host.run_tasks()
    assert "suspended" in host.server.refusal(host.address("alice"))
    host.do("account", "unlock", host.address("alice"))
    host.do("account", "reset", host.address("alice"), "--yes")
    host.run_tasks()
    assert not home.exists()


def _clear(server: Server) -> None:
    """Ids begin at 1 in every store, so what another test had goes first."""
    with closing(sqlite3.connect(server.places.database)) as file, file:
        file.execute("DELETE FROM mailbox")
    for home in server.places.homes.iterdir():
        shutil.rmtree(home)
